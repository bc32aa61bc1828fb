import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { topicParams } from "./lists.ts";
import { problem } from "./problem.ts";
import { int64 } from "./scalars.ts";

/** How bytes are shown. `hex` is two digits a byte without gaps; the other formats are the text itself, never re-printed. */
export const payloadFormats = ["json", "text", "hex"] as const;

/** A key, value or header value. A payload that is null in Kafka is null here; an empty one has size 0. */
export const payload = z.object({
  format: z.enum(payloadFormats),
  text: z.string(),
  size: z.number().int().describe("Bytes in the record, also where `text` is only the beginning"),
  truncated: z.boolean().describe("true: `text` ends at the display limit"),
});
export type Payload = z.infer<typeof payload>;

export const codecs = ["none", "gzip", "snappy", "lz4", "zstd"] as const;

/** The record batch that held a record; with magic 0 and 1 the message or its compressed wrapper. */
export const batchFacts = z.object({
  magic: z.number().int(),
  baseOffset: int64.nullable().describe("null for a compressed wrapper of magic 0 or 1"),
  lastOffset: int64,
  count: z.number().int().nullable().describe("Records left in it; null for a wrapper"),
  size: z.number().int().describe("Bytes in the log, compressed"),
});

export const message = z.object({
  partition: z.number().int(),
  offset: int64,
  timestamp: int64.nullable().describe("Milliseconds since 1970 unless the producer meant something else; null: none"),
  timestampType: z
    .enum(["create", "append"])
    .nullable()
    .describe("Set by the producer or by the broker; null in magic 0"),
  key: payload.nullable().optional().describe("null: a null key. Absent: the batch could not be read, see problem"),
  value: payload.nullable().optional().describe("null: a null value (a tombstone). Absent: as for key"),
  headers: z.array(z.object({ key: z.string(), value: payload.nullable() })).describe("In order, repeats kept"),
  size: z.number().int().describe("Bytes of the record, uncompressed"),
  codec: z.enum(codecs).nullable().describe("null: a compression type that is not known"),
  leaderEpoch: z.number().int().nullable(),
  producerId: int64.nullable().describe("null: written without idempotence"),
  producerEpoch: z.number().int().nullable(),
  sequence: z.number().int().nullable(),
  transactional: z.boolean(),
  control: z.enum(["commit", "abort", "other"]).nullable().describe("null: a record of a producer"),
  batch: batchFacts,
  problem: problem.nullable().describe("Why the records from `offset` to `batch.lastOffset` cannot be shown"),
});
export type Message = z.infer<typeof message>;

export const isolations = ["read_committed", "read_uncommitted"] as const;
export type Isolation = (typeof isolations)[number];

/** Where one partition begins and ends for this reader: its end is the last stable offset with read_committed. */
export const readablePartition = z.object({
  partition: z.number().int(),
  start: int64.nullable(),
  end: int64.nullable(),
  problem: problem.nullable().describe("Why nothing of it is shown"),
});
export type ReadablePartition = z.infer<typeof readablePartition>;

/** The lines of a stream of messages: `start`, `messages` any number of times, then `end` or `error`. */
export const messageLine = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("start"),
    direction: z.enum(["older", "newer"]).describe("older: the newest first, each further page is older"),
    isolation: z.enum(isolations),
    partitions: z.array(readablePartition),
  }),
  z.object({ type: z.literal("messages"), messages: z.array(message) }),
  z.object({
    type: z.literal("end"),
    reason: z
      .enum(["limit", "end", "budget"])
      .describe("limit: as many as asked for. end: no more now. budget: continue with the cursor"),
    scanned: z.object({ records: z.number().int(), bytes: z.number().int().describe("Fetched, compressed") }),
    cursor: z
      .string()
      .nullable()
      .describe(
        "Continues after the last record of this page; partitions of warnings keep their place. null: nothing is left in this direction",
      ),
    cost: z.object({ requests: z.number().int(), milliseconds: z.number(), throttledMilliseconds: z.number() }),
    warnings: z.array(problem),
  }),
  z.object({ type: z.literal("error"), problem }),
]);
export type MessageLine = z.infer<typeof messageLine>;

/** `newest`, `oldest` or `offset:N`. */
export const messagesFrom = z
  .string()
  .regex(/^(newest|oldest|offset:\d{1,19})$/, "must be newest, oldest or offset: and a number.");

export const MESSAGES_LIMIT = 50;
export const MESSAGES_MOST = 1000;

export const messagesQuery = z.object({
  partition: z
    .string()
    .regex(/^\d{1,9}(,\d{1,9})*$/, "must be numbers of partitions with commas between them.")
    .optional()
    .describe("One partition, or several with commas. Nothing given: all"),
  from: messagesFrom
    .optional()
    .describe("newest: backwards from the end. oldest, offset:N (of one partition): forwards. Nothing given: newest"),
  limit: z
    .string()
    .regex(/^\d{1,4}$/, "must be a whole number of at most 4 digits.")
    .optional()
    .describe(`Records of a page, at most ${MESSAGES_MOST}. Nothing given: ${MESSAGES_LIMIT}`),
  isolation: z
    .enum(isolations)
    .optional()
    .describe(
      "read_uncommitted shows open and aborted transactions and their markers too. Nothing given: read_committed",
    ),
  cursor: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,12000}$/, "is not a cursor of this address.")
    .optional()
    .describe(
      "Of the `end` line of the page before; it holds partitions, direction and isolation, which are then not looked at",
    ),
});
export type MessagesQuery = z.infer<typeof messagesQuery>;

export const readMessages = endpoint("GET", "/api/clusters/{cluster}/topics/{topic}/messages", {
  permission: "messages.read",
  summary: "The records of a topic, page after page, merged by time over its partitions",
  params: topicParams,
  query: messagesQuery,
  response: messageLine,
  stream: true,
});

/** How one format takes the bytes of a payload. */
export const formatVerdict = z.object({ format: z.enum(payloadFormats), fits: z.boolean(), why: z.string() });

export const messageDetail = message.extend({
  keyFormats: z.array(formatVerdict).describe("Each format tried, in the order of preference; empty for null"),
  valueFormats: z.array(formatVerdict),
});
export type MessageDetail = z.infer<typeof messageDetail>;

export const getMessage = endpoint("GET", "/api/clusters/{cluster}/topics/{topic}/messages/{partition}/{offset}", {
  permission: "messages.read",
  summary: "One record, with a display limit of 1 MB a payload and the reasons for its formats",
  params: topicParams.extend({
    partition: z.string().regex(/^\d{1,9}$/, "must be the number of a partition."),
    offset: z.string().regex(/^\d{1,19}$/, "must be a whole number of at most 19 digits."),
  }),
  response: messageDetail,
});
