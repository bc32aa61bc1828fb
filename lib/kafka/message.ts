import type { MessageDetail } from "../api/messages.ts";
import { ProblemError } from "../api/problem.ts";
import type { Cluster } from "./cluster.ts";
import { DETAIL_LIMIT } from "./decode/payload.ts";
import { readTopicMetadata, type TopicMetadata } from "./metadata.ts";
import { readOffsets } from "./offsets.ts";
import { outOfRange } from "./out-of-range.ts";
import { LAST_OFFSET } from "./plan/places.ts";
import { loadLanes, makeSource, toMessage } from "./scan/load.ts";
import { makeLane } from "./scan/pager.ts";

/** Where one record is. */
export type RecordPlace = { topic: string; partition: number; offset: bigint };

/** The place that a path names, its numbers already checked by the contract. */
export const recordPlace = (params: { topic: string; partition: string; offset: string }): RecordPlace => ({
  topic: params.topic,
  partition: Number(params.partition),
  offset: BigInt(params.offset),
});

type Formats = { keyFormat?: string | undefined; valueFormat?: string | undefined };

/** One record, aborted and undecided ones and markers too. Throws record-not-found, offset-out-of-range, and what reading it threw. */
export async function readMessage(
  cluster: Cluster,
  place: RecordPlace,
  formats: Formats,
  signal: AbortSignal,
): Promise<MessageDetail> {
  const { topic, lane } = await openRecord(cluster, place, signal);
  const opened = { topics: [topic], isolation: "read_uncommitted" as const, control: true };
  const source = { ...makeSource(cluster, opened, formats, DETAIL_LIMIT, signal), explain: true };
  const { offset } = place;
  const loaded = (await loadLanes(source, [{ lane, from: offset, to: offset + 1n, order: "first", want: 1 }])).get(
    lane,
  );
  if (loaded?.kind === "moved" || (loaded?.kind === "failed" && loaded.problem.code === "offset-out-of-range"))
    throw await outsideLog(cluster, topic, place, signal);
  if (loaded?.kind === "failed") throw new ProblemError(loaded.problem.code, loaded.problem.detail, loaded.problem);
  const found = loaded?.kind === "slice" ? loaded.result.messages[0] : undefined;
  if (found) return { keyFormats: [], valueFormats: [], ...toMessage(found) };
  throw recordNotFound(place);
}

export const recordNotFound = ({ topic, partition, offset }: RecordPlace) =>
  new ProblemError("record-not-found", `Partition ${partition} has no record at offset ${offset}.`, {
    topic,
    partition,
  });

/** The topic of a record, and the record as a lane of one offset. Throws topic-not-found, partition-not-found, offset-out-of-range. */
export async function openRecord(
  cluster: Cluster,
  { topic: name, partition, offset }: RecordPlace,
  signal: AbortSignal,
) {
  const topic = await readTopicMetadata(cluster, name, signal);
  const known = topic.partitions.filter((one) => one.partition === partition);
  if (known.length === 0)
    throw new ProblemError(
      "partition-not-found",
      `Topic ${name} has partitions 0 to ${topic.partitions.length - 1}, not ${partition}.`,
      { topic: name, partition },
    );
  if (offset > LAST_OFFSET) throw await outsideLog(cluster, topic, { topic: name, partition, offset }, signal);
  const ends = await readOffsets(cluster, [{ name, partitions: known }], "stable", signal);
  const stable = ends.get(name, partition)?.offset ?? 0n;
  const place = { topic: name, partition, index: 0, start: offset, end: offset + 1n, position: offset };
  return { topic, lane: makeLane({ ...place, bound: null, stable }) };
}

/** The problem of an offset that the partition does not hold, with the range that it does. */
export const outsideLog = async (
  cluster: Cluster,
  topic: TopicMetadata,
  { partition, offset }: RecordPlace,
  signal: AbortSignal,
): Promise<ProblemError> => outOfRange(await rangeOf(cluster, topic, partition, signal), offset);

/** What the partition holds; null where it cannot be known. */
async function rangeOf(cluster: Cluster, topic: TopicMetadata, partition: number, signal: AbortSignal) {
  const wanted = [{ name: topic.name, partitions: topic.partitions.filter((one) => one.partition === partition) }];
  const [start, end] = await Promise.all(
    (["earliest", "latest"] as const).map(
      async (edge) => (await readOffsets(cluster, wanted, edge, signal)).get(topic.name, partition)?.offset ?? null,
    ),
  );
  return { topic: topic.name, partition, start: start ?? null, end: end ?? null };
}
