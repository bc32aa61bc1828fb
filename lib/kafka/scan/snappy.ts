import { type Cursor, corrupt, readUnsignedVarint } from "./bytes.ts";

// What Java's snappy-java writes around raw blocks: magic, version and oldest compatible version, then (length, block) pairs.
const XERIAL_MAGIC = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0x00]);
const XERIAL_HEADER = XERIAL_MAGIC.length + 8;
const XERIAL_BLOCK = 32 * 1024;

/**
 * Snappy as Kafka's producers send it: xerial framing (Java, librdkafka) or one raw block (some others).
 * A block tells its length first, so nothing above `limit` bytes is ever allocated. Throws `corrupt`.
 */
export function snappyDecompress(bytes: Uint8Array, limit: number, tooLarge: () => never): Uint8Array {
  let size = 0;
  for (const block of blocksOf(bytes)) {
    size += readUnsignedVarint(block);
    if (size > limit) tooLarge();
  }
  const out = Buffer.allocUnsafeSlow(size);
  let at = 0;
  for (const block of blocksOf(bytes)) {
    readUnsignedVarint(block);
    at = unpack(block, out, at);
  }
  if (at !== size) corrupt("A snappy block is shorter than it says.");
  return out;
}

/** One after the other and never all at once: millions of empty blocks fit into a batch. */
function* blocksOf(bytes: Uint8Array): Generator<Cursor, void, void> {
  if (bytes.length < XERIAL_HEADER || XERIAL_MAGIC.compare(bytes, 0, XERIAL_MAGIC.length) !== 0) {
    yield { bytes, at: 0 };
    return;
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = XERIAL_HEADER; at < bytes.length; ) {
    if (at + 4 > bytes.length) corrupt("The snappy frame ends inside a block length.");
    const size = view.getInt32(at);
    at += 4;
    if (size <= 0 || at + size > bytes.length) corrupt("A snappy block reaches past the end of its frame.");
    yield { bytes: bytes.subarray(at, at + size), at: 0 };
    at += size;
  }
}

/** Unpacks one block from its first tag on; copies may reach back only inside the block, which `start` marks. */
function unpack({ bytes, at: first }: Cursor, out: Uint8Array, start: number): number {
  let at = first;
  let to = start;
  while (at < bytes.length) {
    const tag = bytes[at++] as number;
    const kind = tag & 3;
    if (kind === 0) {
      let length = tag >>> 2;
      if (length >= 60) {
        const extra = length - 59;
        if (at + extra > bytes.length) corrupt("The snappy block ends inside a length.");
        length = 0;
        for (let index = 0; index < extra; index++) length += (bytes[at + index] as number) * 2 ** (8 * index);
        at += extra;
      }
      length += 1;
      if (at + length > bytes.length || to + length > out.length) corrupt("A snappy literal is longer than its block.");
      if (length > 24) out.set(bytes.subarray(at, at + length), to);
      else for (let index = 0; index < length; index++) out[to + index] = bytes[at + index] as number;
      at += length;
      to += length;
      continue;
    }
    const width = kind === 3 ? 4 : kind;
    if (at + width > bytes.length) corrupt("The snappy block ends inside a copy.");
    const length = kind === 1 ? ((tag >>> 2) & 7) + 4 : (tag >>> 2) + 1;
    let back = bytes[at] as number;
    if (kind === 1) back |= (tag >>> 5) << 8;
    else back += (bytes[at + 1] as number) * 256;
    if (kind === 3) back += (bytes[at + 2] as number) * 65536 + (bytes[at + 3] as number) * 16777216;
    at += width;
    if (back === 0 || back > to - start || to + length > out.length)
      corrupt("A snappy copy reaches outside its block.");
    for (let from = to - back, end = to + length; to < end; ) out[to++] = out[from++] as number;
  }
  return to;
}

/** Greedy snappy in xerial framing, as Java's producer writes it. */
export function snappyCompress(bytes: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [XERIAL_MAGIC, Buffer.from([0, 0, 0, 1, 0, 0, 0, 1])];
  for (let at = 0; at < bytes.length; at += XERIAL_BLOCK) {
    const block = packBlock(bytes.subarray(at, at + XERIAL_BLOCK));
    const length = Buffer.alloc(4);
    length.writeInt32BE(block.length);
    parts.push(length, block);
  }
  return Buffer.concat(parts);
}

function packBlock(bytes: Uint8Array): Uint8Array {
  // The worst case is one literal over everything: a length byte each 60 bytes would still fit.
  const out = new Uint8Array(16 + bytes.length + Math.ceil(bytes.length / 32));
  const seen = new Int32Array(1 << 14).fill(-1);
  let to = 0;
  for (let rest = bytes.length; ; rest >>>= 7) {
    out[to++] = rest > 0x7f ? (rest & 0x7f) | 0x80 : rest;
    if (rest <= 0x7f) break;
  }
  let literal = 0;
  for (let at = 0; at + 4 <= bytes.length; ) {
    const slot = hash(bytes, at, 14);
    const match = seen[slot] as number;
    seen[slot] = at;
    if (match < 0 || !sameFour(bytes, match, at)) {
      at++;
      continue;
    }
    let length = 4;
    while (length < 64 && at + length < bytes.length && bytes[match + length] === bytes[at + length]) length++;
    to = pushLiteral(out, to, bytes, literal, at);
    const back = at - match;
    out[to++] = ((length - 1) << 2) | 2;
    out[to++] = back & 0xff;
    out[to++] = back >>> 8;
    at += length;
    literal = at;
  }
  return out.subarray(0, pushLiteral(out, to, bytes, literal, bytes.length));
}

function pushLiteral(out: Uint8Array, at: number, bytes: Uint8Array, from: number, end: number): number {
  const length = end - from;
  if (length === 0) return at;
  let to = at;
  if (length <= 60) out[to++] = (length - 1) << 2;
  else {
    out[to++] = 61 << 2;
    out[to++] = (length - 1) & 0xff;
    out[to++] = (length - 1) >>> 8;
  }
  out.set(bytes.subarray(from, end), to);
  return to + length;
}

/** Where four bytes go in a table of 2^bits places; shared with lz4. */
export function hash(bytes: Uint8Array, at: number, bits: number): number {
  const word =
    (bytes[at] as number) |
    ((bytes[at + 1] as number) << 8) |
    ((bytes[at + 2] as number) << 16) |
    ((bytes[at + 3] as number) << 24);
  return Math.imul(word, 0x9e3779b1) >>> (32 - bits);
}

export function sameFour(bytes: Uint8Array, left: number, right: number): boolean {
  return (
    bytes[left] === bytes[right] &&
    bytes[left + 1] === bytes[right + 1] &&
    bytes[left + 2] === bytes[right + 2] &&
    bytes[left + 3] === bytes[right + 3]
  );
}
