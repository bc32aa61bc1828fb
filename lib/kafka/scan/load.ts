import type { Isolation, Message } from "../../api/messages.ts";
import { makeProblem, type Problem } from "../../api/problem.ts";
import { ask } from "../ask.ts";
import type { Cluster } from "../cluster.ts";
import { timeLeft } from "../cost.ts";
import { kafkaProblem, problemFrom } from "../failures.ts";
import { readTopicsMetadata, type TopicMetadata } from "../metadata.ts";
import { readOffsets } from "../offsets.ts";
import { type FetchedPartition, fetchById, fetchByName } from "../protocol/fetch.ts";
import { refusal } from "../rights.ts";
import type { Shown } from "./aborted.ts";
import type { FoundMessage, Home } from "./found.ts";
import type { ReadJob } from "./jobs.ts";
import type { Lane, Loaded, Wanted } from "./pager.ts";
import { readShared } from "./read-shared.ts";
import { noteThrottle, throttleLeft } from "./throttle.ts";

/** What one page reads from, and what it has cost so far. */
export type Source = {
  cluster: Cluster;
  topics: TopicMetadata[];
  shown: Shown;
  decode: ReadJob["decode"];
  limits: ReadJob["limits"];
  explain: boolean;
  signal: AbortSignal;
  /** Leaders are looked up anew once a page. */
  renewed: boolean;
  bytes: number;
  records: number;
  throttledMs: number;
};

/** Unpacked bytes of one batch: producers send up to 1 MB packed, text packs 10 to 20 times. */
const BATCH_BYTES = 64 << 20;
const RESULT_CHARS = 8 << 20;

/** What a query reads from, nothing spent yet. `payload`: characters of each that are shown. */
export const makeSource = (
  cluster: Cluster,
  { topics, isolation, control }: { topics: TopicMetadata[]; isolation: Isolation; control: boolean },
  { keyFormat, valueFormat }: { keyFormat?: string | undefined; valueFormat?: string | undefined },
  payload: number,
  signal: AbortSignal,
): Source => ({
  cluster,
  topics,
  shown: { aborted: isolation === "read_uncommitted", control },
  decode: { keyFormat: keyFormat ?? null, valueFormat: valueFormat ?? null, protobuf: cluster.settings.protobuf },
  limits: { payload, batch: BATCH_BYTES, result: RESULT_CHARS },
  explain: false,
  signal,
  renewed: false,
  bytes: 0,
  records: 0,
  throttledMs: 0,
});

/** One fetch answer at most: what is in flight for a page is this times the brokers that lead it. */
const ANSWER_BYTES = 8 << 20;
const OUT_OF_RANGE = 1;

/** Fetches and reads what the lanes want: one request a leader, all leaders at once. Never rejects for a broker, only when aborted. */
export async function loadLanes(source: Source, wanted: Wanted[]): Promise<Map<Lane, Loaded>> {
  const loaded = new Map<Lane, Loaded>();
  const byLeader = new Map<number, Wanted[]>();
  const leaderOf = leadersOf(source.topics);
  for (const one of wanted) {
    const leader = leaderOf(one.lane);
    const mine = leader === null ? undefined : byLeader.get(leader);
    if (leader === null) loaded.set(one.lane, failed(one, makeProblem("no-leader")));
    else if (mine) mine.push(one);
    else byLeader.set(leader, [one]);
  }
  await Promise.all([...byLeader].map(([leader, mine]) => loadFromBoth(source, leader, mine, loaded)));
  source.signal.throwIfAborted();
  await renewLeaders(source, loaded);
  return loaded;
}

/** A record of a worker as the contract has it. */
export const toMessage = ({ problem, ...found }: FoundMessage): Message => ({
  ...found,
  problem:
    problem === null
      ? null
      : makeProblem("record-undecodable", problem, { topic: found.topic, partition: found.partition }),
});

/** Who leads a partition, by the metadata at hand; null: nobody, or the partition is not in it. */
export function leadersOf(topics: TopicMetadata[]): (place: Home) => number | null {
  const leaders = new Map(
    topics.map((topic) => [topic.name, new Map(topic.partitions.map(({ partition, leader }) => [partition, leader]))]),
  );
  return ({ topic, partition }) => leaders.get(topic)?.get(partition) ?? null;
}

const failed = ({ lane }: Wanted, problem: Problem): Loaded => ({
  kind: "failed",
  problem: { ...problem, topic: lane.topic, partition: lane.partition },
});

/**
 * Below the last stable offset with read_committed, whatever the reader wants to see: only that answer lists what was aborted.
 * From there on a read_committed fetch gives nothing.
 */
async function loadFromBoth(source: Source, leader: number, wanted: Wanted[], loaded: Map<Lane, Loaded>) {
  const { decided, undecided } = Object.groupBy(wanted, ({ lane, from }) =>
    from < lane.stable ? "decided" : "undecided",
  );
  await Promise.all([
    decided && loadFrom(source, leader, decided, "read_committed", loaded),
    undecided && loadFrom(source, leader, undecided, "read_uncommitted", loaded),
  ]);
}

async function loadFrom(
  source: Source,
  leader: number,
  wanted: Wanted[],
  isolation: Isolation,
  loaded: Map<Lane, Loaded>,
): Promise<void> {
  try {
    const { fetched, nameOf } = await fetchFrom(source, leader, wanted, isolation);
    const trouble = kafkaProblem(fetched.errorCode);
    const answers = new Map(
      fetched.partitions.map((answer) => [keyOf(nameOf(answer.topic), answer.partition), answer]),
    );
    const { shown, decode, limits, explain } = source;
    const job: ReadJob = { slices: [], shown, decode, limits, explain };
    const lanes: Lane[] = [];
    let before = 0;
    for (const one of wanted) {
      const answer = answers.get(keyOf(one.lane.topic, one.lane.partition));
      if (!answer || trouble)
        loaded.set(
          one.lane,
          failed(one, trouble ?? makeProblem("kafka-error", "The answer leaves the partition out.")),
        );
      else if (answer.errorCode !== 0) loaded.set(one.lane, await refused(source, one, answer.errorCode));
      else if (answer.records.length === 0) loaded.set(one.lane, { kind: before > 0 ? "starved" : "empty" });
      else {
        job.slices.push(sliceOf(one, answer));
        lanes.push(one.lane);
      }
      before += answer?.records.length ?? 0;
    }
    source.bytes += before;
    const results = await readShared(job, source.signal);
    for (const [index, result] of results.entries()) {
      const lane = lanes[index];
      source.records += result.scanned;
      const cut = result.wholeBatches === 0 && result.problem === null && index > 0;
      if (lane) loaded.set(lane, cut ? { kind: "starved" } : { kind: "slice", result });
    }
  } catch (error) {
    for (const one of wanted) loaded.set(one.lane, failed(one, problemFrom(error, { broker: leader })));
  }
}

const keyOf = (topic: string, partition: number) => `${topic}/${partition}`;

const sliceOf = ({ lane, ...wanted }: Wanted, { records, aborted }: FetchedPartition) => ({
  topic: lane.topic,
  partition: lane.partition,
  bytes: records,
  aborted,
  ...wanted,
});

/** How topics are named in a Fetch: by id where all have one (Kafka 2.8). */
export function fetchNames(topics: TopicMetadata[]) {
  const byId = topics.every(({ id }) => id !== null);
  const asked = new Map(topics.map(({ name, id }) => [name, byId && id !== null ? id : name]));
  const names = new Map([...asked].map(([name, said]) => [said, name]));
  return {
    api: byId ? fetchById : fetchByName,
    idOf: (name: string) => asked.get(name) ?? name,
    nameOf: (said: string) => names.get(said) ?? said,
  };
}

async function fetchFrom(source: Source, leader: number, wanted: Wanted[], isolation: Isolation) {
  const { cluster, signal } = source;
  const { api, idOf, nameOf } = fetchNames(source.topics);
  await waitOutThrottle(source, leader);
  const answer = await ask(
    cluster,
    leader,
    api,
    [
      {
        maxWaitMs: 0,
        maxBytes: ANSWER_BYTES,
        isolation,
        partitions: wanted.map(({ lane, from }) => ({
          topic: idOf(lane.topic),
          partition: lane.partition,
          offset: from,
          maxBytes: lane.maxBytes,
        })),
      },
    ],
    signal,
  );
  noteThrottle(cluster, leader, answer.throttleMs);
  return { fetched: answer, nameOf };
}

/** The broker answers nothing on this connection before the time it asked for is over, so it is not asked either. */
async function waitOutThrottle(source: Source, leader: number): Promise<void> {
  const wait = throttleLeft(source.cluster, leader);
  if (wait <= 0) return;
  const pause = Math.min(wait, Math.max(0, timeLeft() - 100));
  source.throttledMs += pause;
  await new Promise((done) => setTimeout(done, pause));
}

async function refused(source: Source, wanted: Wanted, errorCode: number): Promise<Loaded> {
  const { cluster, topics, signal } = source;
  const { lane, from } = wanted;
  if (errorCode === OUT_OF_RANGE) {
    const topic = topics.find(({ name }) => name === lane.topic);
    const partitions = topic?.partitions.filter(({ partition }) => partition === lane.partition) ?? [];
    const starts = await readOffsets(cluster, [{ name: lane.topic, partitions }], "earliest", signal);
    const start = starts.get(lane.topic, lane.partition)?.offset;
    if (start !== undefined && start > from) return { kind: "moved", start };
  }
  return failed(wanted, refusal(errorCode, { topic: ["Read", lane.topic] }) ?? makeProblem("kafka-error"));
}

/** After a failure the leaders may be others: looked up once, and the lanes that have a new one are asked again. */
async function renewLeaders(source: Source, loaded: Map<Lane, Loaded>): Promise<void> {
  const lost = [...loaded].filter(([, { kind }]) => kind === "failed");
  if (lost.length === 0 || source.renewed || timeLeft() < 500) return;
  source.renewed = true;
  const before = leadersOf(source.topics);
  try {
    const names = source.topics.map(({ name }) => name);
    source.topics = await readTopicsMetadata(source.cluster, names, source.signal);
  } catch {
    return; // the lanes' own problems say more
  }
  const now = leadersOf(source.topics);
  for (const [lane] of lost) if (now(lane) !== before(lane)) loaded.set(lane, { kind: "starved" });
}
