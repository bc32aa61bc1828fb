import { isUtf8 } from "node:buffer";
import type { FormatVerdict, Payload } from "../../api/payloads.ts";
import type { Format } from "./format.ts";
import { formatNamed, formatsFor } from "./formats.ts";
import { throughGzip, type Unpacked } from "./gzip.ts";
import { type PayloadHow, UNTOLD } from "./how.ts";
import { base64, hex, text } from "./text.ts";

/** Characters of one payload in a list; the record on its own shows more. */
export const LIST_LIMIT = 64 << 10;
export const DETAIL_LIMIT = 1 << 20;
/** Characters of the JSON text that a search makes of a binary payload. */
const SEARCH_LIMIT = 32 << 20;

const asBuffer = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/**
 * Bytes as the contract shows them, in the format that was chosen, else in the first that is likely, at most `limit` characters of
 * it. What was chosen and does not fit is text where the choice was a text, else hex. Null stays null. Never throws.
 */
export function decodePayload(bytes: Uint8Array | null, limit: number, how: PayloadHow = UNTOLD): Payload | null {
  if (bytes === null) return null;
  const { bytes: inner, packed } = unpack(asBuffer(bytes), how);
  const format = choose(inner, how);
  const shown = format.show(inner, limit, how);
  const { text: shownText, truncated, type } = shown;
  return {
    format: format.name,
    text: shownText,
    size: bytes.length,
    truncated,
    ...(packed ? { packed: "gzip" as const } : {}),
    ...(type === undefined ? {} : { type }),
  };
}

/** Hex and base64 are the bytes of the record themselves; every other format looks through gzip. */
function unpack(bytes: Buffer, { format }: PayloadHow): Unpacked {
  return format === hex.name || format === base64.name ? { bytes, packed: false, note: null } : throughGzip(bytes);
}

function choose(bytes: Buffer, how: PayloadHow): Format {
  const chosen = how.format === null ? undefined : formatNamed(how.format);
  if (!chosen) return formatsFor(how).find((format) => format.judge(bytes, how).likely) ?? hex;
  if (chosen.judge(bytes, how).fits) return chosen;
  const writtenAsText = chosen.name === "json" || chosen.name === "xml";
  return chosen === text || (writtenAsText && text.judge(bytes, how).fits) ? text : hex;
}

/** What each format says of the bytes, in the order of preference. Nothing for null. */
export function judgePayload(bytes: Uint8Array | null, how: PayloadHow = UNTOLD): FormatVerdict[] {
  if (bytes === null) return [];
  const { bytes: inner, packed, note } = throughGzip(asBuffer(bytes));
  const before = packed ? "inside gzip: " : "";
  return formatsFor(how).map((format) => {
    const { fits, why } = format.judge(inner, how);
    const raw = format === hex || format === base64;
    return { format: format.name, fits, why: raw ? (note ? `${why}; ${note}` : why) : before + why };
  });
}

/**
 * What a text search and a filter look at: the JSON text of binary formats and what is in gzip, else the bytes as text, whatever
 * they are. Never throws.
 */
export function searchableText(bytes: Uint8Array, how: PayloadHow): string {
  const { bytes: inner } = unpack(asBuffer(bytes), how);
  const format = choose(inner, how);
  const asText = format === text || format.name === "json" || (format === hex && how.format !== hex.name);
  return asText ? inner.toString() : format.show(inner, SEARCH_LIMIT, how).text;
}

/** A header's name: text, and `\xNN` for bytes that are not UTF-8, so that two different names stay different. */
export function headerName(bytes: Uint8Array): string {
  const buffer = asBuffer(bytes);
  if (isUtf8(buffer)) return buffer.toString();
  return buffer
    .toString("latin1")
    .replace(/[^ -~]/g, (char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, "0")}`);
}
