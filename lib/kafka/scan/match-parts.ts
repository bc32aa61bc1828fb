import type { PayloadHow } from "../decode/how.ts";
import { isPlain } from "./match-text.ts";
import { type RawHeader, type RecordCursor, recordAt } from "./records.ts";

/** Which of a record's payloads a match depends on. */
export type PartsRead = { key: boolean; value: boolean; headers: boolean };

export const asBuffer = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** None without the cost of reading the record where it has none; a record of magic 0 or 1 has none ever. */
export const headersOf = (cursor: RecordCursor): RawHeader[] =>
  cursor.batch.magic < 2 || cursor.bytes[cursor.headersAt] === 0 ? [] : recordAt(cursor).headers;

/** Whether nothing but the bytes says what they are: then text is text. */
export function speaksForItself({ format, protobuf, topic, part }: PayloadHow): boolean {
  if (format !== null) return format === "json" || format === "text" || format === "xml";
  const named = protobuf?.topics.find((one) => wildcard(one.topic).test(topic));
  return !named || (part === "key" ? named.key : named.value) === null;
}

const wildcard = (pattern: string): RegExp =>
  new RegExp(`^${pattern.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replaceAll("\\*", ".*")}$`, "s");

/** Whether the record's own bytes may not be what a match is made on: a payload of another format than text. */
export function isOpaque(cursor: RecordCursor, reads: PartsRead): boolean {
  const { bytes, keyAt, keySize, valueAt, valueSize } = cursor;
  if (reads.key && keySize > 0 && !isPlain(bytes, keyAt, keyAt + keySize)) return true;
  if (reads.value && valueSize > 0 && !isPlain(bytes, valueAt, valueAt + valueSize)) return true;
  if (!reads.headers) return false;
  return headersOf(cursor).some(({ value }) => value !== null && !isPlain(asBuffer(value), 0, value.length));
}
