import { isUtf8 } from "node:buffer";
import { counted, cut, type Format, hexByte, JUDGED_BYTES, no, perhaps, type Shown, yes } from "./format.ts";

const OPENERS: Record<number, number> = { 123: 0x7d, 91: 0x5d, 34: 0x22 }; // { [ " and what closes them

export const json: Format = {
  name: "json",
  judge(bytes) {
    const { first, last } = edges(bytes);
    if (first === undefined || last === undefined) return no("there are no bytes");
    const closer = OPENERS[first];
    if (closer === undefined)
      return no(`starts with ${hexByte(first)}, not with { [ or "; a bare number or word reads the same as text`);
    if (last !== closer) return no(`starts with ${String.fromCharCode(first)} but ends with ${hexByte(last)}`);
    if (!isUtf8(bytes)) return no("is not UTF-8");
    if (bytes.length > JUDGED_BYTES)
      return yes(`starts with ${String.fromCharCode(first)} and ends to match; too large to parse here`);
    try {
      JSON.parse(bytes.toString());
      return yes(`starts with ${String.fromCharCode(first)}, parses whole: ${counted(bytes.length)}`);
    } catch (error) {
      return no((error as Error).message.replace(/^.*? in JSON /, "does not parse ").slice(0, 120));
    }
  },
  show: showText,
};

export const text: Format = {
  name: "text",
  judge(bytes) {
    if (!isUtf8(bytes)) return no("is not UTF-8; read as text, � stands for what is not");
    const control = controlAt(bytes);
    if (control >= 0) return no(`byte ${control} is the control character ${hexByte(bytes[control] ?? 0)}`);
    return yes(bytes.length === 0 ? "empty" : `${counted(bytes.length)} of UTF-8 without control characters`);
  },
  show: showText,
};

/** `<`, and the beginnings of byte order marks. */
const XML_BYTES = new Set([0x3c, 0xef, 0xfe, 0xff]);
const NOT_XML = "does not start as a tag or an XML declaration does";
/** `<` and then what may begin a name, a declaration, a comment or a type. */
const XML_START = /^<[?!\p{L}_:]/u;

export const xml: Format = {
  name: "xml",
  judge(bytes) {
    // Almost every payload is told apart by its first byte already.
    if (!XML_BYTES.has(edges(bytes).first ?? 0)) return no(NOT_XML);
    const encoding = encodingOf(bytes);
    if (encoding === null) return no("declares an encoding that is not known");
    if (encoding === "utf-8" && !isUtf8(bytes)) return no("is not UTF-8, and declares no other encoding");
    const start = decodeAs(encoding, bytes.subarray(0, 200)).trimStart();
    const end = decodeAs(encoding, bytes.subarray(Math.max(0, bytes.length - 200 + (bytes.length % 2)))).trimEnd();
    if (!XML_START.test(start)) return no(NOT_XML);
    if (!/(\/|\]|--|<\/[^<>]+|<[^<>]+)>$/.test(end)) return no("does not end with a tag");
    const closing = /<\/([^<>\s]+)\s*>$/.exec(end)?.[1];
    const opening = /^<([^<>\s/?!]+)/.exec(start)?.[1];
    if (opening && closing && opening !== closing) return no(`starts with <${opening}> but ends with </${closing}>`);
    if (!closing && !/\/>$/.test(end) && !/-->$/.test(end)) return no("ends with a tag that opens");
    return yes(`starts and ends as XML does; ${encoding}, shown as it is, entities not resolved`);
  },
  show(bytes, limit) {
    const encoding = encodingOf(bytes) ?? "utf-8";
    if (encoding === "utf-8") return showText(bytes, limit);
    return cut(decodeAs(encoding, bytes.subarray(0, 4 * (limit + 1))), limit);
  },
};

export const hex: Format = {
  name: "hex",
  judge: () => yes("any bytes"),
  show(bytes, limit) {
    const shown = Math.min(bytes.length, Math.floor(limit / 2));
    return { text: bytes.toString("hex", 0, shown), truncated: shown < bytes.length };
  },
};

export const base64: Format = {
  name: "base64",
  judge: () => perhaps("any bytes"),
  show(bytes, limit) {
    const whole = Math.ceil(bytes.length / 3) * 4 <= limit;
    return { text: bytes.toString("base64", 0, whole ? bytes.length : Math.floor(limit / 4) * 3), truncated: !whole };
  },
};

/** Where the first control character is that no text has: not a tab or the end of a line. -1: nowhere. */
export function controlAt(bytes: Buffer): number {
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d) return at;
  }
  return -1;
}

/** The first and last byte that is no space. */
function edges(bytes: Buffer) {
  return { first: bytes[skipSpace(bytes, 0, 1)], last: bytes[skipSpace(bytes, bytes.length - 1, -1)] };
}

function skipSpace(bytes: Buffer, from: number, step: number): number {
  let at = from;
  while (bytes[at] === 0x20 || bytes[at] === 0x0a || bytes[at] === 0x0d || bytes[at] === 0x09) at += step;
  return at;
}

/** UTF-8 of at most `limit` bytes, cut before a character that would not fit whole. */
function showText(bytes: Buffer, limit: number): Shown {
  let end = Math.min(bytes.length, limit);
  // No character has more than three bytes after its first: where there are more, these are not UTF-8.
  const least = Math.max(0, end - 3);
  if (end < bytes.length) while (end > least && ((bytes[end] ?? 0) & 0xc0) === 0x80) end--;
  return { text: bytes.toString("utf8", 0, end), truncated: end < bytes.length };
}

/** By its byte order mark, else its declaration, else UTF-8; null for one that is not known. */
function encodingOf(bytes: Buffer): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  const declared = /^(?:\u00ef\u00bb\u00bf)?<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._-]+)["']/.exec(
    bytes.toString("latin1", 0, 200),
  )?.[1];
  if (declared === undefined) return "utf-8";
  try {
    return new TextDecoder(declared).encoding;
  } catch {
    return null;
  }
}

const decodeAs = (encoding: string, bytes: Buffer): string => new TextDecoder(encoding).decode(bytes);
