import type { ReactNode } from "react";
import { type Tone, toneInk } from "./tone";

/** A large figure with its label. `tone` only for an exception; `zero` mutes a figure that says "nothing to see". */
export type Total = { label: ReactNode; value: ReactNode; note?: ReactNode; tone?: Tone; zero?: boolean; key?: string };

/** A row of figures in one box: the size of a thing at a glance. */
export function Totals({ of: totals }: { of: Total[] }) {
  return (
    <dl className="grid shrink-0 auto-cols-[minmax(max-content,1fr)] grid-flow-col overflow-hidden rounded-panel border border-border bg-border gap-px max-lg:grid-flow-row max-lg:grid-cols-4 max-md:grid-cols-2">
      {totals.map((total, at) => (
        <div
          key={total.key ?? (typeof total.label === "string" ? total.label : at)}
          className="min-w-0 bg-surface px-3 pt-2 pb-[9px]"
        >
          <dt className="truncate text-12 leading-4 text-muted">{total.label}</dt>
          <dd
            className={`text-18 leading-6 font-strong tracking-tight whitespace-nowrap tabular-nums ${total.zero ? "text-muted" : total.tone ? toneInk[total.tone] : ""}`}
          >
            {total.value}
            {total.note !== undefined && (
              <span className="ms-1 text-12 font-normal tracking-normal text-muted">{total.note}</span>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
