"use client";
import { SlidersHorizontal } from "lucide-react";
import { useRef } from "react";
import { Icon } from "@/components/ui/icon";
import { Input } from "@/components/ui/input";
import { Popover } from "@/components/ui/popover";
import { useShortcuts } from "@/components/ui/use-shortcuts";
import { useTypedEarly } from "@/components/ui/use-typed-early";
import { searchParts } from "@/lib/api/message-queries";
import { partsOf, type SearchUrl } from "./message-url";
import { partNames, TextOptions } from "./text-options";

const matchWords = { contains: "", exact: "exact", regex: "regex" } as const;

/** How the text is meant, in the few words of the button. */
function optionWords(draft: SearchUrl): string {
  const parts = partsOf(draft);
  const more = [draft.key, draft.value, draft.headers].filter((text) => text !== "").length;
  return [
    draft.not ? "not" : "",
    matchWords[draft.match as keyof typeof matchWords] ?? "",
    draft.case ? "Aa" : "",
    parts.length === searchParts.length ? "anywhere" : `in ${parts.map((part) => partNames[part]).join(", ")}`,
    more > 0 ? `+ ${more}` : "",
  ]
    .filter((word) => word !== "")
    .join(" ");
}

type Props = { draft: SearchUrl; onChange: (change: Partial<SearchUrl>) => void; onRun: () => void };

/** A text to look for; how it is meant waits behind the button at its end. */
export function TextInput({ draft, onChange, onRun }: Props) {
  const box = useRef<HTMLSpanElement>(null);
  const input = () => box.current?.querySelector("input") ?? null;
  useShortcuts({ "/": () => input()?.focus() });
  useTypedEarly(input, draft.q, (q) => onChange({ q }));
  return (
    <span ref={box} className="relative flex min-w-0 flex-1 items-center">
      <Input
        aria-label="Text to look for"
        placeholder="Text in keys, values and headers"
        mono
        value={draft.q}
        onChange={(q) => onChange({ q })}
        onKeyDown={(event) => {
          if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) onRun();
        }}
        className="w-full pe-[150px]! max-md:pe-9!"
      />
      <Popover
        label="How the text is meant"
        align="end"
        width={380}
        button={(opener) => (
          <button
            type="button"
            aria-label={`How the text is meant: ${optionWords(draft)}`}
            {...opener}
            className="absolute right-[3px] inline-flex h-[22px] max-w-[144px] items-center gap-1.5 rounded-small px-1.5 text-12 text-ink-2 hover:bg-hover max-md:h-[30px]"
          >
            <span className="truncate max-md:hidden">{optionWords(draft)}</span>
            <Icon of={SlidersHorizontal} size={12} className="text-muted" />
          </button>
        )}
      >
        {(close) => (
          <TextOptions
            draft={draft}
            onChange={onChange}
            onRun={() => {
              close();
              onRun();
            }}
          />
        )}
      </Popover>
    </span>
  );
}
