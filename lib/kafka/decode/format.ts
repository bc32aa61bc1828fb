import type { PayloadFormat } from "../../api/payloads.ts";
import { integer } from "../../format.ts";
import type { PayloadHow } from "./how.ts";

/**
 * What a format says of some bytes, and the evidence. `fits`: they can be read as this. `likely`: they are so sure to be this that
 * it is shown without being asked for.
 */
export type Verdict = { fits: boolean; likely: boolean; why: string };

/** `truncated`: the text ends at the limit, there is more. `type`: the Protobuf message type it was read by. */
export type Shown = { text: string; truncated: boolean; type?: string };

/** One way to read bytes. */
export type Format = {
  name: PayloadFormat;
  /** Never throws, and looks at no more than it needs. */
  judge(bytes: Buffer, how: PayloadHow): Verdict;
  /** At most `limit` characters. Asked only of bytes that fit. Never throws. */
  show(bytes: Buffer, limit: number, how: PayloadHow): Shown;
};

/** Larger payloads are judged by what is within this: a megabyte of JSON parses in 10 ms, and a page holds many records. */
export const JUDGED_BYTES = 1 << 20;

export const yes = (why: string): Verdict => ({ fits: true, likely: true, why });
/** Fits, but other bytes would too: only by choice. */
export const perhaps = (why: string): Verdict => ({ fits: true, likely: false, why });
export const no = (why: string): Verdict => ({ fits: false, likely: false, why });

export const hexByte = (byte: number): string => `0x${byte.toString(16).padStart(2, "0")}`;
export const counted = (count: number, one = "byte"): string => `${integer(count)} ${count === 1 ? one : `${one}s`}`;

/** Text that is there already, cut at the limit and never inside a character. */
export function cut(text: string, limit: number): Shown {
  if (text.length <= limit) return { text, truncated: false };
  const last = text.charCodeAt(limit - 1);
  const end = last >= 0xd800 && last < 0xdc00 ? limit - 1 : limit;
  return { text: text.slice(0, end), truncated: true };
}
