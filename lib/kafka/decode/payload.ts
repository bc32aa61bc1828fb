import type { Payload } from "../../api/payloads.ts";
import { type Format, formats, type Verdict } from "./formats.ts";
import { type PayloadHow, UNTOLD } from "./how.ts";

/** Characters of one payload in a list; the record on its own shows more. */
export const LIST_LIMIT = 64 << 10;
export const DETAIL_LIMIT = 1 << 20;

const asBuffer = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/**
 * Bytes as the contract shows them, in the first format that fits, at most `limit` characters of it. Null stays null.
 * Never throws: what no format reads is hex.
 */
export function decodePayload(bytes: Uint8Array | null, limit: number, _how: PayloadHow = UNTOLD): Payload | null {
  if (bytes === null) return null;
  const buffer = asBuffer(bytes);
  const format = formats.find((candidate) => candidate.judge(buffer).fits) ?? lastFormat;
  const text = format.show(buffer, limit);
  const shown = format.name === "hex" ? text.length / 2 : Buffer.byteLength(text);
  return { format: format.name, text, size: bytes.length, truncated: shown < bytes.length };
}

const lastFormat = formats.at(-1) as Format;

/** What each format says of the bytes, in the order of preference. Nothing for null. */
export function judgePayload(
  bytes: Uint8Array | null,
  _how: PayloadHow = UNTOLD,
): (Verdict & { format: Payload["format"] })[] {
  if (bytes === null) return [];
  return formats.map((format) => ({ format: format.name, ...format.judge(asBuffer(bytes)) }));
}

/** What a text search and a filter look at: the JSON text of binary formats, the text itself of the others. */
export function searchableText(bytes: Uint8Array, how: PayloadHow): string {
  return decodePayload(bytes, Number.MAX_SAFE_INTEGER, how)?.text ?? "";
}

/** A header's name: text, and `\xNN` for bytes that are not UTF-8, so that two different names stay different. */
export function headerName(bytes: Uint8Array): string {
  const buffer = asBuffer(bytes);
  const text = buffer.toString();
  if (Buffer.byteLength(text) === buffer.length && Buffer.from(text).equals(buffer)) return text;
  return buffer
    .toString("latin1")
    .replace(/[^ -~]/g, (char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, "0")}`);
}
