import type { Problem } from "../../api/problem.ts";
import { larger, smaller } from "./bytes.ts";
import type { Direction } from "./cursor.ts";
import { endOf, type FoundMessage } from "./found.ts";
import type { SliceResult } from "./jobs.ts";

/** One partition on its way to a page. Its queue holds loaded records that were not shown yet, the next one to show first. */
export type Lane = {
  topic: string;
  partition: number;
  /** Its place among the partitions of the start line. */
  index: number;
  /** What may be shown of the partition: from `start` up to below `end`. */
  start: bigint;
  end: bigint;
  /** The other edge as a cursor keeps it; null: the edge of the log, wherever that will be. */
  bound: bigint | null;
  /** The last stable offset: from here on no transaction is decided, and a read_committed fetch gives nothing. */
  stable: bigint;
  /** older: everything below is not loaded yet. newer: everything from here on. */
  position: bigint;
  queue: FoundMessage[];
  /** Offsets to look back over; grows where they hold little, shrinks where they hold more than an answer. */
  window: bigint;
  widest: bigint;
  /** The last offsets looked at held nothing to show: what comes next may be a gap, too. */
  sparse: boolean;
  maxBytes: number;
  /** The answer was full before this partition's turn: it comes first next time. */
  starved: boolean;
  problem: Problem | null;
};

/**
 * What of a lane is asked for: offsets `from` up to below `to`, in the bytes that fit. Either all of them are below the last
 * stable offset or none is: how they are fetched differs.
 */
export type Wanted = { lane: Lane; from: bigint; to: bigint; order: "first" | "last"; want: number };

/** `empty`: the log has nothing from there on. `starved`: ask again. `moved`: the log begins later now. */
export type Loaded =
  | { kind: "slice"; result: SliceResult }
  | { kind: "empty" }
  | { kind: "starved" }
  | { kind: "moved"; start: bigint }
  | { kind: "failed"; problem: Problem };

export type PageRequest = {
  direction: Direction;
  limit: number;
  lanes: Lane[];
  /** One answer for each wanted lane. */
  load(wanted: Wanted[]): Promise<Map<Lane, Loaded>>;
  /** true: no more loading. Asked once the page has anything new, so that who goes on by its cursor gets on. */
  spent(): boolean;
  /** The problem of a lane whose bytes lead nowhere. */
  stuck(lane: Lane, reason: string): Problem;
};

export type Page = { messages: FoundMessage[]; reason: "limit" | "end" | "budget" };

const SMALLEST_WANT = 4;
/** Records loaded for one shown, over all lanes: the newest may all be in one of them, and a batch unpacked twice costs more. */
const AHEAD = 6;
const FIRST_BYTES = 256 << 10;
/** From near the end of a log a broker gives no more than there is, which may be one batch of the usual greatest size. */
const END_BYTES = 1 << 20;
const MOST_BYTES = 4 << 20;

type LanePlace = Pick<Lane, "topic" | "partition" | "index" | "start" | "end" | "position" | "bound" | "stable">;

export function makeLane(place: LanePlace): Lane {
  const { start, end, position } = place;
  return {
    ...place,
    position: smaller(larger(position, start), end),
    queue: [],
    window: 0n,
    widest: end - start,
    sparse: false,
    maxBytes: place.position >= end ? END_BYTES : FIRST_BYTES,
    starved: false,
    problem: null,
  };
}

/**
 * The next `limit` records over all lanes by time: older ones the newest first, newer ones the oldest first. Inside a partition
 * the order is that of the offsets. A lane is only loaded when its next record must be known, so that nothing is compared
 * with what was not looked at; the page ends early rather than out of order.
 */
export async function readPage(request: PageRequest): Promise<Page> {
  const { direction, limit, lanes } = request;
  const want = Math.min(limit, Math.max(SMALLEST_WANT, Math.ceil((AHEAD * limit) / Math.max(1, lanes.length))));
  for (const lane of lanes) lane.window = BigInt(2 * want);
  const places = lanes.map((lane) => positionOf(lane, direction));
  const isNew = () => messages.length > 0 || lanes.some((lane, at) => positionOf(lane, direction) !== places[at]);
  const messages: FoundMessage[] = [];
  while (messages.length < limit) {
    const open = lanes.filter((lane) => lane.problem === null && (lane.queue.length > 0 || !isDone(lane, direction)));
    if (open.length === 0) return { messages, reason: "end" };
    const dry = open.filter((lane) => lane.queue.length === 0);
    if (dry.length > 0) {
      if (isNew() && request.spent()) return { messages, reason: "budget" };
      await refill(request, dry, want);
      continue;
    }
    const best = open.reduce((found, lane) => (comesFirst(lane, found, direction) ? lane : found));
    const message = best.queue.shift();
    if (message) messages.push(message);
  }
  return { messages, reason: "limit" };
}

export const isDone = (lane: Lane, direction: Direction): boolean =>
  direction === "older" ? lane.position <= lane.start : lane.position >= lane.end;

/** What a cursor keeps of a lane: records in the queue are read again by the next page. */
export function positionOf(lane: Lane, direction: Direction): bigint {
  const head = lane.queue[0];
  if (!head) return lane.position;
  return direction === "older" ? endOf(head) + 1n : BigInt(head.offset);
}

function comesFirst(lane: Lane, other: Lane, direction: Direction): boolean {
  const time = BigInt(lane.queue[0]?.timestamp ?? -1);
  const otherTime = BigInt(other.queue[0]?.timestamp ?? -1);
  return direction === "older" ? time > otherTime : time < otherTime;
}

async function refill(request: PageRequest, dry: Lane[], want: number): Promise<void> {
  const ordered = [...dry].sort((a, b) => Number(b.starved) - Number(a.starved));
  const wanted = ordered.map((lane): Wanted => {
    const { stable, position, start, end } = lane;
    if (request.direction === "newer") {
      const to = position < stable ? smaller(stable, end) : end;
      return { lane, from: position, to, order: "first", want };
    }
    const lowest = position > stable ? larger(start, stable) : start;
    return { lane, from: larger(lowest, position - lane.window), to: position, order: "last", want };
  });
  const answers = await request.load(wanted);
  for (const one of wanted) take(request, one, answers.get(one.lane) ?? { kind: "starved" });
}

function take(request: PageRequest, wanted: Wanted, loaded: Loaded): void {
  const { lane } = wanted;
  const older = request.direction === "older";
  lane.starved = loaded.kind === "starved";
  if (loaded.kind === "failed") lane.problem = loaded.problem;
  if (loaded.kind === "moved") {
    lane.start = larger(lane.start, loaded.start);
    if (!older) lane.position = smaller(larger(lane.position, lane.start), lane.end);
  }
  if (loaded.kind === "empty") {
    lane.position = older ? wanted.from : wanted.to;
    foundNothing(lane);
  }
  if (loaded.kind !== "slice") return;
  const { result } = loaded;
  if (older) takeOlder(request, wanted, result);
  else takeNewer(request, wanted, result);
}

function takeOlder(request: PageRequest, wanted: Wanted, result: SliceResult): void {
  const { lane, to, want } = wanted;
  if (result.next < to) {
    cutShort(request, wanted, result);
    return;
  }
  lane.queue = result.messages;
  lane.position = result.reached;
  if (result.messages.length === 0) foundNothing(lane);
  else if (result.messages.length < want / 2) widen(lane);
  lane.sparse = result.messages.length === 0;
}

/** The bytes ended before the newest records of the window. */
function cutShort(request: PageRequest, { lane, from, to }: Wanted, { next, problem }: SliceResult): void {
  if (to - from <= 1n) lane.problem = request.stuck(lane, problem ?? "The fetched bytes hold no whole batch.");
  lane.maxBytes = Math.min(lane.maxBytes * 4, MOST_BYTES);
  if (lane.sparse && next > from) {
    // Perhaps a gap follows, which one more look from there passes at once.
    lane.sparse = false;
    lane.window = to - next;
    return;
  }
  // As many offsets as fitted will about fit again, taken from the near end.
  lane.window = larger(1n, smaller((to - from) / 2n, next > from ? next - from : (to - from) / 4n));
  lane.widest = larger(1n, (to - from) / 2n);
}

function foundNothing(lane: Lane): void {
  lane.sparse = true;
  lane.widest = lane.end - lane.start;
  widen(lane);
}

const widen = (lane: Lane): void => {
  lane.window = larger(1n, smaller(lane.window * 4n, lane.widest));
};

function takeNewer(request: PageRequest, { lane, from }: Wanted, result: SliceResult): void {
  lane.queue = result.messages;
  lane.position = result.reached;
  lane.maxBytes = Math.min(lane.maxBytes * 2, MOST_BYTES);
  if (result.reached > from) return;
  lane.problem = request.stuck(lane, result.problem ?? "The fetched bytes hold no whole batch.");
}
