import { ProblemError } from "../api/problem.ts";
import type { DeleteTopicPlan, TopicDetail } from "../api/topics.ts";
import { askAny } from "./ask.ts";
import type { Cluster } from "./cluster.ts";
import { command } from "./commands.ts";
import { askController, CONTROLLER_TIMEOUT_MS, silenceExplained, untilSeen } from "./controller.ts";
import { kafkaProblem, problemFrom, throwKafkaError } from "./failures.ts";
import { readTopicMetadata, type TopicMetadata } from "./metadata.ts";
import { internalWarnings } from "./plan/internal-topic.ts";
import * as apis from "./protocol/apis.ts";
import { forgetSnapshots } from "./snapshots.ts";
import { readTopicExtras, type TopicExtras, withExtras } from "./topic-extras.ts";
import { readDetails, type TopicDetails, topicRow } from "./topics.ts";

const TOPIC = 2;
const SET_ON_TOPIC = 1;

/** One topic: Metadata, three ListOffsets and one DescribeLogDirs a broker that holds it, two DescribeConfigs. */
export async function readTopic(cluster: Cluster, topic: string, signal: AbortSignal): Promise<TopicDetail> {
  const found = await readTopicMetadata(cluster, topic, signal);
  const extras = readTopicExtras(cluster, found);
  const [known, own] = await Promise.all([
    readDetails(cluster, [found], "these", signal),
    readOwnConfigs(cluster, topic, signal).catch(() => null),
  ]);
  return detailOf(found, known, own, await extras());
}

function detailOf(found: TopicMetadata, known: TopicDetails, own: OwnConfigs | null, extras: TopicExtras): TopicDetail {
  return {
    ...withExtras(topicRow(found, known), extras),
    minInsyncReplicas: known.settings.get(found.name)?.minInsyncReplicas ?? null,
    changedConfigs: own === null ? null : Object.keys(own.values).length + own.hidden.length,
    authorizedOperations: operationNames(found.operations),
    warnings: known.problems,
  };
}

/** AclOperation codes by bit (KIP-430). */
const OPERATIONS: [number, string][] = [
  [3, "Read"],
  [4, "Write"],
  [5, "Create"],
  [6, "Delete"],
  [7, "Alter"],
  [8, "Describe"],
  [10, "DescribeConfigs"],
  [11, "AlterConfigs"],
];
/** What a broker sends that was not asked, or does not know. */
const NOT_TOLD = -2147483648;

/** The operations in a bit field; null where the broker did not tell. */
export const operationNames = (bits: number | null): string[] | null =>
  bits === null || bits === NOT_TOLD ? null : OPERATIONS.filter(([bit]) => bits & (1 << bit)).map(([, name]) => name);

/** Configs set on the topic itself; `hidden` names sensitive ones, whose values Kafka keeps. */
export type OwnConfigs = { values: Record<string, string>; hidden: string[] };

/** Throws not-authorized where the topic's configs may not be described. */
export async function readOwnConfigs(cluster: Cluster, topic: string, signal?: AbortSignal): Promise<OwnConfigs> {
  const resource = { resourceType: TOPIC, resourceName: topic, configurationKeys: null } as const;
  const { results } = await askAny(cluster, apis.describeConfigs, [[resource], false, false], signal);
  const [result] = results;
  throwKafkaError(result?.errorCode ?? -1, result?.errorMessage, { topic });
  const own = (result?.configs ?? []).filter(({ configSource }) => configSource === SET_ON_TOPIC);
  return {
    values: Object.fromEntries(own.flatMap(({ name, value }) => (value == null ? [] : [[name, value]]))),
    hidden: own.filter(({ value }) => value == null).map(({ name }) => name),
  };
}

/** Throws plan-outdated where the topic is another one than the plan was made for. */
export function guardTopicId(found: TopicMetadata, planned: string | undefined): void {
  if (planned !== undefined && found.id !== null && planned !== found.id)
    throw new ProblemError(
      "plan-outdated",
      `${found.name} was deleted and created anew since: it is another topic now.`,
      {
        topic: found.name,
      },
    );
}

/**
 * Deletes a topic, or plans to. By its id (KIP-516), so that a topic created anew under the name in the meantime stays; by name
 * where the broker has no ids. Throws topic-not-found, plan-outdated, deletion-disabled, not-authorized.
 */
export async function deleteTopic(
  cluster: Cluster,
  topic: string,
  { topicId, validateOnly = false }: { topicId?: string | undefined; validateOnly?: boolean | undefined },
  signal: AbortSignal,
): Promise<DeleteTopicPlan> {
  const found = await readTopicMetadata(cluster, topic, signal);
  guardTopicId(found, topicId);
  const known = await readDetails(cluster, [found], "these", signal);
  const { partitions, offsetSpan, sizeBytes } = topicRow(found, known);
  if (!validateOnly) await removeTopic(cluster, found, signal);
  return {
    validateOnly,
    name: topic,
    topicId: found.id,
    partitions,
    offsetSpan,
    sizeBytes,
    warnings: [...internalWarnings(found, "delete"), ...known.problems],
  };
}

/** Deletes the very topic that was found. */
export async function removeTopic(
  cluster: Cluster,
  { id, name }: Pick<TopicMetadata, "id" | "name">,
  signal?: AbortSignal,
): Promise<void> {
  try {
    if (id === null) await deleteByName(cluster, name);
    else await deleteById(cluster, id, name, signal);
    await untilSeen(() =>
      readTopicMetadata(cluster, name).then(
        (found) => id !== null && found.id !== id,
        (error: unknown) => problemFrom(error).code === "topic-not-found",
      ),
    );
  } finally {
    forgetSnapshots(cluster);
  }
}

async function deleteById(cluster: Cluster, id: string, topic: string, signal?: AbortSignal): Promise<void> {
  const { answer } = await askController(
    cluster,
    apis.deleteTopics,
    [[{ name: null, topicId: id }], CONTROLLER_TIMEOUT_MS],
    signal,
  );
  const [deleted] = answer.responses;
  const problem = kafkaProblem(deleted?.errorCode ?? -1, deleted?.errorMessage, { topic });
  if (problem) throw new ProblemError(problem.code, problem.detail, { topic });
}

/** For brokers before 2.8, which know no topic ids. */
export async function deleteByName(cluster: Cluster, topic: string): Promise<void> {
  try {
    await command(cluster, (admin) => admin.deleteTopics({ topics: [topic], timeout: CONTROLLER_TIMEOUT_MS }));
  } catch (error) {
    const problem = problemFrom(silenceExplained(error), { topic });
    throw new ProblemError(problem.code, problem.detail, problem, error);
  }
}
