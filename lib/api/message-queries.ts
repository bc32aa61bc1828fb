import { z } from "zod";
import { formatChoice } from "./payloads.ts";
import { flag } from "./scalars.ts";

export const MESSAGES_LIMIT = 50;
/** Records of a page. */
export const MESSAGES_MOST = 1000;
/** Hits of a search; a view holds no more. */
export const HITS_MOST = 100_000;
export const TOPICS_MOST = 200;

const TIME = "time:(now|-\\d{1,9}[smhdw]|\\d{1,16}|[0-9T:.Z+-]{10,35})";
const PLACE = `offset:(\\d{1,19}|\\d{1,9}=\\d{1,19}(,\\d{1,9}=\\d{1,19})*)|${TIME}|end-\\d{1,19}|start\\+\\d{1,19}`;

/**
 * Where reading begins. `newest`, `oldest`; `offset:N` in every partition that is read, `offset:P=N,P=N` in those partitions only;
 * `time:T` with T as ISO 8601 with its zone, milliseconds since 1970, `now`, or a while ago (`-90s`, `-15m`, `-1h`, `-7d`, `-2w`);
 * `end-N` and `start+N` count offsets from the edges of each partition.
 */
export const messagesFrom = z
  .string()
  .max(12_000)
  .regex(new RegExp(`^(newest|oldest|${PLACE})$`), "must be newest, oldest, offset:N, time:T, end-N or start+N.");

/** Before which place reading ends, written as `messagesFrom`. */
export const messagesUntil = z
  .string()
  .max(12_000)
  .regex(new RegExp(`^(${PLACE})$`), "must be offset:N, time:T, end-N or start+N.");

/** The parts of a record that a text is looked for in. */
export const searchParts = ["key", "value", "header-names", "header-values"] as const;
export type SearchPart = (typeof searchParts)[number];

export const matchKinds = ["contains", "exact", "regex"] as const;
export type MatchKind = (typeof matchKinds)[number];

const text = z.string().min(1).max(8_000);
const negated = "With ! before it: does not. A text that begins with ! has it twice";

const reading = {
  from: messagesFrom.optional().describe("Nothing given: newest"),
  until: messagesUntil.optional().describe("Nothing given: the end of each partition as it is now"),
  direction: z
    .enum(["older", "newer"])
    .optional()
    .describe("older: backwards from `until`. Nothing given: older where `from` is newest, else newer"),
  limit: z
    .string()
    .regex(/^\d{1,6}$/, "must be a whole number of at most 6 digits.")
    .optional()
    .describe(
      `Records of a page, at most ${MESSAGES_MOST}, or hits of a search, at most ${HITS_MOST}. Nothing given: ${MESSAGES_LIMIT}`,
    ),
  scan: z
    .string()
    .regex(/^\d{1,15}$/, "must be a whole number of at most 15 digits.")
    .optional()
    .describe("A search looks at no more records than this. Nothing given: at all that are asked for"),
  isolation: z
    .enum(["read_committed", "read_uncommitted"])
    .optional()
    .describe(
      "read_uncommitted shows aborted and undecided records of transactions too, marked as such. Nothing given: read_committed",
    ),
  control: flag.describe("Shows the markers that end transactions"),
  q: text.optional().describe("A text that the parts of `in` are looked through for"),
  in: z
    .string()
    .regex(
      new RegExp(`^(${searchParts.join("|")})(,(${searchParts.join("|")}))*$`),
      `must be of ${searchParts.join(", ")}, with commas between them.`,
    )
    .optional()
    .describe("Where `q` is looked for. Nothing given: everywhere"),
  match: z
    .enum(matchKinds)
    .optional()
    .describe("How every text here is meant; regex is RE2, which takes linear time. Nothing given: contains"),
  case: flag.describe("Capital letters count"),
  not: flag.describe("Records in which `q` is not found"),
  key: text.optional().describe(`A text that the key must hold as well. ${negated}`),
  value: text.optional().describe(`A text that the value must hold as well. ${negated}`),
  headers: text.optional().describe(`A text that the name or value of a header must hold as well. ${negated}`),
  filter: z
    .string()
    .min(1)
    .max(8_000)
    .optional()
    .describe(
      "A CEL expression over key, value, headers, topic, partition, offset, timestamp, size: `value.status == 'FAILED'`. value is what its JSON says, else its text; key is a text unless it is a JSON object; of headers that repeat the first counts; timestamp is in milliseconds and can be compared with timestamp('2026-11-22T10:00:00Z'). A field that is not there is no match. Whole numbers are compared exactly, also above 2^53, which makes records with such numbers four to eight times slower to judge. re2(value.name, 'pattern') takes the place of matches(), which is not offered",
    ),
  keyFormat: formatChoice.optional().describe("How keys are read. Nothing given: as the bytes speak"),
  valueFormat: formatChoice.optional(),
  follow: flag.describe(
    "A live tail: goes on at the end until it is left. `from` nothing given: what comes from now on",
  ),
  cursor: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,200000}$/, "is not a cursor of this address.")
    .optional()
    .describe(
      "Of an `end` or `progress` line; it holds topics, partitions, range, direction and isolation, which are then not looked at. What is searched for is given again",
    ),
};

const partition = z
  .string()
  .regex(/^\d{1,9}(,\d{1,9})*$/, "must be numbers of partitions with commas between them.")
  .optional()
  .describe("One partition, or several with commas. Nothing given: all");

const topicsOf = (characters: number) =>
  z.string().max(characters).describe(`Names of topics with commas between them, at most ${TOPICS_MOST}`);

const topics = topicsOf(12_000);

export const topicMessagesQuery = z.object({ partition, ...reading });
export const messagesQuery = z.object({ topics, partition, ...reading });
/** What is asked of topics that are named elsewhere. */
export type MessagesQuery = z.infer<typeof topicMessagesQuery>;

export const searchBody = z.object({ ...messagesQuery.shape, topics: topicsOf(60_000) });

export const exportFormats = ["jsonl", "csv"] as const;
const { follow: _follow, ...exported } = reading;
export const exportQuery = z.object({
  topics,
  partition,
  ...exported,
  format: z.enum(exportFormats).describe("jsonl keeps every byte; csv is for spreadsheets, formulas made harmless"),
});
export type ExportQuery = z.infer<typeof exportQuery>;
