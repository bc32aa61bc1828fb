import { makeProblem, type Problem } from "../api/problem.ts";
import type { Cluster } from "./cluster.ts";
import type { TopicMetadata } from "./metadata.ts";
import { readOffsets } from "./offsets.ts";

/** Both ends of the logs of partitions. */
export type LogRanges = {
  /** null: it could not be asked. */
  get: (topic: string, partition: number) => { start: bigint; end: bigint } | null;
  /** Why it could not be asked. */
  problemOf: (topic: string, partition: number) => Problem;
  /** One for each broker that did not answer. */
  problems: Problem[];
};

/** Log starts and high watermarks of any number of partitions: two ListOffsets a leader. */
export async function readLogs(
  cluster: Cluster,
  topics: Pick<TopicMetadata, "name" | "partitions">[],
  signal?: AbortSignal,
): Promise<LogRanges> {
  const [first, last] = await Promise.all([
    readOffsets(cluster, topics, "earliest", signal),
    readOffsets(cluster, topics, "latest", signal),
  ]);
  return {
    get: (topic, partition) => {
      const [start, end] = [first.get(topic, partition), last.get(topic, partition)];
      return start && end ? { start: start.offset, end: end.offset } : null;
    },
    problemOf: (topic, partition) =>
      last.problemOf(topic, partition) ??
      first.problemOf(topic, partition) ??
      makeProblem("no-leader", undefined, { topic, partition }),
    problems: last.problems.length > 0 ? last.problems : first.problems,
  };
}
