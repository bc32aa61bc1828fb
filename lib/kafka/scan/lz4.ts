import { corrupt } from "./bytes.ts";
import { hash, sameFour } from "./snappy.ts";

const MAGIC = 0x184d2204;
const SKIPPABLE = 0x184d2a50; // .. 0x184d2a5f
const BLOCK_SIZES = [0, 0, 0, 0, 64 << 10, 256 << 10, 1 << 20, 4 << 20];
const UNCOMPRESSED = 0x80000000;
const BLOCK = 64 << 10;

/**
 * LZ4 frames, one or several, with independent or linked blocks. At most `limit` bytes are allocated.
 * The header checksum is not looked at: Kafka before 0.10 (magic 0) wrote a wrong one (KAFKA-3160). Throws `corrupt`.
 */
export function lz4Decompress(bytes: Uint8Array, limit: number, tooLarge: () => never): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const out = Buffer.allocUnsafeSlow(Math.min(limit, sizeBound(view)));
  let at = 0;
  let to = 0;
  while (at < bytes.length) {
    const frame = frameAt(view, at);
    at = frame.blocks;
    if (frame.skip) continue;
    const first = to;
    for (let size = blockSize(view, at); size !== 0; size = blockSize(view, at)) {
      const length = size % UNCOMPRESSED;
      const end = at + 4 + length;
      if (end > bytes.length) corrupt("An lz4 block reaches past the end of its frame.");
      if (size >= UNCOMPRESSED) {
        if (to + length > out.length) tooLarge();
        out.set(bytes.subarray(at + 4, end), to);
        to += length;
      } else to = unpack(bytes, at + 4, end, out, to, first, tooLarge);
      at = end + frame.blockChecksum;
    }
    at += 4 + frame.contentChecksum;
  }
  return out.subarray(0, to);
}

/** Every block holds at most what its frame's header says, so the headers alone bound the whole. */
function sizeBound(view: DataView): number {
  let bound = 0;
  for (let at = 0; at < view.byteLength; ) {
    const frame = frameAt(view, at);
    at = frame.blocks;
    if (frame.skip) continue;
    for (let size = blockSize(view, at); size !== 0; size = blockSize(view, at)) {
      // A token byte yields at most 255 bytes, so a short block cannot need the whole of its allowance.
      bound += Math.min(frame.blockMax, (size % UNCOMPRESSED) * 256);
      at += 4 + (size % UNCOMPRESSED) + frame.blockChecksum;
    }
    at += 4 + frame.contentChecksum;
  }
  return bound;
}

function blockSize(view: DataView, at: number): number {
  if (at + 4 > view.byteLength) corrupt("The lz4 frame ends without its end mark.");
  return view.getUint32(at, true);
}

function frameAt(view: DataView, at: number) {
  if (at + 7 > view.byteLength) corrupt("The lz4 frame ends inside its header.");
  const magic = view.getUint32(at, true);
  if (magic >>> 4 === SKIPPABLE >>> 4) {
    if (at + 8 > view.byteLength) corrupt("The lz4 frame ends inside its header.");
    return {
      skip: true,
      blocks: at + 8 + view.getUint32(at + 4, true),
      blockMax: 0,
      blockChecksum: 0,
      contentChecksum: 0,
    };
  }
  if (magic !== MAGIC) corrupt("The bytes are not an lz4 frame.");
  const flags = view.getUint8(at + 4);
  if (flags >>> 6 !== 1) corrupt("The lz4 frame has an unknown version.");
  if (flags & 1) corrupt("The lz4 frame needs a dictionary.");
  return {
    skip: false,
    blocks: at + 7 + (flags & 8 ? 8 : 0),
    blockMax: BLOCK_SIZES[(view.getUint8(at + 5) >>> 4) & 7] ?? 0,
    blockChecksum: flags & 16 ? 4 : 0,
    contentChecksum: flags & 4 ? 4 : 0,
  };
}

function unpack(
  bytes: Uint8Array,
  start: number,
  end: number,
  out: Uint8Array,
  begin: number,
  first: number,
  tooLarge: () => never,
): number {
  let at = start;
  let to = begin;
  while (at < end) {
    const token = bytes[at++] as number;
    let literal = token >>> 4;
    if (literal === 15) {
      let more = 255;
      while (more === 255) {
        if (at >= end) corrupt("The lz4 block ends inside a length.");
        more = bytes[at++] as number;
        literal += more;
      }
    }
    if (at + literal > end) corrupt("An lz4 literal is longer than its block.");
    if (to + literal > out.length) tooLarge();
    if (literal > 24) out.set(bytes.subarray(at, at + literal), to);
    else for (let index = 0; index < literal; index++) out[to + index] = bytes[at + index] as number;
    at += literal;
    to += literal;
    if (at === end) return to; // the last sequence of a block has no match
    if (at + 2 > end) corrupt("The lz4 block ends inside a match.");
    const back = (bytes[at] as number) | ((bytes[at + 1] as number) << 8);
    at += 2;
    let length = (token & 15) + 4;
    if (length === 19) {
      let more = 255;
      while (more === 255) {
        if (at >= end) corrupt("The lz4 block ends inside a length.");
        more = bytes[at++] as number;
        length += more;
      }
    }
    if (back === 0 || back > to - first) corrupt("An lz4 match reaches outside its frame.");
    if (to + length > out.length) tooLarge();
    if (length > 48 && back >= length) {
      out.copyWithin(to, to - back, to - back + length);
      to += length;
    } else if (length > 256 && back === 1) {
      out.fill(out[to - 1] as number, to, to + length);
      to += length;
    } else for (let from = to - back, stop = to + length; to < stop; ) out[to++] = out[from++] as number;
  }
  return to;
}

/** Greedy LZ4: one frame of independent blocks of 64 kB, without checksums but the header's. */
export function lz4Compress(bytes: Uint8Array): Uint8Array {
  // 0x60: version 1, independent blocks; 0x40: blocks of 64 kB; 0x82: the second byte of xxHash32 over both.
  const parts: Uint8Array[] = [Buffer.from([0x04, 0x22, 0x4d, 0x18, 0x60, 0x40, 0x82])];
  for (let at = 0; at < bytes.length; at += BLOCK) {
    const block = bytes.subarray(at, at + BLOCK);
    const packed = packBlock(block);
    const smaller = packed.length < block.length;
    const length = Buffer.alloc(4);
    length.writeUInt32LE(smaller ? packed.length : block.length + UNCOMPRESSED);
    parts.push(length, smaller ? packed : block);
  }
  parts.push(Buffer.alloc(4));
  return Buffer.concat(parts);
}

function packBlock(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(bytes.length + Math.ceil(bytes.length / 255) + 16);
  const seen = new Int32Array(1 << 14).fill(-1);
  // The format wants the last five bytes literal and no match beginning in the last twelve.
  const lastMatch = bytes.length - 12;
  const lastByte = bytes.length - 5;
  let to = 0;
  let literal = 0;
  for (let at = 0; at <= lastMatch; ) {
    const slot = hash(bytes, at, 14);
    const match = seen[slot] as number;
    seen[slot] = at;
    if (match < 0 || !sameFour(bytes, match, at)) {
      at++;
      continue;
    }
    let length = 4;
    while (at + length < lastByte && bytes[match + length] === bytes[at + length]) length++;
    to = pushSequence(out, to, bytes.subarray(literal, at), at - match, length);
    at += length;
    literal = at;
  }
  return out.subarray(0, pushSequence(out, to, bytes.subarray(literal), 0, 0));
}

/** A token, the literal and, where `length` is not 0, the match. */
function pushSequence(out: Uint8Array, start: number, literal: Uint8Array, back: number, length: number): number {
  const match = length === 0 ? 0 : length - 4;
  out[start] = (Math.min(literal.length, 15) << 4) | Math.min(match, 15);
  let to = pushLength(out, start + 1, literal.length);
  out.set(literal, to);
  to += literal.length;
  if (length === 0) return to;
  out[to++] = back & 0xff;
  out[to++] = back >>> 8;
  return pushLength(out, to, match);
}

function pushLength(out: Uint8Array, start: number, length: number): number {
  let to = start;
  if (length < 15) return to;
  let rest = length - 15;
  for (; rest >= 255; rest -= 255) out[to++] = 255;
  out[to++] = rest;
  return to;
}
