import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeCursor, encodeCursor, type PageCursor } from "./cursor.ts";

const cursor: fc.Arbitrary<PageCursor> = fc.record({
  direction: fc.constantFrom("older", "newer"),
  isolation: fc.constantFrom("read_committed", "read_uncommitted"),
  positions: fc
    .array(fc.tuple(fc.nat(100_000), fc.bigInt({ min: 0n, max: (1n << 63n) - 1n })))
    .map((pairs) => new Map(pairs)),
});
const thrown = (act: () => unknown) => {
  try {
    act();
    return null;
  } catch (error) {
    return (error as { code?: string }).code;
  }
};

test("a cursor is read back as it was", () => {
  fc.assert(
    fc.property(cursor, (one) => {
      const back = decodeCursor(encodeCursor(one, "orders", "id"), "orders", "id");
      expect({ ...back, positions: [...back.positions] }).toEqual({
        ...one,
        positions: [...one.positions].sort(([a], [b]) => a - b),
      });
    }),
  );
});

test("a cursor of 1,000 partitions fits into a URL", () => {
  const positions = new Map(
    Array.from({ length: 1000 }, (_, partition) => [partition, 40_118_220_000n + BigInt(partition)]),
  );
  expect(
    encodeCursor({ direction: "older", isolation: "read_committed", positions }, "orders", null).length,
  ).toBeLessThan(10_000);
});

test("the cursor of another topic, of a deleted one and any other text are refused", () => {
  const mine = encodeCursor(
    { direction: "older", isolation: "read_committed", positions: new Map([[0, 300n]]) },
    "orders",
    "a",
  );
  expect(thrown(() => decodeCursor(mine, "payments", "a"))).toBe("bad-cursor");
  expect(thrown(() => decodeCursor(mine, "orders", "b"))).toBe("bad-cursor");
  expect(thrown(() => decodeCursor(mine.slice(0, -2), "orders", "a"))).toBe("bad-cursor");
  fc.assert(
    fc.property(fc.base64String(), (noise) => {
      expect([null, "bad-cursor"]).toContain(thrown(() => decodeCursor(noise, "orders", "a")));
    }),
  );
});
