import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { clusterParams, listOf, topicParams } from "./lists.ts";
import { exportQuery, messagesQuery, searchBody, topicMessagesQuery } from "./message-queries.ts";
import { formatChoice, formatVerdict, payload } from "./payloads.ts";
import { problem } from "./problem.ts";
import { int64 } from "./scalars.ts";

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
  topic: z.string(),
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
  transaction: z
    .enum(["committed", "aborted", "undecided"])
    .nullable()
    .describe(
      "null: not part of one. undecided: at or above the last stable offset, so it is open, or behind one that is; read_committed readers do not see it yet",
    ),
  control: z.enum(["commit", "abort", "other"]).nullable().describe("null: a record of a producer"),
  batch: batchFacts,
  problem: problem.nullable().describe("Why the records from `offset` to `batch.lastOffset` cannot be shown"),
});
export type Message = z.infer<typeof message>;

export const isolations = ["read_committed", "read_uncommitted"] as const;
export type Isolation = (typeof isolations)[number];

/** Where one partition begins and ends for this reader, and the part of it that was asked for. */
export const readablePartition = z.object({
  topic: z.string(),
  partition: z.number().int(),
  start: int64.nullable().describe("Log start offset"),
  end: int64.nullable().describe("Last stable offset with read_committed, else the high watermark"),
  from: int64.nullable().describe("The first offset of what was asked for"),
  until: int64.nullable().describe("The offset before which it ends"),
  problem: problem.nullable().describe("Why nothing of it is shown"),
});
export type ReadablePartition = z.infer<typeof readablePartition>;

const scanned = z.object({
  records: z.number().int().describe("Records looked at, offsets without a record not counted"),
  bytes: z.number().int().describe("Fetched, compressed"),
});

/** Places of partitions by their index in the `partitions` of the start line; those that are left out did not move. */
const places = z.array(z.tuple([z.number().int(), int64]));

/**
 * The lines of a stream of messages: `start`, then `messages` and `progress` any number of times, then `end` or `error`. A page
 * sends its records in order; a search and a live tail send them as found.
 */
export const messageLine = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("start"),
    direction: z.enum(["older", "newer"]).describe("older: the newest first, each further page is older"),
    isolation: z.enum(isolations),
    partitions: z.array(readablePartition),
    offsets: int64.describe("Offsets asked for over all partitions: records, and gaps that hold none"),
  }),
  z.object({ type: z.literal("messages"), messages: z.array(message) }),
  z.object({
    type: z.literal("progress"),
    waiting: z.number().int().describe("Searches that must end before this one begins; 0 once it runs"),
    scanned,
    covered: int64.describe("Offsets that were passed, of the `offsets` of the start line"),
    hits: z.number().int(),
    failed: z.number().int().describe("Records the filter could not judge"),
    dropped: z
      .number()
      .int()
      .describe("Of a live tail: offsets passed over because the topic was faster than its reader"),
    throttledMilliseconds: z.number().describe("Waited because a broker's quota asked for it"),
    places,
    cursor: z.string().nullable().describe("Continues after everything sent so far"),
    warnings: z
      .array(problem)
      .optional()
      .describe("Of a live tail: partitions that cannot be read now, and are tried again. Absent: none"),
  }),
  z.object({
    type: z.literal("end"),
    reason: z
      .enum(["limit", "end", "budget", "scan", "view", "server-stopping"])
      .describe(
        "limit: as many as asked for. end: all that was asked for was looked at. budget: a page looked through as much as it may. scan: the `scan` of the query was reached. view: what was sent fills what a view holds. In each case but `end` the cursor continues",
      ),
    scanned,
    covered: int64,
    hits: z.number().int(),
    failed: z
      .object({
        records: z.number().int(),
        first: z.string(),
        topic: z.string(),
        partition: z.number().int(),
        offset: int64,
      })
      .nullable()
      .describe("Records the filter could not judge, and the reason of the first; null: none"),
    places: places.describe("Of every partition: all offsets on the near side of it were looked at"),
    cursor: z
      .string()
      .nullable()
      .describe(
        "Continues after the last record sent; partitions of warnings keep their place. null: nothing is left in this direction",
      ),
    cost: z.object({ requests: z.number().int(), milliseconds: z.number(), throttledMilliseconds: z.number() }),
    warnings: z.array(problem),
  }),
  z.object({ type: z.literal("error"), problem }),
]);
export type MessageLine = z.infer<typeof messageLine>;

export const readClusterMessages = endpoint("GET", "/api/clusters/{cluster}/messages", {
  permission: "messages.read",
  summary: "The records of one or several topics: a page, a search or a live tail",
  params: clusterParams,
  query: messagesQuery,
  response: messageLine,
  answers: "ndjson",
});

export const readMessages = endpoint("GET", "/api/clusters/{cluster}/topics/{topic}/messages", {
  permission: "messages.read",
  summary: "The same for one topic",
  params: topicParams,
  query: topicMessagesQuery,
  response: messageLine,
  answers: "ndjson",
});

export const searchMessages = endpoint("POST", "/api/clusters/{cluster}/messages/search", {
  permission: "messages.read",
  summary: "The same as a JSON body, for cursors and filters that are too long for an address",
  params: clusterParams,
  body: searchBody,
  response: messageLine,
  answers: "ndjson",
});

export const exportMessages = endpoint("GET", "/api/clusters/{cluster}/messages/export", {
  permission: "messages.read",
  summary:
    "Every record that is asked for or matches, as a file: JSON lines (exact, can be produced again) or CSV. It breaks off where it cannot go on. From the oldest on, unless from, direction or limit say otherwise",
  params: clusterParams,
  query: exportQuery,
  response: z.string(),
  answers: "file",
});

export const checkFilter = endpoint("POST", "/api/clusters/{cluster}/messages/check", {
  permission: "messages.read",
  summary: "Whether a CEL filter or a regular expression is valid, and how it would be searched for",
  params: clusterParams,
  body: z.object({ filter: z.string().max(8_000).optional(), regex: z.string().max(8_000).optional() }),
  response: z.object({
    problem: z
      .object({ message: z.string(), at: z.number().int().nullable().describe("Characters before it") })
      .nullable()
      .describe("null: it is valid"),
    literals: z
      .array(z.string())
      .describe("Texts that every match must hold; batches without them are passed over. Empty: every record is read"),
  }),
});
export type FilterCheck = z.infer<typeof checkFilter.response>;

export const messageDetail = message.extend({
  keyFormats: z.array(formatVerdict).describe("Each format tried, in the order of preference; empty for null"),
  valueFormats: z.array(formatVerdict),
});
export type MessageDetail = z.infer<typeof messageDetail>;

const messageParams = topicParams.extend({
  partition: z.string().regex(/^\d{1,9}$/, "must be the number of a partition."),
  offset: z.string().regex(/^\d{1,19}$/, "must be a whole number of at most 19 digits."),
});

export const getMessage = endpoint("GET", "/api/clusters/{cluster}/topics/{topic}/messages/{partition}/{offset}", {
  permission: "messages.read",
  summary: "One record, with a display limit of 1 MB a payload and the reasons for its formats",
  params: messageParams,
  query: z.object({
    keyFormat: formatChoice.optional().describe("Nothing given: detected from the bytes"),
    valueFormat: formatChoice.optional(),
  }),
  response: messageDetail,
});

export const getMessageValue = endpoint(
  "GET",
  "/api/clusters/{cluster}/topics/{topic}/messages/{partition}/{offset}/value",
  {
    permission: "messages.read",
    summary: "The bytes of a record's value as they are in the log, of any size. 404 for null",
    params: messageParams,
    response: z.string(),
    answers: "file",
  },
);

export const getMessageKey = endpoint(
  "GET",
  "/api/clusters/{cluster}/topics/{topic}/messages/{partition}/{offset}/key",
  {
    permission: "messages.read",
    summary: "The bytes of a record's key. 404 for null",
    params: messageParams,
    response: z.string(),
    answers: "file",
  },
);

export const listMessageTypes = endpoint("GET", "/api/clusters/{cluster}/messages/types", {
  permission: "messages.read",
  summary: "The Protobuf message types of the cluster's descriptor files",
  params: clusterParams,
  response: listOf(z.object({ name: z.string(), file: z.string() })),
});
