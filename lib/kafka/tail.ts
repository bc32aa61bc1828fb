import type { MessagesQuery } from "../api/message-queries.ts";
import type { MessageLine } from "../api/messages.ts";
import { makeProblem, type Problem, ProblemError, problemOf } from "../api/problem.ts";
import { isOn, toInt64 } from "../api/scalars.ts";
import type { Cluster } from "./cluster.ts";
import { LIST_LIMIT } from "./decode/payload.ts";
import { catchUp } from "./plan/catch-up.ts";
import { cursorOf, type Opened, placesOf } from "./ranges.ts";
import type { FoundMessage } from "./scan/found.ts";
import { toMessage } from "./scan/load.ts";
import type { Lane } from "./scan/pager.ts";
import { type Pool, type RunOptions, runJob, sharedPool } from "./scan/pool.ts";
import type { SearchJob, SearchResult } from "./scan/search-job.ts";
import {
  type Arrival,
  type Arrived,
  askLeaders,
  closeTail,
  laneOf,
  renewWhenDue,
  type TailSource,
} from "./scan/tail-fetch.ts";
import { type SpentBefore, specOf } from "./search.ts";

/** A tail is never silent for longer. */
const PROGRESS_MS = 1_000;
const LINE_MESSAGES = 100;
const MOST_WARNINGS = 20;
const BATCH_BYTES = 64 << 20;
const JOB = { hits: 500, payload: LIST_LIMIT, batch: BATCH_BYTES, result: 4 << 20, milliseconds: 15 };
/** A job that takes longer is stuck inside one record or batch. */
const ALLOWED_MS = 2_000;

type Tail = TailSource & {
  pool: Pool;
  job: Pick<SearchJob, "shown" | "spec" | "decode" | "order" | "output" | "limits">;
  /** Where the lanes must have come before anything is passed over: what was asked for with `from` is read whole. */
  grace: Map<Lane, bigint>;
  records: number;
  offsets: bigint;
  hits: number;
  failed: { records: number; first: string; topic: string; partition: number; offset: bigint } | null;
  unreadable: Problem[];
  told: Map<number, string>;
};

let tails = 0;

/** What a tail asks of `openRanges`: from now on unless told otherwise, and without an end. */
export const tailQuery = (query: MessagesQuery): MessagesQuery => ({
  ...query,
  from: query.from ?? "newest",
  until: undefined,
  direction: "newer",
});

/** Throws bad-cursor: a cursor of older pages leads away from the end. */
export function checkTail({ direction }: Opened): void {
  if (direction === "older")
    throw new ProblemError("bad-cursor", "It was made for older records; a live tail goes on with newer ones.");
}

/**
 * The lines of a live tail that follow `start`: records that match as they come, and progress after each batch and every second.
 * It is pulled: a slow reader stops the fetching, one answer a broker being on its way, and a tail that is too far behind goes on
 * near the end, counting the offsets it passed over as `dropped`. It ends with `server-stopping`, or as an `error` (a topic that was
 * deleted); partitions that cannot be read are warnings and are tried again.
 */
export async function* followTail(
  cluster: Cluster,
  opened: Opened,
  query: MessagesQuery,
  signal: AbortSignal,
  spent: SpentBefore,
): AsyncGenerator<MessageLine, void, void> {
  const tail = openTail(cluster, opened, query, signal);
  const { promise: left, resolve: leave } = Promise.withResolvers<null>();
  signal.addEventListener("abort", () => leave(null), { once: true });
  let toldAt = performance.now();
  try {
    yield progressOf(tail);
    while (!signal.aborted && !tail.pool.closed) {
      renewWhenDue(tail);
      askLeaders(tail);
      const due = PROGRESS_MS - (performance.now() - toldAt);
      const arrival = await nextArrival(tail, due, left);
      if (tail.failure) throw tail.failure;
      for (const one of arrival?.arrived ?? []) yield* readArrived(tail, one);
      const passed = passOver(tail);
      if (!passed && arrival?.arrived.length === 0 && performance.now() - toldAt < PROGRESS_MS) continue;
      if (signal.aborted) return;
      yield progressOf(tail);
      toldAt = performance.now();
    }
    if (!signal.aborted) yield endOf(tail, spent);
  } catch (error) {
    if (signal.aborted) return;
    if (problemOf(error)?.code !== "server-stopping") throw error;
    yield endOf(tail, spent);
  } finally {
    closeTail(tail);
  }
}

function openTail(cluster: Cluster, opened: Opened, query: MessagesQuery, signal: AbortSignal): Tail {
  const { isolation, control, partitions } = opened;
  // Those that could not be asked yet: an offset beyond the log is answered with where the log is.
  for (const { topic, partition, position } of opened.lost.splice(0)) {
    const index = partitions.findIndex((row) => row.topic === topic && row.partition === partition);
    opened.lanes.push(laneOf(topic, partition, index, position));
  }
  for (const lane of opened.lanes) lane.bound = null;
  const asksForPast = query.cursor === undefined && query.from !== undefined;
  return {
    cluster,
    opened,
    signal,
    line: `tail-${++tails}`,
    grows: query.partition === undefined && !query.from?.includes("="),
    asked: new Map(),
    resting: new Map(),
    ends: new Map(),
    problems: new Map(),
    renewing: null,
    renewedAt: Date.now(),
    stale: false,
    failure: null,
    bytes: 0,
    requests: 0,
    throttledMs: 0,
    dropped: 0n,
    pool: sharedPool(),
    job: {
      shown: { aborted: isolation === "read_uncommitted", control },
      spec: specOf(query),
      decode: {
        keyFormat: query.keyFormat ?? null,
        valueFormat: query.valueFormat ?? null,
        protobuf: cluster.settings.protobuf,
      },
      order: "first",
      output: "shown",
      limits: { ...JOB, scan: Number.MAX_SAFE_INTEGER },
    },
    grace: new Map(asksForPast ? opened.lanes.map((lane) => [lane, lane.end]) : []),
    records: 0,
    offsets: 0n,
    hits: 0,
    failed: null,
    unreadable: [],
    told: new Map(),
  };
}

async function nextArrival(tail: Tail, due: number, left: Promise<null>): Promise<Arrival | null> {
  let timer: NodeJS.Timeout | undefined;
  const pause = new Promise<null>((done) => {
    // Also when brokers are left alone for a moment: who may be asked again is looked at a few times a second.
    timer = setTimeout(done, Math.max(10, tail.asked.size === 0 ? Math.min(due, 200) : due), null);
  });
  try {
    const arrival = await Promise.race([...tail.asked.values(), pause, left]);
    if (arrival) tail.asked.delete(arrival.broker);
    return arrival;
  } finally {
    clearTimeout(timer);
  }
}

/** Small jobs: the workers are free for others between them. */
async function* readArrived(tail: Tail, { lane, answer }: Arrived): AsyncGenerator<MessageLine, void, void> {
  const { topic, partition } = lane;
  for (let bytes: Uint8Array<ArrayBuffer> | null = answer.records; bytes !== null; ) {
    const job: SearchJob = {
      ...tail.job,
      topic,
      partition,
      bytes,
      from: lane.position,
      to: (1n << 63n) - 1n,
      aborted: answer.aborted,
    };
    const options: RunOptions = { signal: tail.signal, transfer: [bytes.buffer], allowed: ALLOWED_MS };
    const result: SearchResult = await runJob(tail.pool, "search", job, options);
    tail.offsets += result.reached - lane.position;
    lane.position = result.reached;
    note(tail, lane, result);
    const rows = result.hits.map(({ row }) => toMessage(row as FoundMessage));
    tail.hits += rows.length;
    for (let at = 0; at < rows.length; at += LINE_MESSAGES)
      yield { type: "messages", messages: rows.slice(at, at + LINE_MESSAGES) };
    bytes = result.rest;
  }
}

function note(
  tail: Tail,
  { topic, partition }: Lane,
  { scanned, failed, unreadable }: Pick<SearchResult, "scanned" | "failed" | "unreadable">,
): void {
  tail.records += scanned;
  if (failed) tail.failed ??= { ...failed, records: 0, topic, partition };
  if (failed && tail.failed) tail.failed.records += failed.records;
  for (const { reason, offset } of unreadable)
    tail.unreadable.push(
      makeProblem("record-undecodable", `${reason} Offset ${offset} is passed over.`, { topic, partition }),
    );
}

/** Goes on near the end where the tail is too far behind; true: it did. */
function passOver(tail: Tail): boolean {
  for (const [lane, end] of tail.grace) if (lane.position >= end) tail.grace.delete(lane);
  if (tail.grace.size > 0) return false;
  const lanes = [...tail.ends].filter(([lane]) => lane.problem === null);
  const positions = lanes.map(([{ position }, end]) => ({ position, end }));
  const moved = catchUp(positions, tail.offsets > 0n ? tail.bytes / Number(tail.offsets) : 0);
  for (const [index, position] of moved.entries()) {
    const lane = lanes[index]?.[0];
    if (!lane) continue;
    tail.dropped += position - lane.position;
    lane.position = position;
  }
  return moved.length > 0;
}

function progressOf(tail: Tail): MessageLine {
  const { places, covered } = placesOf(tail.opened);
  const moved = places.filter(([index, place]) => tail.told.get(index) !== place);
  for (const [index, place] of moved) tail.told.set(index, place);
  const warnings = warningsOf(tail);
  tail.unreadable = [];
  return {
    type: "progress",
    waiting: 0,
    scanned: { records: tail.records, bytes: tail.bytes },
    covered: toInt64(covered),
    hits: tail.hits,
    failed: tail.failed?.records ?? 0,
    dropped: Number(tail.dropped),
    throttledMilliseconds: Math.round(tail.throttledMs),
    places: moved,
    cursor: cursorOf(tail.opened),
    ...(warnings.length > 0 ? { warnings } : {}),
  };
}

const warningsOf = ({ opened, problems, unreadable }: Tail): Problem[] =>
  [...opened.lanes.flatMap(({ problem }) => problem ?? []), ...problems.values(), ...unreadable].slice(
    0,
    MOST_WARNINGS,
  );

function endOf(tail: Tail, spent: SpentBefore): MessageLine {
  const { places, covered } = placesOf(tail.opened);
  return {
    type: "end",
    reason: "server-stopping",
    scanned: { records: tail.records, bytes: tail.bytes },
    covered: toInt64(covered),
    hits: tail.hits,
    failed: tail.failed && { ...tail.failed, offset: toInt64(tail.failed.offset) },
    places,
    cursor: cursorOf(tail.opened),
    cost: {
      requests: spent.requests + tail.requests,
      milliseconds: Math.round(performance.now() - spent.started),
      throttledMilliseconds: Math.round(tail.throttledMs),
    },
    warnings: warningsOf(tail),
  };
}

/** Whether a query is a live tail. */
export const isTail = ({ follow }: MessagesQuery): boolean => isOn(follow);
