import { constants, crc32, deflateRawSync } from "node:zlib";
import { pushUnsignedVarlong, pushVarint } from "./bytes.ts";
import { type Codec, compress } from "./codecs.ts";
import { crc32c } from "./crc32c.ts";
import { write } from "./writer.ts";

const PIECE = 4 << 20;

/**
 * A batch whose header says anything, around a body that is packed already: sound to a broker, which believes the header and counts
 * the records in it.
 */
export function batchAround(codec: Codec, body: Uint8Array, count = 1): Buffer {
  const one = write({ records: [{ timestamp: BigInt(Date.now()), key: null, value: null, headers: [] }], codec });
  const out = Buffer.concat([one.subarray(0, 61), body]);
  out.writeInt32BE(out.length - 12, 8);
  out.writeInt32BE(count - 1, 23);
  out.writeInt32BE(count, 57);
  out.writeUInt32BE(crc32c(out, 21), 17);
  return out;
}

/** The bytes of a record up to its value of `size` zeros; one more zero behind it says that there are no headers. */
function headOf(size: number): Buffer {
  const head = [0, 0, 0, 1];
  pushVarint(head, size);
  const length: number[] = [];
  pushVarint(length, head.length + size + 1);
  return Buffer.from([...length, ...head]);
}

/** How one codec packs some bytes and then many zeros, without any of it being in memory. */
const packers: Record<string, (head: Buffer, zeros: number) => Uint8Array> = {
  /** One deflated piece over and over: a full flush makes each stand alone. */
  gzip: (head, zeros) => {
    const flush = (bytes: Buffer) => deflateRawSync(bytes, { finishFlush: constants.Z_FULL_FLUSH });
    const piece = Buffer.alloc(PIECE);
    const packed = flush(piece);
    const parts = [Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]), flush(head)];
    let sum = crc32(head);
    for (let left = zeros; left >= PIECE; left -= PIECE) {
      parts.push(packed);
      sum = crc32(piece, sum);
    }
    const rest = Buffer.alloc(zeros % PIECE);
    const tail = Buffer.alloc(8);
    tail.writeUInt32LE(crc32(rest, sum));
    tail.writeUInt32LE((head.length + zeros) % 2 ** 32, 4);
    return Buffer.concat([...parts, deflateRawSync(rest), tail]);
  },
  "snappy-xerial": (head, zeros) => {
    const blockOf = (size: number) => compress("snappy", Buffer.alloc(size)).subarray(16);
    const block = blockOf(32 << 10);
    const many = Array.from({ length: Math.floor(zeros / (32 << 10)) }, () => block);
    return Buffer.concat([compress("snappy", head), ...many, blockOf(zeros % (32 << 10))]);
  },
  /** One block: a literal, then copies of 64 bytes from one byte back. */
  "snappy-raw": (head, zeros) => {
    const size: number[] = [];
    pushUnsignedVarlong(size, BigInt(head.length + zeros));
    const literal = Buffer.concat([Buffer.from([head.length << 2]), head, Buffer.from([0])]);
    const copies = Buffer.alloc(3 * Math.floor((zeros - 1) / 64), Buffer.from([(63 << 2) | 2, 1, 0]));
    const rest = Array.from({ length: (zeros - 1) % 64 }, () => [0, 0]).flat();
    return Buffer.concat([Buffer.from(size), literal, copies, Buffer.from(rest)]);
  },
  lz4: (head, zeros) => {
    const blockOf = (bytes: Buffer) => compress("lz4", bytes).subarray(7, -4);
    const block = blockOf(Buffer.alloc(64 << 10));
    const many = Array.from({ length: Math.floor(zeros / (64 << 10)) }, () => block);
    const rest = zeros % (64 << 10);
    const start = compress("lz4", head).subarray(0, -4);
    return Buffer.concat([start, ...many, rest > 0 ? blockOf(Buffer.alloc(rest)) : Buffer.alloc(0), Buffer.alloc(4)]);
  },
  /** A raw block, then blocks of 128 kB that say in four bytes which byte they repeat (RFC 8878). */
  zstd: (head, zeros) => {
    const block = (kind: number, size: number, last: boolean) => {
      const header = Buffer.alloc(3);
      header.writeUIntLE((size << 3) | (kind << 1) | (last ? 1 : 0), 0, 3);
      return header;
    };
    const whole = Math.floor((zeros - 1) / (128 << 10));
    const repeated = Buffer.concat([block(1, 128 << 10, false), Buffer.from([0])]);
    const rest = zeros - whole * (128 << 10);
    return Buffer.concat([
      Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x58]), // a window of 2 MB, no size, no checksum
      Buffer.concat([block(0, head.length, false), head]),
      ...Array.from({ length: whole }, () => repeated),
      Buffer.concat([block(1, rest, true), Buffer.from([0])]),
    ]);
  },
};

export const bombKinds = ["gzip", "snappy-xerial", "snappy-raw", "lz4", "zstd"] as const;
export type BombKind = (typeof bombKinds)[number];

/** A batch of one record whose value is `unpacked` zeros. */
export function bombOf(kind: BombKind, unpacked: number): Buffer {
  const codec = kind.split("-")[0] as Codec;
  return batchAround(codec, packers[kind]?.(headOf(unpacked), unpacked + 1) ?? new Uint8Array());
}

/** `count` records of a few bytes each, packed with zstd. */
export function crowdOf(count: number): Buffer {
  const bytes: number[] = [];
  for (let index = 0; index < count; index++) {
    const record = [0, 0];
    pushVarint(record, index);
    record.push(1, 1, 0);
    pushVarint(bytes, record.length);
    for (const byte of record) bytes.push(byte);
  }
  return batchAround("zstd", compress("zstd", Uint8Array.from(bytes)), count);
}
