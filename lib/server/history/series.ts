import { orUnknown, worstTimeLag } from "../../kafka/plan/time-lag.ts";
import type { Series, SeriesKey } from "./chunks.ts";
import { type Columns, emptyColumns } from "./columns.ts";
import { ageAt, endsOf } from "./ends.ts";
import { type Commit, type Group, type Recent, timeOf } from "./recent.ts";
import type { Kind } from "./tiers.ts";
import { valuesAt } from "./track.ts";

/**
 * The lines of a group at some ticks, worked out from what its partitions were: each partition, its topics, and the whole. Ticks
 * rise; null: no sample then. What was written and read at a point is since the point before it that has one, so the first has
 * none. `topic`: only this one.
 */
export function seriesOf(
  recent: Recent,
  group: Group,
  ticks: readonly (number | null)[],
  kinds: readonly Kind[],
  topic: number | null = null,
): Record<Kind, Series[]> {
  const found: Record<Kind, Series[]> = { group: [], topic: [], partition: [] };
  const sums = new Map<number | null, Columns>();
  const sumFor = (key: number | null) => {
    const columns = sums.get(key) ?? emptyColumns(ticks.length);
    sums.set(key, columns);
    return columns;
  };
  const known = ticks.filter((tick) => tick !== null);
  const doubtful = doubtfulAt(group, ticks, known);
  const holes: { key: number | null; i: number }[] = [];
  for (const commit of group.commits.values()) {
    const { id } = commit.log.topic;
    if (topic !== null && id !== topic) continue;
    const columns = columnsOf(recent, commit, ticks, known);
    if (kinds.includes("partition")) found.partition.push({ topic: id, partition: commit.log.partition, columns });
    for (const [kind, key] of [["topic", id] as const, ["group", null] as const]) {
      if (!kinds.includes(kind)) continue;
      addColumns(sumFor(key), columns);
      for (const i of doubtful) if (columns.lag[i] === null) holes.push({ key, i });
    }
  }
  for (const { key, i } of holes) {
    const columns = sumFor(key);
    columns.lag[i] = columns.timeLag[i] = null;
  }
  for (const [key, columns] of sums)
    found[key === null ? "group" : "topic"].push({ topic: key, partition: null, columns });
  found.partition.sort(byPlace);
  found.topic.sort(byPlace);
  return found;
}

const byPlace = (a: SeriesKey, b: SeriesKey) =>
  (a.topic ?? 0) - (b.topic ?? 0) || (a.partition ?? 0) - (b.partition ?? 0);

/** Where not all of the group was known: a sum without a partition would look there as if that one had been read. */
function doubtfulAt({ watch }: Group, ticks: readonly (number | null)[], known: number[]): number[] {
  const lags = valuesAt(watch.lags, known);
  let at = 0;
  return ticks.flatMap((tick, i) => (tick !== null && lags[at++] === null ? [i] : []));
}

function columnsOf(
  recent: Recent,
  { log, offsets }: Commit,
  ticks: readonly (number | null)[],
  known: number[],
): Columns {
  const columns = emptyColumns(ticks.length);
  const [ends, committed] = [valuesAt(log.ends, known), valuesAt(offsets, known)];
  let late = false;
  let before: number | null = null;
  for (let i = 0, k = 0; i < ticks.length; i++) {
    if (ticks[i] === null) continue;
    const [end, offset] = [ends[k] ?? null, committed[k] ?? null];
    if (end !== null && offset !== null) columns.lag[i] = end > offset ? end - offset : 0n;
    const [endBefore, offsetBefore] =
      before === null ? [null, null] : [ends[before] ?? null, committed[before] ?? null];
    if (end !== null && endBefore !== null) columns.written[i] = end > endBefore ? end - endBefore : 0n;
    if (offset !== null && offsetBefore !== null) columns.read[i] = offset - offsetBefore;
    columns.timeLag[i] = columns.lag[i] === null ? null : 0;
    late ||= (columns.lag[i] ?? 0n) > 0n;
    before = k++;
  }
  if (late) addAges(recent, { log, offsets } as Commit, ticks, columns);
  return columns;
}

/** Ages at each point, told from the ends that were known by then. */
function addAges(recent: Recent, { log }: Commit, ticks: readonly (number | null)[], columns: Columns): void {
  const ends = endsOf(recent, log);
  let count = 0;
  for (const [i, tick] of ticks.entries()) {
    const at = tick === null ? null : timeOf(recent, tick);
    if (at === null) continue;
    while (count < ends.count && (ends.at[count] ?? 0) <= at) count++;
    const lag = columns.lag[i] ?? null;
    if (lag !== null && lag > 0n) columns.timeLag[i] = orUnknown(ageAt(ends, lag, at, count)).timeLagMs;
  }
}

/** Adds one line to another: sums of what is known, and the worst age. */
export function addColumns(to: Columns, from: Columns): void {
  for (let i = 0; i < to.lag.length; i++) {
    to.lag[i] = plus(to.lag[i], from.lag[i]);
    to.written[i] = plus(to.written[i], from.written[i]);
    to.read[i] = plus(to.read[i], from.read[i]);
    const lags = [to.timeLag[i], from.timeLag[i]].map((ms) => ({ timeLagMs: ms ?? null, timeLagIs: null }));
    to.timeLag[i] = worstTimeLag(lags).timeLagMs;
  }
}

const plus = (a: bigint | null | undefined, b: bigint | null | undefined): bigint | null =>
  a == null ? (b ?? null) : b == null ? a : a + b;
