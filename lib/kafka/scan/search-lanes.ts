import { type Batches, readBatches } from "./batches.ts";
import { larger, smaller } from "./bytes.ts";
import type { Direction } from "./cursor.ts";
import type { Lane } from "./pager.ts";

/** One partition on its way through a search. What it holds is fetched ahead of what is looked through. */
export type SearchLane = {
  lane: Lane;
  /** Up to here the records were fetched; `lane.position` is how far they were looked through. */
  fetched: bigint;
  /** Backwards: offsets of the next fetch. */
  window: bigint;
  maxBytes: number;
  /** The answer was full before this partition's turn, or cut inside its first batch: it comes first next time. */
  starved: boolean;
  /** A request of it is on its way. */
  asked: boolean;
  /** Looks through what was fetched, one piece after the other. */
  work: Promise<void>;
  /** The oldest record fetched, in ms since 1970: partitions walk back about evenly. Null: nothing yet. */
  time: bigint | null;
  /** The replica the leader sent us to (KIP-392), and until when it is asked; null: the leader. */
  replica: { broker: number; until: number } | null;
  /** Since when it cannot be fetched, and when to try again; null: it can. */
  failing: { since: number; again: number } | null;
};

export const FIRST_BYTES = 256 << 10;
export const MOST_BYTES = 1 << 20;
const FIRST_WINDOW = 1_000n;

export const makeSearchLane = (lane: Lane): SearchLane => ({
  lane,
  fetched: lane.position,
  window: FIRST_WINDOW,
  maxBytes: FIRST_BYTES,
  starved: false,
  asked: false,
  work: Promise.resolve(),
  time: null,
  replica: null,
  failing: null,
});

export const isFetched = ({ lane, fetched }: SearchLane, direction: Direction): boolean =>
  lane.problem !== null || (direction === "older" ? fetched <= lane.start : fetched >= lane.end);

/** The offsets to fetch next. Both are on the same side of the last stable offset: above it only read_uncommitted has records. */
export function wantedOf({ lane, fetched, window }: SearchLane, direction: Direction): { from: bigint; to: bigint } {
  if (direction === "newer")
    return { from: fetched, to: fetched < lane.stable ? smaller(lane.end, lane.stable) : lane.end };
  const from = larger(lane.start, fetched - window);
  return { from: fetched > lane.stable ? larger(from, lane.stable) : from, to: fetched };
}

/** Bytes of a lane that are to be looked through: offsets `from` up to below `to`. */
export type Piece = { from: bigint; to: bigint };

/**
 * Moves a lane on after an answer, by the headers of its batches alone. Gives what is to be looked through, or null where the
 * answer holds nothing of it. `first`: the answer began with this partition, so that its first batch is whole.
 */
export function advance(
  search: SearchLane,
  wanted: Piece,
  bytes: Buffer,
  direction: Direction,
  first: boolean,
): { piece: Piece | null; stuck: string | null } {
  const read = readBatches(bytes);
  const last = read.batches.at(-1)?.lastOffset;
  const next = last === undefined || last < wanted.from ? wanted.from : last + 1n;
  search.starved = false;
  if (next === wanted.from && bytes.length > 0) return cutInFirst(search, read, first);
  return direction === "newer" ? forwards(search, wanted, bytes, next) : backwards(search, wanted, bytes, next, read);
}

/** Nothing whole: where it stood behind others it comes first next time, and then a broker gives one batch of any size. */
function cutInFirst(search: SearchLane, { problem }: Batches, first: boolean) {
  search.starved = true;
  search.maxBytes = Math.min(search.maxBytes * 2, MOST_BYTES);
  return { piece: null, stuck: first ? (problem ?? "The fetched bytes hold no whole batch.") : null };
}

function forwards(search: SearchLane, { from, to }: Piece, bytes: Buffer, next: bigint) {
  // An empty answer from a place below the end: compaction left nothing up to it.
  search.fetched = bytes.length === 0 ? to : smaller(next, search.lane.end);
  search.maxBytes = Math.min(search.maxBytes * 2, MOST_BYTES);
  return { piece: { from, to: search.fetched }, stuck: null };
}

function backwards(search: SearchLane, { from, to }: Piece, bytes: Buffer, next: bigint, { batches }: Batches) {
  if (bytes.length > 0 && next < to) {
    // The newest offsets of the window were not in the bytes: about as many as were will be, taken from the near end.
    search.window = larger(1n, ((next - from) * 3n) / 4n);
    search.maxBytes = Math.min(search.maxBytes * 2, MOST_BYTES);
    return { piece: null, stuck: null };
  }
  // The first batch came whole though the window may begin inside it: its records are taken now, not fetched again.
  const floor = to > search.lane.stable ? larger(search.lane.start, search.lane.stable) : search.lane.start;
  const base = larger(smaller(batches[0]?.baseOffset ?? from, from), floor);
  search.fetched = base;
  search.time = batches[0]?.maxTimestamp ?? search.time;
  const used = batches.filter(({ baseOffset }) => baseOffset === null || baseOffset < to);
  const size = (used.at(-1)?.end ?? 0) - (used[0]?.start ?? 0);
  search.maxBytes = MOST_BYTES;
  search.window = windowFor(search, to - base, size);
  return { piece: { from: base, to }, stuck: null };
}

/** As many offsets as took three quarters of a fetch, growing at most fourfold where they held less. */
function windowFor({ lane, window }: SearchLane, offsets: bigint, bytes: number): bigint {
  const aim = bytes === 0 ? window * 4n : (offsets * BigInt((MOST_BYTES * 3) / 4)) / BigInt(bytes);
  return larger(1n, smaller(smaller(aim, window * 4n), larger(1n, lane.end - lane.start)));
}
