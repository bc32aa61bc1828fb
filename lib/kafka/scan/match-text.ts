import { isUtf8 } from "node:buffer";
import { RE2JS } from "re2js";
import type { MatchKind } from "../../api/message-queries.ts";
import { refuseHuge } from "./regex-size.ts";

/** How one text is looked for. `bytes` may answer yes only for certain; `text` decides. Neither throws. */
export type Finder = {
  /** true: these bytes hold it. false: `text` must be asked. null: they do not, and `text` of them would say the same. */
  bytes(bytes: Buffer): boolean | null;
  text(text: string): boolean;
};

/** A pattern as RE2 reads it: time linear in the text, whatever the pattern. Throws an error that says what is wrong with it. */
export function compileRegex(pattern: string, caseSensitive: boolean): RE2JS {
  refuseHuge(pattern);
  return RE2JS.compile(pattern, caseSensitive ? 0 : RE2JS.CASE_INSENSITIVE);
}

/**
 * A text in the form that ignores case: lower case, the two small sigmas being one. Only two signs outside ASCII fold to something
 * with ASCII in it: U+212A to k and U+0130 to i and a dot.
 */
export const fold = (text: string): string => text.toLowerCase().replaceAll("ς", "σ");

const isAscii = (text: string): boolean => Buffer.byteLength(text) === text.length;

type Wanted = { text: string; match: MatchKind; caseSensitive: boolean };

export function makeFinder({ text, match, caseSensitive }: Wanted): Finder {
  if (match === "regex") {
    const regex = compileRegex(text, caseSensitive);
    return { bytes: () => false, text: (found) => regex.test(found) };
  }
  const needle = caseSensitive ? text : fold(text);
  const own = caseSensitive ? (found: string) => found : fold;
  if (match === "exact") {
    const bytes = Buffer.from(text);
    return { bytes: (found) => found.equals(bytes), text: (found) => own(found) === needle };
  }
  if (caseSensitive) {
    const bytes = Buffer.from(text);
    // Of UTF-8 the bytes hold what the text holds; other bytes are read by a format, whose text is asked as well.
    return { bytes: (found) => (found.includes(bytes) ? true : null), text: (found) => found.includes(text) };
  }
  if (!isAscii(needle)) return { bytes: () => false, text: (found) => fold(found).includes(needle) };
  const find = foldedSearch(Buffer.from(needle));
  const foldsInto = /[ki]/.test(needle);
  return {
    bytes: (found) => (find(found, 0, found.length) >= 0 ? true : foldsInto ? false : null),
    text: (found) => fold(found).includes(needle),
  };
}

const lower = Uint8Array.from({ length: 256 }, (_, byte) => (byte >= 0x41 && byte <= 0x5a ? byte + 32 : byte));

/**
 * Looks for lower-case bytes whatever the case of the ASCII letters in `bytes` (Horspool: it steps by up to the length of the
 * needle). Gives the place between `from` and `to`, or -1.
 */
export function foldedSearch(needle: Buffer): (bytes: Uint8Array, from: number, to: number) => number {
  const last = needle.length - 1;
  const steps = new Int32Array(256).fill(needle.length);
  for (let at = 0; at < last; at++) steps[needle[at] as number] = last - at;
  // The bytes of both cases step alike, so that the search itself looks up once a place.
  for (let byte = 0x41; byte <= 0x5a; byte++) steps[byte] = steps[byte + 32] as number;
  const end = needle[last] as number;
  return (bytes, from, to) => {
    for (let at = from + last; at < to; ) {
      const byte = bytes[at] as number;
      if (lower[byte] === end) {
        let back = 1;
        while (back <= last && lower[bytes[at - back] as number] === needle[last - back]) back++;
        if (back > last) return at - last;
      }
      at += steps[byte] as number;
    }
    return -1;
  };
}

const escapes: Record<string, string> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };

/** What JSON's escapes stand for, wherever they are in a text: `\u00e9` is é, `\"` is ". */
export const unescaped = (text: string): string =>
  text.replace(/\\(?:u([0-9a-fA-F]{4})|(["\\/bfnrt]))/g, (_, code: string | undefined, sign: string) =>
    code === undefined ? (escapes[sign] ?? sign) : String.fromCharCode(Number.parseInt(code, 16)),
  );

const isTextByte = (byte: number): boolean => byte >= 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
const SHORT = 64;

/**
 * Whether a payload is text: UTF-8 without control characters. What is, no format reads as anything else.
 * Works on a part of a larger buffer, so that most payloads are judged without a view being made.
 */
export function isPlain(bytes: Buffer, from: number, to: number): boolean {
  if (to - from <= SHORT) {
    let at = from;
    while (at < to) {
      const byte = bytes[at] as number;
      if (byte >= 0x80 || !isTextByte(byte)) break;
      at++;
    }
    if (at === to) return true;
  } else if (looksLikeJson(bytes, from, to)) return true;
  const own = bytes.subarray(from, to);
  if (!isUtf8(own)) return false;
  for (let at = from; at < to; at++) if (!isTextByte(bytes[at] as number)) return false;
  return true;
}

/**
 * Bytes that begin and end as a JSON object does. No binary format of theirs could be whole: after { MessagePack (the number 123)
 * must end, CBOR (a text) would be longer than 2^56 bytes, and Protobuf would begin with a group of field 15, which is not read.
 */
const looksLikeJson = (bytes: Buffer, from: number, to: number): boolean =>
  bytes[from] === 0x7b && bytes[to - 1] === 0x7d && isTextByte(bytes[from + 1] as number);
