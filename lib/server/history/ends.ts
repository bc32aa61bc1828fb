import { type TimeLag, timeLagOf, UNKNOWN } from "../../kafka/plan/time-lag.ts";
import { type Log, lastTick, type Recent, timeOf } from "./recent.ts";
import { eachChange, isKept, type Stone, type Track } from "./track.ts";

/** Ends of one log over time, as `timeLagOf` takes them. The arrays are used again for the next log. */
export type LogEnds = { at: Float64Array; behind: Float64Array; count: number };

const scratch: LogEnds = { at: new Float64Array(1_024), behind: new Float64Array(1_024), count: 0 };

function push(at: number, records: number): void {
  if (scratch.count === scratch.at.length) {
    scratch.at = grown(scratch.at);
    scratch.behind = grown(scratch.behind);
  }
  scratch.at[scratch.count] = at;
  scratch.behind[scratch.count++] = records;
}

function grown(array: Float64Array): Float64Array {
  const larger = new Float64Array(array.length * 2);
  larger.set(array);
  return larger;
}

/**
 * The end of a log at each sample that is kept, before them by ten-minute marks. What is told are distances to its newest end, so
 * that no offset becomes a number that would round it. `most`: only how old records up to this far behind the end are is asked
 * about, so that walking may begin later.
 */
export function endsOf(recent: Recent, log: Log, most: bigint | null = null): LogEnds {
  scratch.count = 0;
  const time = (tick: number) => timeOf(recent, tick);
  const stone = most === null ? null : stoneBefore(log, most);
  const total = stone
    ? walk(log.ends, time, recent.firstTick, lastTick(recent), 0, stone)
    : walk(log.ends, time, recent.firstTick, lastTick(recent), walkMarks(recent, log), null);
  for (let i = 0; i < scratch.count; i++) scratch.behind[i] = total - (scratch.behind[i] ?? 0);
  return scratch;
}

/** The newest stone that so many records came after; null: none, or what came after it is not kept whole. */
function stoneBefore({ ends, stones: [older, newer] }: Log, records: bigint): Stone | null {
  const reaches = (stone: Stone | null) =>
    stone !== null && ends.lastKnown - stone.known >= records && isKept(ends, stone);
  return reaches(newer) ? newer : reaches(older) ? older : null;
}

/** Adds the marks before the first sample. Gives how many records came up to it. */
function walkMarks(recent: Recent, log: Log): number {
  const first = recent.times[0] ?? 0;
  const markTime = (mark: number) => {
    const at = recent.markTimes.get(mark);
    return at !== undefined && at < first ? at : null;
  };
  let newestMark = 0;
  for (const mark of recent.markTimes.keys()) newestMark = mark;
  const records = log.marks.last === null ? 0 : walk(log.marks, markTime, 0, newestMark, 0, null);
  // Marks are told from the last of them: what came between that one and the first sample is added once the first is known.
  const distance = Number(log.ends.firstKnown - log.marks.lastKnown);
  return records + (scratch.count > 0 ? distance : 0);
}

/** Adds a point for each change and one right before it: what stayed until then did not grow evenly. Gives the last count of records. */
function walk(
  track: Track,
  time: (tick: number) => number | null,
  oldest: number,
  newest: number,
  from: number,
  stone: Stone | null,
): number {
  let records = from;
  let known = stone !== null || track.first !== null;
  let told = Number.NEGATIVE_INFINITY;
  const tell = (tick: number) => {
    const at = tick > told && known ? time(tick) : null;
    if (at === null) return;
    push(at, records);
    told = tick;
  };
  // What it was at first it was until it changed, so also at the oldest tick that has a time yet.
  tell(Math.max(oldest, stone ? stone.tick : track.firstTick));
  const step = (tick: number, delta: number | bigint | null) => {
    tell(tick - 1);
    known = delta !== null;
    if (delta !== null) records += Number(delta);
    tell(tick);
    return undefined;
  };
  eachChange(track, step, stone);
  tell(newest);
  return records;
}

/** How old the next record is that a reader of these ends lacks, at a time of which `count` points are known. */
export function ageAt(ends: LogEnds, lag: bigint | null, now: number, count = ends.count): TimeLag {
  if (lag === null || count === 0) return UNKNOWN;
  if (lag <= 0n) return timeLagOf(0, ends, now);
  const behind = Number(lag) + (ends.behind[count - 1] ?? 0);
  return timeLagOf(behind, { at: ends.at, behind: ends.behind, count }, now);
}
