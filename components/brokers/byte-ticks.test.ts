import fc from "fast-check";
import { expect, test } from "vitest";
import { byteTicks } from "./byte-ticks.ts";

test("the axis says round sizes in the unit of the largest bar", () => {
  expect(byteTicks(909 * 1024, 5)).toEqual([0, 200, 400, 600, 800].map((size) => size * 1024));
  expect(byteTicks(7, 5)).toEqual([0, 2, 4, 6]);
  expect(byteTicks(0, 5)).toEqual([0]);
});

test("the axis starts at zero, never goes beyond the largest bar, and has few ticks", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
      fc.integer({ min: 2, max: 6 }),
      (largest, count) => {
        const ticks = byteTicks(largest, count);
        expect(ticks[0]).toBe(0);
        expect(ticks.length).toBeLessThanOrEqual(count + 1);
        expect(ticks.at(-1)).toBeLessThanOrEqual(largest);
      },
    ),
  );
});
