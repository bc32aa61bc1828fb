import { larger, smaller } from "./bytes.ts";
import { type Codec, codecNames } from "./codecs.ts";

/**
 * What the header of a record batch says (magic 2), or of a message (magic 0 and 1, where a compressed wrapper is one batch).
 * Unknown is null: an old message names no producer, a wrapper does not count what it holds.
 */
export type Batch = {
  /** Where the batch begins and ends in the buffer it was read from. */
  start: number;
  end: number;
  magic: number;
  /** null for a wrapper: its own offset is that of the last message inside. */
  baseOffset: bigint | null;
  /** Of the batch before it in these bytes; null: it is the first. Where a wrapper cannot be read, nothing else says where it begins. */
  after: bigint | null;
  /** Kept by compaction: the next position is one above it, however few records are left. */
  lastOffset: bigint;
  leaderEpoch: number | null;
  crc: number;
  /** null: a compression type this reader does not know. */
  codec: Codec | null;
  /** null in magic 0, which has no timestamps. */
  timestampType: "create" | "append" | null;
  baseTimestamp: bigint;
  maxTimestamp: bigint;
  transactional: boolean;
  control: boolean;
  /** null without idempotence. */
  producerId: bigint | null;
  producerEpoch: number | null;
  baseSequence: number | null;
  /** Records that are left after compaction; null for a wrapper. */
  count: number | null;
  /** Why the records cannot be read; the header still stands. */
  problem: string | null;
};

export type Batches = {
  batches: Batch[];
  /** Bytes at the end that begin a batch but do not hold all of it: a fetch is cut at its limit. */
  rest: number;
  /** Why nothing after the last batch can be read: the bytes do not say where the next one begins. */
  problem: string | null;
};

/** Base offset and length: what stands before every batch and message. */
export const LOG_OVERHEAD = 12;
/** Up to the first record of a magic 2 batch. */
export const BATCH_HEADER = 61;
const SHORTEST = 14; // a magic 0 message without key and value
const SMALLEST_MESSAGE = [SHORTEST, 22];

/** The batches in the records of one partition of a fetch answer. Never throws; reads headers only. */
export function readBatches(bytes: Buffer): Batches {
  const batches: Batch[] = [];
  let at = 0;
  while (at + LOG_OVERHEAD + 5 <= bytes.length) {
    const length = bytes.readInt32BE(at + 8);
    if (length < SHORTEST)
      return { batches, rest: bytes.length - at, problem: `A batch says it is ${length} bytes long.` };
    const end = at + LOG_OVERHEAD + length;
    if (end > bytes.length) break;
    const batch = readHeader(bytes, at, end);
    batch.after = batches.at(-1)?.lastOffset ?? null;
    batches.push(batch);
    at = end;
  }
  return { batches, rest: bytes.length - at, problem: null };
}

/** The lowest offset that a record of the batch can have, as far as the reader of `from` and above can know. */
export function lowestOf({ baseOffset, after, lastOffset }: Batch, from: bigint): bigint {
  if (baseOffset !== null) return baseOffset;
  return smaller(lastOffset, after === null ? from : larger(from, after + 1n));
}

function readHeader(bytes: Buffer, start: number, end: number): Batch {
  const magic = bytes.readInt8(start + 16);
  if (magic === 2 && end - start >= BATCH_HEADER) return readModern(bytes, start, end);
  const smallest = SMALLEST_MESSAGE[magic];
  if (smallest !== undefined && end - start >= LOG_OVERHEAD + smallest) return readMessage(bytes, start, end, magic);
  const offset = bytes.readBigInt64BE(start);
  const known = magic >= 0 && magic <= 2;
  return {
    ...blank(start, end, magic, offset),
    problem: known ? "The batch is shorter than its header." : `Unknown record format (magic ${magic}).`,
  };
}

function readModern(bytes: Buffer, start: number, end: number): Batch {
  const attributes = bytes.readInt16BE(start + 21);
  const baseOffset = bytes.readBigInt64BE(start);
  const producerId = bytes.readBigInt64BE(start + 43);
  const codec = codecNames[attributes & 7] ?? null;
  return {
    start,
    end,
    magic: 2,
    baseOffset,
    after: null,
    lastOffset: baseOffset + BigInt(Math.max(0, bytes.readInt32BE(start + 23))),
    leaderEpoch: bytes.readInt32BE(start + 12),
    crc: bytes.readUInt32BE(start + 17),
    codec,
    timestampType: attributes & 8 ? "append" : "create",
    baseTimestamp: bytes.readBigInt64BE(start + 27),
    maxTimestamp: bytes.readBigInt64BE(start + 35),
    transactional: (attributes & 16) !== 0,
    control: (attributes & 32) !== 0,
    producerId: producerId < 0n ? null : producerId,
    producerEpoch: producerId < 0n ? null : bytes.readInt16BE(start + 51),
    baseSequence: producerId < 0n ? null : bytes.readInt32BE(start + 53),
    count: bytes.readInt32BE(start + 57),
    problem: codec === null ? unknownCodec(attributes & 7) : null,
  };
}

function readMessage(bytes: Buffer, start: number, end: number, magic: number): Batch {
  const attributes = bytes.readInt8(start + 17);
  const offset = bytes.readBigInt64BE(start);
  const codec = codecNames[attributes & 7] ?? null;
  const wrapper = codec !== "none";
  const timestamp = magic === 0 ? -1n : bytes.readBigInt64BE(start + 18);
  return {
    ...blank(start, end, magic, offset),
    baseOffset: wrapper ? null : offset,
    crc: bytes.readUInt32BE(start + 12),
    codec,
    timestampType: magic === 0 ? null : attributes & 8 ? "append" : "create",
    baseTimestamp: timestamp,
    maxTimestamp: timestamp,
    count: wrapper ? null : 1,
    problem: codec === null ? unknownCodec(attributes & 7) : null,
  };
}

const unknownCodec = (id: number) => `Unknown compression type ${id}.`;

const blank = (start: number, end: number, magic: number, offset: bigint): Batch => ({
  start,
  end,
  magic,
  baseOffset: offset,
  after: null,
  lastOffset: offset,
  leaderEpoch: null,
  crc: 0,
  codec: null,
  timestampType: null,
  baseTimestamp: -1n,
  maxTimestamp: -1n,
  transactional: false,
  control: false,
  producerId: null,
  producerEpoch: null,
  baseSequence: null,
  count: null,
  problem: null,
});
