import type { AlterConfigsBody, AlterConfigsResult, ConfigEntry, ConfigList } from "../api/configs.ts";
import { type Problem, ProblemError } from "../api/problem.ts";
import { type Cluster, markOf } from "./cluster.ts";
import { BROKER_TYPE, type ConfigResource, changeConfigs, describeResource, TOPIC_TYPE } from "./config-changes.ts";
import { readTopicFacts } from "./config-facts.ts";
import { problemFrom } from "./failures.ts";
import { readMetadata } from "./metadata.ts";
import { brokerEffects, shorterRetention, topicEffects, type Values } from "./plan/config-effects.ts";
import {
  asNewTopic,
  changedFirst,
  clusterEntries,
  entryOf,
  loggerEntries,
  topicEntryFrom,
  withBrokerDefault,
} from "./plan/configs.ts";
import { shared } from "./snapshots.ts";
import { brokerNamesOf, topicNameOf } from "./topic-config-names.ts";

/** Broker configs that topics inherit seldom change, and are read for every topic's page. */
const DEFAULTS_AGE_MS = 10_000;
const LOGGER_TYPE = 8;

const topicResource = (topic: string): ConfigResource => ({
  type: TOPIC_TYPE,
  name: topic,
  level: "topic",
  broker: null,
  fields: { topic },
  operation: { read: "DescribeConfigs on this topic", write: "AlterConfigs on this topic" },
});

/** Every config of a topic. Two requests: the topic's, and what a broker would give it (that one shared for 10 s). */
export async function listTopicConfigs(cluster: Cluster, topic: string, signal: AbortSignal): Promise<ConfigList> {
  const [told, defaults] = await Promise.all([
    describeResource(cluster, topicResource(topic), signal),
    readDefaults(cluster),
  ]);
  const items = told.map((config) => withBrokerDefault(entryOf(config, "topic"), defaults.entries));
  return { items: items.sort(changedFirst), warnings: [] };
}

/**
 * The configs a new topic may be given. Kafka has no request for that: they are read from a topic that exists, its own values
 * left out; with none, from the broker configs that stand behind topic configs (which leaves out those nothing stands behind).
 * Values set on single brokers count as on the broker that answered.
 */
export async function listTopicConfigDefaults(cluster: Cluster, signal: AbortSignal): Promise<ConfigList> {
  const [{ data }, defaults] = await Promise.all([readMetadata(cluster, signal), readDefaults(cluster)]);
  const told = await describeExample(
    cluster,
    [...data.topics].sort((one, other) => Number(one.internal) - Number(other.internal)).map(({ name }) => name),
    signal,
  );
  const items = told
    ? told.map((config) => asNewTopic(withBrokerDefault(entryOf(config, "topic"), defaults.entries)))
    : [...brokerNamesOf.keys()].flatMap((name) => topicEntryFrom(name, defaults.entries) ?? []);
  if (items.length === 0 && defaults.problem)
    throw new ProblemError(defaults.problem.code, defaults.problem.detail, defaults.problem);
  return { items: items.sort(changedFirst), warnings: [] };
}

/** How many topics are tried, where those before may not be described. */
const EXAMPLES = 5;

/** The configs of the first of some topics that may be described; null where none may, or there is none. */
async function describeExample(cluster: Cluster, topics: string[], signal: AbortSignal) {
  for (const topic of topics.slice(0, EXAMPLES)) {
    try {
      return await describeResource(cluster, topicResource(topic), signal);
    } catch (error) {
      // A topic may also have been deleted since Metadata named it; what else fails would fail for the next one too.
      if (!["not-authorized", "topic-not-found"].includes(problemFrom(error).code)) return null;
    }
  }
  return null;
}

/** The broker configs that topics inherit, as one broker has them. Not allowed to see them: none, and the problem. */
async function readDefaults(cluster: Cluster): Promise<{ entries: Map<string, ConfigEntry>; problem: Problem | null }> {
  const read = async () => {
    try {
      const broker = await someBroker(cluster);
      const keys = [...new Set([...brokerNamesOf.values()].flat())];
      const told = await describeResource(cluster, brokerResource(broker), undefined, keys);
      return { entries: new Map(told.map((config) => [config.name, entryOf(config, "broker")])), problem: null };
    } catch (error) {
      return { entries: new Map<string, ConfigEntry>(), problem: problemFrom(error) };
    }
  };
  return (await shared(cluster, "topic-config-defaults", DEFAULTS_AGE_MS, read)).data;
}

/** A broker that is likely to answer: connected already before not, and none that failed a moment ago if it can be helped. */
async function someBroker(cluster: Cluster): Promise<number> {
  if (cluster.brokers.size === 0) await readMetadata(cluster);
  const known = [...cluster.brokers.values()];
  const found = known.find((broker) => !markOf(cluster, broker)) ?? known[0];
  if (!found) throw new ProblemError("cluster-unreachable");
  return found.id;
}

const brokerResource = (broker: number): ConfigResource => ({
  type: BROKER_TYPE,
  name: String(broker),
  level: "broker",
  broker,
  fields: { broker },
  operation: { read: "DescribeConfigs on the cluster", write: "AlterConfigs on the cluster" },
});

const clusterResource: ConfigResource = {
  ...brokerResource(-1),
  name: "",
  level: "cluster",
  broker: null,
  fields: {},
};

const loggerResource = (broker: number): ConfigResource => ({ ...brokerResource(broker), type: LOGGER_TYPE });

/** A broker's id out of a path. Throws broker-not-found for what is none, or not a member now. */
async function brokerId(cluster: Cluster, text: string): Promise<number> {
  const id = /^\d{1,9}$/.test(text) ? Number(text) : null;
  if (id !== null && !cluster.brokers.has(id)) await readMetadata(cluster);
  if (id === null || !cluster.brokers.has(id))
    throw new ProblemError(
      "broker-not-found",
      `${text} is not the id of a broker that is a member of the cluster now.`,
    );
  return id;
}

/** The resource a path names: a broker, or `default` for all of them. */
const brokerNamed = async (cluster: Cluster, broker: string): Promise<ConfigResource> =>
  broker === "default" ? clusterResource : brokerResource(await brokerId(cluster, broker));

/**
 * Every config of a broker; for `default` what is set for all brokers (Kafka tells only that), completed by the other dynamic
 * configs as one broker has them without its own values.
 */
export async function listBrokerConfigs(cluster: Cluster, broker: string, signal: AbortSignal): Promise<ConfigList> {
  const resource = await brokerNamed(cluster, broker);
  if (resource.level !== "cluster") {
    const told = await describeResource(cluster, resource, signal);
    return { items: told.map((config) => entryOf(config, resource.level)).sort(changedFirst), warnings: [] };
  }
  const [set, example] = await Promise.all([
    describeResource(cluster, resource, signal),
    someBroker(cluster).then((id) => describeResource(cluster, brokerResource(id), signal)),
  ]);
  const items = clusterEntries(
    set.map((config) => entryOf(config, "cluster")),
    example.map((config) => entryOf(config, "broker")),
  );
  return { items: items.sort(changedFirst), warnings: [] };
}

/** The loggers of a broker (KIP-412). Only that broker can tell them. */
export async function listBrokerLoggers(cluster: Cluster, broker: string, signal: AbortSignal): Promise<ConfigList> {
  const told = await describeResource(cluster, loggerResource(await brokerId(cluster, broker)), signal);
  return { items: loggerEntries(told).sort(changedFirst), warnings: [] };
}

/** Sets and resets configs of a topic. See `changeConfigs`. */
export function alterTopicConfigs(
  cluster: Cluster,
  topic: string,
  body: AlterConfigsBody,
  signal: AbortSignal,
): Promise<AlterConfigsResult> {
  return changeConfigs(cluster, topicResource(topic), body, signal, {
    read: async () => (await listTopicConfigs(cluster, topic, signal)).items,
    effects: async (changes, values) => {
      const names = changes.map(({ name }) => name);
      const needsFacts = names.some((name) => /^(retention\.|cleanup\.policy$|min\.insync\.replicas$)/.test(name));
      const facts = needsFacts
        ? await readTopicFacts(cluster, topic, shorterRetention(values), signal).catch(() => null)
        : null;
      return (name) => topicEffects(name, values, facts);
    },
  });
}

/** Sets and resets dynamic configs of a broker, or with `default` of all brokers. */
export async function alterBrokerConfigs(
  cluster: Cluster,
  broker: string,
  body: AlterConfigsBody,
  signal: AbortSignal,
): Promise<AlterConfigsResult> {
  const resource = await brokerNamed(cluster, broker);
  return changeConfigs(cluster, resource, body, signal, {
    read: async () => (await listBrokerConfigs(cluster, broker, signal)).items,
    effects: async (_, values: Values) => (name) => brokerEffects(name, topicNameOf(name), values),
  });
}

/** Sets the level of loggers of a broker, until it restarts; a reset takes the level away, so that the logger above counts. */
export async function alterBrokerLoggers(
  cluster: Cluster,
  broker: string,
  body: AlterConfigsBody,
  signal: AbortSignal,
): Promise<AlterConfigsResult> {
  return changeConfigs(cluster, loggerResource(await brokerId(cluster, broker)), body, signal, {
    read: async () => (await listBrokerLoggers(cluster, broker, signal)).items,
    effects: async () => () => [],
  });
}
