import { type Line, ticksAt, timelineOf } from "./grid.ts";
import { int64Of } from "./int64.ts";
import type { Kept } from "./kept.ts";
import { tierFor, writtenLine } from "./questions.ts";
import { tickAt, timeOf } from "./recent.ts";
import type { BoardAnswer, BoardQuestion } from "./source.ts";
import { type Store, type Worst, worseOf, worstOf } from "./store.ts";
import { ALL_GROUPS, type Keep } from "./tiers.ts";
import { largestIn, type Track, valuesAt } from "./track.ts";
import type { Watch } from "./watch.ts";

const TENTHS_MS = 100;

/** The groups that were furthest behind over a stretch of time, the worst first, each with its line. */
export function board(store: Store, kept: Kept, keep: Keep, question: BoardQuestion, now: number): BoardAnswer {
  const { tier, finestMs } = tierFor(kept, keep, question.from, now);
  const timeline = timelineOf(question.from, question.until, question.stepMs, finestMs);
  const worst = inRange(worstOf(store, kept.id, tier, question.from, question.until), question);
  worst.delete(ALL_GROUPS);
  const ticks = ticksOf(kept, question);
  for (const [id, { watch }] of kept.recent.groups) {
    const recent = ticks && recentWorst(kept, watch, ticks);
    if (recent) worst.set(id, worseOf(worst.get(id), recent));
  }
  const names = new Map([...kept.recent.groupIds].map(([name, id]) => [id, name]));
  const rows = [...worst]
    .filter(([id]) => names.has(id))
    .sort(([, a], [, b]) => (question.by === "lag" ? byLag(a, b) : (b.timeLag ?? -1) - (a.timeLag ?? -1)))
    .slice(0, question.limit);
  const sampled = ticksAt(kept.recent, timeline, kept.everyMs);
  const line = (group: number, watch: Watch | undefined) =>
    lineOf(writtenLine(store, kept, tier, group, timeline), sampled, watch);
  return {
    ...timeline,
    total: [...worst.keys()].filter((id) => names.has(id)).length,
    totalLag: line(ALL_GROUPS, kept.recent.total).lag.map(text),
    groups: rows.map(([id, found]) => {
      const { lag, timeLag } = line(id, kept.recent.groups.get(id)?.watch);
      return {
        groupId: names.get(id) ?? "",
        worstLag: found.lag === null ? null : int64Of(found.lag),
        worstAt: found.at,
        worstTimeLagMs: found.timeLag,
        lagSeries: lag.map(text),
        timeLagSeries: timeLag,
      };
    }),
  };
}

const text = (lag: bigint | null) => (lag === null ? null : int64Of(lag));
const byLag = (a: Worst, b: Worst): number => {
  const [left, right] = [a.lag ?? -1n, b.lag ?? -1n];
  return left === right ? (b.timeLag ?? -1) - (a.timeLag ?? -1) : left < right ? 1 : -1;
};

/** A row holds an hour or a day, of which the range may want a part: its worst time is told only where it lies inside. */
function inRange(worst: Map<number, Worst>, { from, until }: BoardQuestion): Map<number, Worst> {
  for (const found of worst.values()) if (found.at !== null && (found.at < from || found.at > until)) found.at = null;
  return worst;
}

/** The samples of a stretch of time that are in memory; null: none is. */
function ticksOf({ recent }: Kept, { from, until }: BoardQuestion): { first: number; last: number } | null {
  const last = tickAt(recent, until);
  const before = tickAt(recent, from - 1);
  const first = before === null ? recent.firstTick : before + 1;
  return last === null || first > last ? null : { first, last };
}

function recentWorst({ recent }: Kept, watch: Watch, { first, last }: { first: number; last: number }): Worst | null {
  const [lag, tenths] = [largestIn(watch.lags, first, last), largestIn(watch.timeLags, first, last)];
  if (lag === null && tenths === null) return null;
  return {
    lag: lag?.value ?? null,
    at: lag && timeOf(recent, lag.tick),
    timeLag: tenths && Number(tenths.value) * TENTHS_MS,
  };
}

/** What is in memory goes over what is written. */
function lineOf(
  { lag, timeLag }: Pick<Line, "lag" | "timeLag">,
  ticks: readonly (number | null)[],
  watch: Watch | undefined,
): Pick<Line, "lag" | "timeLag"> {
  const known = ticks.filter((tick) => tick !== null);
  const at = (track: Track | undefined) => (track ? valuesAt(track, known) : []);
  const [lags, tenths] = [at(watch?.lags), at(watch?.timeLags)];
  let k = 0;
  for (const [i, tick] of ticks.entries()) {
    if (tick === null) continue;
    lag[i] = lags[k] ?? lag[i] ?? null;
    const age = tenths[k++] ?? null;
    timeLag[i] = age === null ? (timeLag[i] ?? null) : Number(age) * TENTHS_MS;
  }
  return { lag, timeLag };
}
