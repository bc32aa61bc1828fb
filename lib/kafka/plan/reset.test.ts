import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Goal, movedBy, placeOffset, readingTime, totals } from "./reset.ts";

const log = { start: 10n, end: 100n };
const MOST = (1n << 63n) - 1n;

describe("where a commit goes", () => {
  test.each<[string, bigint | null, Goal, object]>([
    ["to the log start", 50n, { to: "earliest" }, { after: 10n, records: -40n, lagAfter: 90n, note: null }],
    ["to the end", 50n, { to: "latest" }, { after: 100n, records: 50n, lagAfter: 0n, note: null }],
    ["to an offset", 50n, { to: "offset", offset: 60n }, { after: 60n, records: 10n, wanted: null, note: null }],
    [
      "not below the log start",
      50n,
      { to: "offset", offset: 3n },
      { after: 10n, wanted: 3n, records: -40n, note: "clamped-to-start" },
    ],
    [
      "not below the log start for an offset below zero",
      50n,
      { to: "offset", offset: -2n },
      { after: 10n, wanted: -2n, note: "clamped-to-start" },
    ],
    ["not beyond the end", 50n, { to: "offset", offset: MOST }, { after: 100n, wanted: MOST, note: "clamped-to-end" }],
    ["to the first record at a time", 50n, { to: "time", found: 20n }, { after: 20n, wanted: null, note: null }],
    [
      "to the end where no record is that young",
      50n,
      { to: "time", found: null },
      { after: 100n, note: "nothing-there" },
    ],
    [
      "to a record that came while the end was asked for",
      50n,
      { to: "time", found: 101n },
      { after: 100n, wanted: null },
    ],
    ["back by a number", 50n, { to: "shift", by: -5n }, { after: 45n, records: -5n, note: null }],
    ["back no further than the start", 50n, { to: "shift", by: -MOST }, { after: 10n, note: "clamped-to-start" }],
    ["on no further than the end", 50n, { to: "shift", by: MOST }, { after: 100n, note: "clamped-to-end" }],
    ["back from beyond the end, as a number", 120n, { to: "shift", by: -30n }, { after: 90n, records: -10n }],
    ["nowhere where it is there", 50n, { to: "offset", offset: 50n }, { after: 50n, records: 0n, note: "unchanged" }],
    ["to a first place", null, { to: "earliest" }, { after: 10n, records: 0n, note: "new" }],
    ["away", 50n, { to: "none" }, { after: null, records: 0n, lagAfter: null, note: "deleted" }],
    ["away where it never was", null, { to: "none" }, { after: null, note: "unchanged" }],
    ["up from one that retention has passed", 3n, { to: "earliest" }, { after: 10n, records: 0n, note: null }],
    ["from a sign of some tool", -2n, { to: "latest" }, { after: 100n, records: 0n, note: null }],
    ["from beyond the end", 120n, { to: "latest" }, { after: 100n, records: 0n, note: null }],
  ])("%s", (_name, before, goal, expected) => expect(placeOffset(log, before, goal)).toMatchObject(expected));

  test.each([[null], [-1n], [-2n]])("a commit of %s cannot be shifted", (before) =>
    expect(placeOffset(log, before, { to: "shift", by: 1n })).toBeNull(),
  );

  test("an empty log has one place", () => {
    const empty = { start: 7n, end: 7n };
    for (const goal of [{ to: "earliest" }, { to: "latest" }, { to: "offset", offset: 0n }] as const)
      expect(placeOffset(empty, null, goal)).toMatchObject({ after: 7n, lagAfter: 0n });
  });
});

const int64 = fc.bigInt({ min: -(1n << 63n), max: MOST });
const offset = fc.bigInt({ min: 0n, max: MOST });
const logs = fc.tuple(offset, offset).map(([a, b]) => (a < b ? { start: a, end: b } : { start: b, end: a }));
const goals: fc.Arbitrary<Goal> = fc.oneof(
  fc.constant<Goal>({ to: "earliest" }),
  fc.constant<Goal>({ to: "latest" }),
  int64.map((wanted): Goal => ({ to: "offset", offset: wanted })),
  fc.option(offset).map((found): Goal => ({ to: "time", found })),
  int64.map((by): Goal => ({ to: "shift", by })),
);

test("whatever is asked for, what is set is an offset inside the log, never a sign of Kafka's", () => {
  fc.assert(
    fc.property(logs, fc.option(int64), goals, ({ start, end }, before, goal) => {
      const placed = placeOffset({ start, end }, before, goal);
      if (placed === null) {
        expect(goal.to).toBe("shift");
        expect(before === null || before < 0n).toBe(true);
        return;
      }
      const { after } = placed;
      expect(after !== null && after >= start && after <= end && after >= 0n).toBe(true);
      expect(placed.lagAfter).toBe(end - (after ?? 0n));
      if (placed.wanted !== null) expect(placed.wanted < start || placed.wanted > end).toBe(true);
    }),
  );
});

test("nobody reads again or skips more than the log holds, and there and back is no move", () => {
  fc.assert(
    fc.property(logs, fc.option(int64), fc.option(int64), (range, before, after) => {
      const there = movedBy(range, before, after);
      expect(there <= range.end - range.start && there >= range.start - range.end).toBe(true);
      if (before !== null && before >= 0n && after !== null && after >= 0n)
        expect(movedBy(range, after, before)).toBe(-there);
    }),
  );
});

test("totals count what is read again apart from what is skipped", () => {
  const row = (before: bigint | null, after: bigint | null, records: bigint, lagAfter: bigint | null) => ({
    before,
    after,
    records,
    lagAfter,
  });
  expect(totals([row(50n, 10n, -40n, 90n), row(50n, 60n, 10n, 40n), row(5n, 5n, 0n, 0n)])).toEqual({
    changes: 2,
    readAgain: 40n,
    skipped: 10n,
    lagAfter: 130n,
  });
  expect(totals([])).toMatchObject({ changes: 0, lagAfter: null });
});

test("the time to read again is known only with a rate", () => {
  expect(readingTime(1_000n, 500)).toBe(2_000);
  expect(readingTime(1_000n, 0)).toBeNull();
  expect(readingTime(1_000n, null)).toBeNull();
  expect(readingTime(null, 500)).toBeNull();
});
