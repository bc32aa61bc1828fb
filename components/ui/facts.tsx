import type { ReactNode } from "react";

export type Fact = { label: ReactNode; value: ReactNode; key?: string };

const keyOf = (fact: Fact, at: number) => fact.key ?? (typeof fact.label === "string" ? fact.label : at);

/** Label above value, side by side, wrapping: what a thing is. Entries that are null are left out. */
export function Facts({ of: facts }: { of: (Fact | null)[] }) {
  return (
    <dl className="flex shrink-0 flex-wrap gap-x-7 gap-y-1">
      {facts
        .filter((fact) => fact !== null)
        .map((fact, at) => (
          <div key={keyOf(fact, at)} className="min-w-0">
            <dt className="text-12 leading-4 whitespace-nowrap text-muted">{fact.label}</dt>
            <dd className="leading-5 tabular-nums wrap-anywhere">{fact.value}</dd>
          </div>
        ))}
    </dl>
  );
}

/** The same as two columns, label and value, for a narrow panel. */
export function FactList({ of: facts }: { of: (Fact | null)[] }) {
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3.5 leading-[22px]">
      {facts
        .filter((fact) => fact !== null)
        .map((fact, at) => (
          <div key={keyOf(fact, at)} className="contents">
            <dt className="text-muted">{fact.label}</dt>
            <dd className="tabular-nums wrap-anywhere">{fact.value}</dd>
          </div>
        ))}
    </dl>
  );
}
