import { BATCH_HEADER, type Batch, LOG_OVERHEAD } from "./batches.ts";
import { corrupt, readVarint, readVarlong } from "./bytes.ts";
import { decompress } from "./codecs.ts";

/** Bytes as they are in the log: null is a null, no bytes are an empty payload. */
export type Bytes = Uint8Array | null;
export type RawHeader = { key: Uint8Array; value: Bytes };
export type RawRecord = {
  offset: bigint;
  /** Milliseconds since 1970, or whatever the producer meant; -1 for none. */
  timestamp: bigint;
  key: Bytes;
  value: Bytes;
  /** In order, repeats kept. */
  headers: RawHeader[];
  /** Bytes of the record in its uncompressed batch. */
  size: number;
};

/** Where a walk through one batch stands. `nextRecord` overwrites it; lengths of -1 are null. Nothing is allocated a record. */
export type RecordCursor = {
  readonly batch: Batch;
  readonly bytes: Buffer;
  readonly firstOffset: bigint;
  at: number;
  /** Records still to come as the header has it; -1 for a wrapper, which ends with its bytes. */
  left: number;
  start: number;
  end: number;
  offsetDelta: number;
  timestampDelta: number | bigint;
  keyAt: number;
  keySize: number;
  valueAt: number;
  valueSize: number;
  headersAt: number;
};

/** Unpacks a batch and stands before its first record. Throws `corrupt-batch` and, above `limit` bytes, `too-large`. */
export function openRecords(source: Buffer, batch: Batch, limit: number): RecordCursor {
  if (batch.codec === null) corrupt(batch.problem ?? "Unknown compression type.");
  if (batch.magic < 2) return openMessages(source, batch, limit);
  const body = decompress(batch.codec, source.subarray(batch.start + BATCH_HEADER, batch.end), limit);
  const count = batch.count ?? 0;
  if (count < 0 || count > body.length) corrupt(`The batch says it holds ${count} records in ${body.length} bytes.`);
  return cursorOver(batch, asBuffer(body), batch.baseOffset ?? batch.lastOffset, 0, count);
}

const cursorOver = (batch: Batch, bytes: Buffer, firstOffset: bigint, at: number, left: number): RecordCursor => ({
  batch,
  bytes,
  firstOffset,
  at,
  left,
  start: at,
  end: at,
  offsetDelta: 0,
  timestampDelta: 0,
  keyAt: 0,
  keySize: -1,
  valueAt: 0,
  valueSize: -1,
  headersAt: at,
});

const asBuffer = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Steps to the next record; false after the last. Throws `corrupt-batch`. */
export function nextRecord(cursor: RecordCursor): boolean {
  if (cursor.batch.magic < 2) return nextMessage(cursor);
  if (cursor.left <= 0) return false;
  cursor.left--;
  cursor.start = cursor.at;
  const length = readVarint(cursor);
  const end = cursor.at + length;
  if (length < 6 || end > cursor.bytes.length) corrupt("A record reaches past the end of its batch.");
  cursor.end = end;
  cursor.at++; // attributes: no bit of a record means anything yet
  cursor.timestampDelta = readVarlong(cursor);
  cursor.offsetDelta = readVarint(cursor);
  cursor.keySize = readVarint(cursor);
  cursor.keyAt = cursor.at;
  if (cursor.keySize > 0) cursor.at += cursor.keySize;
  if (cursor.keySize < -1 || cursor.at >= end) corrupt("A key is longer than its record.");
  cursor.valueSize = readVarint(cursor);
  cursor.valueAt = cursor.at;
  if (cursor.valueSize > 0) cursor.at += cursor.valueSize;
  if (cursor.valueSize < -1 || cursor.at >= end) corrupt("A value is longer than its record.");
  cursor.headersAt = cursor.at;
  cursor.at = end;
  return true;
}

/** The offset of the record under the cursor. */
export const offsetAt = (cursor: RecordCursor): bigint => cursor.firstOffset + BigInt(cursor.offsetDelta);

/** Its timestamp: milliseconds since 1970, or whatever the producer meant; -1 for none. */
export function timestampAt({ batch, timestampDelta }: RecordCursor): bigint {
  if (batch.timestampType === "append") return batch.maxTimestamp;
  return BigInt.asIntN(64, batch.baseTimestamp + BigInt(timestampDelta));
}

/** The record under the cursor, its payloads being views of the batch. Throws `corrupt-batch` where the headers do not fit. */
export function recordAt(cursor: RecordCursor): RawRecord {
  const { batch, bytes } = cursor;
  return {
    offset: offsetAt(cursor),
    timestamp: timestampAt(cursor),
    key: slice(bytes, cursor.keyAt, cursor.keySize),
    value: slice(bytes, cursor.valueAt, cursor.valueSize),
    headers: batch.magic < 2 ? [] : readHeaders(cursor),
    size: cursor.end - cursor.start,
  };
}

const slice = (bytes: Buffer, at: number, size: number): Bytes => (size < 0 ? null : bytes.subarray(at, at + size));

function readHeaders({ bytes, headersAt, end }: RecordCursor): RawHeader[] {
  const place = { bytes, at: headersAt };
  const take = (size: number): Buffer => {
    if (size < 0 || place.at + size > end) corrupt("A header is longer than its record.");
    place.at += size;
    return bytes.subarray(place.at - size, place.at);
  };
  const count = readVarint(place);
  if (count < 0 || count > end - headersAt) corrupt(`A record says it has ${count} headers.`);
  const headers: RawHeader[] = [];
  for (let index = 0; index < count; index++) {
    const key = take(readVarint(place));
    const size = readVarint(place);
    headers.push({ key, value: size === -1 ? null : take(size) });
  }
  return headers;
}

/**
 * All records of a batch, in order, without those that could not be read: `problem` says why.
 * Never throws. For small reads; a scan steps a cursor instead.
 */
export function readRecords(
  source: Buffer,
  batch: Batch,
  limit: number,
): { records: RawRecord[]; problem: string | null } {
  const records: RawRecord[] = [];
  try {
    const cursor = openRecords(source, batch, limit);
    while (nextRecord(cursor)) records.push(recordAt(cursor));
    return { records, problem: null };
  } catch (error) {
    return { records, problem: (error as Error).message };
  }
}

/** What a control record (`batch.control`) marks: the end of a transaction. null: another kind, or unreadable. */
export function controlOf(record: RawRecord): { kind: "commit" | "abort"; coordinatorEpoch: number | null } | null {
  const { key, value } = record;
  if (key === null || key.length < 4) return null;
  const type = asBuffer(key).readInt16BE(2);
  if (type !== 0 && type !== 1) return null;
  const coordinatorEpoch = value !== null && value.length >= 6 ? asBuffer(value).readInt32BE(2) : null;
  return { kind: type === 0 ? "abort" : "commit", coordinatorEpoch };
}

// Magic 0 and 1: offset int64, size int32, crc uint32, magic int8, attributes int8, [timestamp int64 in magic 1], key, value.

function openMessages(source: Buffer, batch: Batch, limit: number): RecordCursor {
  if (batch.codec === "none" || batch.codec === null) {
    return cursorOver(batch, source.subarray(batch.start, batch.end), batch.lastOffset, 0, -1);
  }
  const at = batch.start + LOG_OVERHEAD + 6 + (batch.magic === 0 ? 0 : 8);
  const keySize = source.readInt32BE(at);
  const valueAt = at + 8 + Math.max(0, keySize);
  if (keySize < -1 || valueAt > batch.end) corrupt("A wrapper message is shorter than its key.");
  const valueSize = source.readInt32BE(valueAt - 4);
  if (valueSize < 0 || valueAt + valueSize > batch.end) corrupt("A wrapper message is shorter than its value.");
  const bytes = asBuffer(decompress(batch.codec, source.subarray(valueAt, valueAt + valueSize), limit));
  return cursorOver(batch, bytes, firstInside(bytes, batch), 0, -1);
}

/** Magic 1 counts inside a wrapper from 0, the wrapper having the offset of the last; magic 0 has the offsets themselves. */
function firstInside(bytes: Buffer, batch: Batch): bigint {
  let last = 0n;
  let first: bigint | null = null;
  for (let at = 0; at + LOG_OVERHEAD <= bytes.length; ) {
    const size = bytes.readInt32BE(at + 8);
    if (size < 0) corrupt("A message inside a wrapper has a negative size.");
    last = bytes.readBigInt64BE(at);
    first ??= last;
    at += LOG_OVERHEAD + size;
  }
  if (batch.magic === 0) return first ?? batch.lastOffset;
  return batch.lastOffset - last + (first ?? 0n);
}

function nextMessage(cursor: RecordCursor): boolean {
  const { bytes, batch } = cursor;
  const { at } = cursor;
  if (at >= bytes.length) return false;
  if (at + LOG_OVERHEAD + 14 > bytes.length) corrupt("A message is cut short.");
  const end = at + LOG_OVERHEAD + bytes.readInt32BE(at + 8);
  const magic = bytes.readInt8(at + 16);
  const keyAt = at + LOG_OVERHEAD + 6 + (magic === 0 ? 0 : 8) + 4;
  if (end > bytes.length || keyAt + 4 > end || magic > 1) corrupt("A message reaches past the end of its wrapper.");
  const first = bytes.readBigInt64BE(0);
  cursor.start = at;
  cursor.end = end;
  cursor.offsetDelta = Number(bytes.readBigInt64BE(at) - first);
  cursor.timestampDelta = magic === 0 ? 0 : bytes.readBigInt64BE(at + 18) - batch.baseTimestamp;
  cursor.keyAt = keyAt;
  cursor.keySize = bytes.readInt32BE(keyAt - 4);
  const valueAt = keyAt + Math.max(0, cursor.keySize) + 4;
  if (cursor.keySize < -1 || valueAt > end) corrupt("A key is longer than its message.");
  cursor.valueAt = valueAt;
  cursor.valueSize = bytes.readInt32BE(valueAt - 4);
  if (cursor.valueSize < -1 || valueAt + Math.max(0, cursor.valueSize) > end)
    corrupt("A value is longer than its message.");
  cursor.at = end;
  return true;
}
