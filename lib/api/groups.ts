import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { clusterParams, listOf, topicParams } from "./lists.ts";
import { problem } from "./problem.ts";
import { flag, instant, int64 } from "./scalars.ts";
import { compiledFilter } from "./search-words.ts";

/** Kinds of groups: classic, consumer (KIP-848, Kafka 4.0), share (KIP-932, Kafka 4.1) and streams (KIP-1071, Kafka 4.1). */
export const groupTypes = ["classic", "consumer", "share", "streams"] as const;
export const groupType = z.enum(groupTypes);
export type GroupType = z.infer<typeof groupType>;

/** Kafka's own names of group states, of all types. */
export const groupStates = [
  "Stable",
  "Empty",
  "PreparingRebalance",
  "CompletingRebalance",
  "Assigning",
  "Reconciling",
  "NotReady",
  "Dead",
  "Unknown",
] as const;
export const groupState = z.enum(groupStates).describe("Unknown: the coordinator could not be asked");
export type GroupState = z.infer<typeof groupState>;

/** How a group does, the worst first. What each means is told by `reason`. */
export const lagStatuses = ["stalled", "stopped", "falling-behind", "catching-up", "no-data", "keeping-up"] as const;
export const lagStatus = z
  .enum(lagStatuses)
  .describe(
    "stalled: members and lag, but no commits; stopped: no members, and lag is left; falling-behind: lag grows; catching-up: it shrinks; no-data: nothing is known; keeping-up: all else",
  );
export type LagStatus = z.infer<typeof lagStatus>;

export const timeLagKinds = ["estimate", "exact", "at-least"] as const;

/** How old the next record is that a group would read. */
export const timeLag = {
  timeLagMs: z
    .number()
    .nullable()
    .describe("Age in ms of the next record the group would read; 0 where it has read all; null where it is not known"),
  timeLagIs: z
    .enum(timeLagKinds)
    .nullable()
    .describe(
      "estimate: interpolated from the history; exact: the record was read; at-least: older than the history reaches",
    ),
};

export const lagVerdict = z.object({
  status: lagStatus,
  since: instant.nullable().describe("Since when the status is this; null where it was so when the history begins"),
  reason: z.string().describe("Why, in a sentence with figures"),
  written: z.number().nullable().describe("Records written a second to the partitions the group reads, of late"),
  read: z.number().nullable().describe("Records a second its commits moved on by, of late; null without history"),
  catchUpMs: z.number().nullable().describe("Until lag is 0 at these rates; null where it never is, or is not known"),
});
export type LagVerdict = z.infer<typeof lagVerdict>;

export const groupSummary = z.object({
  groupId: z.string(),
  type: groupType,
  state: groupState,
  protocolType: z.string().nullable().describe("`consumer` for ordinary consumers; Connect and others have their own"),
  assignor: z.string().nullable().describe("null: none is chosen, or it was not told"),
  coordinator: z.number().int().nullable().describe("The broker that keeps the group"),
  members: z.number().int().nullable().describe("null: could not be asked"),
  topics: z.array(z.string()).describe("With a commit or a member reading them, sorted"),
  lag: int64.nullable().describe("Over the partitions whose lag is known; null where none is"),
  lagUnknown: z.number().int().describe("Partitions without a known lag: no commit, out of range, or not answered"),
  ...timeLag,
  status: lagStatus,
  verdict: lagVerdict,
  trend: z
    .array(z.number().int().min(0).max(100).nullable())
    .describe(
      "Lag over the last hour in equal steps, 100 the largest; null where there was no sample; [] without history",
    ),
  problems: z.array(problem),
});
export type GroupSummary = z.infer<typeof groupSummary>;

/** Where the history of lag comes from, and how it is. */
export const historyState = z.object({
  source: z.enum(["sqlite", "prometheus", "off"]),
  sampling: z.boolean().describe("false: another replica samples, or nothing does"),
  sampleEveryMs: z.number().int().nullable(),
  lastSampleAt: instant.nullable(),
  since: instant.nullable().describe("The oldest sample there is"),
  problem: problem.nullable().describe("Why there is no history, or none is added"),
});
export type HistoryState = z.infer<typeof historyState>;

export const groupList = listOf(groupSummary).extend({
  total: z.number().int().describe("All groups of the cluster that may be described"),
  statuses: z.record(lagStatus, z.number().int()).describe("How many of all have each status"),
  history: historyState,
});
export type GroupList = z.infer<typeof groupList>;

export const groupSortKeys = ["groupId", "status", "lag", "timeLagMs", "state", "type", "members", "topics"] as const;

export const listGroups = endpoint("GET", "/api/clusters/{cluster}/groups", {
  permission: "groups.read",
  summary: "The consumer groups of a cluster, of every type and state, with their lag",
  params: clusterParams,
  query: z.object({
    search: compiledFilter.describe("Words the name must hold, !words it must not, /regex/, topic:word for its topics"),
    state: groupState.optional(),
    type: groupType.optional(),
    status: lagStatus.optional(),
    sort: z
      .string()
      .regex(
        new RegExp(`^-?(${groupSortKeys.join("|")})$`),
        `must be one of ${groupSortKeys.join(", ")}; - before it reverses.`,
      )
      .optional()
      .describe(`One of ${groupSortKeys.join(", ")}; - before it reverses. Nothing given: the worst status, then lag`),
    limit: z
      .string()
      .regex(/^\d{1,6}$/, "must be a whole number of at most 6 digits.")
      .optional()
      .describe("Nothing given: all"),
    fresh: flag.describe("true: ask the brokers again, whatever the age of the snapshot"),
  }),
  response: groupList,
});

const assigned = z.array(z.object({ topic: z.string(), partitions: z.array(z.number().int()) }));
export type Assigned = z.infer<typeof assigned>;

const streamsTasks = z.array(z.object({ subtopology: z.string(), partitions: z.array(z.number().int()) }));

export const groupMember = z.object({
  memberId: z.string(),
  instanceId: z.string().nullable().describe("group.instance.id of a static member"),
  clientId: z.string(),
  host: z.string(),
  rack: z.string().nullable(),
  protocol: z
    .enum(["classic", "consumer"])
    .nullable()
    .describe("Of a group of type consumer: which of the two this member speaks, where the broker tells"),
  memberEpoch: z.number().int().nullable().describe("null: the group's type has none"),
  subscribed: z.array(z.string()).nullable().describe("Topics it asked for; null where it is not told"),
  subscribedRegex: z.string().nullable(),
  assignment: assigned.nullable().describe("null: the bytes could not be read, or are of another protocol"),
  undecodable: z
    .object({ bytes: z.number().int(), why: z.string() })
    .nullable()
    .describe("Assignment bytes that could not be read"),
  target: assigned.nullable().describe("What it is to have once it has caught up with the group's epoch (KIP-848)"),
  lag: int64.nullable().describe("Of the partitions it holds, where known"),
  streams: z
    .object({
      processId: z.string(),
      endpoint: z.string().nullable(),
      tags: z.record(z.string(), z.string()),
      topologyEpoch: z.number().int(),
      active: streamsTasks,
      standby: streamsTasks,
      warmup: streamsTasks,
    })
    .nullable()
    .describe("Of a streams group (KIP-1071)"),
});
export type GroupMember = z.infer<typeof groupMember>;

export const groupPartition = z.object({
  topic: z.string(),
  topicId: z.string().nullable(),
  partition: z.number().int(),
  leader: z.number().int().nullable(),
  committed: int64
    .nullable()
    .describe("The next offset to be read; of a share group its start offset; null: no commit"),
  metadata: z.string().nullable().describe("Text the consumer stored with the commit; null without one"),
  leaderEpoch: z.number().int().nullable().describe("Stored with the commit"),
  start: int64.nullable().describe("Log start offset"),
  end: int64.nullable().describe("High watermark"),
  lag: int64.nullable(),
  unknown: z
    .enum(["no-commit", "before-start", "beyond-end", "negative", "no-topic", "not-asked"])
    .nullable()
    .describe(
      "Why there is no lag: no commit; a commit below the log start, above the end or below 0; a topic that is gone; an offset that could not be asked",
    ),
  ...timeLag,
  memberId: z.string().nullable().describe("Who holds it now"),
  lastCommitAt: instant.nullable().describe("When a new commit was last seen by the sampler; null where none was"),
  trend: groupSummary.shape.trend,
  share: z
    .object({
      inFlight: z.number().int().nullable().describe("Records acquired by members now"),
      delivered: z.number().int().nullable().describe("Records above the start offset that are done with"),
      states: z
        .array(
          z.object({
            first: int64,
            last: int64,
            state: z.enum(["available", "acknowledged", "archived", "acquired", "unknown"]),
            deliveries: z.number().int(),
          }),
        )
        .nullable()
        .describe("Delivery state above the start offset, as the share coordinator keeps it; null: not told"),
    })
    .nullable()
    .describe("Of a share group"),
  problem: problem.nullable(),
});
export type GroupPartition = z.infer<typeof groupPartition>;

export const groupDetail = groupSummary.extend({
  groupEpoch: z.number().int().nullable().describe("null: the group's type has none"),
  assignmentEpoch: z.number().int().nullable(),
  memberList: z.array(groupMember),
  partitions: z
    .array(groupPartition)
    .describe("With a commit, held by a member, or subscribed to; by topic and partition"),
  topology: z
    .object({
      epoch: z.number().int(),
      subtopologies: z.array(
        z.object({
          id: z.string(),
          sourceTopics: z.array(z.string()),
          sinkTopics: z.array(z.string()),
          repartitionTopics: z.array(z.string()),
          changelogTopics: z.array(z.string()),
        }),
      ),
    })
    .nullable()
    .describe("Of a streams group"),
  authorizedOperations: z.array(z.string()).nullable().describe("What this user may do with the group (KIP-430)"),
  history: historyState,
  snapshot: groupList.shape.snapshot.unwrap(),
  warnings: z.array(problem),
});
export type GroupDetail = z.infer<typeof groupDetail>;

export const groupParams = clusterParams.extend({ group: z.string() });

export const getGroup = endpoint("GET", "/api/clusters/{cluster}/groups/{group}", {
  permission: "groups.read",
  summary: "One group: members, committed offsets, lag; read from the brokers anew",
  params: groupParams,
  response: groupDetail,
});

/** One group in the light of one topic. */
export const topicGroup = groupSummary.extend({
  topicLag: int64.nullable().describe("Of this topic alone"),
  topicLagUnknown: z.number().int(),
  topicMembers: z.number().int().nullable().describe("Members that hold a partition of this topic"),
  partitions: z.number().int().describe("Partitions of the topic it has a commit for"),
});
export type TopicGroup = z.infer<typeof topicGroup>;

export const topicGroupList = listOf(topicGroup).extend({ history: historyState });
export type TopicGroupList = z.infer<typeof topicGroupList>;

export const listTopicGroups = endpoint("GET", "/api/clusters/{cluster}/topics/{topic}/groups", {
  permission: "groups.read",
  summary: "The groups that read a topic, or have committed offsets of it, with their lag in it",
  params: topicParams,
  response: topicGroupList,
});
