import { ofRecord, type PayloadHow } from "../decode/how.ts";
import { searchableText } from "../decode/payload.ts";
import type { Cel, CelRecord } from "./cel.ts";
import { parseExactly } from "./cel-json.ts";
import { headersOf, speaksForItself } from "./match-parts.ts";
import { isPlain } from "./match-text.ts";
import { offsetAt, type RecordCursor, timestampAt } from "./records.ts";

type Hows = { key: PayloadHow; value: PayloadHow };

/** Numbers with more digits than a double is sure to hold. */
const LONG_DIGITS = /\d{16}/;
const MAY_BE_JSON = /^[ \t\r\n]*[{["\-0-9tfn]/;
/** A field or an item that is not there: no match, and nothing wrong. */
const absent = new Set(["no_such_key", "index_out_of_bounds"]);

/**
 * Evaluates an expression on the record under a cursor. Throws where the expression cannot judge it: types that do not go
 * together, or a result that is neither true nor false.
 */
export function makeCelReader(
  cel: Cel,
  topic: string,
  hows: Hows,
): (cursor: RecordCursor, partition: number) => boolean {
  let cursor: RecordCursor | null = null;
  let partition = 0n;
  let asMaps = false;
  let value: unknown;
  const parse = (text: string): unknown => {
    if (!MAY_BE_JSON.test(text)) return text;
    try {
      return asMaps || (cel.exact && LONG_DIGITS.test(text)) ? parseExactly(text) : JSON.parse(text);
    } catch {
      return text;
    }
  };
  const textAt = (at: number, size: number, how: PayloadHow): string | null => {
    if (!cursor || size < 0) return null;
    const { bytes } = cursor;
    const plain = speaksForItself(how) && isPlain(bytes, at, at + size);
    return plain ? bytes.toString("utf8", at, at + size) : searchableText(bytes.subarray(at, at + size), how);
  };
  const keyBytes = () =>
    !cursor || cursor.keySize < 0 ? null : cursor.bytes.subarray(cursor.keyAt, cursor.keyAt + cursor.keySize);
  // One object for all records: what an expression does not name is not read.
  const record: CelRecord = {
    get key() {
      const text = cursor && textAt(cursor.keyAt, cursor.keySize, hows.key);
      return text?.startsWith("{") ? parse(text) : text;
    },
    get value() {
      if (value !== undefined || !cursor) return value;
      const text = textAt(cursor.valueAt, cursor.valueSize, ofRecord(hows.value, keyBytes()));
      value = text === null ? null : parse(text);
      return value;
    },
    get headers() {
      const all = new Map<string, string | null>();
      for (const { key, value: bytes } of cursor ? headersOf(cursor) : []) {
        const name = Buffer.from(key).toString();
        if (!all.has(name)) all.set(name, bytes === null ? null : Buffer.from(bytes).toString());
      }
      return all;
    },
    topic,
    get partition() {
      return partition;
    },
    get offset() {
      return cursor ? offsetAt(cursor) : -1n;
    },
    get timestamp() {
      const time = cursor ? timestampAt(cursor) : -1n;
      return time === -1n ? null : time;
    },
    get size() {
      return cursor ? BigInt(cursor.end - cursor.start) : 0n;
    },
  };
  const evaluate = (): unknown => {
    try {
      return cel.evaluate(record);
    } catch (error) {
      const code = codeOf(error);
      if (absent.has(code)) return false;
      if (code !== "unsupported_type" || asMaps) throw error;
    }
    // A field named "constructor" hides what an object is; Maps have no such fields.
    asMaps = true;
    value = undefined;
    return evaluate();
  };
  return (next, home) => {
    cursor = next;
    partition = BigInt(home);
    asMaps = false;
    value = undefined;
    const result = evaluate();
    if (typeof result !== "boolean") throw new Error(`The filter gives ${typeof result}, not true or false.`);
    return result;
  };
}

const codeOf = (error: unknown): string =>
  typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
