import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { topicParams } from "./lists.ts";
import { problem } from "./problem.ts";
import { instant, int64 } from "./scalars.ts";
import { topicIdOfPlan, validateOnly } from "./topics.ts";

export const deleteRecordsBody = z.object({
  offsets: z
    .array(z.object({ partition: z.number().int().min(0), offset: int64 }))
    .optional()
    .describe("Records below these go"),
  time: instant
    .optional()
    .describe("Records before this ISO 8601 time, with its zone, go, where `offsets` is not given"),
  partitions: z
    .array(z.number().int().min(0))
    .optional()
    .describe("With `time` the only ones it counts for, where nothing given means all; alone: these are emptied"),
  all: z
    .boolean()
    .optional()
    .describe(
      "true: every record of every partition goes, and none of the three above is given. Else one of them must be",
    ),
  topicId: topicIdOfPlan,
  validateOnly,
});
export type DeleteRecordsBody = z.infer<typeof deleteRecordsBody>;

export const deleteRecordsResult = z.object({
  validateOnly: z.boolean(),
  topicId: z.string().nullable(),
  partitions: z.array(
    z.object({
      partition: z.number().int(),
      before: int64.nullable().describe("Log start offset now; null where it cannot be known"),
      after: int64.nullable().describe("Log start offset then; once applied, as it was read back"),
      end: int64.nullable().describe("High watermark"),
      records: int64.describe("Offsets between before and after; at most this many records go"),
      problem: problem.nullable(),
    }),
  ),
  records: int64,
  estimate: z
    .boolean()
    .describe(
      "true where cleanup.policy includes compact, or is not known: `records` may be more than will go. Transactions, whose markers and rolled back records count too, cannot be told from outside",
    ),
  warnings: z.array(problem),
});
export type DeleteRecordsResult = z.infer<typeof deleteRecordsResult>;

export const deleteRecords = endpoint("DELETE", "/api/clusters/{cluster}/topics/{topic}/records", {
  permission: "messages.delete",
  summary: "Delete the records before an offset of each partition, before a time, or all of them",
  params: topicParams,
  body: deleteRecordsBody,
  response: deleteRecordsResult,
});
