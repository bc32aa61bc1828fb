import { isUtf8 } from "node:buffer";
import type { Format } from "./format.ts";
import { bytesJson, floatJson, instantJson, quoted } from "./json-text.ts";
import { type Item, judgeWalk, type Source, walk } from "./walk.ts";

/** MessagePack: https://github.com/msgpack/msgpack/blob/master/spec.md. Binary and extensions are marked objects, timestamps ISO 8601. */
export const messagepack: Format = {
  name: "messagepack",
  judge: (bytes) => judgeWalk(bytes, nextItem, "MessagePack"),
  show: (bytes, limit) => walk(bytes, nextItem, limit, "full"),
};

const value = (json: string): Item => ({ kind: "value", json });
const list = (count: number): Item => ({ kind: "open", open: "[", close: "]", map: false, count });
const map = (count: number): Item => ({ kind: "open", open: "{", close: "}", map: true, count: 2 * count });

/** What each first byte from 0xc0 to 0xdf says. */
const heads: Record<number, (source: Source) => Item> = {
  192: () => value("null"),
  194: () => value("false"),
  195: () => value("true"),
  196: (source) => binary(source, unsigned(source, 1)),
  197: (source) => binary(source, unsigned(source, 2)),
  198: (source) => binary(source, unsigned(source, 4)),
  199: (source) => extension(source, unsigned(source, 1)),
  200: (source) => extension(source, unsigned(source, 2)),
  201: (source) => extension(source, unsigned(source, 4)),
  202: (source) => value(floatJson(take(source, 4).readFloatBE(0), 32)),
  203: (source) => value(floatJson(take(source, 8).readDoubleBE(0), 64)),
  204: (source) => value(`${unsigned(source, 1)}`),
  205: (source) => value(`${unsigned(source, 2)}`),
  206: (source) => value(`${unsigned(source, 4)}`),
  207: (source) => value(`${take(source, 8).readBigUInt64BE(0)}`),
  208: (source) => value(`${take(source, 1).readInt8(0)}`),
  209: (source) => value(`${take(source, 2).readInt16BE(0)}`),
  210: (source) => value(`${take(source, 4).readInt32BE(0)}`),
  211: (source) => value(`${take(source, 8).readBigInt64BE(0)}`),
  212: (source) => extension(source, 1),
  213: (source) => extension(source, 2),
  214: (source) => extension(source, 4),
  215: (source) => extension(source, 8),
  216: (source) => extension(source, 16),
  217: (source) => string(source, unsigned(source, 1)),
  218: (source) => string(source, unsigned(source, 2)),
  219: (source) => string(source, unsigned(source, 4)),
  220: (source) => list(unsigned(source, 2)),
  221: (source) => list(unsigned(source, 4)),
  222: (source) => map(unsigned(source, 2)),
  223: (source) => map(unsigned(source, 4)),
};

function nextItem(source: Source): Item {
  const head = unsigned(source, 1);
  if (head < 0x80) return value(`${head}`);
  if (head < 0x90) return map(head & 0x0f);
  if (head < 0xa0) return list(head & 0x0f);
  if (head < 0xc0) return string(source, head & 0x1f);
  if (head >= 0xe0) return value(`${head - 0x100}`);
  const read = heads[head];
  if (!read) throw new Error("holds 0xc1, which MessagePack never uses");
  return read(source);
}

function take(source: Source, size: number): Buffer {
  const { bytes, at } = source;
  if (at + size > bytes.length) throw new Error("ends in the middle of a value");
  source.at = at + size;
  return bytes.subarray(at, at + size);
}

const unsigned = (source: Source, size: number): number => take(source, size).readUIntBE(0, size);

const binary = (source: Source, size: number): Item => value(bytesJson(take(source, size), source.room));

/** Before `bin` existed (2013) strings held any bytes: those that are no text are shown as binary. */
function string(source: Source, size: number): Item {
  const content = take(source, size);
  if (!isUtf8(content)) return value(bytesJson(content, source.room));
  if (size > 0) source.texts++;
  return value(quoted(content, source.room));
}

function extension(source: Source, size: number): Item {
  const type = take(source, 1).readInt8(0);
  const content = take(source, size);
  const instant = type === -1 ? timestamp(content) : null;
  return value(instant ?? bytesJson(content, source.room, `"ext":${type},`));
}

/** Extension -1: seconds in 4 bytes, nanoseconds and seconds in 8 (30 and 34 bits), or both apart in 12. */
function timestamp(content: Buffer): string | null {
  if (content.length === 4) return instantJson(BigInt(content.readUInt32BE(0)), 0);
  if (content.length === 12) return instantJson(content.readBigInt64BE(4), content.readUInt32BE(0));
  if (content.length !== 8) return null;
  const both = content.readBigUInt64BE(0);
  return instantJson(both & 0x3_ffff_ffffn, Number(both >> 34n));
}
