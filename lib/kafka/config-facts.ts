import type { Cluster } from "./cluster.ts";
import { readLogDirs } from "./log-dirs.ts";
import { readTopicMetadata } from "./metadata.ts";
import { readOffsets } from "./offsets.ts";
import type { TopicFacts } from "./plan/config-effects.ts";

/**
 * What the effects of a change are counted from: the partitions of a topic, its sizes, and where records of `olderThanMs` end.
 * One Metadata, one DescribeLogDirs a broker and up to three ListOffsets a leader. What could not be asked is null.
 */
export async function readTopicFacts(
  cluster: Cluster,
  topic: string,
  olderThanMs: bigint | null,
  signal: AbortSignal,
): Promise<TopicFacts> {
  const { partitions, internal } = await readTopicMetadata(cluster, topic, signal);
  const wanted = [{ name: topic, partitions }];
  const time = BigInt(Date.now()) - (olderThanMs ?? 0n);
  const [sizes, first, last, cut] = await Promise.all([
    readLogDirs(
      cluster,
      cluster.brokers.keys(),
      [{ name: topic, partitions: partitions.map(({ partition }) => partition) }],
      signal,
    ),
    readOffsets(cluster, wanted, "earliest", signal),
    readOffsets(cluster, wanted, "latest", signal),
    olderThanMs === null ? null : readOffsets(cluster, wanted, { time: time > 0n ? time : 0n }, signal),
  ]);
  return {
    internal,
    partitions: partitions.map(({ partition, leader, isr, replicas }) => {
      const held = replicas.map((broker) =>
        sizes.byBroker
          .get(broker)
          ?.flatMap((dir) => dir.replicas)
          .find((replica) => replica.topic === topic && replica.partition === partition && !replica.future),
      );
      const [start, end] = [first.get(topic, partition)?.offset, last.get(topic, partition)?.offset];
      const found = cut?.get(topic, partition)?.offset;
      const isKnown = start !== undefined && end !== undefined;
      // -1: no record is that young, so all of them are older.
      const until = found === undefined ? undefined : found < 0n ? end : found;
      return {
        isr: isr.length,
        replicas: replicas.length,
        span: isKnown ? end - start : null,
        older: isKnown && until !== undefined ? (until > start ? until - start : 0n) : null,
        sizeBytes: held[replicas.indexOf(leader ?? replicas[0] ?? -1)]?.sizeBytes ?? null,
        allSizesBytes: held.every((replica) => replica !== undefined)
          ? held.reduce((sum, replica) => sum + (replica?.sizeBytes ?? 0n), 0n)
          : null,
      };
    }),
  };
}
