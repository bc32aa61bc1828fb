import { isUtf8 } from "node:buffer";
import type { Format } from "./format.ts";
import { bytesJson, floatJson, instantJson, quoted } from "./json-text.ts";
import { uuidText } from "./numbers.ts";
import { type Item, judgeWalk, type Source, walk } from "./walk.ts";

/** CBOR (RFC 8949). Byte strings, tags and simple values are marked objects; dates, big numbers and UUIDs are what they mean. */
export const cbor: Format = {
  name: "cbor",
  judge: (bytes) => judgeWalk(bytes, nextItem, "CBOR"),
  show: (bytes, limit) => walk(bytes, nextItem, limit, "full"),
};

/** `argument`: the number in the head; null where it is indefinite. `info`: its five bits. */
type Head = { major: number; info: number; argument: bigint | null };

/** A longer integer would take longer to write in decimal than it is worth reading. */
const MOST_BIGNUM_BYTES = 1024;

const value = (json: string): Item => ({ kind: "value", json });

function nextItem(source: Source): Item {
  const head = readHead(source);
  const { major, argument } = head;
  if (major === 7) return simple(source, head);
  if (major === 0 && argument !== null) return value(`${argument}`);
  if (major === 1 && argument !== null) return value(`${-1n - argument}`);
  if (major === 2) return value(bytesJson(stringContent(source, head), source.room));
  if (major === 3) return text(source, head);
  if (major === 4) return { kind: "open", open: "[", close: "]", map: false, count: countOf(argument, 1) };
  if (major === 5) return { kind: "open", open: "{", close: "}", map: true, count: countOf(argument, 2) };
  if (major === 6 && argument !== null) return tagged(source, argument);
  throw new Error("holds an indefinite length where none can be");
}

/** An item has at least a byte, so a count that no record could hold is only ever run out of. */
const countOf = (argument: bigint | null, times: number) =>
  argument === null ? null : Math.min(Number(argument) * times, Number.MAX_SAFE_INTEGER);

function readHead(source: Source): Head {
  const first = take(source, 1).readUInt8(0);
  const head = { major: first >> 5, info: first & 0x1f };
  if (head.info < 24) return { ...head, argument: BigInt(head.info) };
  if (head.info === 31) return { ...head, argument: null };
  if (head.info > 27) throw new Error(`holds a length written in a way (${head.info}) that CBOR keeps for later`);
  const size = 1 << (head.info - 24);
  const bytes = take(source, size);
  return { ...head, argument: size === 8 ? bytes.readBigUInt64BE(0) : BigInt(bytes.readUIntBE(0, size)) };
}

function take(source: Source, size: number | bigint): Buffer {
  const { bytes, at } = source;
  if (BigInt(bytes.length - at) < BigInt(size)) throw new Error("ends in the middle of a value");
  source.at = at + Number(size);
  return bytes.subarray(at, source.at);
}

/** Of an indefinite string the pieces up to its break, put together. */
function stringContent(source: Source, { major, argument }: Head): Buffer {
  if (argument !== null) return take(source, argument);
  const pieces: Buffer[] = [];
  for (;;) {
    const piece = readHead(source);
    if (piece.major === 7 && piece.argument === null) return Buffer.concat(pieces);
    if (piece.major !== major || piece.argument === null) throw new Error("holds a string with pieces of another kind");
    pieces.push(take(source, piece.argument));
  }
}

function text(source: Source, head: Head): Item {
  const content = stringContent(source, head);
  if (!isUtf8(content)) throw new Error("holds a text that is not UTF-8");
  if (content.length > 0) source.texts++;
  return value(quoted(content, source.room));
}

/** Major type 7: false, true, null, floats of 2, 4 and 8 bytes, the break, and values nobody gave a meaning to. */
function simple(source: Source, { info, argument }: Head): Item {
  if (argument === null) return { kind: "end" };
  const bits = Number(argument);
  if (info === 25) return value(floatJson(halfFloat(bits), 16));
  if (info === 26) return value(floatJson(source.bytes.readFloatBE(source.at - 4), 32));
  if (info === 27) return value(floatJson(source.bytes.readDoubleBE(source.at - 8), 64));
  if (info === 24 && bits < 32) throw new Error("holds a simple value written too long");
  return value({ 20: "false", 21: "true", 22: "null" }[bits] ?? `{"simple":${bits}}`);
}

function halfFloat(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25));
}

/** Tags whose content says enough by itself: a date as text, an address, "this is CBOR". */
const PLAIN_TAGS = new Set([0n, 32n, 55799n]);

const tags = new Map<bigint, (source: Source, head: Head) => string | null>([
  [1n, epochTime],
  [2n, (source, head) => bigNumber(source, head)],
  [3n, (source, head) => bigNumber(source, head, -1n)],
  [37n, uuid],
]);

function tagged(source: Source, tag: bigint): Item {
  const before = source.at;
  if (PLAIN_TAGS.has(tag) && source.bytes[before] !== undefined && source.bytes[before] >> 5 !== 6)
    return nextItem(source);
  const meaning = tags.get(tag);
  const json = meaning?.(source, readHead(source)) ?? null;
  if (json !== null) return value(json);
  source.at = before;
  return { kind: "open", open: `{"tag":${tag},"value":`, close: "}", map: false, count: 1 };
}

/** Tag 1: seconds since 1970, whole or as a float. null: not that, so it is shown as a tag. */
function epochTime(source: Source, { major, info, argument }: Head): string | null {
  if (major === 0 && argument !== null) return instantJson(argument, 0);
  if (major === 1 && argument !== null) return instantJson(-1n - argument, 0);
  if (major !== 7 || info !== 27) return null;
  const seconds = source.bytes.readDoubleBE(source.at - 8);
  if (!Number.isFinite(seconds)) return null;
  const whole = Math.floor(seconds);
  // A double of today's seconds is exact to a quarter of a microsecond.
  return instantJson(BigInt(whole), Math.min(999_999, Math.round((seconds - whole) * 1e6)) * 1000);
}

/** Tags 2 and 3: an integer of any length; 3 counts down from -1. */
function bigNumber(source: Source, head: Head, minus?: bigint): string | null {
  if (head.major !== 2) return null;
  const digits = stringContent(source, head);
  if (digits.length > MOST_BIGNUM_BYTES) return null;
  const number = digits.length === 0 ? 0n : BigInt(`0x${digits.toString("hex")}`);
  return `${minus === undefined ? number : minus - number}`;
}

function uuid(source: Source, head: Head): string | null {
  if (head.major !== 2 || head.argument !== 16n) return null;
  return `"${uuidText(stringContent(source, head))}"`;
}
