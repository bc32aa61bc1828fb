import type { Columns, Whole } from "./columns.ts";
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
  records === null ? null : rateOf(Number(records), milliseconds);
const rateOf = (records: number, milliseconds: number): number | null =>
  milliseconds <= 0 ? null : Math.round((records / (milliseconds / 1000)) * 1000) / 1000;

/** A line while the points of its stretches are put onto it: for each time the records of its step, and how many points told them. */
export type Placing = {
  line: Line;
  written: Float64Array;
  read: Float64Array;
  writtenPoints: Uint32Array;
  readPoints: Uint32Array;
};

export const startPlacing = (length: number): Placing => ({
  line: emptyLine(length),
  written: new Float64Array(length),
  read: new Float64Array(length),
  writtenPoints: new Uint32Array(length),
  readPoints: new Uint32Array(length),
});

/**
 * Puts points that lie `tierMs` apart onto a line: the last lag before each time, and what came and went in between. `from`: time of
 * the first point. Stretches come in their order; a step may begin in one and end in the next.
 */
export function placePoints(
  { line, written, read, writtenPoints, readPoints }: Placing,
  { times, stepMs }: Timeline,
  columns: Columns<Whole>,
  from: number,
  tierMs: number,
): void {
  for (let i = 0; i < columns.lag.length; i++) {
    const place = Math.ceil((from + i * tierMs - (times[0] ?? 0)) / stepMs);
    if (place < 0 || place >= times.length) continue;
    const lag = columns.lag[i] ?? null;
    if (lag !== null) line.lag[place] = BigInt(lag);
    line.timeLag[place] = columns.timeLag[i] ?? line.timeLag[place] ?? null;
    add(written, writtenPoints, place, columns.written[i] ?? null);
    add(read, readPoints, place, columns.read[i] ?? null);
  }
}

function add(sums: Float64Array, points: Uint32Array, place: number, records: Whole | null): void {
  if (records === null) return;
  sums[place] = (sums[place] ?? 0) + Number(records);
  points[place] = (points[place] ?? 0) + 1;
}

/** The line, with the rates of all that was put onto it. */
export function endPlacing({ line, written, read, writtenPoints, readPoints }: Placing, tierMs: number): Line {
  for (let place = 0; place < line.lag.length; place++) {
    line.written[place] = rateOf(written[place] ?? 0, (writtenPoints[place] ?? 0) * tierMs);
    line.read[place] = rateOf(read[place] ?? 0, (readPoints[place] ?? 0) * tierMs);
  }
  return line;
}
