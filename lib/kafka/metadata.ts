import { ProblemError } from "../api/problem.ts";
import { askAny } from "./ask.ts";
import type { Cluster, KnownBroker } from "./cluster.ts";
import { throwKafkaError } from "./failures.ts";
import * as apis from "./protocol/apis.ts";
import { refusalWords } from "./rights.ts";
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

const NO_TOPIC_ID = "00000000-0000-0000-0000-000000000000";

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

/** Several topics by one request, in the order asked for. Throws as `readTopicMetadata` does, for the first that is not there. */
export async function readTopicsMetadata(
  cluster: Cluster,
  names: string[],
  signal?: AbortSignal,
): Promise<TopicMetadata[]> {
  const { topics } = await requestMetadata(cluster, names, signal);
  const byName = new Map(topics.map((topic) => [topic.name, topic]));
  return names.map((topic) => {
    const found = byName.get(topic);
    if (!found) throw new ProblemError("topic-not-found", topic, { topic });
    throwKafkaError(found.errorCode, refusalWords(found.errorCode, { topic: ["Describe", topic] }, topic), { topic });
    return found;
  });
}

/** Those of several topics that can be described, by one request; the others are in it with their error code, or not at all. */
export async function findTopicsMetadata(
  cluster: Cluster,
  names: string[],
  signal?: AbortSignal,
): Promise<Map<string, TopicMetadata>> {
  // No names would be a question after every topic.
  if (names.length === 0) return new Map();
  const { topics } = await requestMetadata(cluster, names, signal);
  return new Map(topics.map((topic) => [topic.name, topic]));
}

/** Names, or null for every topic that may be described. The cluster's list of brokers is renewed. Never creates a topic. */
async function requestMetadata(
  cluster: Cluster,
  topics: string[] | null,
  signal?: AbortSignal,
): Promise<ClusterMetadata> {
  const answer = await askAny(cluster, apis.metadata, [topics, false, topics !== null], signal);
  const brokers = answer.brokers.map(({ nodeId, host, port, rack }) => ({
    id: nodeId,
    host,
    port,
    rack: rack ?? null,
  }));
  cluster.brokers = new Map(brokers.map((broker) => [broker.id, broker]));
  return {
    clusterId: answer.clusterId ?? null,
    controllerId: answer.controllerId,
    brokers,
    topics: answer.topics.map((topic) => ({
      name: topic.name ?? "",
      id: topic.topicId && topic.topicId !== NO_TOPIC_ID ? topic.topicId : null,
      internal: topic.isInternal,
      errorCode: topic.errorCode,
      operations: topics === null ? null : topic.topicAuthorizedOperations,
      partitions: topic.partitions
        .map((partition) => ({
          partition: partition.partitionIndex,
          leader: partition.leaderId < 0 ? null : partition.leaderId,
          leaderEpoch: partition.leaderEpoch < 0 ? null : partition.leaderEpoch,
          replicas: partition.replicaNodes,
          isr: partition.isrNodes,
          offline: partition.offlineReplicas,
        }))
        .sort((a, b) => a.partition - b.partition),
    })),
  };
}
