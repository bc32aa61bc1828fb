/**
 * The share of keys, 0 to 1, whose partition changes when a topic goes from `before` to `after` partitions and producers choose
 * `murmur2(key) mod partitions` (the Java client's default, librdkafka's murmur2_random, kafkajs).
 *
 * A hash stays where `h mod before = h mod after`. Within one period of lcm(before, after) hashes that holds for `before` of
 * them, one for each remainder both share (Chinese remainder theorem), so before/lcm = gcd/after stay. `after` must not be less.
 */
export const shareOfKeysMoved = (before: number, after: number): number =>
  before === after ? 0 : (after - greatestDivisor(before, after)) / after;

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b);
}
