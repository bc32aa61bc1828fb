import type { Isolation } from "../../api/messages.ts";
import { makeProblem, type Problem, ProblemError } from "../../api/problem.ts";
import { ask, isConnectionTrouble } from "../ask.ts";
import type { Cluster } from "../cluster.ts";
import { withCost } from "../cost.ts";
import { kafkaProblem, problemFrom } from "../failures.ts";
import { readTopicsMetadata, type TopicMetadata } from "../metadata.ts";
import { readOffsets } from "../offsets.ts";
import type { FetchedPartition } from "../protocol/fetch.ts";
import { refusal } from "../rights.ts";
import type { Direction } from "./cursor.ts";
import { fetchNames, leadersOf } from "./load.ts";
import { spendBytes } from "./queue.ts";
import { advance, type Piece, type SearchLane, wantedOf } from "./search-lanes.ts";
import { noteThrottle } from "./throttle.ts";

/** Where the records of a search come from, and what that has cost so far. */
export type SearchSource = {
  cluster: Cluster;
  topics: TopicMetadata[];
  direction: Direction;
  signal: AbortSignal;
  requests: number;
  bytes: number;
  throttledMs: number;
  renewing: Promise<void> | null;
  /** What ends the search, wherever it was found: such as a topic that was deleted. */
  failure: unknown;
};

export type Fetch = { isolation: Isolation; lanes: { search: SearchLane; wanted: Piece }[] };

/** What came for one lane; `aborted` as the answer has it. */
export type Arrived = {
  search: SearchLane;
  piece: Piece;
  records: Uint8Array<ArrayBuffer>;
  aborted: FetchedPartition["aborted"];
};

/** One answer of a broker at most. */
export const ANSWER_BYTES = 4 << 20;
/** How long leaders may move and brokers be away before a partition is given up. */
const PATIENCE_MS = 10_000;
const AGAIN_MS = 250;
const REPLICA_MS = 300_000;
const OUT_OF_RANGE = 1;
/** A broker answers one request of a connection after the other: pages do not wait behind the megabytes of a search. */
const LINE = "search";
/** Another leader, an unknown topic or id, no leader, a replica that lags or has gone, another epoch. */
const RENEW = new Set([3, 5, 6, 9, 56, 72, 74, 75, 76, 78, 100, 103]);

/** Who is asked for a lane; null: nobody leads the partition. */
export function brokerFor(source: SearchSource, { lane, replica }: SearchLane, now: number): number | null {
  if (replica && replica.until > now) return replica.broker;
  return leadersOf(source.topics)(lane);
}

/**
 * The partitions to ask one broker for next, those first that came too short before. Backwards only those whose records are not
 * much older than the others': hits then come about newest first.
 */
export function planFetch(lanes: SearchLane[], direction: Direction): Fetch | null {
  const ordered = lanes.toSorted((a, b) => Number(b.starved) - Number(a.starved));
  const chosen = direction === "older" ? newestHalf(ordered) : ordered;
  const asked = chosen.map((search) => ({ search, wanted: wantedOf(search, direction) }));
  const isDecided = ({ search, wanted }: (typeof asked)[number]) => wanted.from < search.lane.stable;
  const decided = asked.filter(isDecided);
  if (decided.length > 0) return { isolation: "read_committed", lanes: decided };
  return asked.length > 0 ? { isolation: "read_uncommitted", lanes: asked } : null;
}

function newestHalf(lanes: SearchLane[]): SearchLane[] {
  const known = lanes.filter(({ time }) => time !== null).map(({ time }) => time ?? 0n);
  if (known.length < lanes.length || known.length < 2)
    return lanes.filter(({ time, starved }) => starved || known.length === lanes.length || time === null);
  const median = known.toSorted((a, b) => (a < b ? 1 : -1))[Math.floor((known.length - 1) / 2)] ?? 0n;
  return lanes.filter(({ time, starved }) => starved || (time ?? 0n) >= median);
}

/** One request. Moves its lanes on, or marks them as failing; rejects only when the search was left. */
export async function fetchLanes(source: SearchSource, broker: number, fetch: Fetch): Promise<Arrived[]> {
  const { cluster, signal } = source;
  const { api, idOf, nameOf } = fetchNames(source.topics);
  const partitions = fetch.lanes.map(({ search, wanted }) => ({
    topic: idOf(search.lane.topic),
    partition: search.lane.partition,
    offset: wanted.from,
    maxBytes: search.maxBytes,
  }));
  const request = {
    maxWaitMs: 0,
    maxBytes: ANSWER_BYTES,
    isolation: fetch.isolation,
    partitions,
    rack: cluster.settings.rack,
  };
  try {
    const answer = await withCost((cost) => {
      const asking = ask(cluster, broker, { ...api, line: LINE }, [request], signal);
      return asking.finally(() => {
        source.requests += cost.requests;
      });
    });
    source.throttledMs += answer.throttleMs;
    noteThrottle(cluster, broker, answer.throttleMs);
    const trouble = kafkaProblem(answer.errorCode);
    if (trouble) throw new ProblemError(trouble.code, trouble.detail, trouble);
    const answers = new Map(answer.partitions.map((one) => [`${nameOf(one.topic)}/${one.partition}`, one]));
    const arrived: Arrived[] = [];
    let before = 0;
    for (const { search, wanted } of fetch.lanes) {
      const { topic, partition } = search.lane;
      const one = answers.get(`${topic}/${partition}`);
      if (!one) failLane(source, search, makeProblem("kafka-error", "The answer leaves the partition out."), false);
      else if (one.errorCode !== 0) await refuse(source, search, wanted, one.errorCode);
      else if (one.preferredReplica !== null && one.records.length === 0 && one.preferredReplica !== broker)
        search.replica = { broker: one.preferredReplica, until: Date.now() + REPLICA_MS };
      else if (one.records.length === 0 && before > 0) search.starved = true;
      else arrived.push(...take(source, search, wanted, one, before === 0));
      before += one?.records.length ?? 0;
    }
    source.bytes += before;
    const perSecond = cluster.settings.limits.scanBytesPerSecond;
    if (perSecond !== null) spendBytes(cluster, perSecond, before, Date.now());
    return arrived;
  } catch (error) {
    signal.throwIfAborted();
    const problem = problemFrom(error, { broker });
    // A broker that is not known any more has left the cluster; its partitions have, or will have, another.
    const passing = isConnectionTrouble(problem) || problem.code === "broker-not-found";
    for (const { search } of fetch.lanes) failLane(source, search, problem, passing);
    return [];
  }
}

function take(
  source: SearchSource,
  search: SearchLane,
  wanted: Piece,
  one: FetchedPartition,
  first: boolean,
): Arrived[] {
  const { records, aborted } = one;
  search.failing = null;
  const { piece, stuck } = advance(search, wanted, Buffer.from(records.buffer), source.direction, first);
  if (stuck !== null) {
    const { topic, partition, position } = search.lane;
    search.lane.problem = makeProblem("record-undecodable", `${stuck} The search stopped at offset ${position}.`, {
      topic,
      partition,
    });
  }
  return piece ? [{ search, piece, records, aborted }] : [];
}

async function refuse(source: SearchSource, search: SearchLane, { from }: Piece, errorCode: number): Promise<void> {
  const { lane, replica } = search;
  // A follower may not have what the leader has: the leader is asked again.
  search.replica = null;
  const problem = refusal(errorCode, { topic: ["Read", lane.topic] }) ?? makeProblem("kafka-error");
  if (errorCode !== OUT_OF_RANGE || replica)
    return failLane(source, search, problem, RENEW.has(errorCode) || replica !== null);
  const topic = source.topics.find(({ name }) => name === lane.topic);
  const partitions = topic?.partitions.filter(({ partition }) => partition === lane.partition) ?? [];
  const starts = await withCost(() =>
    readOffsets(source.cluster, [{ name: lane.topic, partitions }], "earliest", source.signal),
  );
  const start = starts.get(lane.topic, lane.partition)?.offset;
  if (start === undefined || start <= from) return failLane(source, search, problem, true);
  moveStart(search, start, source.direction);
}

/** The log begins later than it did: retention went on under the search. */
function moveStart(search: SearchLane, start: bigint, direction: Direction): void {
  const { lane } = search;
  lane.start = start < lane.end ? start : lane.end;
  if (direction === "older") return;
  if (search.fetched < lane.start) search.fetched = lane.start;
  search.work = search.work.then(() => {
    if (lane.position < lane.start) lane.position = lane.start;
  });
}

/** Tries again for a while where that can help, with the leaders looked up anew; then the partition ends with its problem. */
function failLane(source: SearchSource, search: SearchLane, problem: Problem, passing: boolean): void {
  const { lane } = search;
  const now = Date.now();
  const since = search.failing?.since ?? now;
  search.replica = null;
  if (!passing || now - since > PATIENCE_MS) {
    lane.problem = { ...problem, topic: lane.topic, partition: lane.partition };
    return;
  }
  search.failing = { since, again: now + Math.max(AGAIN_MS, Math.min(2_000, now - since)) };
  renew(source);
}

/** For a lane that nobody leads at the moment. */
export const failWithoutLeader = (source: SearchSource, search: SearchLane): void =>
  failLane(source, search, makeProblem("no-leader"), true);

/** Looks up the leaders, once at a time. A topic that is gone ends the search. */
function renew(source: SearchSource): void {
  source.renewing ??= (async () => {
    try {
      const names = source.topics.map(({ name }) => name);
      const topics = await withCost(() => readTopicsMetadata(source.cluster, names, source.signal));
      const successor = topics.find(({ id }, index) => id !== source.topics[index]?.id);
      if (successor)
        throw new ProblemError("topic-not-found", `${successor.name} was deleted and created anew during the search.`, {
          topic: successor.name,
        });
      source.topics = topics;
    } catch (error) {
      const { code } = problemFrom(error);
      if (code === "topic-not-found" || code === "not-authorized") source.failure = error;
    } finally {
      source.renewing = null;
    }
  })();
}
