import { type Series, sameSeries } from "./chunks.ts";
import { type Columns, emptyColumns } from "./columns.ts";
import { type Group, type Recent, tickAt, timeOf } from "./recent.ts";
import { seriesOf } from "./series.ts";
import { KINDS, type Kind } from "./tiers.ts";
import { valuesAt } from "./track.ts";

const MINUTE = 60_000;
const TEN = 10;
/** Of ten minutes this many must be known, that a rate is told of all of them. */
const ENOUGH = 5;
const ALL_KINDS = Object.keys(KINDS) as Kind[];

/** Minutes from `from` (inclusive) to `until` (not), both whole minutes; the tick of each: its last sample. */
function minuteTicks(recent: Recent, from: number, until: number): (number | null)[] {
  const ticks: (number | null)[] = [];
  // One before, which the first is told from.
  for (let minute = from - MINUTE; minute < until; minute += MINUTE) {
    const tick = tickAt(recent, minute);
    const at = tick === null ? null : timeOf(recent, tick);
    ticks.push(at !== null && minute - at < MINUTE ? tick : null);
  }
  return ticks;
}

/** The lines of one group by the minute, from what is in memory. */
export function minutesOf(recent: Recent, group: Group, from: number, until: number): Record<Kind, Series[]> {
  const ticks = minuteTicks(recent, from, until);
  const found = seriesOf(recent, group, ticks, ALL_KINDS);
  for (const kind of ALL_KINDS)
    found[kind] = found[kind].map((one) => ({ ...one, columns: withoutFirst(one.columns, ticks, recent) }));
  return found;
}

/** All groups together by the minute: their lag only. */
export function totalMinutes(recent: Recent, from: number, until: number): Series[] {
  const ticks = minuteTicks(recent, from, until).slice(1);
  const columns = emptyColumns(ticks.length);
  const known = ticks.filter((tick) => tick !== null);
  const lags = valuesAt(recent.total.lags, known);
  let at = 0;
  for (const [i, tick] of ticks.entries()) if (tick !== null) columns.lag[i] = lags[at++] ?? null;
  return [{ topic: null, partition: null, columns }];
}

/** What came since a point that is not the minute before is of more than a minute, and says nothing of this one. */
function withoutFirst(columns: Columns, ticks: readonly (number | null)[], recent: Recent): Columns {
  const isMinute = (i: number) => {
    const [before, tick] = [ticks[i - 1] ?? null, ticks[i] ?? null];
    return before !== null && tick !== null && ![...recent.breaks].some((at) => before < at && at <= tick);
  };
  return {
    lag: columns.lag.slice(1),
    timeLag: columns.timeLag.slice(1),
    written: columns.written.slice(1).map((records, i) => (isMinute(i + 1) ? records : null)),
    read: columns.read.slice(1).map((records, i) => (isMinute(i + 1) ? records : null)),
  };
}

/**
 * Points of ten minutes from those of minutes, both from the same time, which is a whole ten minutes: a point is what the minute
 * says that it stands at, and what came in the ten minutes up to it. `before`: the nine minutes before the first.
 */
export function tensOf(minutes: Series[], before: Series[]): Series[] {
  return minutes.map((one) => {
    const earlier = before.find((other) => sameSeries(one, other))?.columns ?? emptyColumns(TEN - 1);
    const tens = emptyColumns(Math.ceil(one.columns.lag.length / TEN));
    for (let i = 0; i < tens.lag.length; i++) {
      tens.lag[i] = one.columns.lag[i * TEN] ?? null;
      tens.timeLag[i] = one.columns.timeLag[i * TEN] ?? null;
      tens.written[i] = sumOf(earlier.written, one.columns.written, i * TEN);
      tens.read[i] = sumOf(earlier.read, one.columns.read, i * TEN);
    }
    return { ...one, columns: tens };
  });
}

/** Of ten minutes up to `last`. Where a few are not known the others stand for them. */
function sumOf(before: (bigint | null)[], column: (bigint | null)[], last: number): bigint | null {
  let [sum, known] = [0n, 0n];
  for (let i = last - (TEN - 1); i <= last; i++) {
    const records = (i < 0 ? before[before.length + i] : column[i]) ?? null;
    if (records === null) continue;
    sum += records;
    known++;
  }
  return known < ENOUGH ? null : (sum * BigInt(TEN)) / known;
}
