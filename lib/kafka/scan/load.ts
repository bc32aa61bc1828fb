import { makeProblem, type Problem } from "../../api/problem.ts";
import { ask } from "../ask.ts";
import type { Cluster } from "../cluster.ts";
import { timeLeft } from "../cost.ts";
import { kafkaProblem, problemFrom } from "../failures.ts";
import { readTopicMetadata, type TopicMetadata } from "../metadata.ts";
import { readOffsets } from "../offsets.ts";
import { type Fetched, type FetchedPartition, fetchById, fetchByName } from "../protocol/fetch.ts";
import type { ReadJob } from "./jobs.ts";
import type { Lane, Loaded, Wanted } from "./pager.ts";
import { runJob, sharedPool } from "./pool.ts";

/** What one page reads from, and what it has cost so far. */
export type Source = {
  cluster: Cluster;
  topic: TopicMetadata;
  isolation: "read_committed" | "read_uncommitted";
  limits: ReadJob["limits"];
  explain: boolean;
  signal: AbortSignal;
  /** Leaders are looked up anew once a page. */
  renewed: boolean;
  bytes: number;
  records: number;
  throttledMs: number;
};

/** One fetch answer at most: what is in flight for a page is this times the brokers that lead it. */
const ANSWER_BYTES = 8 << 20;
const OUT_OF_RANGE = 1;

/** Until when a broker wants to be left alone (KIP-219), by cluster and broker. */
const throttled = new WeakMap<Cluster, Map<number, number>>();

/** Fetches and reads what the lanes want: one request a leader, all leaders at once. Never rejects for a broker, only when aborted. */
export async function loadLanes(source: Source, wanted: Wanted[]): Promise<Map<Lane, Loaded>> {
  const loaded = new Map<Lane, Loaded>();
  const byLeader = new Map<number, Wanted[]>();
  for (const one of wanted) {
    const leader = source.topic.partitions.find(({ partition }) => partition === one.lane.partition)?.leader ?? null;
    if (leader === null) loaded.set(one.lane, failed(source, one, makeProblem("no-leader")));
    else byLeader.set(leader, [...(byLeader.get(leader) ?? []), one]);
  }
  await Promise.all([...byLeader].map(([leader, mine]) => loadFrom(source, leader, mine, loaded)));
  source.signal.throwIfAborted();
  await renewLeaders(source, loaded);
  return loaded;
}

const failed = ({ topic }: Source, { lane }: Wanted, problem: Problem): Loaded => ({
  kind: "failed",
  problem: { ...problem, topic: topic.name, partition: lane.partition },
});

async function loadFrom(source: Source, leader: number, wanted: Wanted[], loaded: Map<Lane, Loaded>): Promise<void> {
  try {
    const { partitions, errorCode } = await fetchFrom(source, leader, wanted);
    const trouble = kafkaProblem(errorCode);
    const answers = new Map(partitions.map((answer) => [answer.partition, answer]));
    const job: ReadJob = { slices: [], limits: source.limits, explain: source.explain };
    const lanes = new Map(wanted.map(({ lane }) => [lane.partition, lane]));
    let before = 0;
    for (const one of wanted) {
      const answer = answers.get(one.lane.partition);
      if (!answer || trouble)
        loaded.set(
          one.lane,
          failed(source, one, trouble ?? makeProblem("kafka-error", "The answer leaves the partition out.")),
        );
      else if (answer.errorCode !== 0) loaded.set(one.lane, await refused(source, one, answer.errorCode));
      else if (answer.records.length === 0) loaded.set(one.lane, { kind: before > 0 ? "starved" : "empty" });
      else job.slices.push(sliceOf(one, answer));
      before += answer?.records.length ?? 0;
    }
    source.bytes += before;
    const first = job.slices[0]?.partition;
    const transfer = job.slices.map(({ bytes }) => bytes.buffer as ArrayBuffer);
    const results =
      job.slices.length === 0 ? [] : await runJob(sharedPool(), "read", job, { signal: source.signal, transfer });
    for (const result of results) {
      const lane = lanes.get(result.partition);
      source.records += result.scanned;
      const cut = result.wholeBatches === 0 && result.problem === null && result.partition !== first;
      if (lane) loaded.set(lane, cut ? { kind: "starved" } : { kind: "slice", result });
    }
  } catch (error) {
    for (const one of wanted) loaded.set(one.lane, failed(source, one, problemFrom(error, { broker: leader })));
  }
}

const sliceOf = ({ lane, ...wanted }: Wanted, { records, aborted }: FetchedPartition) => ({
  partition: lane.partition,
  bytes: records,
  aborted,
  ...wanted,
});

async function fetchFrom(source: Source, leader: number, wanted: Wanted[]): Promise<Fetched> {
  const { cluster, topic, isolation, signal } = source;
  await waitOutThrottle(source, leader);
  const answer = await ask(
    cluster,
    leader,
    topic.id === null ? fetchByName : fetchById,
    [
      {
        maxWaitMs: 0,
        maxBytes: ANSWER_BYTES,
        isolation,
        topic: topic.id ?? topic.name,
        partitions: wanted.map(({ lane, from }) => ({
          partition: lane.partition,
          offset: from,
          maxBytes: lane.maxBytes,
        })),
      },
    ],
    signal,
  );
  if (answer.throttleMs > 0) {
    const brokers = throttled.get(cluster) ?? new Map<number, number>();
    throttled.set(cluster, brokers.set(leader, Date.now() + answer.throttleMs));
  }
  return answer;
}

/** The broker answers nothing on this connection before the time it asked for is over, so it is not asked either. */
async function waitOutThrottle(source: Source, leader: number): Promise<void> {
  const wait = (throttled.get(source.cluster)?.get(leader) ?? 0) - Date.now();
  if (wait <= 0) return;
  const pause = Math.min(wait, Math.max(0, timeLeft() - 100));
  source.throttledMs += pause;
  await new Promise((done) => setTimeout(done, pause));
}

async function refused(source: Source, wanted: Wanted, errorCode: number): Promise<Loaded> {
  const { cluster, topic, signal } = source;
  if (errorCode === OUT_OF_RANGE) {
    const partitions = topic.partitions.filter(({ partition }) => partition === wanted.lane.partition);
    const starts = await readOffsets(cluster, [{ name: topic.name, partitions }], "earliest", signal);
    const start = starts.get(topic.name, wanted.lane.partition)?.offset;
    if (start !== undefined && start > wanted.from) return { kind: "moved", start };
  }
  return failed(source, wanted, kafkaProblem(errorCode) ?? makeProblem("kafka-error"));
}

/** After a failure the leaders may be others: looked up once, and the lanes that have a new one are asked again. */
async function renewLeaders(source: Source, loaded: Map<Lane, Loaded>): Promise<void> {
  const lost = [...loaded].filter(([, { kind }]) => kind === "failed");
  if (lost.length === 0 || source.renewed || timeLeft() < 500) return;
  source.renewed = true;
  const leaderOf = (lane: Lane) =>
    source.topic.partitions.find(({ partition }) => partition === lane.partition)?.leader;
  const before = new Map(lost.map(([lane]) => [lane, leaderOf(lane)]));
  try {
    source.topic = await readTopicMetadata(source.cluster, source.topic.name, source.signal);
  } catch {
    return; // the lanes' own problems say more
  }
  for (const [lane] of lost) if (leaderOf(lane) !== before.get(lane)) loaded.set(lane, { kind: "starved" });
}
