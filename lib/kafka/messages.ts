import { MESSAGES_LIMIT, MESSAGES_MOST, type MessagesQuery } from "../api/message-queries.ts";
import type { Isolation, Message, MessageDetail, MessageLine, ReadablePartition } from "../api/messages.ts";
import { makeProblem, ProblemError, problemOf } from "../api/problem.ts";
import { toInt64 } from "../api/scalars.ts";
import type { Cluster } from "./cluster.ts";
import { DEADLINE_MS, timeLeft, withCost } from "./cost.ts";
import { DETAIL_LIMIT, LIST_LIMIT } from "./decode/payload.ts";
import { translateFailure } from "./failures.ts";
import { readTopicMetadata, type TopicMetadata } from "./metadata.ts";
import { readOffsets } from "./offsets.ts";
import { type Direction, decodeCursor, encodeCursor } from "./scan/cursor.ts";
import type { FoundMessage } from "./scan/jobs.ts";
import { loadLanes, type Source } from "./scan/load.ts";
import { isDone, type Lane, makeLane, positionOf, readPage } from "./scan/pager.ts";
import { withTurn } from "./scan/turns.ts";

/** Unpacked bytes of one batch: producers send up to 1 MB packed, text packs 10 to 20 times. */
const BATCH_BYTES = 64 << 20;
const RESULT_CHARS = 8 << 20;
/** Fetched for one page before it ends with a cursor. */
const PAGE_BYTES = 64 << 20;
/** Kept of the deadline for what comes after the offsets; a silent broker must not use it all. */
const OFFSETS_MS = 2_500;
const LINE_MESSAGES = 100;
const LAST_OFFSET = (1n << 63n) - 1n;

type Opened = {
  topic: TopicMetadata;
  lanes: Lane[];
  /** Where partitions stand that could not be asked: as the cursor had them, or at the edge that reading begins from. */
  lost: Map<number, bigint>;
  partitions: ReadablePartition[];
  direction: Direction;
  isolation: Isolation;
};

/**
 * A page of records as the lines of the contract. What is wrong with the question (no such topic or partition, an offset out
 * of range, a bad cursor) rejects before the first line; what fails later is an `error` line, a lost broker a warning.
 */
export async function* readMessages(
  cluster: Cluster,
  name: string,
  query: MessagesQuery,
  outer: AbortSignal,
): AsyncGenerator<MessageLine, void, void> {
  const started = performance.now();
  const leaving = new AbortController();
  const signal = AbortSignal.any([outer, leaving.signal]);
  const limit = Math.max(1, Math.min(MESSAGES_MOST, Number(query.limit ?? MESSAGES_LIMIT)));
  const opening = await withCost(async (cost) => ({ opened: await openTopic(cluster, name, query, signal), cost }));
  const { opened } = opening;
  // Begun here, not when the reader comes for more: the count of requests and the deadline belong to this call.
  const left = Math.max(500, DEADLINE_MS - (performance.now() - started));
  const read = () => withCost(async (cost) => ({ ...(await readOpened(cluster, opened, limit, signal)), cost }), left);
  const reading = withTurn(read, signal);
  reading.catch(() => {});
  try {
    const { direction, isolation, partitions } = opened;
    yield { type: "start", direction, isolation, partitions, offsets: toInt64(offsetsOf(partitions)) };
    const { page, source, cost } = await reading;
    for (let at = 0; at < page.messages.length; at += LINE_MESSAGES) {
      yield {
        type: "messages",
        messages: page.messages.slice(at, at + LINE_MESSAGES).map((found) => toMessage(found, name)),
      };
    }
    yield {
      type: "end",
      reason: page.reason,
      scanned: { records: source.records, bytes: source.bytes },
      covered: toInt64(0n),
      hits: page.messages.length,
      failed: null,
      places: [],
      cursor: cursorOf(opened),
      cost: {
        requests: opening.cost.requests + cost.requests,
        milliseconds: Math.round(performance.now() - started),
        throttledMilliseconds: Math.round(source.throttledMs),
      },
      warnings: [...partitions, ...opened.lanes].map(({ problem }) => problem).filter((problem) => problem !== null),
    };
  } catch (error) {
    if (signal.aborted) return;
    const problem = problemOf(translateFailure(error));
    if (!problem) throw error;
    yield { type: "error", problem };
  } finally {
    leaving.abort();
  }
}

const toMessage = ({ problem, ...found }: FoundMessage, topic: string): Message => ({
  topic,
  ...found,
  problem: problem === null ? null : makeProblem("record-undecodable", problem, { topic, partition: found.partition }),
});

const offsetsOf = (partitions: ReadablePartition[]): bigint =>
  partitions.reduce((sum, { from, until }) => sum + (BigInt(until ?? 0) - BigInt(from ?? 0)), 0n);

/** Null when nothing is left backwards; forwards there is always more to come. Partitions that could not be asked keep their place. */
function cursorOf({ topic, lanes, lost, direction, isolation }: Opened): string | null {
  const open =
    direction === "newer" ? lanes : lanes.filter((lane) => lane.queue.length > 0 || !isDone(lane, direction));
  if (open.length === 0 && lost.size === 0) return null;
  const positions = new Map([...lost, ...open.map((lane) => [lane.partition, positionOf(lane, direction)] as const)]);
  return encodeCursor({ direction, isolation, positions }, topic.name, topic.id);
}

async function readOpened(cluster: Cluster, opened: Opened, limit: number, signal: AbortSignal) {
  const source = sourceOf(cluster, opened.topic, opened.isolation, signal, LIST_LIMIT);
  const page = await readPage({
    direction: opened.direction,
    limit,
    lanes: opened.lanes,
    load: (wanted) => loadLanes(source, wanted),
    spent: () => source.bytes > PAGE_BYTES || timeLeft() < 300,
    stuck: (lane, reason) =>
      makeProblem("record-undecodable", `${reason} Reading stopped at offset ${lane.position}.`, {
        topic: opened.topic.name,
        partition: lane.partition,
      }),
  });
  return { page, source };
}

const sourceOf = (
  cluster: Cluster,
  topic: TopicMetadata,
  isolation: Isolation,
  signal: AbortSignal,
  payload: number,
): Source => ({
  cluster,
  topic,
  isolation,
  limits: { payload, batch: BATCH_BYTES, result: RESULT_CHARS },
  explain: payload === DETAIL_LIMIT,
  signal,
  renewed: false,
  bytes: 0,
  records: 0,
  throttledMs: 0,
});

async function openTopic(cluster: Cluster, name: string, query: MessagesQuery, signal: AbortSignal): Promise<Opened> {
  const topic = await readTopicMetadata(cluster, name, signal);
  const cursor = query.cursor === undefined ? null : decodeCursor(query.cursor, topic.name, topic.id);
  const direction = cursor?.direction ?? ((query.from ?? "newest") === "newest" ? "older" : "newer");
  const isolation = cursor?.isolation ?? query.isolation ?? "read_committed";
  const chosen = choosePartitions(
    topic,
    cursor ? [...cursor.positions.keys()] : query.partition?.split(",").map(Number),
  );
  const wanted = [{ name, partitions: chosen }];
  const [starts, ends] = await withCost(
    () =>
      Promise.all([
        readOffsets(cluster, wanted, "earliest", signal),
        readOffsets(cluster, wanted, isolation === "read_committed" ? "stable" : "latest", signal),
      ]),
    OFFSETS_MS,
  );
  const partitions = chosen.map(({ partition }): ReadablePartition => {
    const start = starts.get(name, partition)?.offset;
    const end = ends.get(name, partition)?.offset;
    return {
      topic: name,
      partition,
      start: start === undefined ? null : toInt64(start),
      end: end === undefined ? null : toInt64(end),
      from: start === undefined ? null : toInt64(start),
      until: end === undefined ? null : toInt64(end),
      problem: starts.problemOf(name, partition) ?? ends.problemOf(name, partition),
    };
  });
  const [first] = partitions;
  if (first?.problem && partitions.every(({ problem }) => problem !== null))
    throw new ProblemError(first.problem.code, first.problem.detail, first.problem);
  const from = cursor ? null : offsetOf(query.from, partitions, name);
  const lost = new Map<number, bigint>();
  const lanes = partitions.flatMap(({ partition, start, end, problem }) => {
    const known = problem === null && start !== null && end !== null;
    // A position outside the log is moved to its nearer edge, so the largest one means "the end, wherever that is".
    const position = cursor?.positions.get(partition) ?? from ?? (direction === "older" ? LAST_OFFSET : 0n);
    if (!known) lost.set(partition, position);
    return known ? [makeLane(partition, BigInt(start), BigInt(end), position)] : [];
  });
  return { topic, lanes, lost, partitions, direction, isolation };
}

/** The partitions asked for, or all. Throws partition-not-found. */
function choosePartitions(topic: TopicMetadata, wanted: number[] | undefined) {
  if (!wanted) return topic.partitions;
  return [...new Set(wanted)]
    .sort((a, b) => a - b)
    .map((partition) => {
      const found = topic.partitions.find((known) => known.partition === partition);
      if (found) return found;
      throw new ProblemError(
        "partition-not-found",
        `Topic ${topic.name} has partitions 0 to ${topic.partitions.length - 1}, not ${partition}.`,
        { topic: topic.name, partition },
      );
    });
}

/** The N of `offset:N`, which must lie in the one partition; its end is allowed, where the next record will be. */
function offsetOf(from: string | undefined, partitions: ReadablePartition[], topic: string): bigint | null {
  if (!from?.startsWith("offset:")) return null;
  const [only] = partitions;
  if (!only || partitions.length > 1)
    throw new ProblemError("bad-request", "from=offset:N needs one partition.", { field: "partition" });
  const offset = BigInt(from.slice("offset:".length));
  if (only.start !== null && only.end !== null && (offset < BigInt(only.start) || offset > BigInt(only.end)))
    throw outOfRange(topic, only, offset);
  return offset;
}

type Range = Pick<ReadablePartition, "partition" | "start" | "end">;

const outOfRange = (topic: string, { partition, start, end }: Range, offset: bigint) =>
  new ProblemError(
    "offset-out-of-range",
    `Offset ${offset} is not in partition ${partition}${start === null || end === null ? "" : `, which has ${start} to ${end}`}.`,
    { topic, partition },
  );

/** What the one chosen partition holds; null where it cannot be known. */
async function rangeOf(
  cluster: Cluster,
  name: string,
  partitions: TopicMetadata["partitions"],
  signal: AbortSignal,
): Promise<Range> {
  const partition = partitions[0]?.partition ?? 0;
  const [start, end] = await Promise.all(
    (["earliest", "latest"] as const).map(async (edge) => {
      const found = (await readOffsets(cluster, [{ name, partitions }], edge, signal)).get(name, partition);
      return found ? toInt64(found.offset) : null;
    }),
  );
  return { partition, start: start ?? null, end: end ?? null };
}

/** One record, open transactions included. Throws record-not-found, offset-out-of-range, and what reading it threw. */
export async function readMessage(
  cluster: Cluster,
  name: string,
  partition: number,
  offset: bigint,
  signal: AbortSignal,
): Promise<MessageDetail> {
  const topic = await readTopicMetadata(cluster, name, signal);
  const chosen = choosePartitions(topic, [partition]);
  if (offset > LAST_OFFSET) throw outOfRange(name, await rangeOf(cluster, name, chosen, signal), offset);
  const source = sourceOf(cluster, topic, "read_uncommitted", signal, DETAIL_LIMIT);
  const lane = makeLane(partition, offset, offset + 1n, offset);
  const loaded = (await loadLanes(source, [{ lane, from: offset, to: offset + 1n, order: "first", want: 1 }])).get(
    lane,
  );
  if (loaded?.kind === "moved" || (loaded?.kind === "failed" && loaded.problem.code === "offset-out-of-range"))
    throw outOfRange(name, await rangeOf(cluster, name, chosen, signal), offset);
  if (loaded?.kind === "failed") throw new ProblemError(loaded.problem.code, loaded.problem.detail, loaded.problem);
  const found = loaded?.kind === "slice" ? loaded.result.messages[0] : undefined;
  if (found) return { keyFormats: [], valueFormats: [], ...toMessage(found, name) };
  throw new ProblemError("record-not-found", `Partition ${partition} has no record at offset ${offset}.`, {
    topic: name,
    partition,
  });
}
