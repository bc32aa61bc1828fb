import type { timeLagKinds } from "../../api/groups.ts";

export type TimeLag = { timeLagMs: number | null; timeLagIs: (typeof timeLagKinds)[number] | null };

export const UNKNOWN: TimeLag = { timeLagMs: null, timeLagIs: null };
export const NONE: TimeLag = { timeLagMs: 0, timeLagIs: "estimate" };

/**
 * The end of a log at some times, the oldest first: `behind` is how many records were still to come then until the newest of
 * these ends. Only the first `count` of each count.
 */
export type Ends = { at: ArrayLike<number>; behind: ArrayLike<number>; count: number };

/**
 * How old the next record is that would be read, told from when the end of the log passed it: between two samples as if records
 * had come evenly. `lag` is counted from the newest end. 0 where everything is read; `at-least` where it is older than the
 * samples; never negative, also where the clock was set back. `now` is when the commit was read.
 */
export function timeLagOf(lag: number, ends: Ends, now: number): TimeLag {
  if (ends.count === 0) return UNKNOWN;
  if (lag <= 0) return NONE;
  const after = firstPast(ends, lag);
  const endAt = ends.at[after] ?? now;
  if (after === 0) return { timeLagMs: since(endAt, now), timeLagIs: "at-least" };
  const startAt = ends.at[after - 1] ?? endAt;
  const [start, end] = [ends.behind[after - 1] ?? 0, ends.behind[after] ?? 0];
  // The next record came when the end went from right before it to right behind it.
  const fraction = Math.min(1, (start - lag + 1) / (start - end));
  return { timeLagMs: since(startAt + fraction * (endAt - startAt), now), timeLagIs: "estimate" };
}

const since = (then: number, now: number): number => Math.max(0, Math.round(now - then));

/**
 * The first sample whose end is past the next record. Ends rise nearly always, so halving finds it; where one fell (a topic made
 * anew) it still ends at a sample that is past it, right after one that is not.
 */
function firstPast({ behind, count }: Ends, lag: number): number {
  let [before, past] = [-1, count - 1];
  while (past - before > 1) {
    const middle = (before + past) >>> 1;
    if ((behind[middle] ?? 0) < lag) past = middle;
    else before = middle;
  }
  return past;
}

/** At least no time at all says nothing: right after the first sample. */
export const orUnknown = (lag: TimeLag): TimeLag =>
  lag.timeLagIs === "at-least" && lag.timeLagMs === 0 ? UNKNOWN : lag;

/** The time lag of several partitions together: that of the worst. What is at least so old goes before what is known to be. */
export function worstTimeLag(lags: Iterable<TimeLag>): TimeLag {
  let worst = UNKNOWN;
  for (const lag of lags) {
    if (lag.timeLagMs === null) continue;
    if (worst.timeLagMs === null || lag.timeLagMs > worst.timeLagMs) worst = lag;
    else if (lag.timeLagMs === worst.timeLagMs && lag.timeLagIs === "at-least") worst = lag;
  }
  return worst;
}
