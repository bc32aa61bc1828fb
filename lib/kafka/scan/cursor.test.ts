import fc from "fast-check";
import { expect, test } from "vitest";
import { type CursorPlace, type CursorTopic, decodeCursor, encodeCursor, type PageCursor } from "./cursor.ts";

const topics: CursorTopic[] = [
  { name: "orders", id: "a" },
  { name: "payments", id: null },
  { name: "ledger", id: "c" },
];
const offset = fc.oneof(
  fc.bigInt({ min: 0n, max: (1n << 63n) - 1n }),
  fc.constantFrom(0n, (1n << 63n) - 1n),
  fc.bigInt({ min: 0n, max: 5_000n }),
);
const cursor: fc.Arbitrary<PageCursor> = fc
  .record({
    direction: fc.constantFrom("older" as const, "newer" as const),
    isolation: fc.constantFrom("read_committed" as const, "read_uncommitted" as const),
    places: fc.uniqueArray(
      fc.record({
        topic: fc.constantFrom(...topics.map(({ name }) => name)),
        partition: fc.nat(100_000),
        position: offset,
        bound: fc.option(offset),
      }),
      { selector: ({ topic, partition }) => `${topic}/${partition}` },
    ),
  })
  .map((one) => ({ ...one, places: one.places.map((place) => turned(place, one.direction === "newer")) }));

/** Backwards the bound is below the position, forwards above it. */
function turned(place: CursorPlace, newer: boolean): CursorPlace {
  const { position, bound } = place;
  return bound === null || bound > position === newer ? place : { ...place, position: bound, bound: position };
}
const sorted = ({ places }: PageCursor) =>
  places.toSorted((a, b) => a.topic.localeCompare(b.topic) || a.partition - b.partition);
const thrown = (act: () => unknown) => {
  try {
    act();
    return null;
  } catch (error) {
    return (error as { code?: string }).code;
  }
};

test("a cursor of several topics is read back as it was, with the other edge of each partition", () => {
  fc.assert(
    fc.property(cursor, (one) => {
      const back = decodeCursor(encodeCursor(one, topics), topics.toReversed());
      expect([back.direction, back.isolation]).toEqual([one.direction, one.isolation]);
      expect(sorted(back)).toEqual(sorted(one));
    }),
  );
});

const places = (bound: (position: bigint) => bigint | null) =>
  Array.from({ length: 1000 }, (_, partition) => {
    // Evenly filled partitions differ by about the root of what they hold, and some by far more.
    const position = 40_118_220_000n + BigInt((partition * 7919) % 200_000) * 37n;
    return { topic: "orders", partition, position, bound: bound(position) };
  });

test("a cursor of 1,000 partitions fits into a URL, with a bound for each too", () => {
  const whole = { direction: "older", isolation: "read_committed" } as const;
  expect(encodeCursor({ ...whole, places: places(() => null) }, topics).length).toBeLessThan(7_500);
  const bounded = places((position) => position - 1_000_000n);
  expect(encodeCursor({ ...whole, places: bounded }, topics).length).toBeLessThan(11_500);
});

test("the cursor of another topic, of a deleted one and any other text are refused", () => {
  const place = { topic: "orders", partition: 0, position: 300n, bound: 20n };
  const mine = encodeCursor({ direction: "older", isolation: "read_committed", places: [place] }, topics);
  expect(thrown(() => decodeCursor(mine, [{ name: "payments", id: "a" }]))).toBe("bad-cursor");
  expect(thrown(() => decodeCursor(mine, [{ name: "orders", id: "b" }]))).toBe("bad-cursor");
  expect(thrown(() => decodeCursor(mine.slice(0, -2), topics))).toBe("bad-cursor");
  fc.assert(
    fc.property(fc.oneof(fc.base64String(), fc.constant(mine)), fc.nat(40), fc.nat(255), (text, at, byte) => {
      const noise = Buffer.from(text, "base64url");
      if (noise.length > 0) noise[at % noise.length] = byte;
      expect([null, "bad-cursor"]).toContain(thrown(() => decodeCursor(noise.toString("base64url"), topics)));
    }),
  );
});
