import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { clusterParams, listOf, topicParams } from "./lists.ts";
import { problem } from "./problem.ts";
import { flag, instant, int64 } from "./scalars.ts";
import { compiledFilter } from "./search-words.ts";

/** A topic in the list. What could not be asked, or was not asked for (`detail=names`), is null. */
export const topicSummary = z.object({
  name: z.string(),
  topicId: z
    .string()
    .nullable()
    .describe("Another one where the topic was deleted and made anew; null before Kafka 2.8"),
  internal: z.boolean(),
  partitions: z.number().int(),
  replicationFactor: z.number().int().describe("The smallest over the partitions"),
  underReplicated: z.number().int().describe("Partitions with fewer replicas in sync than assigned"),
  underMinIsr: z.number().int().nullable().describe("Partitions with fewer replicas in sync than min.insync.replicas"),
  offline: z.number().int().describe("Partitions without a leader"),
  notPreferred: z.number().int().describe("Partitions led by another replica than the first"),
  offsetSpan: int64.nullable().describe("Sum of log end minus log start over the partitions that answered"),
  offsetSpanEstimate: z
    .boolean()
    .describe(
      "true where cleanup.policy includes compact, so the span may be more than the records. Transactions take up offsets too (markers, and records rolled back), which cannot be told from outside: false is no promise that the span is a count",
    ),
  offsetSpanKnown: z.number().int().nullable().describe("Partitions whose offsets are known"),
  sizeBytes: int64.nullable().describe("On disk, over all replicas that answered"),
  cleanupPolicy: z.string().nullable(),
  retentionMs: int64.nullable(),
  retentionBytes: int64.nullable(),
  lastRecordAt: instant
    .nullable()
    .describe("The largest timestamp of its records (KIP-734, Kafka 3.0); null where it is empty or not known"),
  groups: z.number().int().nullable().describe("Groups that read it; null until groups were read"),
  lag: int64.nullable().describe("Of those groups in this topic, together"),
  problems: z.array(problem),
});
export type TopicSummary = z.infer<typeof topicSummary>;

/** What the list marks as wrong, and what its "With problems" keeps. */
export const hasProblem = (row: TopicSummary): boolean =>
  row.underReplicated > 0 || row.offline > 0 || (row.underMinIsr ?? 0) > 0 || row.problems.length > 0;

export const topicList = listOf(topicSummary).extend({
  total: z.number().int().describe("All topics of the cluster that may be described"),
  internal: z.number().int(),
  withProblems: z.number().int(),
});
export type TopicList = z.infer<typeof topicList>;

export const topicSortKeys = [
  "name",
  "partitions",
  "replicationFactor",
  "underReplicated",
  "offline",
  "offsetSpan",
  "sizeBytes",
  "cleanupPolicy",
  "retentionMs",
  "lastRecordAt",
  "groups",
  "lag",
] as const;

export const listTopics = endpoint("GET", "/api/clusters/{cluster}/topics", {
  permission: "topics.read",
  summary: "The topics of a cluster",
  params: clusterParams,
  query: z.object({
    search: compiledFilter.describe("Words that must occur, !words that must not, or /regex/"),
    sort: z
      .string()
      .regex(
        new RegExp(`^-?(${topicSortKeys.join("|")})$`),
        `must be one of ${topicSortKeys.join(", ")}; - before it reverses.`,
      )
      .optional()
      .describe(`One of ${topicSortKeys.join(", ")}; - before it reverses. Nothing given: name`),
    limit: z
      .string()
      .regex(/^\d{1,6}$/, "must be a whole number of at most 6 digits.")
      .optional()
      .describe("Nothing given: all"),
    internal: flag.describe("Nothing given: all topics. false leaves internal topics out"),
    detail: z
      .enum(["names", "all"])
      .optional()
      .describe("names: what Metadata alone tells, at once. Nothing given: all"),
    fresh: flag.describe("true: ask the brokers again, whatever the age of the snapshot"),
  }),
  response: topicList,
});

export const topicDetail = topicSummary.extend({
  minInsyncReplicas: z.number().int().nullable(),
  changedConfigs: z.number().int().nullable().describe("Configs set on the topic itself"),
  authorizedOperations: z
    .array(z.string())
    .nullable()
    .describe("What this user may do with the topic, as Kafka tells it (KIP-430)"),
  warnings: z.array(problem),
});
export type TopicDetail = z.infer<typeof topicDetail>;

export const getTopic = endpoint("GET", "/api/clusters/{cluster}/topics/{topic}", {
  permission: "topics.read",
  summary: "One topic",
  params: topicParams,
  response: topicDetail,
});

export const validateOnly = z
  .boolean()
  .optional()
  .describe("true: a plan, checked as far as the broker can; nothing is written");

export const createTopicBody = z.object({
  name: z.string(),
  partitions: z.number().int().min(1).max(100_000).optional().describe("Nothing given: the broker's num.partitions"),
  replicationFactor: z
    .number()
    .int()
    .min(1)
    .max(1000)
    .optional()
    .describe("Nothing given: the broker's default.replication.factor"),
  replicaAssignment: z
    .array(z.object({ partition: z.number().int().min(0), replicas: z.array(z.number().int().min(0)).min(1) }))
    .min(1)
    .optional()
    .describe("In place of the two numbers: the brokers of each partition, the preferred leader first"),
  configs: z.record(z.string(), z.string()).optional(),
  validateOnly,
});
export type CreateTopicBody = z.infer<typeof createTopicBody>;

export const createTopicResult = z.object({
  validateOnly: z.boolean(),
  broker: z.number().int().nullable().describe("The broker that gave the verdict"),
  name: z.string(),
  topicId: z.string().nullable().describe("null where nothing was created"),
  partitions: z.number().int().nullable(),
  replicationFactor: z.number().int().nullable(),
  warnings: z.array(problem).describe("For instance a name that collides with another in metrics (. and _)"),
});
export type CreateTopicResult = z.infer<typeof createTopicResult>;

export const createTopic = endpoint("POST", "/api/clusters/{cluster}/topics", {
  permission: "topics.create",
  summary: "Create a topic",
  params: clusterParams,
  body: createTopicBody,
  response: createTopicResult,
});

export const topicIdOfPlan = z
  .string()
  .optional()
  .describe("The id the plan showed; where another topic has the name by now, nothing is written (409)");

export const deleteTopicPlan = z.object({
  validateOnly: z.boolean(),
  name: z.string(),
  topicId: z.string().nullable(),
  partitions: z.number().int(),
  offsetSpan: int64.nullable(),
  sizeBytes: int64.nullable(),
  warnings: z.array(problem),
});
export type DeleteTopicPlan = z.infer<typeof deleteTopicPlan>;

export const deleteTopic = endpoint("DELETE", "/api/clusters/{cluster}/topics/{topic}", {
  permission: "topics.delete",
  summary: "Delete a topic and every record in it",
  params: topicParams,
  body: z.object({ validateOnly, topicId: topicIdOfPlan }),
  response: deleteTopicPlan,
});

export const recreateTopicResult = z.object({
  validateOnly: z.boolean(),
  name: z.string(),
  topicId: z.string().nullable().describe("Of the topic that goes"),
  newTopicId: z.string().nullable().describe("Of the topic that takes its place; null until it is created"),
  kept: z.object({
    partitions: z.number().int(),
    replicationFactor: z.number().int(),
    configs: z.record(z.string(), z.string()).describe("Set on the topic itself, and set again"),
  }),
  lost: z.object({
    offsetSpan: int64.nullable(),
    sizeBytes: int64.nullable(),
    replicaAssignment: z.boolean().describe("true: replicas are placed anew by the controller"),
    configs: z.array(z.string()).describe("Sensitive ones, which Kafka does not tell and which are not set again"),
  }),
  outcome: z.enum(["planned", "recreated", "deleted-only"]),
  problem: problem.nullable().describe("Why the topic is gone and was not created, where outcome is deleted-only"),
  command: z.string().describe("kafka-topics.sh line that creates it, for when creating failed"),
  warnings: z.array(problem),
});
export type RecreateTopicResult = z.infer<typeof recreateTopicResult>;

export const recreateTopic = endpoint("POST", "/api/clusters/{cluster}/topics/{topic}/recreate", {
  permission: "topics.delete",
  summary: "Delete a topic and create it again with the same partitions, replication factor and configs",
  params: topicParams,
  body: z.object({ validateOnly, topicId: topicIdOfPlan }),
  response: recreateTopicResult,
});

export const partitionDetail = z.object({
  partition: z.number().int(),
  leader: z.number().int().nullable().describe("null: no leader"),
  leaderEpoch: z.number().int().nullable(),
  replicas: z.array(z.number().int()).describe("The preferred leader first"),
  isr: z.array(z.number().int()),
  offlineReplicas: z.array(z.number().int()),
  firstOffset: int64.nullable().describe("Log start offset"),
  lastOffset: int64.nullable().describe("High watermark: the offset the next visible record will get"),
  stableOffset: int64.nullable().describe("Last stable offset: below the first open transaction"),
  sizeBytes: int64.nullable().describe("Of the leader's replica"),
  replicaSizes: z.array(
    z.object({ broker: z.number().int(), logDir: z.string(), sizeBytes: int64, offsetLag: int64, future: z.boolean() }),
  ),
  problem: problem.nullable(),
});
export type PartitionDetail = z.infer<typeof partitionDetail>;

export const partitionList = listOf(partitionDetail);
export type PartitionList = z.infer<typeof partitionList>;

export const listPartitions = endpoint("GET", "/api/clusters/{cluster}/topics/{topic}/partitions", {
  permission: "topics.read",
  summary: "The partitions of a topic: replicas, offsets, sizes",
  params: topicParams,
  response: partitionList,
});

export const addPartitionsResult = z.object({
  validateOnly: z.boolean(),
  before: z.number().int(),
  after: z.number().int(),
  keysMoved: z
    .number()
    .describe("Share, 0 to 1, of all keys that the default partitioner sends to another partition from then on"),
  warnings: z.array(problem),
});
export type AddPartitionsResult = z.infer<typeof addPartitionsResult>;

export const addPartitions = endpoint("POST", "/api/clusters/{cluster}/topics/{topic}/partitions", {
  permission: "topics.alter",
  summary: "Raise the number of partitions. Keys move to other partitions: order per key breaks at this point",
  params: topicParams,
  body: z.object({
    count: z.number().int().min(1).max(100_000).describe("The new total"),
    before: z
      .number()
      .int()
      .optional()
      .describe("The number the plan was made from; where it differs now, nothing is written (409)"),
    assignments: z
      .array(z.array(z.number().int().min(0)).min(1))
      .optional()
      .describe("Replicas of each new partition"),
    validateOnly,
  }),
  response: addPartitionsResult,
});
