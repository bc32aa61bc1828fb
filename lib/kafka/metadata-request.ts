import { ProblemError } from "../api/problem.ts";
import { askAny } from "./ask.ts";
import type { Cluster } from "./cluster.ts";
import { throwKafkaError } from "./failures.ts";
import type { ClusterMetadata, TopicMetadata } from "./metadata.ts";
import * as apis from "./protocol/apis.ts";

const NO_TOPIC_ID = "00000000-0000-0000-0000-000000000000";

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
    throwKafkaError(found.errorCode, topic, { topic });
    return found;
  });
}

/** Names, or null for every topic that may be described. The cluster's list of brokers is renewed. Never creates a topic. */
export async function requestMetadata(
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
