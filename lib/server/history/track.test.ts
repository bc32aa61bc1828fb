import fc from "fast-check";
import { expect, test } from "vitest";
import { addTo, bytesOf, largestIn, makeTrack, trimTo, valuesAt } from "./track.ts";
import { makeWriter, putInt, putUint, readerOf, takeInt, takeUint, written } from "./varint.ts";

const int64 = fc.oneof(
  fc.bigInt({ min: -(1n << 63n), max: (1n << 63n) - 1n }),
  fc.bigInt({ min: -300n, max: 300n }),
  fc.constantFrom(-(1n << 63n), (1n << 63n) - 1n, 1n << 53n, -(1n << 53n), 1n << 51n, 1n << 49n, -(1n << 49n), 0n),
);

test("every whole number is read as it was written, and cut bytes are refused", () => {
  fc.assert(
    fc.property(fc.array(int64), fc.array(fc.maxSafeNat()), (ints, uints) => {
      const writer = makeWriter(1);
      for (const value of ints) putInt(writer, value);
      for (const value of uints) putUint(writer, value);
      const reader = readerOf(written(writer));
      expect(ints.map(() => takeInt(reader))).toEqual(ints);
      expect(uints.map(() => takeUint(reader))).toEqual(uints);
      expect(() => takeUint(reader)).toThrow(RangeError);
    }),
  );
});

const steps = fc.array(fc.tuple(fc.integer({ min: 1, max: 400 }), fc.option(int64)), { minLength: 1, maxLength: 60 });

/** The same, kept without packing. */
function plainly(all: [number, bigint | null][]) {
  let tick = 0;
  const changes = all.map(([step, value]) => {
    tick += step;
    return { tick, value };
  });
  const track = makeTrack(changes[0]?.tick ?? 0, changes[0]?.value ?? null);
  for (const { tick, value } of changes.slice(1)) addTo(track, tick, value);
  const at = (wanted: number) => changes.findLast(({ tick }) => tick <= wanted)?.value ?? null;
  return { track, at, ticks: Array.from({ length: tick + 5 }, (_, i) => i) };
}

test("a track knows what was at each tick, as if nothing were packed", () => {
  fc.assert(
    fc.property(steps, (all) => {
      const { track, at, ticks } = plainly(all);
      expect(valuesAt(track, ticks)).toEqual(ticks.map(at));
    }),
  );
});

test("the largest of a stretch is the first of the largest at its ticks", () => {
  const lags = steps.map((all) =>
    all.map(([step, value]): [number, bigint | null] => [
      step,
      value === null ? null : value < 0n ? -(value + 1n) : value,
    ]),
  );
  fc.assert(
    fc.property(lags, fc.nat(2_000), fc.nat(2_000), fc.nat(500), (all, from, length, trim) => {
      const { track, at } = plainly(all);
      trimTo(track, Math.min(from, trim));
      let largest: { value: bigint; tick: number } | null = null;
      for (let tick = from; tick <= from + length; tick++) {
        const value = at(tick);
        if (value !== null && (largest === null || value > largest.value)) largest = { value, tick };
      }
      expect(largestIn(track, from, from + length)).toEqual(largest);
    }),
  );
});

test("letting go of what is old changes nothing of what is not, however often", () => {
  fc.assert(
    fc.property(steps, fc.array(fc.nat(2_000), { maxLength: 5 }), (all, trims) => {
      const { track, at, ticks } = plainly(all);
      const sorted = [...trims].sort((a, b) => a - b);
      for (const tick of sorted) trimTo(track, tick);
      const left = ticks.filter((tick) => tick >= (sorted.at(-1) ?? 0));
      expect(valuesAt(track, left)).toEqual(left.map(at));
      addTo(track, ticks.length, 77n);
      expect(valuesAt(track, [ticks.length])).toEqual([77n]);
    }),
  );
});

test("what stays takes no room, and what moves on two or three bytes a tick", () => {
  const [still, moving] = [makeTrack(0, 5n), makeTrack(0, 9_007_199_254_741_007n)];
  for (let tick = 1; tick <= 360; tick++) {
    addTo(still, tick, 5n);
    addTo(moving, tick, 9_007_199_254_741_007n + BigInt(tick) * 1_000n);
  }
  expect(bytesOf(still)).toBe(0);
  expect(bytesOf(moving)).toBeLessThan(360 * 4);
});
