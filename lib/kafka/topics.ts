import { makeProblem, type Problem } from "../api/problem.ts";
import { isOn, toInt64 } from "../api/scalars.ts";
import { hasProblem, type TopicList, type TopicSummary } from "../api/topics.ts";
import type { Cluster } from "./cluster.ts";
import { distinctProblems } from "./failures.ts";
import { type LogDirs, readLogDirs, sumByTopic } from "./log-dirs.ts";
import { type ClusterMetadata, readMetadata, type TopicMetadata } from "./metadata.ts";
import { type OffsetTable, readOffsets } from "./offsets.ts";
import { isUnderMinIsr } from "./plan/overview.ts";
import { arrangeTopics } from "./plan/topic-list.ts";
import { shared, type Taken } from "./snapshots.ts";
import { readTopicExtras, withExtras } from "./topic-extras.ts";
import { readTopicSettings, type TopicSettings } from "./topic-settings.ts";

/** The whole list may be this old before the brokers are asked again. */
const LIST_AGE_MS = 5_000;

type ListQuery = {
  search?: string | undefined;
  sort?: string | undefined;
  limit?: string | undefined;
  internal?: "true" | "false" | "1" | "0" | undefined;
  detail?: "names" | "all" | undefined;
  fresh?: "true" | "false" | "1" | "0" | undefined;
};

type Rows = { rows: TopicSummary[]; warnings: Problem[] };

/**
 * The topics of a cluster. `names` costs one Metadata; `all` adds, once for everybody in 5 s, two ListOffsets and one
 * DescribeLogDirs a broker and one DescribeConfigs: the same number for 20 topics and for 2,000. When the newest record was written
 * and which groups read are told from readings of their own, which are rarer and not waited for.
 */
export async function listTopics(cluster: Cluster, query: ListQuery, signal: AbortSignal): Promise<TopicList> {
  const age = isOn(query.fresh) ? 0 : LIST_AGE_MS;
  const isNames = query.detail === "names";
  const extras = isNames ? null : readTopicExtras(cluster);
  const taken = isNames
    ? await readNames(cluster, isOn(query.fresh), signal)
    : await shared(cluster, "topics", age, () => readRows(cluster));
  const { warnings } = taken.data;
  const known = (await extras?.()) ?? null;
  const rows = known ? taken.data.rows.map((row) => withExtras(row, known)) : taken.data.rows;
  return {
    items: arrangeTopics(rows, query),
    warnings,
    snapshot: taken.snapshot,
    total: rows.length,
    internal: rows.filter((row) => row.internal).length,
    withProblems: rows.filter(hasProblem).length,
  };
}

async function readNames(cluster: Cluster, fresh: boolean, signal: AbortSignal): Promise<Taken<Rows>> {
  const taken = await readMetadata(cluster, signal, fresh ? 0 : undefined);
  return { ...taken, data: { rows: taken.data.topics.map((topic) => topicRow(topic, null)), warnings: [] } };
}

/** Everything the list shows. Not bound to one request's signal: others may be waiting for the same reading. */
async function readRows(cluster: Cluster): Promise<Rows> {
  const { data } = await readMetadata(cluster, undefined, 0);
  const known = await readDetails(cluster, data.topics, "all");
  const warnings = [...missingBrokers(data), ...known.problems];
  return { rows: data.topics.map((topic) => topicRow(topic, known)), warnings };
}

/** Brokers that hold replicas but are no member now: a dead broker leaves Metadata, so no request would tell of it. */
function missingBrokers({ brokers, topics }: ClusterMetadata): Problem[] {
  const present = new Set(brokers.map(({ id }) => id));
  const held = new Map<number, number>();
  for (const { partitions } of topics) {
    for (const { replicas } of partitions)
      for (const id of replicas) if (!present.has(id)) held.set(id, (held.get(id) ?? 0) + 1);
  }
  return [...held].map(([broker, replicas]) =>
    makeProblem("broker-unreachable", `It holds ${replicas} replicas, but is not in the cluster now.`, {
      broker,
      todo: "Start it again, or move its replicas to other brokers.",
    }),
  );
}

/** What Metadata does not tell of topics. */
export type TopicDetails = {
  first: OffsetTable;
  last: OffsetTable;
  sizes: LogDirs;
  settings: Map<string, TopicSettings>;
  problems: Problem[];
};

/** Of `all` topics or of these only: two ListOffsets and one DescribeLogDirs a broker, one DescribeConfigs. */
export async function readDetails(
  cluster: Cluster,
  topics: TopicMetadata[],
  scope: "all" | "these",
  signal?: AbortSignal,
): Promise<TopicDetails> {
  const narrowed =
    scope === "these"
      ? topics.map(({ name, partitions }) => ({ name, partitions: partitions.map(({ partition }) => partition) }))
      : null;
  const [first, last, sizes, settings] = await Promise.all([
    readOffsets(cluster, topics, "earliest", signal),
    readOffsets(cluster, topics, "latest", signal),
    readLogDirs(cluster, scope === "all" ? cluster.brokers.keys() : holdersOf(cluster, topics), narrowed, signal),
    readTopicSettings(
      cluster,
      topics.map(({ name }) => name),
      signal,
    ),
  ]);
  return {
    first,
    last,
    sizes,
    settings: settings.byTopic,
    problems: distinctProblems([...last.problems, ...first.problems, ...sizes.problems, ...settings.problems]),
  };
}

/** The brokers, among those that are there, that hold a replica of the topics. */
export function holdersOf(cluster: Cluster, topics: TopicMetadata[]): Set<number> {
  const named = topics.flatMap(({ partitions }) => partitions.flatMap(({ replicas }) => replicas));
  return new Set(named.filter((id) => cluster.brokers.has(id)));
}

/** One row. `known` null: only what Metadata tells, the rest null. */
export function topicRow(topic: TopicMetadata, known: TopicDetails | null): TopicSummary {
  const { partitions } = topic;
  const settings = known?.settings.get(topic.name) ?? null;
  const span = known ? spanOf(topic, known) : null;
  const sizes = known ? (sizesOf(known).get(topic.name) ?? null) : null;
  const least = settings?.minInsyncReplicas ?? null;
  return {
    name: topic.name,
    topicId: topic.id,
    internal: topic.internal,
    partitions: partitions.length,
    replicationFactor: partitions.reduce(
      (smallest, { replicas }) => Math.min(smallest, replicas.length),
      partitions[0]?.replicas.length ?? 0,
    ),
    underReplicated: partitions.filter(({ isr, replicas }) => isr.length < replicas.length).length,
    underMinIsr: least === null ? null : partitions.filter((partition) => isUnderMinIsr(partition, least)).length,
    offline: partitions.filter(({ leader }) => leader === null).length,
    notPreferred: partitions.filter(({ leader, replicas }) => leader !== null && leader !== replicas[0]).length,
    offsetSpan: span && span.known > 0 ? toInt64(span.sum) : null,
    offsetSpanEstimate: (settings?.cleanupPolicy ?? "").includes("compact"),
    offsetSpanKnown: span?.known ?? null,
    sizeBytes: sizes === null ? null : toInt64(sizes),
    cleanupPolicy: settings?.cleanupPolicy ?? null,
    retentionMs: settings?.retentionMs == null ? null : toInt64(settings.retentionMs),
    retentionBytes: settings?.retentionBytes == null ? null : toInt64(settings.retentionBytes),
    lastRecordAt: null,
    groups: null,
    lag: null,
    problems: topicProblems(topic, settings),
  };
}

function spanOf({ name, partitions }: TopicMetadata, known: TopicDetails): { sum: bigint; known: number } {
  const spans = partitions.flatMap(({ partition }) => {
    const [first, last] = [known.first.get(name, partition), known.last.get(name, partition)];
    return first && last ? [last.offset - first.offset] : [];
  });
  return { sum: spans.reduce((sum, span) => sum + span, 0n), known: spans.length };
}

const summed = new WeakMap<LogDirs, Map<string, bigint>>();

/** Summed once a reading, not once a row. */
function sizesOf({ sizes }: TopicDetails): Map<string, bigint> {
  const sums = summed.get(sizes) ?? sumByTopic(sizes);
  summed.set(sizes, sums);
  return sums;
}

function topicProblems(topic: TopicMetadata, settings: TopicSettings | null): Problem[] {
  const offline = topic.partitions.filter(({ leader }) => leader === null);
  const told = settings?.problem ? [settings.problem] : [];
  if (offline.length === 0) return told;
  const holders = [...new Set(offline.flatMap(({ replicas }) => replicas))].sort((a, b) => a - b);
  const detail = `${offline.length} without leader; replicas on ${holders.length === 1 ? "broker" : "brokers"} ${holders.join(", ")}.`;
  return [makeProblem("no-leader", detail, { topic: topic.name }), ...told];
}
