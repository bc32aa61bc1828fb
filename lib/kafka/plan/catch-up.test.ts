import fc from "fast-check";
import { expect, test } from "vitest";
import { catchUp } from "./catch-up.ts";

const lanes = fc.array(
  fc
    .tuple(
      fc.bigInt({ min: 0n, max: 1n << 40n }),
      fc.oneof(fc.bigInt({ min: -50n, max: 5_000n }), fc.bigInt({ min: 0n, max: 1n << 40n })),
    )
    .map(([position, lag]) => ({ position, end: position + lag })),
  { minLength: 1, maxLength: 200 },
);

test("a tail goes on near the end, never back, and not at all while it is near enough", () => {
  fc.assert(
    fc.property(lanes, fc.nat(2_000_000), (all, bytesEach) => {
      const lacks = all.reduce((sum, { position, end }) => sum + (end > position ? end - position : 0n), 0n);
      const moved = catchUp(all, bytesEach);
      const isNear = lacks <= 5_000n && Number(lacks) * bytesEach <= 8 << 20;
      expect(moved).toHaveLength(isNear ? 0 : all.length);
      if (isNear) return;
      for (const [index, position] of moved.entries()) {
        const lane = all[index] ?? { position: 0n, end: 0n };
        expect(position >= lane.position).toBe(true);
        expect(position <= lane.end || position === lane.position).toBe(true);
      }
      const left = all.reduce(
        (sum, { end }, index) => sum + (end > (moved[index] ?? 0n) ? end - (moved[index] ?? 0n) : 0n),
        0n,
      );
      expect(left).toBeLessThanOrEqual(500n);
    }),
  );
});

test("large records are fewer at the end than small ones", () => {
  const far = [{ position: 0n, end: 100_000n }];
  expect(catchUp(far, 100)).toEqual([99_500n]);
  expect(catchUp(far, 100_000)).toEqual([99_990n]);
  expect(catchUp(far, 20 << 20)).toEqual([99_999n]);
});
