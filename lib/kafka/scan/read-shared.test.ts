import fc from "fast-check";
import { expect, test } from "vitest";
import { sharesOf } from "./read-shared.ts";

const slicesOf = (...kilobytes: number[]) => kilobytes.map((size) => ({ bytes: new Uint8Array(size << 10) }));
const sizes = (shares: { bytes: Uint8Array }[][]) =>
  shares.map((share) => share.map(({ bytes }) => bytes.length >> 10));

test.each([
  ["little goes to one worker", [20, 20, 20], 2, [[20, 20, 20]]],
  [
    "much is shared in halves",
    [100, 100, 100, 100],
    2,
    [
      [100, 100],
      [100, 100],
    ],
  ],
  ["by bytes, not by number", [300, 50, 50, 50], 2, [[300], [50, 50, 50]]],
  ["one slice cannot be shared", [900], 2, [[900]]],
  ["no worker is free: one part waits for the first", [500, 500], 0, [[500, 500]]],
  ["nothing is for nobody", [], 2, []],
])("%s", (_, kilobytes, most, expected) => {
  expect(sizes(sharesOf(slicesOf(...kilobytes), most))).toEqual(expected);
});

test("every slice is in one part, in its order, and no part is empty", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(400), { maxLength: 20 }), fc.nat(4), (kilobytes, most) => {
      const slices = slicesOf(...kilobytes);
      const shares = sharesOf(slices, most);
      expect(shares.flat()).toEqual(slices);
      expect(shares.length).toBeLessThanOrEqual(Math.max(1, most));
      for (const share of shares) expect(share.length).toBeGreaterThan(0);
    }),
  );
});
