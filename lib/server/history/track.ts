import { makeWriter, putInt, putUint, type Reader, takeUint, takeWhole, type Writer } from "./varint.ts";

/**
 * How one number went over the ticks of a history, its changes only: two or three bytes a change, and none while it stays. Ticks
 * are whole numbers that rise; whoever keeps them knows which time each is. null: not known from that tick on.
 */
export type Track = {
  /** The first change that is kept. */
  firstTick: number;
  first: bigint | null;
  /** The last number before or at `first` that was known: changes are told from it. */
  firstKnown: bigint;
  lastTick: number;
  last: bigint | null;
  lastKnown: bigint;
  /** null: it never changed. */
  changes: Writer | null;
  /** Bytes at the front of `changes` that were let go. */
  gone: number;
  /** Bytes that were in front of `changes` and are not there any more: places are told from the beginning of all. */
  cut: number;
};

/** A change that walking can begin after: where it ends, its tick, and what it was then. */
export type Stone = { place: number; tick: number; known: bigint };

export function makeTrack(tick: number, value: bigint | null): Track {
  const known = value ?? 0n;
  return {
    firstTick: tick,
    first: value,
    firstKnown: known,
    lastTick: tick,
    last: value,
    lastKnown: known,
    changes: null,
    gone: 0,
    cut: 0,
  };
}

/** Adds what it is at a tick after the last. The same as before takes no room. */
export function addTo(track: Track, tick: number, value: bigint | null): void {
  if (value === track.last) return;
  if (track.changes === null && track.first === null) {
    // Nothing was known before, which is what a track says of the time before it anyway.
    Object.assign(track, makeTrack(tick, value), { cut: track.cut });
    return;
  }
  track.changes ??= makeWriter(16);
  putUint(track.changes, (tick - track.lastTick) * 2 + (value === null ? 1 : 0));
  if (value !== null) {
    putInt(track.changes, BigInt.asIntN(64, value - track.lastKnown));
    track.lastKnown = value;
  }
  track.lastTick = tick;
  track.last = value;
}

/** Bytes that its changes take. */
export const bytesOf = ({ changes }: Track): number => changes?.bytes.length ?? 0;

/** A stone at the last change; null where there is none, or it is not known. */
export const stoneOf = ({ changes, cut, last, lastTick }: Track): Stone | null =>
  changes === null || last === null ? null : { place: cut + changes.length, tick: lastTick, known: last };

/** Whether everything after a stone is still kept. */
export const isKept = ({ firstTick, cut, gone }: Track, { place, tick }: Stone): boolean =>
  tick >= firstTick && place >= cut + gone;

/**
 * Walks over the changes, the oldest first; from a stone on where one is given. `delta` is told from the last number that was known;
 * null: not known any more.
 */
export function eachChange(
  track: Track,
  tell: (tick: number, delta: number | bigint | null) => boolean | undefined,
  from: Stone | null = null,
): void {
  if (!track.changes) return;
  const reader: Reader = { bytes: track.changes.bytes, at: from ? from.place - track.cut : track.gone };
  let tick = from ? from.tick : track.firstTick;
  while (reader.at < track.changes.length) {
    const head = takeUint(reader);
    tick += Math.floor(head / 2);
    if (tell(tick, head % 2 === 1 ? null : takeWhole(reader)) === false) return;
  }
}

/** What it was at each of some ticks that rise; null: not known, or before the first that is kept. */
export function valuesAt(track: Track, ticks: ArrayLike<number>): (bigint | null)[] {
  const values: (bigint | null)[] = new Array(ticks.length).fill(null);
  let [at, known, value] = [0, track.firstKnown, track.first];
  const fillUpTo = (tick: number) => {
    for (; at < ticks.length && (ticks[at] ?? 0) < tick; at++)
      values[at] = (ticks[at] ?? 0) < track.firstTick ? null : value;
  };
  eachChange(track, (tick, delta) => {
    fillUpTo(tick);
    if (delta !== null) known = BigInt.asIntN(64, known + BigInt(delta));
    value = delta === null ? null : known;
    return at < ticks.length;
  });
  fillUpTo(Number.POSITIVE_INFINITY);
  return values;
}

/** The largest number of one that is never negative, from one tick to another (both included), and when first; null: none was known. */
export function largestIn(track: Track, from: number, to: number): { value: bigint; tick: number } | null {
  // Distances from the first are compared: where those are exact as numbers, that is ten times faster than bigints.
  let largest: { distance: number | bigint; tick: number } | null = null;
  let [distance, known, since] = [0 as number | bigint, track.first !== null, track.firstTick];
  const look = (until: number) => {
    const tick = Math.max(since, from);
    if (known && tick <= Math.min(until, to) && (largest === null || distance > largest.distance))
      largest = { distance, tick };
  };
  eachChange(track, (tick, delta) => {
    look(tick - 1);
    if (delta !== null) distance = plus(distance, delta);
    known = delta !== null;
    since = tick;
    return tick <= to;
  });
  look(Number.POSITIVE_INFINITY);
  if (largest === null) return null;
  const found: { distance: number | bigint; tick: number } = largest;
  return { value: BigInt.asIntN(64, track.firstKnown + BigInt(found.distance)), tick: found.tick };
}

function plus(a: number | bigint, b: number | bigint): number | bigint {
  if (typeof a === "number" && typeof b === "number") {
    const sum = a + b;
    if (Number.isSafeInteger(sum)) return sum;
  }
  return BigInt(a) + BigInt(b);
}

/** Lets go of what was before a tick; what it was at that tick stays. */
export function trimTo(track: Track, tick: number): void {
  const { changes } = track;
  if (!changes || track.firstTick >= tick) return;
  const reader: Reader = { bytes: changes.bytes, at: track.gone };
  while (reader.at < changes.length) {
    const before = reader.at;
    const head = takeUint(reader);
    const next = track.firstTick + Math.floor(head / 2);
    if (next > tick) {
      reader.at = before;
      break;
    }
    track.firstTick = next;
    track.first = head % 2 === 1 ? null : BigInt.asIntN(64, track.firstKnown + BigInt(takeWhole(reader)));
    track.firstKnown = track.first ?? track.firstKnown;
  }
  track.gone = reader.at;
  if (track.gone === changes.length) {
    track.cut += changes.length;
    track.changes = null;
    track.gone = 0;
  } else if (track.gone > changes.length / 2) {
    track.changes = { bytes: changes.bytes.slice(track.gone, changes.length), length: changes.length - track.gone };
    track.cut += track.gone;
    track.gone = 0;
  }
}
