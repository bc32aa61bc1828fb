/**
 * The hash of Kafka's Java clients (`Utils.murmur2`): 32 bits, as a signed number. All clients that call themselves compatible put
 * equal keys into equal partitions by it.
 */
export function murmur2(bytes: Uint8Array): number {
  const M = 0x5bd1e995;
  const { length } = bytes;
  const view = new DataView(bytes.buffer, bytes.byteOffset, length);
  let hash = 0x9747b28c ^ length;
  const whole = length & ~3;
  for (let at = 0; at < whole; at += 4) {
    let word = Math.imul(view.getInt32(at, true), M);
    word = Math.imul(word ^ (word >>> 24), M);
    hash = Math.imul(hash, M) ^ word;
  }
  const rest = length - whole;
  if (rest > 2) hash ^= view.getUint8(whole + 2) << 16;
  if (rest > 1) hash ^= view.getUint8(whole + 1) << 8;
  if (rest > 0) hash = Math.imul(hash ^ view.getUint8(whole), M);
  hash = Math.imul(hash ^ (hash >>> 13), M);
  return hash ^ (hash >>> 15);
}

/** The partition Java clients choose for a key. The sign is cut off, not negated; an empty key is a key. */
export const partitionOfKey = (key: Uint8Array, partitions: number): number => (murmur2(key) & 0x7fffffff) % partitions;

/** How much goes to one partition before the next takes its turn, as Java's `batch.size`: fewer and fuller batches. */
const STICK_BYTES = 16 << 10;

/**
 * Chooses partitions for records without a key, from those that can take one: the same for a batch's worth, then the next. `first` is
 * any number from 0 to below 1: where the round begins, so that single records spread too.
 */
export function keylessPartitions(candidates: readonly number[], first: number): (bytes: number) => number | null {
  let at = Math.floor(first * candidates.length);
  let filled = 0;
  return (bytes) => {
    if (filled > 0 && filled + bytes > STICK_BYTES) {
      at = (at + 1) % candidates.length;
      filled = 0;
    }
    filled += bytes;
    return candidates[at] ?? null;
  };
}
