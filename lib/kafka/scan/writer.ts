import { BATCH_HEADER } from "./batches.ts";
import { larger } from "./bytes.ts";
import { type Codec, codecNames, compress } from "./codecs.ts";
import { crc32c } from "./crc32c.ts";
import type { Bytes, RawHeader } from "./records.ts";

export type WriteRecord = {
  timestamp: bigint;
  key: Bytes;
  value: Bytes;
  headers: readonly RawHeader[];
  /** Steps above the batch's first offset. Nothing given: its place in the list, which is what Produce requires. */
  offsetDelta?: number;
};

export type WriteBatch = {
  records: readonly WriteRecord[];
  /** Nothing given: none. */
  codec?: Codec;
  /** Nothing given: 0, which a broker replaces. */
  baseOffset?: bigint;
  leaderEpoch?: number;
  timestampType?: "create" | "append";
  transactional?: boolean;
  control?: boolean;
  /** Nothing given: not idempotent. */
  producer?: { id: bigint; epoch: number; sequence: number };
};

/**
 * One record batch (magic 2, KIP-98) as Produce takes it: header order, repeated headers and null header values are kept.
 * `readRecords(write(batch))` gives the same records.
 */
export function write(batch: WriteBatch): Buffer {
  const { records, codec = "none", baseOffset = 0n, timestampType = "create", producer } = batch;
  const base = records[0]?.timestamp ?? 0n;
  const body = compress(codec, bodyOf(records, base));
  const out = Buffer.alloc(BATCH_HEADER + body.length);
  const attributes =
    codecNames.indexOf(codec) |
    (timestampType === "append" ? 8 : 0) |
    (batch.transactional ? 16 : 0) |
    (batch.control ? 32 : 0);
  out.writeBigInt64BE(baseOffset, 0);
  out.writeInt32BE(out.length - 12, 8);
  out.writeInt32BE(batch.leaderEpoch ?? -1, 12);
  out.writeInt8(2, 16);
  out.writeInt16BE(attributes, 21);
  out.writeInt32BE(records.at(-1)?.offsetDelta ?? records.length - 1, 23);
  out.writeBigInt64BE(base, 27);
  out.writeBigInt64BE(records.map(({ timestamp }) => timestamp).reduce(larger, base), 35);
  out.writeBigInt64BE(producer?.id ?? -1n, 43);
  out.writeInt16BE(producer?.epoch ?? -1, 51);
  out.writeInt32BE(producer?.sequence ?? -1, 53);
  out.writeInt32BE(records.length, 57);
  out.set(body, BATCH_HEADER);
  out.writeUInt32BE(crc32c(out, 21), 17);
  return out;
}

/** Bytes a record takes in its uncompressed batch, `offsetDelta` steps and `base` being what the batch begins with. */
export function recordSize({ timestamp, key, value, headers }: WriteRecord, offsetDelta: number, base: bigint): number {
  let size =
    1 + varlongSize(BigInt.asIntN(64, timestamp - base)) + varintSize(offsetDelta) + varintSize(headers.length);
  size += bytesSize(key) + bytesSize(value);
  for (const header of headers) size += bytesSize(header.key) + bytesSize(header.value);
  return varintSize(size) + size;
}

const bytesSize = (bytes: Bytes): number => (bytes === null ? 1 : varintSize(bytes.length) + bytes.length);

/** Of a number from 0 on, zigzag. */
const varintSize = (value: number): number =>
  value < 64 ? 1 : value < 8192 ? 2 : value < 1 << 20 ? 3 : value < 1 << 27 ? 4 : 5;

function varlongSize(value: bigint): number {
  let rest = BigInt.asUintN(64, (value << 1n) ^ (value >> 63n));
  let size = 1;
  for (; rest > 0x7fn; rest >>= 7n) size++;
  return size;
}

/** Where the next byte goes. The size is known before, so that nothing is allocated for a record. */
type Pen = { bytes: Buffer; at: number };

function bodyOf(records: readonly WriteRecord[], base: bigint): Buffer {
  const sizes = records.map((record, index) => recordSize(record, record.offsetDelta ?? index, base));
  const pen: Pen = { bytes: Buffer.allocUnsafe(sizes.reduce((sum, size) => sum + size, 0)), at: 0 };
  for (const [index, record] of records.entries()) {
    const size = sizes[index] ?? 0;
    putVarint(pen, lengthIn(size));
    pen.bytes[pen.at++] = 0; // attributes: no bit of a record means anything yet
    putVarlong(pen, BigInt.asIntN(64, record.timestamp - base));
    putVarint(pen, record.offsetDelta ?? index);
    putBytes(pen, record.key);
    putBytes(pen, record.value);
    putVarint(pen, record.headers.length);
    for (const { key, value } of record.headers) {
      putBytes(pen, key);
      putBytes(pen, value);
    }
  }
  return pen.bytes;
}

/** What a record of this size, its own length included, says its length is. */
function lengthIn(size: number): number {
  let length = size - 1;
  while (varintSize(length) + length > size) length--;
  return length;
}

/** Zigzag, of a number from -1 on. */
function putVarint(pen: Pen, value: number): void {
  let rest = value < 0 ? 1 : value * 2;
  for (; rest > 0x7f; rest >>>= 7) pen.bytes[pen.at++] = (rest & 0x7f) | 0x80;
  pen.bytes[pen.at++] = rest;
}

function putVarlong(pen: Pen, value: bigint): void {
  let rest = BigInt.asUintN(64, (value << 1n) ^ (value >> 63n));
  for (; rest > 0x7fn; rest >>= 7n) pen.bytes[pen.at++] = Number(rest & 0x7fn) | 0x80;
  pen.bytes[pen.at++] = Number(rest);
}

function putBytes(pen: Pen, bytes: Bytes): void {
  putVarint(pen, bytes === null ? -1 : bytes.length);
  if (bytes === null) return;
  pen.bytes.set(bytes, pen.at);
  pen.at += bytes.length;
}
