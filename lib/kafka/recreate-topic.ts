import { type Problem, ProblemError } from "../api/problem.ts";
import type { RecreateTopicResult } from "../api/topics.ts";
import { createTopicCommand } from "../shell.ts";
import type { Cluster } from "./cluster.ts";
import { createTopic } from "./create-topic.ts";
import { problemFrom } from "./failures.ts";
import { readTopicMetadata, type TopicMetadata } from "./metadata.ts";
import { internalWarnings } from "./plan/internal-topic.ts";
import { guardTopicId, type OwnConfigs, readOwnConfigs, removeTopic } from "./topic.ts";
import { readDetails, topicRow } from "./topics.ts";

/** Clusters with ZooKeeper delete in the background: the name is taken for a while longer. */
const NAME_FREE_MS = 5_000;
const PAUSE_MS = 250;

type Asked = { topicId?: string | undefined; validateOnly?: boolean | undefined };

/**
 * Deletes a topic and creates it again with the same number of partitions, replication factor and configs. First the broker
 * checks (under another name) that it would create it, so that nothing is deleted for a topic that cannot come back. Where
 * creating fails all the same, the answer says so and holds the command that creates it.
 */
export async function recreateTopic(
  cluster: Cluster,
  topic: string,
  { topicId, validateOnly = false }: Asked,
  signal: AbortSignal,
): Promise<RecreateTopicResult> {
  const found = await readTopicMetadata(cluster, topic, signal);
  guardTopicId(found, topicId);
  const [known, own] = await Promise.all([
    readDetails(cluster, [found], "these", signal),
    readOwnConfigs(cluster, topic, signal),
  ]);
  const row = topicRow(found, known);
  const wanted = wantedTopic(found, own);
  await createTopic(cluster, { ...wanted, name: rehearsalName(), validateOnly: true }, signal);
  const plan = {
    validateOnly,
    name: topic,
    topicId: found.id,
    newTopicId: null,
    kept: { partitions: wanted.partitions, replicationFactor: wanted.replicationFactor, configs: own.values },
    lost: {
      offsetSpan: row.offsetSpan,
      sizeBytes: row.sizeBytes,
      replicaAssignment: true,
      configs: own.hidden,
    },
    outcome: "planned" as const,
    problem: null,
    command: createTopicCommand(wanted, cluster.settings.bootstrap.join(",")),
    warnings: [...internalWarnings(found, "empty"), ...known.problems],
  };
  if (validateOnly) return plan;
  await removeTopic(cluster, found, signal);
  // From here on nothing may be given up half-way: the signal of a browser that went away is no longer heard.
  const created = await createWhenFree(cluster, wanted);
  return "problem" in created
    ? { ...plan, outcome: "deleted-only", problem: created.problem }
    : { ...plan, outcome: "recreated", newTopicId: created.topicId };
}

/** A topic whose partitions differ in their number of replicas is made with the largest. */
function wantedTopic({ name, partitions }: TopicMetadata, own: OwnConfigs) {
  if (partitions.length === 0) throw new ProblemError("invalid-partitions", "It has no partitions.", { topic: name });
  return {
    name,
    partitions: partitions.length,
    replicationFactor: Math.max(...partitions.map(({ replicas }) => replicas.length)),
    configs: own.values,
  };
}

const rehearsalName = (): string => `kafdeck-rehearsal-${Math.random().toString(36).slice(2)}`;

async function createWhenFree(
  cluster: Cluster,
  wanted: ReturnType<typeof wantedTopic>,
): Promise<{ topicId: string | null } | { problem: Problem }> {
  const until = Date.now() + NAME_FREE_MS;
  for (;;) {
    try {
      return await createTopic(cluster, wanted, new AbortController().signal);
    } catch (error) {
      const problem = problemFrom(error);
      if (problem.code !== "topic-exists" || Date.now() > until) return { problem };
      await new Promise((done) => setTimeout(done, PAUSE_MS));
    }
  }
}
