import { Lock, RotateCcw } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Can } from "@/components/ui/can";
import { Icon } from "@/components/ui/icon";
import { TypedInput } from "@/components/ui/typed-input";
import { TypedValue } from "@/components/ui/typed-value";
import type { ConfigEntry } from "@/lib/api/configs";
import type { Permission } from "@/lib/api/endpoint";
import type { ConfigTarget } from "@/lib/client/configs";
import type { Draft } from "./drafts";
import { lockedBecause, sourceWord } from "./words";

/** One config whole: its editor, all of its documentation, and every value Kafka knows for it, the one in force first. */
export function ConfigDetail({
  entry,
  draft,
  target,
  permission,
  editable,
  mistake,
  folded,
  onChange,
}: {
  entry: ConfigEntry;
  draft: Draft | undefined;
  target: ConfigTarget;
  permission: Permission;
  editable: boolean;
  /** What is wrong with the draft. */
  mistake: string | null;
  /** Changes stand below and need the room: the documentation opens when it is asked for. */
  folded: boolean;
  onChange: (value: string | null) => void;
}) {
  const locked = lockedBecause(entry);
  const resets = draft?.value === null;
  return (
    <section aria-label={entry.name} className="flex flex-col gap-2.5">
      {locked !== null ? (
        <p className="flex gap-1.5 text-12 text-muted">
          <Icon of={Lock} className="mt-0.5" />
          {locked}
        </p>
      ) : (
        editable &&
        !resets && (
          // Beside the table the row itself is the editor; a secret is typed here only.
          <div className={entry.sensitive ? "" : "lg:hidden"}>
            <TypedInput
              format={entry.format}
              label={`New value of ${entry.name}`}
              value={draft?.value ?? entry.value ?? ""}
              secret={entry.sensitive}
              invalid={mistake !== null}
              onChange={onChange}
            />
          </div>
        )
      )}
      {mistake !== null && <p className="text-12 text-bad">{mistake}</p>}
      {entry.sensitive && (
        <p className="text-12 text-muted">
          Kafka tells nobody the value. A new one can be set; it is not shown afterwards.
        </p>
      )}
      {entry.changed && !resets && locked === null && (
        <Can permission={permission}>
          <Button icon={RotateCcw} className="self-start" onClick={() => onChange(null)}>
            Reset to inherited
          </Button>
        </Can>
      )}
      <details key={folded ? "folded" : "whole"} open={!folded} className="group">
        <summary className={`text-12 text-muted ${folded ? "" : "sr-only"}`}>
          What it means, and where it comes from
        </summary>
        <div className={`flex flex-col gap-2.5 ${folded ? "mt-2" : ""}`}>
          {entry.documentation !== null && (
            <p className="text-12 leading-[17px] text-ink-2 wrap-anywhere">{entry.documentation}</p>
          )}
          <Chain entry={entry} target={target} />
        </div>
      </details>
    </section>
  );
}

/** Where Kafka looks, in its order; the first one counts. */
function Chain({ entry, target }: { entry: ConfigEntry; target: ConfigTarget }) {
  const first = { name: entry.name, value: entry.value, source: entry.source };
  const below = { name: entry.name, value: entry.inherited, source: entry.inheritedFrom ?? "unknown" };
  const isOwnLevel = entry.source === "broker-logger";
  const chain =
    entry.synonyms.length > 1
      ? entry.synonyms
      : entry.changed && entry.inheritedFrom && !isOwnLevel
        ? [first, below]
        : entry.synonyms;
  if (chain.length === 0 || entry.sensitive) return null;
  return (
    <div>
      <h3 className="mb-1 text-12 text-muted">
        {isOwnLevel ? "The logger above" : "Where Kafka looks, the first one counts"}
      </h3>
      <ol className="flex flex-col divide-y divide-border border-y border-border text-12">
        {chain.map((synonym, at) => (
          <li key={`${synonym.source} ${synonym.name}`} className="flex gap-2 py-1">
            <span className="min-w-0 flex-1">
              <span className={at === 0 && !isOwnLevel ? "font-medium" : "text-muted"}>
                {sourceWord(synonym.source, target)}
              </span>
              {synonym.name !== entry.name && (
                <span className="block font-mono text-11 wrap-anywhere text-muted">{synonym.name}</span>
              )}
            </span>
            <span className={`min-w-0 text-end wrap-anywhere ${at === 0 ? "" : "text-muted"}`}>
              {synonym.name === entry.name ? (
                <TypedValue format={entry.format} value={synonym.value} raw={false} />
              ) : (
                (synonym.value ?? "not set")
              )}
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}
