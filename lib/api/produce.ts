import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { topicParams } from "./lists.ts";
import { messagesQuery } from "./message-queries.ts";
import { codecs } from "./messages.ts";
import { exactBytes, exactName } from "./payloads.ts";
import { problem } from "./problem.ts";
import { int64 } from "./scalars.ts";
import { validateOnly } from "./topics.ts";

/** One record to write. Export writes the same fields, and more, which are passed over. */
export const newRecord = z.object({
  key: exactBytes.optional().describe("Nothing given: null"),
  value: exactBytes.describe("null is a tombstone"),
  headers: z
    .array(z.object({ key: exactName, value: exactBytes }))
    .optional()
    .describe("In order, repeats kept"),
  partition: z
    .number()
    .int()
    .min(0)
    .optional()
    .describe("Nothing given: by the key as Java clients do it (murmur2); without a key any"),
  timestamp: int64.optional().describe("Milliseconds since 1970. Nothing given: now"),
});
export type NewRecord = z.infer<typeof newRecord>;

export const PRODUCE_MOST = 10_000;
/** Of one request: room for a record of 20 MB, written as base64. */
export const PRODUCE_BYTES = 32 << 20;

const writing = {
  codec: z.enum(codecs).optional().describe("Nothing given: none; the topic's compression.type may change it"),
  acks: z.enum(["all", "1"]).optional().describe("Nothing given: all"),
};

export const produceBody = z.object({
  records: z.array(newRecord).min(1).max(PRODUCE_MOST),
  ...writing,
  validateOnly,
});
export type ProduceBody = z.infer<typeof produceBody>;

export const produceResult = z.object({
  validateOnly: z.boolean(),
  items: z.array(
    z.object({
      partition: z.number().int(),
      offset: int64.nullable().describe("Where it was written; null with validateOnly, and where it was not"),
      timestamp: int64.nullable().describe("As the log has it: the broker's with message.timestamp.type=LogAppendTime"),
      size: z.number().int().describe("Bytes of the record, uncompressed"),
      problem: problem.nullable(),
    }),
  ),
  warnings: z.array(problem),
});
export type ProduceResult = z.infer<typeof produceResult>;

export const produceMessages = endpoint("POST", "/api/clusters/{cluster}/topics/{topic}/messages", {
  permission: "messages.produce",
  summary: "Write records",
  params: topicParams,
  body: produceBody,
  bodyBytes: PRODUCE_BYTES,
  response: produceResult,
});

const { follow: _follow, limit: _limit, ...matching } = messagesQuery.shape;

export const copyBody = z.object({
  from: z.object({
    cluster: z.string(),
    records: z
      .array(z.object({ topic: z.string(), partition: z.number().int().min(0), offset: int64 }))
      .max(PRODUCE_MOST)
      .optional()
      .describe("These records"),
    query: z.object(matching).optional().describe("Where `records` is not given: every record that matches"),
  }),
  partitions: z
    .enum(["key", "same"])
    .optional()
    .describe("key: by the key. same: the number each record has now. Nothing given: key"),
  timestamps: z.enum(["keep", "now"]).optional().describe("Nothing given: keep"),
  ...writing,
  validateOnly,
});
export type CopyBody = z.infer<typeof copyBody>;

/** The lines of a copy: `plan`, then `progress` any number of times, then `end` or `error`. With validateOnly `plan` and `end`. */
export const copyLine = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("plan"),
    validateOnly: z.boolean(),
    offsets: int64.describe("Offsets that are looked through; with `records`, how many those are"),
    partitions: z.number().int().describe("Of the target topic"),
    cursor: z
      .string()
      .nullable()
      .optional()
      .describe("As the cursor of the query it copies just what this plan says, whatever was written since"),
    warnings: z.array(problem),
  }),
  z.object({
    type: z.literal("progress"),
    covered: int64,
    copied: z.number().int(),
    bytes: z.number().int(),
    cursor: z.string().nullable().describe("Continues the query after what was copied; null for `records`"),
  }),
  z.object({
    type: z.literal("end"),
    covered: int64,
    copied: z.number().int(),
    bytes: z.number().int(),
    cursor: z.string().nullable().describe("null: everything was copied"),
    last: z
      .array(z.object({ partition: z.number().int(), offset: int64 }))
      .describe("The last offset written to each partition of the target"),
    warnings: z.array(problem),
  }),
  z.object({ type: z.literal("error"), problem, copied: z.number().int(), cursor: z.string().nullable() }),
]);
export type CopyLine = z.infer<typeof copyLine>;

export const copyMessages = endpoint("POST", "/api/clusters/{cluster}/topics/{topic}/messages/copy", {
  permission: "messages.produce",
  summary: "Write records of another topic, of this cluster or another, to this topic",
  params: topicParams,
  body: copyBody,
  response: copyLine,
  answers: "ndjson",
});
