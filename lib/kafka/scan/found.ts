import type { Message, MessageDetail } from "../../api/messages.ts";
import type { Int64 } from "../../api/scalars.ts";
import { type DecodeSettings, howOf, ofRecord, type PayloadHow } from "../decode/how.ts";
import { decodePayload, headerName, judgePayload } from "../decode/payload.ts";
import type { ShownBatch } from "./aborted.ts";
import { controlOf, type RawRecord } from "./records.ts";

/** A record without what only the main thread can make: `problem` is a reason here. */
export type FoundMessage = Omit<Message, "problem"> & { problem: string | null } & Partial<
    Pick<MessageDetail, "keyFormats" | "valueFormats">
  >;

/** Which partition the records are of. */
export type Home = { topic: string; partition: number };

/** How the records of one topic are shown: made once a topic by `showingOf`. */
export type Showing = {
  /** Characters of a payload. */
  payload: number;
  /** Also the verdict of each format. */
  explain: boolean;
  key: PayloadHow;
  value: PayloadHow;
  header: PayloadHow;
};

export const showingOf = (settings: DecodeSettings, payload: number, explain = false): Showing => ({
  payload,
  explain,
  key: howOf(settings, "key"),
  value: howOf(settings, "value"),
  header: howOf(settings, "header"),
});

const text = (value: bigint) => value.toString() as Int64;
const orNull = (value: bigint | null) => (value === null ? null : text(value));

/** A record as the contract shows it. Never throws: what no format reads is hex. */
export function foundRecord(home: Home, of: ShownBatch, record: RawRecord, showing: Showing): FoundMessage {
  const { batch } = of;
  const step = batch.baseOffset === null ? 0 : Number(record.offset - batch.baseOffset);
  const value = ofRecord(showing.value, record.key);
  const control = batch.control ? (controlOf(record)?.kind ?? "other") : null;
  return {
    ...batchFacts(home, of),
    ...(control === "commit" || control === "abort"
      ? { transaction: control === "commit" ? ("committed" as const) : ("aborted" as const) }
      : {}),
    offset: text(record.offset),
    timestamp: record.timestamp === -1n ? null : text(record.timestamp),
    key: decodePayload(record.key, showing.payload, showing.key),
    value: decodePayload(record.value, showing.payload, value),
    headers: record.headers.map((header) => ({
      key: headerName(header.key),
      value: decodePayload(header.value, showing.payload, showing.header),
    })),
    size: record.size,
    // Sequences wrap around at 2^31 (KIP-98).
    sequence: batch.baseSequence === null || batch.baseSequence < 0 ? null : (batch.baseSequence + step) % 2 ** 31,
    control,
    problem: null,
    ...(showing.explain
      ? { keyFormats: judgePayload(record.key, showing.key), valueFormats: judgePayload(record.value, value) }
      : {}),
  };
}

/** What is left of a batch from an offset on that cannot be read, as one row. */
export const foundUnreadable = (
  home: Home,
  of: ShownBatch,
  { reason, offset }: { reason: string; offset: bigint },
): FoundMessage => ({
  ...batchFacts(home, of),
  offset: text(offset),
  timestamp: of.batch.maxTimestamp < 0n ? null : text(of.batch.maxTimestamp),
  headers: [],
  size: 0,
  sequence: null,
  control: null,
  problem: reason,
});

const batchFacts = ({ topic, partition }: Home, { batch, transaction }: ShownBatch) => ({
  topic,
  partition,
  timestampType: batch.timestampType,
  codec: batch.codec,
  leaderEpoch: batch.leaderEpoch,
  producerId: orNull(batch.producerId),
  producerEpoch: batch.producerEpoch,
  transactional: batch.transactional,
  transaction,
  batch: {
    magic: batch.magic,
    baseOffset: orNull(batch.baseOffset),
    lastOffset: text(batch.lastOffset),
    count: batch.count,
    size: batch.end - batch.start,
  },
});

/** The last offset that a row stands for: an unreadable batch stands for all of its own. */
export const endOf = (found: Pick<FoundMessage, "offset" | "problem" | "batch">): bigint =>
  BigInt(found.problem === null ? found.offset : found.batch.lastOffset);

/** About how many characters of JSON a row will be. */
export const weightOf = ({ key, value, headers }: FoundMessage): number =>
  500 +
  (key?.text.length ?? 0) +
  (value?.text.length ?? 0) +
  headers.reduce((sum, header) => sum + 40 + header.key.length + (header.value?.text.length ?? 0), 0);
