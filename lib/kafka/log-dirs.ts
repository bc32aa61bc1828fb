import type { Problem } from "../api/problem.ts";
import { ask, askEach } from "./ask.ts";
import type { Cluster } from "./cluster.ts";
import { kafkaProblem } from "./failures.ts";
import * as apis from "./protocol/apis.ts";

export type ReplicaOnDisk = { topic: string; partition: number; sizeBytes: bigint; offsetLag: bigint; future: boolean };

export type LogDirOnDisk = {
  path: string;
  /** null before Kafka 3.3 (KIP-827), which does not tell. */
  totalBytes: bigint | null;
  usableBytes: bigint | null;
  replicas: ReplicaOnDisk[];
  problem: Problem | null;
};

export type LogDirs = { byBroker: Map<number, LogDirOnDisk[]>; problems: Problem[] };

/**
 * The log dirs of brokers, one DescribeLogDirs each. `topics` narrows what is listed to some partitions; nothing given is all of
 * them. Brokers that did not answer, or may not tell, are problems; an offline directory carries its own.
 */
export async function readLogDirs(
  cluster: Cluster,
  brokers: Iterable<number>,
  topics: { name: string; partitions: number[] }[] | null,
  signal?: AbortSignal,
): Promise<LogDirs> {
  const { answers, problems } = await askEach(brokers, (broker) =>
    ask(cluster, broker, apis.describeLogDirs, [topics], signal),
  );
  const byBroker = new Map<number, LogDirOnDisk[]>();
  for (const [broker, answer] of answers) {
    const refused = kafkaProblem(
      "errorCode" in answer ? answer.errorCode : 0,
      "Describe on the cluster is needed to see log dirs.",
      { broker },
    );
    // Before v3 an unauthorised user got an empty list without a code.
    if (refused) problems.push(refused);
    else
      byBroker.set(
        broker,
        answer.results.map((result) => toLogDir(result, broker)),
      );
  }
  return { byBroker, problems };
}

type Result = Awaited<ReturnType<(typeof apis.describeLogDirs)["send"]>>["results"][number];

const knownBytes = (bytes: bigint | undefined): bigint | null => (bytes === undefined || bytes < 0n ? null : bytes);

const toLogDir = (result: Result, broker: number): LogDirOnDisk => ({
  path: result.logDir,
  totalBytes: knownBytes(result.totalBytes),
  usableBytes: knownBytes(result.usableBytes),
  problem: kafkaProblem(result.errorCode, "The directory is offline.", { broker }),
  replicas: result.topics.flatMap(({ name, partitions }) =>
    partitions.map(({ partitionIndex, partitionSize, offsetLag, isFutureKey }) => ({
      topic: name,
      partition: partitionIndex,
      sizeBytes: partitionSize,
      offsetLag,
      future: isFutureKey,
    })),
  ),
});

/** Bytes on disk of each topic over all replicas that were told, those on their way to another directory not counted. */
export function sumByTopic(dirs: LogDirs): Map<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const broker of dirs.byBroker.values()) {
    for (const { replicas } of broker) {
      for (const { topic, sizeBytes, future } of replicas)
        if (!future) sums.set(topic, (sums.get(topic) ?? 0n) + sizeBytes);
    }
  }
  return sums;
}
