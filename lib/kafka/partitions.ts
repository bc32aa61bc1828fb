import { type Problem, ProblemError } from "../api/problem.ts";
import { toInt64 } from "../api/scalars.ts";
import type { AddPartitionsResult, PartitionDetail, PartitionList } from "../api/topics.ts";
import type { Cluster } from "./cluster.ts";
import { command } from "./commands.ts";
import { CONTROLLER_TIMEOUT_MS, silenceExplained, untilSeen } from "./controller.ts";
import { problemFrom } from "./failures.ts";
import { type LogDirs, readLogDirs } from "./log-dirs.ts";
import { type PartitionMetadata, readTopicMetadata } from "./metadata.ts";
import { type OffsetTable, readOffsets } from "./offsets.ts";
import { internalWarnings } from "./plan/internal-topic.ts";
import { shareOfKeysMoved } from "./plan/key-order.ts";
import { forgetSnapshots } from "./snapshots.ts";
import { holdersOf } from "./topics.ts";

type Known = { first: OffsetTable; last: OffsetTable; stable: OffsetTable; replicas: Map<number, Replica[]> };
type Replica = PartitionDetail["replicaSizes"][number];

/** Metadata, three ListOffsets a leader and one DescribeLogDirs a broker, for any number of partitions. */
export async function listPartitions(cluster: Cluster, topic: string, signal: AbortSignal): Promise<PartitionList> {
  const found = await readTopicMetadata(cluster, topic, signal);
  const wanted = [{ name: topic, partitions: found.partitions.map(({ partition }) => partition) }];
  const [first, last, stable, dirs] = await Promise.all([
    readOffsets(cluster, [found], "earliest", signal),
    readOffsets(cluster, [found], "latest", signal),
    readOffsets(cluster, [found], "stable", signal),
    readLogDirs(cluster, holdersOf(cluster, [found]), wanted, signal),
  ]);
  const known = { first, last, stable, replicas: replicasOnDisk(dirs, topic) };
  const warnings = new Map(
    [...last.problems, ...first.problems, ...stable.problems, ...dirs.problems].map((problem) => [
      `${problem.code} ${problem.broker}`,
      problem,
    ]),
  );
  return {
    items: found.partitions.map((partition) => partitionRow(topic, partition, known)),
    warnings: [...warnings.values()],
  };
}

/** By partition. A broker may list partitions of the topic in several directories, one of them on its way. */
function replicasOnDisk({ byBroker }: LogDirs, topic: string): Map<number, Replica[]> {
  const byPartition = new Map<number, Replica[]>();
  for (const [broker, dirs] of [...byBroker].sort(([a], [b]) => a - b)) {
    for (const { path, replicas } of dirs) {
      for (const replica of replicas) {
        if (replica.topic !== topic) continue;
        const list = byPartition.get(replica.partition) ?? [];
        byPartition.set(replica.partition, list);
        const { sizeBytes, offsetLag, future } = replica;
        list.push({ broker, logDir: path, sizeBytes: toInt64(sizeBytes), offsetLag: toInt64(offsetLag), future });
      }
    }
  }
  return byPartition;
}

function partitionRow(topic: string, metadata: PartitionMetadata, known: Known): PartitionDetail {
  const { partition, leader, leaderEpoch, replicas, isr, offline } = metadata;
  const replicaSizes = known.replicas.get(partition) ?? [];
  const offset = (table: OffsetTable) => {
    const found = table.get(topic, partition);
    return found === null ? null : toInt64(found.offset);
  };
  return {
    partition,
    leader,
    leaderEpoch,
    replicas,
    isr,
    offlineReplicas: offline,
    firstOffset: offset(known.first),
    lastOffset: offset(known.last),
    stableOffset: offset(known.stable),
    sizeBytes: replicaSizes.find(({ broker, future }) => broker === leader && !future)?.sizeBytes ?? null,
    replicaSizes,
    problem: known.last.problemOf(topic, partition) ?? known.first.problemOf(topic, partition),
  };
}

type AddBody = {
  count: number;
  before?: number | undefined;
  assignments?: number[][] | undefined;
  validateOnly?: boolean | undefined;
};

/**
 * Raises the number of partitions to `count`, checked by the broker first in any case. Throws plan-outdated where the number is
 * not `before` any more, invalid-partitions where it would not rise.
 */
export async function addPartitions(
  cluster: Cluster,
  topic: string,
  { count, before: planned, assignments, validateOnly = false }: AddBody,
  signal: AbortSignal,
): Promise<AddPartitionsResult> {
  const found = await readTopicMetadata(cluster, topic, signal);
  const before = found.partitions.length;
  if (planned !== undefined && planned !== before)
    throw new ProblemError("plan-outdated", `${topic} has ${before} partitions now, not ${planned}.`, { topic });
  if (count <= before)
    throw new ProblemError("invalid-partitions", `${topic} has ${before} partitions already.`, {
      topic,
      field: "count",
      todo: `Give a number above ${before}: partitions can be added, never removed.`,
    });
  await sendPartitions(cluster, topic, { before, count }, assignments, true);
  if (!validateOnly) {
    try {
      await sendPartitions(cluster, topic, { before, count }, assignments, false);
      await untilSeen(async () => (await readTopicMetadata(cluster, topic)).partitions.length >= count);
    } finally {
      forgetSnapshots(cluster);
    }
  }
  const warnings = internalWarnings(found, "add-partitions");
  return { validateOnly, before, after: count, keysMoved: shareOfKeysMoved(before, count), warnings };
}

/** KRaft controllers write at most so many records for one request. Beyond, they answer with an unknown error and no reason. */
const MOST_AT_ONCE = 10_000;

async function sendPartitions(
  cluster: Cluster,
  topic: string,
  { before, count }: { before: number; count: number },
  assignments: number[][] | undefined,
  validateOnly: boolean,
): Promise<void> {
  try {
    await command(cluster, (admin) =>
      admin.createPartitions({
        topicPartitions: [{ topic, count, ...(assignments ? { assignments } : {}) }],
        validateOnly,
        timeout: CONTROLLER_TIMEOUT_MS,
      }),
    );
  } catch (error) {
    const problem: Problem = problemFrom(silenceExplained(error), { topic });
    if (problem.code === "kafka-error" && count - before > MOST_AT_ONCE)
      throw new ProblemError(
        "invalid-partitions",
        `Kafka's controllers take about ${MOST_AT_ONCE} new partitions at once; ${count - before} were asked for.`,
        { topic, field: "count", todo: "Add fewer at once." },
        error,
      );
    throw new ProblemError(problem.code, problem.detail, problem, error);
  }
}
