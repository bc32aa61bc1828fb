import { TriangleAlert, Undo2 } from "lucide-react";
import { Icon } from "@/components/ui/icon";
import { IconButton } from "@/components/ui/icon-button";
import type { ConfigEffect, ConfigEntry } from "@/lib/api/configs";
import { readable } from "@/lib/client/config-values";

/** One change as a difference: what was, what will be, what that brings with it, and what is wrong with it. */
export function ConfigChangeItem({
  entry,
  name,
  value,
  effects,
  mistake,
  onDrop,
}: {
  entry: ConfigEntry | undefined;
  name: string;
  /** Null: back to the inherited value. */
  value: string | null;
  effects: ConfigEffect[];
  mistake: string | null;
  onDrop: () => void;
}) {
  const after = value === null ? (entry?.inherited ?? null) : value;
  return (
    <li className="flex flex-col gap-1.5">
      <div className="flex items-center gap-2">
        <h3 className="min-w-0 flex-1 font-mono text-12 font-medium wrap-anywhere">{name}</h3>
        <IconButton label={`Leave ${name} as it is`} icon={Undo2} onClick={onDrop} className="-my-1" />
      </div>
      <div className="font-mono text-12 leading-[22px]">
        <Line sign="−" tone="bg-bad-soft" entry={entry} value={entry?.value ?? null} />
        <Line sign="+" tone="bg-ok-soft" entry={entry} value={after} note={value === null ? "inherited" : undefined} />
      </div>
      {mistake !== null && <p className="text-12 leading-[17px] text-bad wrap-anywhere">{mistake}</p>}
      {effects.map((effect) => (
        <Effect key={effect.text} effect={effect} />
      ))}
    </li>
  );
}

function Line({
  sign,
  tone,
  entry,
  value,
  note,
}: {
  sign: string;
  tone: string;
  entry: ConfigEntry | undefined;
  value: string | null;
  note?: string;
}) {
  const shown = entry?.sensitive ? "sensitive" : value === null ? "not set" : value === "" ? "empty" : value;
  const read = entry && value ? readable(entry.format, value) : null;
  return (
    <div className="flex gap-2">
      <span aria-hidden className="text-muted">
        {sign}
      </span>
      <span className="sr-only">{sign === "+" ? "Then:" : "Now:"}</span>
      <span className="min-w-0 flex-1 wrap-anywhere">
        <span className={`rounded-small px-1 py-0.5 ${tone}`}>{shown}</span>
        <span className="ms-2.5 font-sans text-12 text-muted">
          {[read?.raw ? read.text : null, note].filter(Boolean).join(", ")}
        </span>
      </span>
    </div>
  );
}

function Effect({ effect }: { effect: ConfigEffect }) {
  if (effect.tone === "note") return <p className="text-12 leading-[17px] text-muted">{effect.text}</p>;
  return (
    <div className="flex gap-2 rounded-panel bg-warn-soft px-2.5 py-[7px] text-12 leading-[17px]">
      <Icon of={TriangleAlert} className="mt-0.5 text-warn" />
      <p className="min-w-0 wrap-anywhere">{effect.text}</p>
    </div>
  );
}
