import type { Message, MessageDetail } from "../../api/messages.ts";
import type { Int64 } from "../../api/scalars.ts";
import { decodePayload, headerName, judgePayload } from "../decode/payload.ts";
import { visibleBatches } from "./aborted.ts";
import { type Batch, readBatches } from "./batches.ts";
import { corrupt, larger, smaller } from "./bytes.ts";
import {
  controlOf,
  nextRecord,
  offsetAt,
  openRecords,
  type RawRecord,
  type RecordCursor,
  recordAt,
} from "./records.ts";

/** Records of one partition as a fetch gave them, and which of them are wanted. */
export type Slice = {
  partition: number;
  bytes: Uint8Array;
  /** Only offsets from `from` up to below `to`. */
  from: bigint;
  to: bigint;
  /** The first ones upwards, or the last ones downwards. */
  order: "first" | "last";
  want: number;
  /** Aborted transactions as the fetch answer has them; null shows everything, markers too. */
  aborted: { producerId: bigint; firstOffset: bigint }[] | null;
};

export type ReadJob = {
  slices: Slice[];
  /** Characters of a payload, unpacked bytes of a batch, characters of the whole result. */
  limits: { payload: number; batch: number; result: number };
  /** true: also the verdict of each format. */
  explain: boolean;
};

/** A record without what only the main thread can make: `problem` is a reason here. */
export type FoundMessage = Omit<Message, "problem" | "topic"> & { problem: string | null } & Partial<
    Pick<MessageDetail, "keyFormats" | "valueFormats">
  >;

export type SliceResult = {
  partition: number;
  /** In the slice's order. */
  messages: FoundMessage[];
  /** Above the last whole batch in the bytes; `from` when there is none. */
  next: bigint;
  /** All wanted offsets on the near side of this one are in `messages`: exclusive upwards, inclusive downwards. */
  reached: bigint;
  /** 0 where the bytes hold the beginning of a batch only. */
  wholeBatches: number;
  /** Records that were unpacked, wanted or not. */
  scanned: number;
  /** Why nothing behind `next` can be read; null when it can. */
  problem: string | null;
};

/** Runs in the worker. Never throws for bytes of any kind; ends early, with what it has, once `stopped` says so. */
export function readSlices(job: ReadJob, stopped: () => boolean): SliceResult[] {
  const budget = { left: job.limits.result };
  return job.slices.map((slice) => readSlice(slice, job, budget, stopped));
}

function readSlice(slice: Slice, job: ReadJob, budget: { left: number }, stopped: () => boolean): SliceResult {
  const bytes = Buffer.from(slice.bytes.buffer, slice.bytes.byteOffset, slice.bytes.byteLength);
  const { batches, problem } = readBatches(bytes);
  const last = batches.at(-1)?.lastOffset;
  const next = last === undefined || last < slice.from ? slice.from : last + 1n;
  const result: SliceResult = {
    partition: slice.partition,
    messages: [],
    next,
    reached: slice.from,
    wholeBatches: batches.length,
    scanned: 0,
    problem,
  };
  const visible = visibleBatches(batches, slice.aborted).filter(
    (batch) => batch.lastOffset >= slice.from && (batch.baseOffset ?? slice.from) < slice.to,
  );
  const upwards = slice.order === "first";
  for (const batch of upwards ? visible : visible.reverse()) {
    if (stopped()) return result;
    const found = recordsOf(bytes, batch, slice, job.limits.batch);
    result.scanned += found.scanned;
    for (const record of upwards ? found.records : found.records.reverse()) {
      if (result.messages.length >= slice.want || (budget.left <= 0 && result.messages.length > 0)) return result;
      const shown = "reason" in record ? unreadable(slice, batch, record) : show(slice, batch, record, job);
      budget.left -= weightOf(shown);
      result.messages.push(shown);
      result.reached = upwards ? endOf(shown) + 1n : BigInt(shown.offset);
    }
  }
  result.reached = upwards ? smaller(next, slice.to) : slice.from;
  return result;
}

/** The last offset that a row stands for: an unreadable batch stands for all of its own. */
export const endOf = (found: Pick<FoundMessage, "offset" | "problem" | "batch">): bigint =>
  BigInt(found.problem === null ? found.offset : found.batch.lastOffset);

/** What is left of a batch from an offset on that cannot be read. */
type Unreadable = { reason: string; offset: bigint };

/** The wanted records of a batch, upwards; where it cannot be read further, what says so stands for the rest of it. */
function recordsOf(bytes: Buffer, batch: Batch, slice: Slice, limit: number) {
  const records: (RawRecord | Unreadable)[] = [];
  let scanned = 0;
  let at = batch.baseOffset ?? smaller(batch.lastOffset, slice.from);
  try {
    const cursor: RecordCursor = openRecords(bytes, batch, limit);
    for (; nextRecord(cursor); scanned++) {
      const offset = offsetAt(cursor);
      // A page goes on behind the last offset it showed, so an offset that goes back or too far must not be believed.
      if (offset > batch.lastOffset || (scanned > 0 && offset < at))
        corrupt(`A record has offset ${offset}, outside its place.`);
      at = offset + 1n;
      if (offset >= slice.from && offset < slice.to) records.push(recordAt(cursor));
    }
  } catch (error) {
    const offset = larger(at, slice.from);
    if (offset < slice.to && offset <= batch.lastOffset) records.push({ reason: (error as Error).message, offset });
  }
  return { records, scanned };
}

const text = (value: bigint) => value.toString() as Int64;
const orNull = (value: bigint | null) => (value === null ? null : text(value));

const batchFacts = (slice: Slice, batch: Batch) => ({
  partition: slice.partition,
  timestampType: batch.timestampType,
  codec: batch.codec,
  leaderEpoch: batch.leaderEpoch,
  producerId: orNull(batch.producerId),
  producerEpoch: batch.producerEpoch,
  transactional: batch.transactional,
  transaction: batch.transactional ? (slice.aborted === null ? ("undecided" as const) : ("committed" as const)) : null,
  batch: {
    magic: batch.magic,
    baseOffset: orNull(batch.baseOffset),
    lastOffset: text(batch.lastOffset),
    count: batch.count,
    size: batch.end - batch.start,
  },
});

function show(slice: Slice, batch: Batch, record: RawRecord, { limits, explain }: ReadJob): FoundMessage {
  const step = batch.baseOffset === null ? 0 : Number(record.offset - batch.baseOffset);
  return {
    ...batchFacts(slice, batch),
    offset: text(record.offset),
    timestamp: record.timestamp === -1n ? null : text(record.timestamp),
    key: decodePayload(record.key, limits.payload),
    value: decodePayload(record.value, limits.payload),
    headers: record.headers.map(({ key, value }) => ({
      key: headerName(key),
      value: decodePayload(value, limits.payload),
    })),
    size: record.size,
    // Sequences wrap around at 2^31 (KIP-98).
    sequence: batch.baseSequence === null || batch.baseSequence < 0 ? null : (batch.baseSequence + step) % 2 ** 31,
    control: batch.control ? (controlOf(record)?.kind ?? "other") : null,
    problem: null,
    ...(explain ? { keyFormats: judgePayload(record.key), valueFormats: judgePayload(record.value) } : {}),
  };
}

const unreadable = (slice: Slice, batch: Batch, { reason, offset }: Unreadable): FoundMessage => ({
  ...batchFacts(slice, batch),
  offset: text(offset),
  timestamp: batch.maxTimestamp < 0n ? null : text(batch.maxTimestamp),
  headers: [],
  size: 0,
  sequence: null,
  control: null,
  problem: reason,
});

const weightOf = ({ key, value, headers }: FoundMessage): number =>
  500 +
  (key?.text.length ?? 0) +
  (value?.text.length ?? 0) +
  headers.reduce((sum, header) => sum + 40 + header.key.length + (header.value?.text.length ?? 0), 0);
