import type { ExactBytes, ExactName } from "../../api/payloads.ts";
import type { Bytes, RawRecord } from "./records.ts";

/** A record as it is written to files: as the log has it, with the names of where it was. */
export type ExactRecord = Omit<RawRecord, "timestamp" | "size"> & {
  topic: string;
  partition: number;
  /** null in magic 0, which has none. */
  timestamp: bigint | null;
  timestampType: "create" | "append" | null;
};

const asBuffer = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The text that bytes are the UTF-8 of, to the byte; null where they are none. */
function textOf(bytes: Uint8Array): string | null {
  try {
    return utf8.decode(bytes);
  } catch {
    return null;
  }
}

/** Bytes as JSON holds them. `bytesOf` gives the same bytes again. */
export const exactOf = (bytes: Bytes): ExactBytes => (bytes === null ? null : exactNameOf(bytes));

const exactNameOf = (bytes: Uint8Array): ExactName => textOf(bytes) ?? { base64: asBuffer(bytes).toString("base64") };

/** The bytes that JSON means: a text is its UTF-8. Texts that have none (half a surrogate pair) must have been refused before. */
export function bytesOf(exact: ExactName): Buffer;
export function bytesOf(exact: ExactBytes): Buffer | null;
export function bytesOf(exact: ExactBytes): Buffer | null {
  if (exact === null) return null;
  return typeof exact === "string" ? Buffer.from(exact) : Buffer.from(exact.base64, "base64");
}

/**
 * One line of an export as JSON lines, with its end. It keeps every byte, the digits of every number, order and repeats of headers,
 * and whether something is null or empty.
 */
export function jsonLine(record: ExactRecord): string {
  const { topic, partition, offset, timestamp, timestampType, key, value, headers } = record;
  return `${JSON.stringify({
    topic,
    partition,
    offset: offset.toString(),
    timestamp: timestamp === null ? null : timestamp.toString(),
    timestampType,
    key: exactOf(key),
    value: exactOf(value),
    headers: headers.map((header) => ({ key: exactNameOf(header.key), value: exactOf(header.value) })),
  })}\n`;
}

const columns = [
  "time",
  "timestamp",
  "topic",
  "partition",
  "offset",
  "key",
  "keyEncoding",
  "value",
  "valueEncoding",
  "headers",
] as const;

/** The first line of an export as CSV. */
export const csvHeader = `${columns.join(",")}\r\n`;

/** What makes spreadsheets take a cell for a formula, where it stands first. */
const FORMULA = /^[=+\-@\t\r\n]/;

/**
 * A text as a cell (RFC 4180): always between quotes, a quote written twice. Before what a spreadsheet would calculate stands an
 * apostrophe, which is not part of the payload.
 */
const cell = (text: string): string => `"${(FORMULA.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;

/** What no spreadsheet keeps: many end a cell at a zero byte, as each binary number has one. */
const CONTROL = /[^\P{Cc}\t\r\n]/u;

/** The two cells of a payload. Null has neither quotes nor text and says `null`; empty is an empty text. */
function payloadCells(bytes: Bytes): string {
  if (bytes === null) return ",null";
  const text = textOf(bytes);
  return text === null || CONTROL.test(text)
    ? `${cell(asBuffer(bytes).toString("base64"))},base64`
    : `${cell(text)},text`;
}

/** The largest a Date takes, in ms. */
const LAST_DATE = 8_640_000_000_000_000n;

/** ISO 8601 in UTC; empty where the number is no time that a calendar has. */
const isoOf = (timestamp: bigint | null): string =>
  timestamp === null || timestamp < 0n || timestamp > LAST_DATE ? "" : new Date(Number(timestamp)).toISOString();

/** One line of an export as CSV, with its end: for spreadsheets, formulas made harmless. */
export function csvLine(record: ExactRecord): string {
  const { topic, partition, offset, timestamp, key, value, headers } = record;
  const named = headers.map((header) => ({ key: exactNameOf(header.key), value: exactOf(header.value) }));
  const head = `${isoOf(timestamp)},${timestamp ?? ""},${cell(topic)},${partition},${offset}`;
  return `${head},${payloadCells(key)},${payloadCells(value)},${cell(JSON.stringify(named))}\r\n`;
}
