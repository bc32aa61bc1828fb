"use client";
import type { KeyboardEvent } from "react";
import { integer } from "@/lib/format";

const tabs = ["Value", "Key", "Headers", "Batch"] as const;
export type RecordTab = (typeof tabs)[number];

type Props = {
  tab: RecordTab;
  onTab: (tab: RecordTab) => void;
  /** How many there are; null while it is not known. */
  headers: number | null;
};

/** The parts of a record. Arrow keys go from one to the next. */
export function RecordTabs({ tab, onTab, headers }: Props) {
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const next = step === undefined ? undefined : tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length];
    if (next === undefined) return;
    event.preventDefault();
    onTab(next);
    event.currentTarget.querySelectorAll("button")[tabs.indexOf(next)]?.focus();
  };
  return (
    <div
      role="tablist"
      aria-label="Parts of the record"
      onKeyDown={onKeyDown}
      className="flex shrink-0 gap-[18px] border-b border-border px-4"
    >
      {tabs.map((name) => (
        <button
          key={name}
          type="button"
          role="tab"
          aria-selected={name === tab}
          tabIndex={name === tab ? 0 : -1}
          onClick={() => onTab(name)}
          className="-mb-px h-8 border-b-2 border-transparent text-ink-2 hover:text-ink aria-selected:border-accent aria-selected:font-strong aria-selected:text-ink max-md:h-10"
        >
          {name}{" "}
          {name === "Headers" && headers !== null && (
            <span className="text-12 font-normal text-muted">{integer(headers)}</span>
          )}
        </button>
      ))}
    </div>
  );
}
