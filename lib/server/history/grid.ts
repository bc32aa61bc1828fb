import type { Columns } from "./columns.ts";
import { type Recent, tickAt, timeOf } from "./recent.ts";
import type { Timeline } from "./source.ts";

const MOST_POINTS = 360;
/** Steps that a chart may have, so that points stand at times people read. */
const STEPS_S = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1_200, 1_800, 3_600, 7_200, 14_400, 28_800, 86_400];
/** No answer holds more, whatever is asked. */
const LIMIT_POINTS = 2_000;

/** The points of a chart. `finestMs`: how finely the range was kept. Nothing given for `stepMs`: at most 360 points. */
export function timelineOf(from: number, until: number, stepMs: number | null, finestMs: number): Timeline {
  const span = Math.max(0, until - from);
  const wanted = stepMs ?? stepFor(span, MOST_POINTS);
  const step = Math.max(wanted, finestMs, stepFor(span, LIMIT_POINTS));
  const times: number[] = [];
  for (let at = (Math.floor(from / step) + 1) * step; at <= until; at += step) times.push(at);
  return { from, until, stepMs: step, times };
}

const stepFor = (span: number, most: number): number => {
  const seconds = STEPS_S.find((candidate) => span / (candidate * 1_000) <= most);
  return (seconds ?? Math.ceil(span / most / 86_400_000) * 86_400) * 1_000;
};

/** Points of one line on the times of a chart; rates in records a second. null: not known. */
export type Line = {
  lag: (bigint | null)[];
  timeLag: (number | null)[];
  written: (number | null)[];
  read: (number | null)[];
};

export const emptyLine = (length: number): Line => ({
  lag: new Array(length).fill(null),
  timeLag: new Array(length).fill(null),
  written: new Array(length).fill(null),
  read: new Array(length).fill(null),
});

/**
 * The tick of each time: the last sample before it that is not too long ago. null: there was none. A time that falls between two
 * samples because one came late takes the sample before.
 */
export function ticksAt(recent: Recent, { times, stepMs }: Timeline, everyMs: number): (number | null)[] {
  const reach = Math.max(stepMs, 2.5 * everyMs);
  return times.map((time) => {
    const tick = tickAt(recent, time);
    const at = tick === null ? null : timeOf(recent, tick);
    return at !== null && time - at < reach ? tick : null;
  });
}

/** Puts points that were worked out at ticks onto a line. Where two times share a sample the rate before goes on. */
export function placeTicks(line: Line, columns: Columns, ticks: readonly (number | null)[], recent: Recent): void {
  let before: number | null = null;
  for (const [i, tick] of ticks.entries()) {
    if (tick === null) continue;
    line.lag[i] = columns.lag[i] ?? null;
    line.timeLag[i] = columns.timeLag[i] ?? null;
    if (tick === before) {
      line.written[i] = line.written[i - 1] ?? null;
      line.read[i] = line.read[i - 1] ?? null;
      continue;
    }
    const milliseconds = before === null || isBroken(recent, before, tick) ? 0 : spanOf(recent, before, tick);
    line.written[i] = perSecond(columns.written[i] ?? null, milliseconds) ?? line.written[i] ?? null;
    line.read[i] = perSecond(columns.read[i] ?? null, milliseconds) ?? line.read[i] ?? null;
    before = tick;
  }
}

const spanOf = (recent: Recent, before: number, tick: number) =>
  (timeOf(recent, tick) ?? 0) - (timeOf(recent, before) ?? 0);
const isBroken = ({ breaks }: Recent, before: number, tick: number): boolean =>
  [...breaks].some((at) => before < at && at <= tick);
const perSecond = (records: bigint | null, milliseconds: number): number | null =>
  records === null || milliseconds <= 0 ? null : Math.round((Number(records) / (milliseconds / 1000)) * 1000) / 1000;

/**
 * Puts points that lie `tierMs` apart onto a line: the last lag before each time, and what came and went in between. `from`: time of
 * the first point.
 */
export function placePoints(line: Line, timeline: Timeline, columns: Columns, from: number, tierMs: number): void {
  const { times, stepMs } = timeline;
  const sums = new Map<number, { written: bigint; read: bigint; points: number; readPoints: number }>();
  for (let i = 0; i < columns.lag.length; i++) {
    const at = from + i * tierMs;
    const place = Math.ceil((at - (times[0] ?? 0)) / stepMs);
    if (place < 0 || place >= times.length) continue;
    line.lag[place] = columns.lag[i] ?? line.lag[place] ?? null;
    line.timeLag[place] = columns.timeLag[i] ?? line.timeLag[place] ?? null;
    const sum = sums.get(place) ?? { written: 0n, read: 0n, points: 0, readPoints: 0 };
    const [written, read] = [columns.written[i] ?? null, columns.read[i] ?? null];
    if (written !== null) sum.points++;
    if (read !== null) sum.readPoints++;
    sum.written += written ?? 0n;
    sum.read += read ?? 0n;
    sums.set(place, sum);
  }
  for (const [place, { written, read, points, readPoints }] of sums) {
    line.written[place] = perSecond(written, points * tierMs);
    line.read[place] = perSecond(read, readPoints * tierMs);
  }
}
