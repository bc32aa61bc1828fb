import fc from "fast-check";
import { expect, test } from "vitest";
import { distinctVolumes, shareOf, skewOf, volumeTotals } from "./skew.ts";

test("a broker with a tenth more than its part has a skew of 0.1", () => {
  expect(skewOf(11, 30, 3)).toBeCloseTo(0.1);
  expect(skewOf(0, 30, 3)).toBe(-1);
});

test("without leaders there is neither share nor skew", () => {
  expect(shareOf(0, 0)).toBeNull();
  expect(skewOf(0, 0, 3)).toBeNull();
  expect(skewOf(0, 4, 0)).toBeNull();
});

test("shares add up to one and skews to zero", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(10_000), { minLength: 1, maxLength: 50 }), (leaders) => {
      const all = leaders.reduce((sum, one) => sum + one, 0);
      fc.pre(all > 0);
      const sum = (of: (one: number) => number | null) => leaders.reduce((total, one) => total + (of(one) ?? 0), 0);
      expect(sum((one) => shareOf(one, all))).toBeCloseTo(1);
      expect(sum((one) => skewOf(one, all, leaders.length))).toBeCloseTo(0, 6);
    }),
  );
});

const dir = (host: string, totalBytes: bigint, usableBytes: bigint) => ({ host, totalBytes, usableBytes });
const GIB = 1024n ** 3n;

test("two log dirs on one volume count once, even if a little was written in between", () => {
  expect(volumeTotals([dir("a", 100n * GIB, 40n * GIB), dir("a", 100n * GIB, 40n * GIB - 4096n)])).toEqual({
    totalBytes: 100n * GIB,
    usableBytes: 40n * GIB,
  });
});

test("disks of the same size that hold different amounts count each, and so do those of other hosts", () => {
  expect(distinctVolumes([dir("a", 100n * GIB, 40n * GIB), dir("a", 100n * GIB, 55n * GIB)])).toHaveLength(2);
  expect(distinctVolumes([dir("a", 100n * GIB, 40n * GIB), dir("b", 100n * GIB, 40n * GIB)])).toHaveLength(2);
});

test("nobody told the size of a volume: it is unknown, not zero", () => {
  expect(volumeTotals([])).toBeNull();
});
