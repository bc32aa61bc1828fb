import type { GroupSummary } from "@/lib/api/groups";
import { counted, duration, integer, type Whole } from "@/lib/format";
import { Int } from "./number";

const noLag = "No commit, or a commit outside the log";

/**
 * Records still to be read. What is not known is `unknown`, never 0; where only some partitions have a lag, a ≥ is before the sum of
 * those. `unknown`: how many partitions have none. `why`: the reason where nothing is known.
 */
export function Lag({ value, unknown = 0, why = noLag }: { value: Whole | null; unknown?: number; why?: string }) {
  if (value === null)
    return (
      <span className="text-muted" title={why}>
        unknown
      </span>
    );
  if (unknown === 0) return <Int value={value} />;
  return (
    <span title={`${counted(unknown, "partition")} of unknown lag not counted`}>
      <span className="text-muted">≥</span>
      <Int value={value} />
    </span>
  );
}

/** `~5 min 21 s`, `> 14 d`, `0 s` as plain text; `unknown` where it is not known. */
export function timeLagText({ timeLagMs, timeLagIs }: Pick<GroupSummary, "timeLagMs" | "timeLagIs">): string {
  if (timeLagMs === null) return "unknown";
  if (timeLagMs === 0) return "0\u00a0s";
  const mark = timeLagIs === "estimate" ? "~" : timeLagIs === "at-least" ? ">\u00a0" : "";
  return `${mark}${duration(Math.round(timeLagMs))}`;
}

const meanings = {
  estimate: "About: interpolated from the history of end offsets",
  exact: "The time of the record itself",
  "at-least": "Older than the history reaches",
} as const;

/** How old the next record is that the group would read: `~` where it is an estimate, `>` where it is older than the history. */
export function TimeLag({
  timeLagMs,
  timeLagIs,
  why = "Not known: no lag, or no history yet",
}: Pick<GroupSummary, "timeLagMs" | "timeLagIs"> & { why?: string }) {
  const text = timeLagText({ timeLagMs, timeLagIs });
  if (timeLagMs === null || timeLagMs === 0)
    return (
      <span className="whitespace-nowrap text-muted tabular-nums" title={timeLagMs === null ? why : "All is read"}>
        {text}
      </span>
    );
  const mark = /^(~|>\u00a0)/.exec(text)?.[0] ?? "";
  return (
    <span
      className="whitespace-nowrap tabular-nums"
      title={`${timeLagIs === null ? "" : `${meanings[timeLagIs]}; `}${integer(Math.round(timeLagMs))} ms`}
    >
      {mark !== "" && <span className="text-muted">{mark}</span>}
      {text.slice(mark.length)}
    </span>
  );
}
