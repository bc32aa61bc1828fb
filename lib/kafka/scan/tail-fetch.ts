import { makeProblem, type Problem, ProblemError } from "../../api/problem.ts";
import { ask } from "../ask.ts";
import { type Cluster, dropLine } from "../cluster.ts";
import { withCost } from "../cost.ts";
import { kafkaProblem, problemFrom } from "../failures.ts";
import { readTopicsMetadata } from "../metadata.ts";
import { readOffsets } from "../offsets.ts";
import type { FetchedPartition } from "../protocol/fetch.ts";
import type { Opened } from "../ranges.ts";
import { refusal } from "../rights.ts";
import { readBatches } from "./batches.ts";
import { larger } from "./bytes.ts";
import { fetchNames, leadersOf } from "./load.ts";
import { type Lane, makeLane } from "./pager.ts";

/** What a live tail reads from, and what has come of it so far. */
export type TailSource = {
  cluster: Cluster;
  opened: Opened;
  signal: AbortSignal;
  /** Connections of its own: a broker answers one request after the other, and a long poll would hold up every other. */
  line: string;
  /** Partitions that are added while it runs are read too. */
  grows: boolean;
  asked: Map<number, Promise<Arrival>>;
  /** Brokers that are left alone until then: throttled, or failing. */
  resting: Map<number, number>;
  /** The ends of partitions as their last answers had them. */
  ends: Map<Lane, bigint>;
  problems: Map<Lane, Problem>;
  renewing: Promise<void> | null;
  renewedAt: number;
  stale: boolean;
  /** What ends the tail, wherever it was found: such as a topic that was deleted. */
  failure: unknown;
  bytes: number;
  requests: number;
  throttledMs: number;
  dropped: bigint;
};

export type Arrived = { lane: Lane; answer: FetchedPartition };
export type Arrival = { broker: number; arrived: Arrived[] };

const WAIT_MS = 500;
const ANSWER_BYTES = 2 << 20;
const MOST_BYTES = 1 << 20;
/** Metadata is renewed this often to see new partitions, and this soon after a failure. */
const RENEW_MS = 5_000;
const RENEW_SOON_MS = 500;
const REST_MS = 300;
const OUT_OF_RANGE = 1;

/** One long poll for each leader that has none on its way. */
export function askLeaders(tail: TailSource): void {
  const leaderOf = leadersOf(tail.opened.topics);
  const byLeader = new Map<number, Lane[]>();
  for (const lane of tail.opened.lanes) {
    const leader = lane.problem ? null : leaderOf(lane);
    if (leader !== null) byLeader.set(leader, [...(byLeader.get(leader) ?? []), lane]);
    else if (!lane.problem) fail(tail, lane, makeProblem("no-leader"));
  }
  for (const [broker, lanes] of byLeader) {
    if (tail.asked.has(broker) || (tail.resting.get(broker) ?? 0) > Date.now()) continue;
    tail.asked.set(broker, fetchFrom(tail, broker, lanes));
  }
}

/** Looks up the leaders and the partitions, in the background and one at a time. */
export function renewWhenDue(tail: TailSource): void {
  const age = Date.now() - tail.renewedAt;
  if (tail.renewing || age < (tail.stale ? RENEW_SOON_MS : RENEW_MS)) return;
  tail.renewedAt = Date.now();
  tail.stale = false;
  tail.renewing = renew(tail)
    .catch((error: unknown) => {
      const { code } = problemFrom(error);
      if (code === "topic-not-found" || code === "not-authorized") tail.failure = error;
    })
    .finally(() => {
      tail.renewing = null;
    });
}

async function renew(tail: TailSource): Promise<void> {
  const { opened, cluster, signal } = tail;
  const before = new Map(opened.topics.map((topic) => [topic.name, topic]));
  const topics = await withCost(async (cost) => {
    const answer = await readTopicsMetadata(cluster, [...before.keys()], signal);
    tail.requests += cost.requests;
    return answer;
  });
  const known = new Set(opened.lanes.map(({ topic, partition }) => `${topic}/${partition}`));
  for (const { name: topic, id, partitions } of topics) {
    const old = before.get(topic);
    if (old?.id !== id)
      throw new ProblemError("topic-not-found", `${topic} was deleted and created anew while it was followed.`, {
        topic,
      });
    const had = new Set(old?.partitions.map(({ partition }) => partition));
    for (const { partition } of tail.grows ? partitions : []) {
      if (had.has(partition) || known.has(`${topic}/${partition}`)) continue;
      opened.lanes.push(laneOf(topic, partition, -1, 0n));
    }
  }
  opened.topics = topics;
}

/** A partition that the start line has no range of; `index` -1: it has no row there either. */
export const laneOf = (topic: string, partition: number, index: number, position: bigint): Lane =>
  makeLane({ topic, partition, index, start: 0n, end: position, position, bound: null, stable: 0n });

/** Never rejects: what fails is a problem of its lanes. */
async function fetchFrom(tail: TailSource, broker: number, all: Lane[]): Promise<Arrival> {
  const { cluster, opened, signal } = tail;
  const { api, idOf, nameOf } = fetchNames(opened.topics);
  // Only a read_committed answer lists what was aborted, so what is decided by now is asked for in that way.
  const decided = all.filter(({ position, stable }) => position < stable);
  const committed = opened.isolation === "read_committed";
  const lanes = (committed || decided.length === 0 ? all : decided).toSorted(
    (a, b) => Number(b.starved) - Number(a.starved),
  );
  const request = {
    maxWaitMs: committed || decided.length === 0 ? WAIT_MS : 0,
    maxBytes: ANSWER_BYTES,
    isolation: committed || decided.length > 0 ? ("read_committed" as const) : ("read_uncommitted" as const),
    partitions: lanes.map(({ topic, partition, position, maxBytes }) => ({
      topic: idOf(topic),
      partition,
      offset: position,
      maxBytes,
    })),
  };
  const arrived: Arrived[] = [];
  try {
    const answer = await withCost(async (cost) => {
      const fetched = await ask(cluster, broker, { ...api, line: tail.line }, [request], signal);
      tail.requests += cost.requests;
      return fetched;
    });
    if (answer.throttleMs > 0) rest(tail, broker, answer.throttleMs);
    tail.throttledMs += answer.throttleMs;
    const trouble = kafkaProblem(answer.errorCode);
    if (trouble) throw new ProblemError(trouble.code, trouble.detail, trouble);
    const answers = new Map(answer.partitions.map((one) => [`${nameOf(one.topic)}/${one.partition}`, one]));
    let before = 0;
    for (const lane of lanes) {
      const one = answers.get(`${lane.topic}/${lane.partition}`);
      if (one && (await isUsable(tail, broker, lane, one, before === 0))) arrived.push({ lane, answer: one });
      before += one?.records.length ?? 0;
    }
    tail.bytes += before;
  } catch (error) {
    if (!signal.aborted) {
      const problem = problemFrom(error, { broker });
      for (const lane of lanes) fail(tail, lane, problem);
      rest(tail, broker, REST_MS);
    }
  }
  return { broker, arrived };
}

const rest = ({ resting }: TailSource, broker: number, milliseconds: number) =>
  resting.set(broker, Math.max(resting.get(broker) ?? 0, Date.now() + milliseconds));

function fail(tail: TailSource, lane: Lane, problem: Problem): void {
  tail.problems.set(lane, { ...problem, topic: lane.topic, partition: lane.partition });
  tail.stale = true;
}

/** Whether there is something to read, and notes what the answer says of the partition. */
async function isUsable(
  tail: TailSource,
  broker: number,
  lane: Lane,
  one: FetchedPartition,
  first: boolean,
): Promise<boolean> {
  if (one.errorCode !== 0) {
    rest(tail, broker, REST_MS);
    if (one.errorCode === OUT_OF_RANGE) await findPlace(tail, lane);
    else fail(tail, lane, refusal(one.errorCode, { topic: ["Read", lane.topic] }) ?? makeProblem("kafka-error"));
    return false;
  }
  tail.problems.delete(lane);
  tail.ends.set(lane, tail.opened.isolation === "read_committed" ? one.lastStableOffset : one.highWatermark);
  lane.starved = false;
  if (one.records.length === 0) return false;
  const { batches, problem } = readBatches(Buffer.from(one.records.buffer));
  if (!batches.some(({ lastOffset }) => lastOffset >= lane.position)) {
    lane.starved = true;
    lane.maxBytes = Math.min(lane.maxBytes * 2, MOST_BYTES);
    if (first)
      lane.problem = makeProblem(
        "record-undecodable",
        `${problem ?? "The fetched bytes hold no whole batch."} The tail stopped at offset ${lane.position}.`,
        { topic: lane.topic, partition: lane.partition },
      );
    return false;
  }
  if (one.aborted !== null || one.lastStableOffset <= lane.position) return true;
  // Some of it is decided by now, and read_uncommitted answers do not say how: asked for again.
  if (!batches.some(({ transactional }) => transactional)) return true;
  lane.stable = one.lastStableOffset;
  return false;
}

/** The log begins later than where the lane stands, or ends before it: retention, or a lost end. */
async function findPlace(tail: TailSource, lane: Lane): Promise<void> {
  const { cluster, opened, signal } = tail;
  const topic = opened.topics.find(({ name }) => name === lane.topic);
  const partitions = topic?.partitions.filter(({ partition }) => partition === lane.partition) ?? [];
  const edge = async (spec: "earliest" | "latest" | "stable") =>
    (await readOffsets(cluster, [{ name: lane.topic, partitions }], spec, signal)).get(lane.topic, lane.partition);
  const [start, end] = await withCost(() =>
    Promise.all([edge("earliest"), edge(opened.isolation === "read_committed" ? "stable" : "latest")]),
  );
  if (!start || !end) return;
  if (start.offset > lane.position) {
    tail.dropped += start.offset - lane.position;
    lane.position = start.offset;
  } else if (lane.position > end.offset) lane.position = larger(end.offset, start.offset);
}

/** Ends what is on its way: the broker sees the connection close. */
export function closeTail({ cluster, line }: TailSource): void {
  for (const [key, open] of cluster.lines) if (key.includes(`#${line} `)) dropLine(cluster, open);
}
