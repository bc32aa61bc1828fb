import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { groupParams, groupState, groupType } from "./groups.ts";
import { problem } from "./problem.ts";
import { instant, int64 } from "./scalars.ts";
import { validateOnly } from "./topics.ts";

/** Where committed offsets are to go. What is sent to Kafka is always a real offset, worked out in the plan. */
export const reset = z.discriminatedUnion("to", [
  z.object({ to: z.literal("earliest") }),
  z.object({ to: z.literal("latest") }),
  z.object({ to: z.literal("offset"), offset: int64 }),
  z.object({
    to: z.literal("time"),
    time: instant.describe("ISO 8601 with its zone: the first record at or after it; the end where there is none"),
  }),
  z.object({ to: z.literal("duration"), milliseconds: z.number().int().min(0).describe("Before now") }),
  z.object({ to: z.literal("shift"), by: int64.describe("Added to the committed offset; negative reads again") }),
  z.object({ to: z.literal("group"), group: z.string().describe("Takes the committed offsets of this group") }),
  z.object({
    to: z.literal("file"),
    text: z
      .string()
      .max(3_000_000)
      .describe(
        "Offsets as text: CSV `topic,partition,offset` (kafka-consumer-groups.sh --export, also with a group before them), JSON of kcl or of this API's plans and results",
      ),
  }),
]);
export type Reset = z.infer<typeof reset>;

/** As many as one request sets. In a plan those that are not there cost as much as those that are. */
const PARTITIONS_AT_MOST = 100_000;

export const topicsOfReset = z
  .array(
    z.object({
      topic: z.string(),
      partitions: z.array(z.number().int().min(0)).min(1).optional().describe("Nothing given: all of the topic"),
    }),
  )
  .refine(
    (topics) => topics.reduce((sum, { partitions }) => sum + (partitions?.length ?? 1), 0) <= PARTITIONS_AT_MOST,
    `must name at most ${PARTITIONS_AT_MOST} partitions.`,
  )
  .optional()
  .describe(
    "Also topics the group never read. Nothing given: every topic it has commits for, or that the file or the other group names",
  );

export const planOffsetsBody = z.object({ reset, topics: topicsOfReset });
export type PlanOffsetsBody = z.infer<typeof planOffsetsBody>;

/** A partition's committed offset now, and as it is to be. */
export const offsetChange = z.object({
  topic: z.string(),
  topicId: z.string().nullable().optional().describe("Where another topic has the name by now, nothing is written"),
  partition: z.number().int().min(0),
  before: int64.nullable().describe("null: no commit"),
  after: int64.nullable().describe("null: the commit is deleted"),
  metadata: z.string().optional().describe("Text to store with the commit. Nothing given: none"),
});
export type OffsetChange = z.infer<typeof offsetChange>;

export const plannedOffset = offsetChange.extend({
  start: int64.nullable().describe("Log start offset"),
  end: int64.nullable().describe("High watermark"),
  records: int64.describe("Offsets between before and after: read again where negative, skipped where positive"),
  lagAfter: int64.nullable(),
  note: z
    .enum(["clamped-to-start", "clamped-to-end", "nothing-there", "unchanged", "new", "deleted"])
    .nullable()
    .describe(
      "clamped: what was asked for is outside the log; nothing-there: no record at or after the time, so the end; new: had no commit",
    ),
  wanted: int64.nullable().describe("What was asked for, where it was clamped"),
  first: z
    .object({
      offset: int64,
      timestamp: int64.nullable(),
      key: z.string().nullable().describe("Its beginning, as text"),
    })
    .nullable()
    .describe("The first record that will be read; null where there is none, or it was not looked at"),
  problem: problem.nullable().describe("Why this partition cannot be set; the others can"),
});
export type PlannedOffset = z.infer<typeof plannedOffset>;

const liveMember = z.object({
  memberId: z.string(),
  clientId: z.string(),
  host: z.string(),
  instanceId: z.string().nullable(),
});

export const offsetsPlan = z.object({
  groupId: z.string(),
  type: groupType.nullable().describe("null: there is no such group yet, and setting offsets makes it"),
  state: groupState.nullable(),
  live: z.array(liveMember).describe("Members that must be stopped first; nothing can be set while there is one"),
  problem: problem.nullable().describe("Why nothing of this plan can be applied now"),
  partitions: z.array(plannedOffset),
  changes: z.number().int().describe("Partitions whose commit will change"),
  readAgain: int64,
  skipped: int64,
  lagAfter: int64.nullable(),
  readAgainMs: z
    .number()
    .nullable()
    .describe("Time to read lagAfter at the rate the group read at of late; null without"),
  warnings: z.array(problem),
});
export type OffsetsPlan = z.infer<typeof offsetsPlan>;

export const planOffsets = endpoint("POST", "/api/clusters/{cluster}/groups/{group}/offsets/plan", {
  permission: "groups.read",
  summary: "What a reset of committed offsets would do, partition by partition; nothing is written",
  params: groupParams,
  body: planOffsetsBody,
  response: offsetsPlan,
});

/** An undo must fit as well, and it may carry texts that the plan it undoes did not. */
const BODY_BYTES = 32 << 20;

export const setOffsetsBody = z.object({
  partitions: z.array(offsetChange).min(1).max(PARTITIONS_AT_MOST),
  validateOnly,
});
export type SetOffsetsBody = z.infer<typeof setOffsetsBody>;

export const setOffset = offsetChange.extend({
  readBack: int64.nullable().describe("The commit as it was read back; null: there is none, or it could not be read"),
  outcome: z.enum(["set", "unchanged", "planned", "not-set", "not-known"]),
  problem: problem.nullable(),
});
export type SetOffset = z.infer<typeof setOffset>;

export const setOffsetsResult = z.object({
  groupId: z.string(),
  validateOnly: z.boolean(),
  partitions: z.array(setOffset),
  set: z.number().int(),
  failed: z.number().int(),
  undo: setOffsetsBody
    .nullable()
    .describe("The body that puts back what was: send it to the same address. null where nothing was set"),
  warnings: z.array(problem),
});
export type SetOffsetsResult = z.infer<typeof setOffsetsResult>;

export const setOffsets = endpoint("POST", "/api/clusters/{cluster}/groups/{group}/offsets", {
  permission: "groups.alter",
  summary:
    "Sets or deletes committed offsets as a plan showed them; where a commit is no longer `before`, nothing is written (409)",
  params: groupParams,
  body: setOffsetsBody,
  response: setOffsetsResult,
  bodyBytes: BODY_BYTES,
});

export const deleteOffsets = endpoint("DELETE", "/api/clusters/{cluster}/groups/{group}/offsets", {
  permission: "groups.alter",
  summary: "Deletes the committed offsets of one topic; the group must not be reading it",
  params: groupParams,
  query: z.object({ topic: z.string() }),
  body: z.object({
    partitions: z
      .array(offsetChange.pick({ partition: true, before: true }))
      .optional()
      .describe(
        "As the plan showed them; where a commit is no longer `before`, nothing is deleted (409). Nothing given: all there are",
      ),
    validateOnly,
  }),
  response: setOffsetsResult,
});

/** What it takes to undo a reset, an offset deletion or the deletion of a group: the newest first. */
export const undoOfGroup = z.object({
  at: instant,
  actor: z.string(),
  what: z.enum(["set-offsets", "delete-offsets", "delete-group"]),
  set: z.number().int().describe("Partitions it changed"),
  undo: setOffsetsBody,
});
export type UndoOfGroup = z.infer<typeof undoOfGroup>;

export const listUndos = endpoint("GET", "/api/clusters/{cluster}/groups/{group}/undo", {
  permission: "groups.read",
  summary: "The changes of a group's offsets that can be undone, the newest first",
  params: groupParams,
  response: z.object({ items: z.array(undoOfGroup), warnings: z.array(problem) }),
});

export const deleteGroupPlan = z.object({
  validateOnly: z.boolean(),
  groupId: z.string(),
  type: groupType,
  state: groupState,
  live: z.array(liveMember),
  problem: problem.nullable().describe("Why it cannot be deleted now"),
  partitions: z.array(offsetChange).describe("The commits that go with it"),
  lag: int64.nullable(),
  undo: setOffsetsBody.nullable().describe("Makes the group anew with the offsets it had; null where it had none"),
  warnings: z.array(problem),
});
export type DeleteGroupPlan = z.infer<typeof deleteGroupPlan>;

export const deleteGroup = endpoint("DELETE", "/api/clusters/{cluster}/groups/{group}", {
  permission: "groups.delete",
  summary: "Delete a group and its committed offsets; it must have no members",
  params: groupParams,
  body: z.object({ validateOnly }),
  response: deleteGroupPlan,
});

export const removeMemberResult = z.object({
  validateOnly: z.boolean(),
  groupId: z.string(),
  memberId: z.string(),
  instanceId: z.string().nullable(),
  clientId: z.string(),
  host: z.string(),
  partitions: z.number().int().nullable().describe("It holds now, and that others take over"),
  remaining: z.number().int().describe("Members left"),
  comesBack: z.boolean().describe("true: a client that still runs joins again by itself"),
  warnings: z.array(problem),
});
export type RemoveMemberResult = z.infer<typeof removeMemberResult>;

export const removeMember = endpoint("DELETE", "/api/clusters/{cluster}/groups/{group}/members/{member}", {
  permission: "groups.alter",
  summary: "Remove a member from a group; its partitions go to the others",
  params: groupParams.extend({ member: z.string().describe("Its member id") }),
  body: z.object({ validateOnly }),
  response: removeMemberResult,
});
