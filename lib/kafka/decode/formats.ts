import { isUtf8 } from "node:buffer";
import type { Payload } from "../../api/payloads.ts";

/** What a format says of some bytes: whether they are its own, and the evidence. */
export type Verdict = { fits: boolean; why: string };

export type Format = {
  name: Payload["format"];
  /** Never throws; looks at the bytes only. */
  judge(bytes: Buffer): Verdict;
  /** The text of at most `limit` bytes. */
  show(bytes: Buffer, limit: number): string;
};

/** Larger payloads are judged by how they begin and end: a megabyte of JSON parses in 10 ms, and a page holds many records. */
const JUDGED_WHOLE = 1 << 20;
const OPENERS: Record<number, number> = { 123: 0x7d, 91: 0x5d, 34: 0x22 }; // { [ " and what closes them

const yes = (why: string): Verdict => ({ fits: true, why });
const no = (why: string): Verdict => ({ fits: false, why });
const hexByte = (byte: number) => `0x${byte.toString(16).padStart(2, "0")}`;
const counted = (bytes: Buffer) => `${bytes.length} ${bytes.length === 1 ? "byte" : "bytes"}`;

/** In the order of preference: the first that fits is shown. The last one takes anything. */
export const formats: readonly Format[] = [
  {
    name: "json",
    judge(bytes) {
      const first = bytes[skipSpace(bytes, 0, 1)];
      const last = bytes[skipSpace(bytes, bytes.length - 1, -1)];
      if (first === undefined) return no("there are no bytes");
      const closer = OPENERS[first];
      if (closer === undefined)
        return no(`starts with ${hexByte(first)}, not with { [ or "; a bare number or word reads the same as text`);
      if (last !== closer) return no(`starts with ${String.fromCharCode(first)} but ends with ${hexByte(last ?? 0)}`);
      if (!isUtf8(bytes)) return no("is not UTF-8");
      if (bytes.length > JUDGED_WHOLE)
        return yes(`starts with ${String.fromCharCode(first)} and ends to match; too large to parse here`);
      try {
        JSON.parse(bytes.toString());
        return yes(`starts with ${String.fromCharCode(first)}, parses whole: ${counted(bytes)}`);
      } catch (error) {
        return no((error as Error).message.replace(/^.*? in JSON /, "does not parse ").slice(0, 120));
      }
    },
    show: showText,
  },
  {
    name: "text",
    judge(bytes) {
      if (!isUtf8(bytes)) return no("is not UTF-8");
      const control = bytes.findIndex((byte) => byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d);
      if (control >= 0) return no(`byte ${control} is the control character ${hexByte(bytes[control] ?? 0)}`);
      return yes(bytes.length === 0 ? "empty" : `${counted(bytes)} of UTF-8 without control characters`);
    },
    show: showText,
  },
  {
    name: "hex",
    judge: () => yes("any bytes"),
    show: (bytes, limit) => bytes.toString("hex", 0, Math.min(bytes.length, limit >>> 1)),
  },
];

function skipSpace(bytes: Buffer, from: number, step: number): number {
  let at = from;
  while (bytes[at] === 0x20 || bytes[at] === 0x0a || bytes[at] === 0x0d || bytes[at] === 0x09) at += step;
  return at;
}

/** UTF-8 cut before a character that would not fit whole. */
function showText(bytes: Buffer, limit: number): string {
  let end = Math.min(bytes.length, limit);
  if (end < bytes.length) while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end--;
  return bytes.toString("utf8", 0, end);
}
