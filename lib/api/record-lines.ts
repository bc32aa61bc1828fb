import type { ExactBytes, ExactName } from "./payloads.ts";
import type { NewRecord } from "./produce.ts";
import type { Int64 } from "./scalars.ts";

/** What is wrong with a line; lines count from 1. */
export type LineProblem = { line: number; message: string };

/**
 * JSON lines, as an export writes them, as records to produce. Fields that only an export has (topic, offset, timestampType) are passed
 * over; empty lines too. A timestamp written as a number keeps its digits, also those above 2^53. Checked by hand: the browser
 * needs no schema for it.
 */
export function parseRecordLines(text: string): { records: NewRecord[]; problems: LineProblem[] } {
  const records: NewRecord[] = [];
  const problems: LineProblem[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    const bare = index === 0 ? line.replace(/^\uFEFF/, "") : line;
    if (bare.trim() === "") continue;
    const read = parseRecordLine(bare);
    if ("problem" in read) problems.push({ line: index + 1, message: read.problem });
    else records.push(read.record);
  }
  return { records, problems };
}

/** The record of one line, or what is wrong with it. A line end behind it does not matter. */
export function parseRecordLine(line: string): { record: NewRecord } | { problem: string } {
  const read = readLine(line);
  return typeof read === "string" ? { problem: read } : { record: read };
}

function readLine(line: string): NewRecord | string {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch (error) {
    return `This is not JSON: ${(error as Error).message}`;
  }
  if (!isObject(parsed)) return 'Each line must be one JSON object, such as {"key": "a", "value": "b"}.';
  const { key, value, headers, partition, timestamp } = parsed;
  if (value === undefined) return "value is missing. Write null for a tombstone.";
  const wrong =
    wrongBytes("value", value) ?? (key === undefined ? null : wrongBytes("key", key)) ?? wrongHeaders(headers);
  if (wrong) return wrong;
  if (partition !== undefined && partition !== null && !(Number.isInteger(partition) && (partition as number) >= 0))
    return "partition must be a whole number from 0 on.";
  const time = timestamp === undefined || timestamp === null ? null : digitsOf(timestamp, line);
  if (time === undefined) return "timestamp must be whole milliseconds since 1970, within 64 bits.";
  return {
    ...(key === undefined ? {} : { key: key as ExactBytes }),
    value: value as ExactBytes,
    ...(headers === undefined ? {} : { headers: (headers as NewRecord["headers"] & object).map(pickHeader) }),
    ...(typeof partition === "number" ? { partition } : {}),
    ...(time === null ? {} : { timestamp: time as Int64 }),
  };
}

const pickHeader = ({ key, value }: { key: ExactName; value: ExactBytes }) => ({ key, value });

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Why something is no payload; null where it is one. */
function wrongBytes(field: string, given: unknown): string | null {
  if (given === null) return null;
  if (typeof given === "string")
    return given.isWellFormed() ? null : `${field} holds half a surrogate pair, which has no UTF-8. Give it as base64.`;
  if (isObject(given) && typeof given.base64 === "string" && Object.keys(given).length === 1)
    return isBase64(given.base64) ? null : `${field}.base64 is not base64 with its padding.`;
  const hint = typeof given === "object" ? " JSON goes in as a text, with its quotes escaped." : "";
  return `${field} must be a text, {"base64": "…"} or null.${hint}`;
}

const isBase64 = (text: string): boolean => text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);

function wrongHeaders(headers: unknown): string | null {
  if (headers === undefined) return null;
  if (!Array.isArray(headers)) return 'headers must be a list, such as [{"key": "trace", "value": "1"}].';
  for (const [index, header] of headers.entries()) {
    if (!isObject(header) || header.key === undefined || header.key === null || header.value === undefined)
      return `headers.${index} must have a key and a value, which may be null.`;
    const wrong = wrongBytes(`headers.${index}.key`, header.key) ?? wrongBytes(`headers.${index}.value`, header.value);
    if (wrong) return wrong;
  }
  return null;
}

const FIRST_INT64 = -(2n ** 63n);
const LAST_INT64 = 2n ** 63n - 1n;

/** The exact digits of a timestamp that was given as a text or as a number; undefined where it is none. */
function digitsOf(timestamp: unknown, line: string): string | undefined {
  const digits =
    typeof timestamp === "string"
      ? timestamp
      : Number.isSafeInteger(timestamp)
        ? String(timestamp)
        : typeof timestamp === "number"
          ? sourceOf(line, "timestamp")
          : undefined;
  if (digits === undefined || !/^-?\d{1,19}$/.test(digits)) return undefined;
  const value = BigInt(digits);
  return value >= FIRST_INT64 && value <= LAST_INT64 ? value.toString() : undefined;
}

/** Strings, brackets, and everything between them and the punctuation of an object. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\]]|[^\s"{}[\],:]+/g;

/** How the number of a member of the outermost object is written. The line is known to be JSON; the last of equal names counts. */
function sourceOf(line: string, member: string): string | undefined {
  let depth = 0;
  let before: string | null = null;
  let found: string | undefined;
  for (const [token] of line.matchAll(TOKEN)) {
    if (token === "{" || token === "[") depth++;
    else if (token === "}" || token === "]") depth--;
    else if (depth === 1 && before === member) found = token;
    // A name is only ever before its value; a value that reads like one is a string, after which comes a name again.
    before = depth === 1 && before === null && token.startsWith('"') ? (JSON.parse(token) as string) : null;
  }
  return found;
}
