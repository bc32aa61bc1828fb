import { makeProblem, type Problem } from "../api/problem.ts";
import { ask, askEach } from "./ask.ts";
import type { Cluster } from "./cluster.ts";
import type { PartitionMetadata } from "./metadata.ts";
import * as apis from "./protocol/apis.ts";
import { refusal } from "./rights.ts";

/**
 * What ListOffsets is asked for: a time in ms, or one of these. `stable` is the end for read_committed; `newest` the record with the
 * largest timestamp (KIP-734, Kafka 3.0), for which brokers look into their logs.
 */
export type OffsetSpec = "earliest" | "latest" | "stable" | "newest" | { time: bigint };

export type FoundOffset = { offset: bigint; timestamp: bigint; leaderEpoch: number | null };

/** Answers by topic and partition; a partition that could not be asked has a problem and no offset. */
export type OffsetTable = {
  get: (topic: string, partition: number) => FoundOffset | null;
  problemOf: (topic: string, partition: number) => Problem | null;
  /** One for each broker that did not answer. */
  problems: Problem[];
};

type Wanted = { name: string; partitions: Pick<PartitionMetadata, "partition" | "leader">[] };

const timestamps = { earliest: -2n, latest: -1n, stable: -1n, newest: -3n } as const;
const timestampOf = (spec: OffsetSpec): bigint => (typeof spec === "object" ? spec.time : timestamps[spec]);

/**
 * Offsets of any number of partitions in one ListOffsets a leader. A time gives the first record at or after it; -1 where there is
 * none. Partitions without a leader, and those of brokers that did not answer, carry a problem; nothing is thrown for them.
 */
export async function readOffsets(
  cluster: Cluster,
  topics: Wanted[],
  spec: OffsetSpec,
  signal?: AbortSignal,
): Promise<OffsetTable> {
  const found = new Map<string, FoundOffset>();
  const failed = new Map<string, Problem>();
  const key = (topic: string, partition: number) => `${topic}/${partition}`;
  const byLeader = groupByLeader(topics);
  for (const { name, partition } of byLeader.orphans)
    failed.set(key(name, partition), makeProblem("no-leader", undefined, { topic: name, partition }));
  const { answers, problems } = await askEach(byLeader.leaders.keys(), (leader) =>
    ask(
      cluster,
      leader,
      spec === "newest" ? apis.newestOffsets : apis.listOffsets,
      [-1, spec === "stable" ? 1 : 0, toRequest(byLeader.leaders.get(leader), spec)],
      signal,
    ),
  );
  for (const answer of answers.values()) {
    for (const topic of answer.topics) {
      for (const row of topic.partitions) {
        const place = { topic: topic.name, partition: row.partitionIndex };
        const problem = refusal(row.errorCode, { topic: ["Describe", topic.name] }, null, place);
        if (problem) failed.set(key(topic.name, row.partitionIndex), problem);
        else
          found.set(key(topic.name, row.partitionIndex), {
            offset: row.offset,
            timestamp: row.timestamp,
            leaderEpoch: row.leaderEpoch < 0 ? null : row.leaderEpoch,
          });
      }
    }
  }
  for (const problem of problems) {
    for (const [name, partitions] of byLeader.leaders.get(problem.broker ?? -1) ?? []) {
      for (const partition of partitions) failed.set(key(name, partition), { ...problem, topic: name, partition });
    }
  }
  return {
    get: (topic, partition) => found.get(key(topic, partition)) ?? null,
    problemOf: (topic, partition) => failed.get(key(topic, partition)) ?? null,
    problems,
  };
}

type ByTopic = Map<string, number[]>;

function groupByLeader(topics: Wanted[]): {
  leaders: Map<number, ByTopic>;
  orphans: { name: string; partition: number }[];
} {
  const leaders = new Map<number, ByTopic>();
  const orphans: { name: string; partition: number }[] = [];
  for (const { name, partitions } of topics) {
    for (const { partition, leader } of partitions) {
      if (leader === null) {
        orphans.push({ name, partition });
        continue;
      }
      const byTopic = leaders.get(leader) ?? new Map<string, number[]>();
      leaders.set(leader, byTopic);
      const list = byTopic.get(name);
      if (list) list.push(partition);
      else byTopic.set(name, [partition]);
    }
  }
  return { leaders, orphans };
}

const toRequest = (byTopic: ByTopic | undefined, spec: OffsetSpec) =>
  [...(byTopic ?? [])].map(([name, partitions]) => ({
    name,
    partitions: partitions.map((partitionIndex) => ({
      partitionIndex,
      currentLeaderEpoch: -1,
      timestamp: timestampOf(spec),
    })),
  }));
