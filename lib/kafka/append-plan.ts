import { makeProblem, type Problem, ProblemError } from "../api/problem.ts";
import type { Cluster } from "./cluster.ts";
import { readTopicMetadata, type TopicMetadata } from "./metadata.ts";
import type { ProducedPartition } from "./protocol/produce.ts";
import type { Codec } from "./scan/codecs.ts";
import { type CutBatch, cutBatches } from "./scan/pack.ts";
import { runJob, sharedPool } from "./scan/pool.ts";
import { recordSize, type WriteBatch, type WriteRecord, write } from "./scan/writer.ts";
import { readTopicSettings } from "./topic-settings.ts";

/** A topic that is written to, and what it takes. */
export type Target = {
  cluster: Cluster;
  topic: TopicMetadata;
  /** Bytes of a batch as it is sent; null where the topic's configs may not be described. */
  maxBytes: number | null;
  /** Every record needs a key. */
  compacted: boolean;
  /** What could not be asked. */
  problems: Problem[];
};

/** A record, and the partition it is meant for. */
export type Placed = { partition: number; record: WriteRecord };

export type Appended = {
  partition: number;
  /** null: not written. */
  offset: bigint | null;
  /** As the log has it; null: not written. */
  timestamp: bigint | null;
  size: number;
  problem: Problem | null;
};

export type AppendOptions = { codec: Codec; acks: "all" | "1"; signal: AbortSignal };

/** Kafka's own default of max.message.bytes, where the topic's is not known. */
const USUAL_MAX_BYTES = 1_048_588;
/** Above this packing may take milliseconds, which are a worker's. */
const INLINE_BYTES = 64 << 10;

/** Looks up a topic to write to. Throws topic-not-found, not-authorized, and internal-topic for Kafka's own. */
export async function openTarget(cluster: Cluster, name: string, signal: AbortSignal): Promise<Target> {
  const [topic, settings] = await Promise.all([
    readTopicMetadata(cluster, name, signal),
    readTopicSettings(cluster, [name], signal),
  ]);
  if (topic.internal)
    throw new ProblemError("internal-topic", `Kafka takes records for ${name} from its own brokers only.`, {
      topic: name,
      todo: "Choose another topic.",
    });
  const known = settings.byTopic.get(name);
  return {
    cluster,
    topic,
    maxBytes: known?.maxMessageBytes ?? null,
    compacted: known?.cleanupPolicy?.includes("compact") ?? false,
    problems: [...settings.problems, ...(known?.problem ? [known.problem] : [])],
  };
}

/** One partition on its way: its batches, the first of them next. */
export type Lane = { partition: number; batches: CutBatch[]; renewed: boolean };
export type Packed = { lane: Lane; batch: CutBatch; bytes: Buffer };
export type Work = {
  target: Target;
  records: WriteRecord[];
  /** One for each record, in their order. */
  items: Appended[];
  lanes: Lane[];
  options: AppendOptions;
};

/** Sorts records by partition and cuts batches; what is known to be refused gets its problem here and is left out. */
export async function planAppend(target: Target, placed: readonly Placed[], options: AppendOptions): Promise<Work> {
  const records = placed.map(({ record }) => record);
  const items = placed.map(
    ({ partition, record }): Appended => ({
      partition,
      offset: null,
      timestamp: null,
      size: recordSize(record, 0, record.timestamp),
      problem: refusal(target, partition, record),
    }),
  );
  const places = new Map<number, number[]>();
  for (const [place, { partition, problem }] of items.entries()) {
    if (problem) continue;
    const mine = places.get(partition);
    if (mine) mine.push(place);
    else places.set(partition, [place]);
  }
  const work: Work = { target, records, items, lanes: [], options };
  for (const [partition, mine] of places) {
    const lane: Lane = {
      partition,
      batches: cutBatches(records, mine, target.maxBytes ?? USUAL_MAX_BYTES),
      renewed: false,
    };
    for (const batch of lane.batches) noteSizes(work, batch);
    await dropTooLarge(work, lane);
    if (leaderOf(target.topic, lane) === null) endLane(work, lane, makeProblem("no-leader"));
    if (lane.batches.length > 0) work.lanes.push(lane);
  }
  return work;
}

export const leaderOf = (topic: TopicMetadata, { partition }: Lane): number | null =>
  topic.partitions.find((known) => known.partition === partition)?.leader ?? null;

function noteSizes({ items }: Work, { places, sizes }: CutBatch): void {
  for (const [at, place] of places.entries()) {
    const item = items[place];
    if (item) item.size = sizes[at] ?? 0;
  }
}

/** What the broker would say, said before anything is sent. */
function refusal({ topic, compacted }: Target, partition: number, record: WriteRecord): Problem | null {
  const about = { topic: topic.name, partition };
  if (!topic.partitions.some((known) => known.partition === partition))
    return makeProblem(
      "partition-not-found",
      `${topic.name} has partitions 0 to ${topic.partitions.length - 1}, not ${partition}.`,
      about,
    );
  if (compacted && record.key === null)
    return makeProblem("record-refused", `${topic.name} is compacted: every record needs a key.`, {
      ...about,
      todo: "Give it a key; an empty one is a key too.",
    });
  return null;
}

/** A batch above the limit is one record. Compressed it may fit, so it is packed to see. */
async function dropTooLarge(work: Work, lane: Lane): Promise<void> {
  const { target, options } = work;
  const limit = target.maxBytes;
  if (limit === null) return;
  const kept: CutBatch[] = [];
  for (const batch of lane.batches) {
    const fits = batch.bytes <= limit;
    const bytes = fits || options.codec === "none" ? batch.bytes : (await packed(work, lane, batch)).bytes.length;
    if (bytes <= limit) kept.push(batch);
    else failBatch(work, batch, sizeProblem(target, lane.partition, `It takes ${bytes} bytes`));
  }
  lane.batches = kept;
}

/** `says` is followed by what the topic takes. */
export const sizeProblem = ({ topic, maxBytes }: Target, partition: number, says: string): Problem =>
  makeProblem("record-too-large", `${says}; max.message.bytes of ${topic.name} is ${maxBytes ?? "not known"}.`, {
    topic: topic.name,
    partition,
  });

/** A batch as Produce takes it; large ones are made in a worker, for compressing and the checksum take their time. */
export async function packed({ records, options }: Work, lane: Lane, batch: CutBatch): Promise<Packed> {
  const chosen = batch.places.map((place) => records[place]).filter((record) => record !== undefined);
  const job: WriteBatch = { records: chosen, codec: options.codec };
  if (batch.bytes <= INLINE_BYTES) return { lane, batch, bytes: write(job) };
  const made = await runJob(sharedPool(), "pack", job, { signal: options.signal });
  return { lane, batch, bytes: Buffer.from(made.buffer, made.byteOffset, made.byteLength) };
}

/** Nothing more is sent, for this reason. */
export function endAll(work: Work, problem: Problem): void {
  for (const lane of work.lanes) for (const batch of lane.batches.splice(0)) failBatch(work, batch, problem);
}

/** The first batch of a partition failed for this reason, and what comes after it is not sent. */
export function endLane(
  work: Work,
  lane: Lane,
  problem: Problem,
  errors: ProducedPartition["recordErrors"] = [],
): void {
  const about = { topic: work.target.topic.name, partition: lane.partition };
  const [first, ...rest] = lane.batches.splice(0);
  if (first) failBatch(work, first, { ...problem, ...about }, errors);
  const unsent = makeProblem("not-sent", "A record before it in the partition was not taken.", about);
  for (const batch of rest) failBatch(work, batch, unsent);
}

function failBatch(
  work: Work,
  batch: CutBatch,
  problem: Problem,
  errors: ProducedPartition["recordErrors"] = [],
): void {
  const own = new Map(errors.map(({ index, message }) => [index, message]));
  batch.places.forEach((place, at) => {
    const item = work.items[place];
    if (!item) return;
    if (own.size === 0) item.problem = problem;
    else if (own.has(at)) item.problem = { ...problem, detail: own.get(at) ?? problem.detail };
    else item.problem = { ...problem, detail: "Not written: the broker refused another record of its batch." };
  });
}
