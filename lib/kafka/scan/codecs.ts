import { constants, gunzipSync, gzipSync, zstdCompressSync, zstdDecompressSync } from "node:zlib";
import { corrupt } from "./bytes.ts";
import { lz4Compress, lz4Decompress } from "./lz4.ts";
import { snappyCompress, snappyDecompress } from "./snappy.ts";

/** Kafka's compression types by the number in a batch's attributes (bits 0 to 2). */
export const codecNames = ["none", "gzip", "snappy", "lz4", "zstd"] as const;
export type Codec = (typeof codecNames)[number];

type Row = {
  decompress(bytes: Uint8Array, limit: number, tooLarge: () => never): Uint8Array;
  compress(bytes: Uint8Array): Uint8Array;
};

// A chunk that holds the whole output saves zlib from joining many. It is allocated before the size is known, so it stays near
// what text usually unpacks to: a page of small batches must not cost a large chunk each.
const chunkFor = (bytes: Uint8Array, limit: number) =>
  Math.max(64, Math.min(limit, 1 << 20, Math.max(1 << 10, bytes.length * 8)));

const codecs = {
  none: {
    decompress: (bytes, limit, tooLarge) => (bytes.length > limit ? tooLarge() : bytes),
    compress: (bytes) => bytes,
  },
  gzip: {
    decompress: (bytes, limit) => gunzipSync(bytes, { maxOutputLength: limit, chunkSize: chunkFor(bytes, limit) }),
    compress: (bytes) => gzipSync(bytes),
  },
  snappy: { decompress: snappyDecompress, compress: snappyCompress },
  lz4: { decompress: lz4Decompress, compress: lz4Compress },
  zstd: {
    decompress: zstdDecompress,
    compress: (bytes) => zstdCompressSync(bytes, { params: { [constants.ZSTD_c_compressionLevel]: 3 } }),
  },
} as const satisfies Record<Codec, Row>;

/** Each frame costs a millisecond however empty it is, and a batch has room for 100,000; no producer writes more than a few. */
const MOST_FRAMES = 100;

// Node stops after the first zstd frame, Java reads them all; `info` tells where the first one ended.
function zstdDecompress(bytes: Uint8Array, limit: number): Uint8Array {
  const frames: Uint8Array[] = [];
  let left = limit;
  for (let at = 0; at < bytes.length; ) {
    if (frames.length >= MOST_FRAMES) corrupt(`zstd: more than ${MOST_FRAMES} frames in one batch.`);
    const frame = bytes.subarray(at);
    const options = { maxOutputLength: Math.max(1, left), chunkSize: chunkFor(frame, limit), info: true } as const;
    const { buffer, engine } = zstdDecompressSync(frame, options) as unknown as WithInfo;
    frames.push(buffer);
    left -= buffer.length;
    at += engine.bytesWritten;
    if (engine.bytesWritten === 0) break;
  }
  return frames.length === 1 && frames[0] ? frames[0] : Buffer.concat(frames);
}

type WithInfo = { buffer: Uint8Array; engine: { bytesWritten: number } }; // what `info: true` answers; @types/node does not say

/**
 * The bytes that `codec` packed: never more than `limit` bytes, nor more memory than that on the way.
 * Throws an error with code `too-large` above the limit and `corrupt-batch` for bytes that the codec cannot read.
 */
export function decompress(codec: Codec, bytes: Uint8Array, limit: number): Uint8Array {
  const tooLarge = (): never => {
    throw Object.assign(new Error(`The batch unpacks to more than ${limit} bytes.`), { code: "too-large" });
  };
  if (bytes.length === 0) return bytes;
  try {
    return codecs[codec].decompress(bytes, limit, tooLarge);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ERR_BUFFER_TOO_LARGE") return tooLarge();
    if (code === "too-large" || code === "corrupt-batch") throw error;
    return corrupt(`${codec} cannot unpack it: ${message}.`);
  }
}

/** What a producer with `compression.type=codec` would send; all of it reads back by `decompress`. */
export function compress(codec: Codec, bytes: Uint8Array): Uint8Array {
  return codecs[codec].compress(bytes);
}
