import type { MessagesQuery } from "../api/message-queries.ts";
import { type Message, type MessageLine, readClusterMessages, readMessages, searchMessages } from "../api/messages.ts";
import { addressOf } from "./call.ts";

export type StartLine = Extract<MessageLine, { type: "start" }>;
export type ProgressLine = Extract<MessageLine, { type: "progress" }>;
export type EndLine = Extract<MessageLine, { type: "end" }>;

/**
 * What a stream reads: one or several topics of a cluster, and the question as the API takes it, without `cursor`. `keep`: only the
 * latest so many records are held, for a live tail; nothing given: all.
 */
export type StreamAsk = { cluster: string; topics: readonly string[]; query: MessagesQuery; keep?: number };

/** What was done over all legs of a stream, each leg being one request. */
export type StreamTotals = {
  /** Records looked at, and the bytes fetched for them. */
  records: number;
  bytes: number;
  /** Offsets passed, as digits, of the `offsets` of the first start line. */
  covered: string;
  hits: number;
  failed: number;
  dropped: number;
  throttledMilliseconds: number;
};

export const noTotals: StreamTotals = {
  records: 0,
  bytes: 0,
  covered: "0",
  hits: 0,
  failed: 0,
  dropped: 0,
  throttledMilliseconds: 0,
};

/** What was done before a leg, and by the leg so far. An end line has no count of what was dropped: that of the last progress stays. */
export function addTotals(before: StreamTotals, line: ProgressLine | EndLine, dropped: number): StreamTotals {
  const isEnd = line.type === "end";
  return {
    records: before.records + line.scanned.records,
    bytes: before.bytes + line.scanned.bytes,
    covered: (BigInt(before.covered) + BigInt(line.covered)).toString(),
    hits: before.hits + line.hits,
    failed: before.failed + (isEnd ? (line.failed?.records ?? 0) : line.failed),
    dropped: isEnd ? dropped : before.dropped + line.dropped,
    throttledMilliseconds:
      before.throttledMilliseconds + (isEnd ? line.cost.throttledMilliseconds : line.throttledMilliseconds),
  };
}

/** What a record is known by among those of several topics: no name of a topic holds a slash. */
export const messageKey = ({ topic, partition, offset }: Pick<Message, "topic" | "partition" | "offset">): string =>
  `${topic}/${partition}/${offset}`;

/** What a partition is known by. */
export const partitionKey = ({ topic, partition }: { topic: string; partition: number }): string =>
  `${topic}/${partition}`;

/** Where each partition stands (`partitionKey` to offset) after the places of a line, which count along its own start line. */
export function movePlaces(
  places: ReadonlyMap<string, string>,
  start: StartLine | null,
  moved: ProgressLine["places"],
): ReadonlyMap<string, string> {
  if (moved.length === 0) return places;
  const next = new Map(places);
  for (const [index, offset] of moved) {
    const partition = start?.partitions[index];
    if (partition) next.set(partitionKey(partition), offset);
  }
  return next;
}

/** The limit that is left of `asked` after `done`, never none: a leg of a search that may find nothing is not asked for. */
const left = (asked: string | undefined, done: number): string | undefined =>
  asked === undefined ? undefined : String(Math.max(1, Number(asked) - done));

/**
 * The question that continues another at a cursor. The cursor holds where reading goes on and how, so that is left out. `done`:
 * hits and records that count against the two limits already; nothing given: both are granted anew.
 */
export function continued(
  query: MessagesQuery,
  cursor: string,
  done?: { hits: number; records: number },
): MessagesQuery {
  const {
    from: _from,
    until: _until,
    direction: _direction,
    partition: _partition,
    isolation: _isolation,
    ...rest
  } = query;
  const { limit, scan, ...kept } = rest;
  const limits = { limit: left(limit, done?.hits ?? 0), scan: left(scan, done?.records ?? 0) };
  return {
    ...kept,
    ...(limits.limit === undefined ? {} : { limit: limits.limit }),
    ...(limits.scan === undefined ? {} : { scan: limits.scan }),
    cursor,
  };
}

/** Longer addresses are refused on the way by some proxies; the same question then goes as a body. */
const MOST_ADDRESS = 4_000;

/** The request that asks a question: a GET, or a POST where its address would pass 4 kB. */
export function requestOf({ cluster, topics, query }: StreamAsk): {
  address: string;
  method: "GET" | "POST";
  body: unknown;
} {
  const [only] = topics;
  const named = { topics: topics.join(","), ...query };
  const address =
    topics.length === 1
      ? addressOf(readMessages.path, { cluster, topic: only ?? "" }, query)
      : addressOf(readClusterMessages.path, { cluster }, named);
  if (address.length <= MOST_ADDRESS) return { address, method: "GET", body: undefined };
  return { address: addressOf(searchMessages.path, { cluster }), method: "POST", body: named };
}
