import { decompress } from "../scan/codecs.ts";

/** Unpacked bytes of one payload; the record itself is downloaded as it is. */
const UNPACKED_BYTES = 16 << 20;

/** What is in a payload that is gzip itself. `note`: why it is not unpacked; null where nothing is to be said. */
export type Unpacked = { bytes: Buffer; packed: boolean; note: string | null };

/** Looks through gzip, one layer of it. Never throws, and never takes more memory than its limit. */
export function throughGzip(bytes: Buffer): Unpacked {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b || bytes[2] !== 8) return { bytes, packed: false, note: null };
  try {
    const inner = decompress("gzip", bytes, UNPACKED_BYTES);
    return { bytes: Buffer.from(inner.buffer, inner.byteOffset, inner.byteLength), packed: true, note: null };
  } catch (error) {
    const tooLarge = (error as { code?: string }).code === "too-large";
    const why = tooLarge ? `unpacks to more than ${UNPACKED_BYTES >> 20} MB` : "cannot be unpacked";
    return { bytes, packed: false, note: `starts as gzip does, but ${why}` };
  }
}
