import { type MessagesQuery, TOPICS_MOST } from "../api/message-queries.ts";
import type { Isolation, ReadablePartition } from "../api/messages.ts";
import { ProblemError } from "../api/problem.ts";
import { isMisread, type Place, parsePlace, timeOf } from "../api/range.ts";
import { type Int64, isOn, toInt64 } from "../api/scalars.ts";
import type { Cluster } from "./cluster.ts";
import { withCost } from "./cost.ts";
import { type PartitionMetadata, readTopicsMetadata, type TopicMetadata } from "./metadata.ts";
import { type OffsetSpec, type OffsetTable, readOffsets } from "./offsets.ts";
import { mustBegin } from "./out-of-range.ts";
import { checkOrder, LAST_OFFSET, placeUnasked, resolvePlace } from "./plan/places.ts";
import { larger, smaller } from "./scan/bytes.ts";
import { type CursorPlace, type Direction, decodeCursor, encodeCursor } from "./scan/cursor.ts";
import { isDone, type Lane, makeLane, positionOf } from "./scan/pager.ts";

/** Kept of the deadline for what comes after the offsets; a silent broker must not use it all. */
const OFFSETS_MS = 2_500;

/** What a query reads: made once, walked by pages, searches, exports and tails, which move the lanes. */
export type Opened = {
  topics: TopicMetadata[];
  /** The partitions that can be read. `start` and `end` of a lane are the range asked for, `position` where to go on. */
  lanes: Lane[];
  /** Where partitions stand that could not be asked: as the cursor had them, or at the place reading begins from. */
  lost: CursorPlace[];
  /** Of the start line; `index` of a lane points into it. */
  partitions: ReadablePartition[];
  direction: Direction;
  isolation: Isolation;
  /** Markers are shown. */
  control: boolean;
};

/** The names of `topics=a,b`, each once. Throws bad-request for none and for too many. */
export function topicNames(text: string): string[] {
  const names = [...new Set(text.split(",").map((name) => name.trim()))].filter((name) => name !== "");
  if (names.length > 0 && names.length <= TOPICS_MOST) return names;
  const detail =
    names.length === 0 ? "Name a topic." : `${names.length} topics are too many at once: name at most ${TOPICS_MOST}.`;
  throw new ProblemError("bad-request", detail, { field: "topics" });
}

type Asked = { topic: TopicMetadata; partition: PartitionMetadata; place: CursorPlace | null };
type Edges = {
  starts: OffsetTable;
  ends: OffsetTable;
  stable: OffsetTable;
  /** null: that place is no time. */
  from: OffsetTable | null;
  until: OffsetTable | null;
};
type Wish = { from: Place; until: Place | null; direction: Direction; isolation: Isolation };

/** A cursor holds its range. */
const CONTINUED = { from: { kind: "oldest" }, until: null } as const;

/**
 * Finds the range of each partition: one Metadata, then at most five ListOffsets a broker at once. A partition that could not be
 * asked has a `problem` on its row and no lane. Throws what is wrong with the question: topic-not-found, partition-not-found,
 * offset-out-of-range, bad-cursor, bad-request; and the first problem where no partition could be asked.
 */
export async function openRanges(
  cluster: Cluster,
  names: string[],
  query: MessagesQuery,
  signal: AbortSignal,
): Promise<Opened> {
  const topics = await readTopicsMetadata(cluster, names, signal);
  const cursor = query.cursor === undefined ? null : decodeCursor(query.cursor, topics);
  const wish = cursor ? { ...CONTINUED, direction: cursor.direction, isolation: cursor.isolation } : wishOf(query);
  const asked = cursor ? cursor.places.map((place) => askedAgain(topics, place)) : choose(topics, query, wish);
  const edges = await withCost(() => readEdges(cluster, asked, wish, signal), OFFSETS_MS);
  const opened: Opened = {
    topics,
    lanes: [],
    lost: [],
    partitions: [],
    direction: wish.direction,
    isolation: wish.isolation,
    control: isOn(query.control),
  };
  for (const one of asked) addRow(opened, one, edges, wish);
  const [first] = opened.partitions;
  if (first?.problem && opened.lanes.length === 0)
    throw new ProblemError(first.problem.code, first.problem.detail, first.problem);
  if (!cursor) mustBegin(opened.partitions, wish);
  return opened;
}

/** Offsets between `from` and `until` of every partition: records, and gaps that hold none. */
export const offsetsOf = (partitions: ReadablePartition[]): bigint =>
  partitions.reduce((sum, { from, until }) => sum + (BigInt(until ?? 0) - BigInt(from ?? 0)), 0n);

/** How far the lanes have come: the place of each by its index, and the offsets on the near side of those, over all. */
export function placesOf({ lanes, direction, partitions }: Opened) {
  let covered = 0n;
  // A live tail also reads partitions that were added since the start line, and have no place in it.
  const told = lanes.filter(({ index }) => index >= 0);
  const places = told.map((lane): [number, Int64] => {
    const position = positionOf(lane, direction);
    const { from, until } = partitions[lane.index] ?? {};
    const passed = direction === "older" ? BigInt(until ?? 0) - position : position - BigInt(from ?? 0);
    covered += larger(0n, passed);
    return [lane.index, toInt64(position)];
  });
  return { places, covered };
}

/**
 * Continues after what the lanes have given. Null when nothing is left: backwards, or up to an `until`; otherwise there is always
 * more to come. Partitions that could not be asked keep their place.
 */
export function cursorOf({ topics, lanes, lost, direction, isolation }: Opened): string | null {
  const open = lanes.filter(
    (lane) => lane.queue.length > 0 || !isDone(lane, direction) || (direction === "newer" && lane.bound === null),
  );
  if (open.length === 0 && lost.length === 0) return null;
  const places = open.map((lane) => ({
    topic: lane.topic,
    partition: lane.partition,
    position: positionOf(lane, direction),
    bound: lane.bound,
  }));
  return encodeCursor({ direction, isolation, places: [...lost, ...places] }, topics);
}

function wishOf(query: MessagesQuery): Wish {
  const from = parsePlace(query.from ?? "newest");
  const until = query.until === undefined ? null : parsePlace(query.until);
  if (isMisread(from)) throw new ProblemError("bad-request", from.problem, { field: "from" });
  if (until && isMisread(until)) throw new ProblemError("bad-request", until.problem, { field: "until" });
  const problem = until && checkOrder(from, until, Date.now());
  if (problem) throw new ProblemError("bad-request", problem, { field: "until" });
  const direction = query.direction ?? (from.kind === "newest" ? "older" : "newer");
  return { from, until, direction, isolation: query.isolation ?? "read_committed" };
}

/** The partitions asked for, or all. Throws partition-not-found for a number that no topic has. */
function choose(topics: TopicMetadata[], query: MessagesQuery, { from, until }: Wish): Asked[] {
  const named = from.kind === "offsets" ? from : until?.kind === "offsets" ? until : null;
  const listed = query.partition?.split(",").map(Number);
  const places = named && [...named.offsets.keys()];
  const wanted = places && listed ? places.filter((partition) => listed.includes(partition)) : (places ?? listed);
  for (const partition of new Set([...(wanted ?? []), ...(listed ?? [])])) mustExist(topics, partition);
  const set = wanted && new Set(wanted);
  return topics.flatMap((topic) =>
    topic.partitions
      .filter(({ partition }) => !set || set.has(partition))
      .map((partition) => ({ topic, partition, place: null })),
  );
}

function mustExist(topics: TopicMetadata[], partition: number): void {
  if (topics.some((topic) => topic.partitions.some((known) => known.partition === partition))) return;
  const [first] = topics;
  throw new ProblemError(
    "partition-not-found",
    topics.length === 1 && first
      ? `Topic ${first.name} has partitions 0 to ${first.partitions.length - 1}, not ${partition}.`
      : `None of the ${topics.length} topics has a partition ${partition}.`,
    { ...(topics.length === 1 && first ? { topic: first.name } : {}), partition },
  );
}

function askedAgain(topics: TopicMetadata[], place: CursorPlace): Asked {
  const topic = topics.find(({ name }) => name === place.topic);
  const partition = topic?.partitions.find((known) => known.partition === place.partition);
  if (topic && partition) return { topic, partition, place };
  throw new ProblemError("bad-cursor", `It holds partition ${place.partition}, which ${place.topic} does not have.`);
}

/** One ListOffsets a leader for each edge, all at once; the same reading where two edges are the same. */
async function readEdges(
  cluster: Cluster,
  asked: Asked[],
  { from, until, isolation }: Wish,
  signal: AbortSignal,
): Promise<Edges> {
  const byTopic = new Map<string, PartitionMetadata[]>();
  for (const { topic, partition } of asked) {
    const partitions = byTopic.get(topic.name);
    if (partitions) partitions.push(partition);
    else byTopic.set(topic.name, [partition]);
  }
  const wanted = [...byTopic].map(([name, partitions]) => ({ name, partitions }));
  const read = (spec: OffsetSpec) => readOffsets(cluster, wanted, spec, signal);
  const now = Date.now();
  const readTime = (place: Place | null) => {
    const time = timeOf(place, now);
    return time === null ? null : read({ time });
  };
  const stable = read("stable");
  const [starts, ends, last, fromTime, untilTime] = await Promise.all([
    read("earliest"),
    isolation === "read_committed" ? stable : read("latest"),
    stable,
    readTime(from),
    readTime(until),
  ]);
  return { starts, ends, stable: last, from: fromTime, until: untilTime };
}

/** One partition as a row of the start line, and its lane, or where it stands while it cannot be asked. */
function addRow(opened: Opened, asked: Asked, edges: Edges, wish: Wish): void {
  const topic = asked.topic.name;
  const { partition } = asked.partition;
  const of = (table: OffsetTable | null) => table?.get(topic, partition)?.offset ?? null;
  const start = of(edges.starts);
  const end = of(edges.ends);
  const tables = [edges.starts, edges.ends, edges.stable, ...(asked.place ? [] : [edges.from, edges.until])];
  const problem = tables.map((table) => table?.problemOf(topic, partition) ?? null).find((found) => found) ?? null;
  const row = { topic, partition, start: textOf(start), end: textOf(end), from: null, until: null, problem };
  const index = opened.partitions.length;
  if (problem || start === null || end === null) {
    const place = asked.place ?? placeWithoutLog(topic, partition, wish);
    if (place) opened.lost.push(place);
    opened.partitions.push(row);
    return;
  }
  const found = { from: of(edges.from), until: of(edges.until) };
  const range = asked.place
    ? rangeAgain(asked.place, wish, { start, end })
    : rangeAnew(wish, { topic, partition, start, end }, found);
  opened.partitions.push({ ...row, from: toInt64(range.from), until: toInt64(range.until) });
  opened.lanes.push(
    makeLane({
      topic,
      partition,
      index,
      start: range.from,
      end: range.until,
      position: wish.direction === "older" ? range.until : range.from,
      bound: range.bound,
      stable: of(edges.stable) ?? end,
    }),
  );
}

const textOf = (offset: bigint | null) => (offset === null ? null : toInt64(offset));

type Log = { topic: string; partition: number; start: bigint; end: bigint };
type Range = { from: bigint; until: bigint; bound: bigint | null };

function rangeAnew(
  { from, until, direction }: Wish,
  log: Log,
  found: { from: bigint | null; until: bigint | null },
): Range {
  const older = direction === "older";
  const last = until ? resolvePlace(until, log.partition, log, found.until) : log.end;
  const first = older && from.kind === "newest" ? log.start : resolvePlace(from, log.partition, log, found.from);
  const lower = smaller(first, last);
  const limited = from.kind !== "newest" && from.kind !== "oldest";
  return { from: lower, until: last, bound: older ? (limited ? lower : null) : until && last };
}

/** What a cursor has left: it was resolved on the first page and stays, moved to where the log is now. */
function rangeAgain({ position, bound }: CursorPlace, { direction }: Wish, log: Pick<Log, "start" | "end">): Range {
  const here = smaller(larger(position, log.start), log.end);
  if (direction === "older") return { from: smaller(larger(bound ?? log.start, log.start), here), until: here, bound };
  return { from: here, until: larger(smaller(bound ?? log.end, log.end), here), bound };
}

/** Null where only the log could tell: the partition is then left out of what a cursor continues. */
function placeWithoutLog(topic: string, partition: number, { from, until, direction }: Wish): CursorPlace | null {
  const older = direction === "older";
  const lower = older && from.kind === "newest" ? 0n : placeUnasked(from, partition);
  const upper = until ? placeUnasked(until, partition) : LAST_OFFSET;
  if (lower === null || upper === null) return null;
  if (older) return { topic, partition, position: upper, bound: lower === 0n ? null : lower };
  return { topic, partition, position: lower, bound: until && upper };
}
