import { ticksAt, timelineOf } from "./grid.ts";
import { int64Of } from "./int64.ts";
import type { Kept } from "./kept.ts";
import { tierFor, writtenLine } from "./questions.ts";
import { tickAt, timeOf } from "./recent.ts";
import type { BoardAnswer, BoardQuestion, Timeline } from "./source.ts";
import { type Store, type Worst, worseOf, worstOf } from "./store.ts";
import { ALL_GROUPS, type Keep } from "./tiers.ts";
import { type Track, valuesAt } from "./track.ts";
import type { Watch } from "./watch.ts";

const TENTHS_MS = 100;

/** The groups that were furthest behind over a stretch of time, the worst first, each with its line. */
export function board(store: Store, kept: Kept, keep: Keep, question: BoardQuestion, now: number): BoardAnswer {
  const { tier, finestMs } = tierFor(kept, keep, question.from, now);
  const timeline = timelineOf(question.from, question.until, question.stepMs, finestMs);
  const worst = inRange(worstOf(store, kept.id, tier, question.from, question.until), question);
  worst.delete(ALL_GROUPS);
  const ticks = allTicks(kept, question);
  for (const [id, { watch }] of kept.recent.groups) {
    const recent = recentWorst(kept, watch, ticks);
    if (recent) worst.set(id, worseOf(worst.get(id), recent));
  }
  const names = new Map([...kept.recent.groupIds].map(([name, id]) => [id, name]));
  const rows = [...worst]
    .filter(([id]) => names.has(id))
    .sort(([, a], [, b]) => (question.by === "lag" ? byLag(a, b) : (b.timeLag ?? -1) - (a.timeLag ?? -1)))
    .slice(0, question.limit);
  const line = (group: number, watch: Watch | undefined) =>
    lineOf(store, kept, keep, question, timeline, group, watch, now);
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

function allTicks({ recent }: Kept, { from, until }: BoardQuestion): number[] {
  const last = tickAt(recent, until);
  if (last === null) return [];
  const before = tickAt(recent, from - 1);
  const first = before === null ? recent.firstTick : before + 1;
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
}

function recentWorst({ recent }: Kept, watch: Watch, ticks: number[]): Worst | null {
  if (ticks.length === 0) return null;
  const worst: Worst = { lag: null, at: null, timeLag: null };
  for (const [i, lag] of valuesAt(watch.lags, ticks).entries())
    if (lag !== null && (worst.lag === null || lag > worst.lag))
      Object.assign(worst, { lag, at: timeOf(recent, ticks[i] ?? 0) });
  for (const tenths of valuesAt(watch.timeLags, ticks))
    if (tenths !== null) worst.timeLag = Math.max(worst.timeLag ?? 0, Number(tenths) * TENTHS_MS);
  return worst.lag === null && worst.timeLag === null ? null : worst;
}

function lineOf(
  store: Store,
  kept: Kept,
  keep: Keep,
  question: BoardQuestion,
  timeline: Timeline,
  group: number,
  watch: Watch | undefined,
  now: number,
): { lag: (bigint | null)[]; timeLag: (number | null)[] } {
  const { tier } = tierFor(kept, keep, question.from, now);
  const { lag, timeLag } = writtenLine(store, kept, tier, group, timeline);
  const ticks = ticksAt(kept.recent, timeline, kept.everyMs);
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
