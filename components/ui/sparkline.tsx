import { useMemo } from "react";
import { sparklineHeight, sparklinePaths, sparklineWidth, sparklineWords } from "./sparkline-path";
import { type Tone, toneInk } from "./tone";

/**
 * A small line on its own scale: where lag went over the last hour. Values are 0..100, null where there was no sample; without any
 * it says so, and dots along the ground show how long that was. Its colour is that of the status beside it; `plain` is muted, what is well has the first colour of charts.
 */
export function Sparkline({
  values,
  tone,
  label = "Lag over the last hour",
}: {
  values: readonly (number | null)[];
  tone: Tone;
  /** What it is a line of, for screen readers; whether it rises is added. */
  label?: string;
}) {
  const { line, area } = useMemo(() => sparklinePaths(values), [values]);
  if (line === "") return <span className="text-muted">no history yet</span>;
  return (
    <svg
      width={sparklineWidth}
      height={sparklineHeight}
      viewBox={`0 0 ${sparklineWidth} ${sparklineHeight}`}
      role="img"
      aria-label={`${label}: ${sparklineWords(values)}`}
      className={`inline-block shrink-0 align-middle ${tone === "ok" ? "text-[var(--s1)]" : toneInk[tone]}`}
    >
      {values.includes(null) && (
        <path
          d={`M0 ${sparklineHeight - 0.5}H${sparklineWidth}`}
          className="stroke-border-strong"
          strokeDasharray="1 3"
        />
      )}
      <path d={area} fill="currentColor" opacity={0.13} />
      <path d={line} fill="none" stroke="currentColor" strokeWidth={1.25} strokeLinejoin="round" />
    </svg>
  );
}
