"use client";
import { Search } from "lucide-react";
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from "react";
import { Dialog } from "@/components/ui/dialog";
import { Icon } from "@/components/ui/icon";
import { useEntries } from "./palette-entries";
import { type Entry, hits, search } from "./palette-model";
import { Key } from "./shortcut-table";

/** Ctrl K: type a few letters of where to go or what to do. */
export default function Palette({ onClose }: { onClose: () => void }) {
  const entries = useEntries();
  const [query, setQuery] = useState("");
  const [at, setAt] = useState(0);
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const found = useMemo(() => search(entries, query), [entries, query]);
  const current = Math.min(at, found.length - 1);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  });
  const run = (entry: Entry | undefined) => {
    if (!entry) return;
    onClose();
    entry.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setAt((current + step + found.length) % Math.max(1, found.length));
    } else if (event.key === "Enter") {
      event.preventDefault();
      run(found[current]);
    }
  };
  return (
    <Dialog open onClose={onClose} title="Go to, or do" width={560} bare>
      <div className="flex h-10 shrink-0 items-center gap-2 border-b border-border px-3">
        <Icon of={Search} className="text-muted" />
        <input
          data-focus=""
          role="combobox"
          aria-label="Go to, or do"
          aria-expanded
          aria-controls={id}
          aria-activedescendant={found[current] ? `${id}-${current}` : undefined}
          autoComplete="off"
          spellCheck={false}
          placeholder="A page, a cluster, a topic, a group, an action"
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
          className="min-w-0 flex-1 bg-transparent outline-none max-md:text-[16px]"
        />
        <Key>Esc</Key>
      </div>
      <div ref={list} id={id} role="listbox" aria-label="Found" className="min-h-0 overflow-y-auto p-1">
        {found.map((entry, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are handled by the box that has the focus
          <div
            key={entry.id}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === current}
            onClick={() => run(entry)}
            onPointerMove={() => setAt(index)}
            className="flex min-h-[30px] cursor-pointer items-center gap-2 rounded-control px-2 aria-selected:bg-selected max-md:min-h-11"
          >
            <span className="min-w-0 flex-1 truncate">
              {hits(entry.label, query).map(({ text, hit }, part) =>
                // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place
                hit ? <b key={part}>{text}</b> : <span key={part}>{text}</span>,
              )}
            </span>
            <span className="text-12 text-muted">{entry.kind}</span>
            {index === current && <Key>Enter</Key>}
          </div>
        ))}
        {found.length === 0 && <p className="px-2 py-3 text-muted">Nothing is called that.</p>}
      </div>
    </Dialog>
  );
}
