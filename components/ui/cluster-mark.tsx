"use client";
import { createContext, useContext } from "react";

export type Colour = "grey" | "green" | "amber" | "red" | "blue" | "violet";
/** What the operator calls a cluster ("production") and its colour, so that one is not taken for another. */
export type Mark = { cluster: string; label: string | null; colour: Colour | null };

const MarkContext = createContext<Mark | null>(null);
export const MarkProvider = MarkContext.Provider;
/** The mark of the cluster in sight; null outside of one. */
export const useMark = (): Mark | null => useContext(MarkContext);

const grounds = {
  grey: "bg-sunken text-ink-2 inset-ring inset-ring-border",
  green: "bg-ok-soft text-ok",
  amber: "bg-warn-soft text-warn",
  red: "bg-bad-soft text-bad",
  blue: "bg-info-soft text-info",
  violet: "bg-accent-soft text-accent",
} as const satisfies Record<Colour, string>;

/** A line across the top of the window, in the cluster's colour. */
export const markLine = {
  grey: "bg-border-strong",
  green: "bg-ok",
  amber: "bg-warn",
  red: "bg-bad",
  blue: "bg-info",
  violet: "bg-accent",
} as const satisfies Record<Colour, string>;

/** The label of a cluster on its colour; nothing when it has none. */
export function ClusterMark({ mark }: { mark: Pick<Mark, "label" | "colour"> }) {
  if (!mark.label) return null;
  return (
    <span
      className={`inline-block max-w-full truncate rounded-small px-1.5 text-11 leading-[18px] font-medium ${grounds[mark.colour ?? "grey"]}`}
    >
      {mark.label}
    </span>
  );
}
