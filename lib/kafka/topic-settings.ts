import type { Problem } from "../api/problem.ts";
import { askAny } from "./ask.ts";
import type { Cluster } from "./cluster.ts";
import { kafkaProblem, problemFrom } from "./failures.ts";
import * as apis from "./protocol/apis.ts";

/** The few configs that lists and plans need of every topic. */
export type TopicSettings = {
  cleanupPolicy: string | null;
  retentionMs: bigint | null;
  retentionBytes: bigint | null;
  minInsyncReplicas: number | null;
  /** Of a whole batch, compressed. */
  maxMessageBytes: number | null;
  /** null where the topic's configs may not be described. */
  problem: Problem | null;
};

const NAMES = ["cleanup.policy", "retention.ms", "retention.bytes", "min.insync.replicas", "max.message.bytes"];
const TOPIC = 2;

/** In one DescribeConfigs for all topics. A topic whose configs may not be described carries the problem; none is thrown. */
export async function readTopicSettings(
  cluster: Cluster,
  topics: string[],
  signal?: AbortSignal,
): Promise<{ byTopic: Map<string, TopicSettings>; problems: Problem[] }> {
  if (topics.length === 0) return { byTopic: new Map(), problems: [] };
  const resources = topics.map(
    (resourceName) => ({ resourceType: TOPIC, resourceName, configurationKeys: NAMES }) as const,
  );
  try {
    const { results } = await askAny(cluster, apis.describeConfigs, [[...resources], false, false], signal);
    return { byTopic: new Map(results.map((result) => [result.resourceName, toSettings(result)])), problems: [] };
  } catch (error) {
    return { byTopic: new Map(), problems: [problemFrom(error)] };
  }
}

type Result = Awaited<ReturnType<(typeof apis.describeConfigs)["send"]>>["results"][number];

function toSettings({ errorCode, errorMessage, resourceName, configs }: Result): TopicSettings {
  const values = new Map(configs.map(({ name, value }) => [name, value ?? null]));
  const integer = (name: string) => {
    const value = values.get(name);
    return value && /^-?\d+$/.test(value) ? BigInt(value) : null;
  };
  const small = (name: string) => {
    const value = integer(name);
    return value === null ? null : Number(value);
  };
  return {
    cleanupPolicy: values.get("cleanup.policy") ?? null,
    retentionMs: integer("retention.ms"),
    retentionBytes: integer("retention.bytes"),
    minInsyncReplicas: small("min.insync.replicas"),
    maxMessageBytes: small("max.message.bytes"),
    problem: kafkaProblem(errorCode, errorMessage, { topic: resourceName }),
  };
}
