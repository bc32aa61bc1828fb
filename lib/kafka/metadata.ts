import { ProblemError } from "../api/problem.ts";
import type { Cluster, KnownBroker } from "./cluster.ts";
import { readTopicsMetadata, requestMetadata } from "./metadata-request.ts";
import { shared, type Taken } from "./snapshots.ts";

export type PartitionMetadata = {
  partition: number;
  /** null: no leader. */
  leader: number | null;
  leaderEpoch: number | null;
  replicas: number[];
  isr: number[];
  offline: number[];
};

export type TopicMetadata = {
  name: string;
  /** null before Kafka 2.8. */
  id: string | null;
  internal: boolean;
  errorCode: number;
  partitions: PartitionMetadata[];
  /** A bit field (KIP-430); null where it was not asked for. */
  operations: number | null;
};

export type ClusterMetadata = {
  clusterId: string | null;
  /** With KRaft any broker may stand here; the quorum's leader is in DescribeQuorum. */
  controllerId: number;
  brokers: KnownBroker[];
  topics: TopicMetadata[];
};

/** Newest Metadata may be this old before it is asked again. */
export const METADATA_AGE_MS = 1_000;

/** Every topic this user may describe, in one request; the cluster's list of brokers is renewed by it. */
export function readMetadata(
  cluster: Cluster,
  signal?: AbortSignal,
  maxAgeMs: number = METADATA_AGE_MS,
): Promise<Taken<ClusterMetadata>> {
  return shared(cluster, "metadata", maxAgeMs, () => requestMetadata(cluster, null, signal));
}

/** One topic, asked for now. Throws topic-not-found, not-authorized, invalid-topic-name. Never creates the topic. */
export async function readTopicMetadata(cluster: Cluster, topic: string, signal?: AbortSignal): Promise<TopicMetadata> {
  const [found] = await readTopicsMetadata(cluster, [topic], signal);
  if (!found) throw new ProblemError("topic-not-found", topic, { topic });
  return found;
}
