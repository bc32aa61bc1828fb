import fc from "fast-check";
import { expect, test } from "vitest";
import { shareOfKeysMoved } from "./key-order.ts";

/** Every hash of one period, looked at one by one. */
function bruteForce(before: number, after: number): number {
  const period = before * after;
  let moved = 0;
  for (let hash = 0; hash < period; hash++) if (hash % before !== hash % after) moved += 1;
  return moved / period;
}

test("the share of keys that move is what counting every hash gives", () => {
  const pair = fc
    .tuple(fc.integer({ min: 1, max: 120 }), fc.integer({ min: 0, max: 120 }))
    .map(([before, more]): [number, number] => [before, before + more]);
  fc.assert(
    fc.property(pair, ([before, after]) => {
      expect(shareOfKeysMoved(before, after)).toBeCloseTo(bruteForce(before, after), 12);
    }),
    { numRuns: 60 },
  );
});

test("doubling moves half of the keys, which is the least any step moves", () => {
  expect(shareOfKeysMoved(6, 12)).toBe(0.5);
  expect(shareOfKeysMoved(6, 7)).toBeCloseTo(6 / 7);
  expect(shareOfKeysMoved(1, 2)).toBe(0.5);
  expect(shareOfKeysMoved(12, 12)).toBe(0);
  for (let after = 7; after < 200; after++) expect(shareOfKeysMoved(6, after)).toBeGreaterThanOrEqual(0.5);
});
