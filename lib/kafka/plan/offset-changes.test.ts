import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { OffsetChange, SetOffset } from "../../api/group-offsets.ts";
import { makeProblem, problemOf } from "../../api/problem.ts";
import { type Int64, toInt64 } from "../../api/scalars.ts";
import { refuseMoved, undoOf } from "./offset-changes.ts";

const int64 = (value: number | null): Int64 | null => (value === null ? null : toInt64(BigInt(value)));
const change = (partition: number, before: number | null, after: number | null): OffsetChange => ({
  topic: "orders",
  partition,
  before: int64(before),
  after: int64(after),
});
const committed = (...offsets: (bigint | null)[]) =>
  new Map(
    offsets.flatMap((offset, partition) =>
      offset === null ? [] : [[`orders/${partition}`, { offset, metadata: null, problem: null }] as const],
    ),
  );
const refusal = (changes: OffsetChange[], now: Parameters<typeof refuseMoved>[1]) => {
  try {
    refuseMoved(changes, now);
    return null;
  } catch (error) {
    return problemOf(error);
  }
};

describe("a plan is outdated", () => {
  test.each<[string, OffsetChange, bigint | null, boolean]>([
    ["not where the commit is as it was", change(0, 5, 9), 5n, false],
    ["not where it is already there, so that a request may be sent twice", change(0, 5, 9), 9n, false],
    ["not where there is still no commit", change(0, null, 9), null, false],
    ["not where a commit that was to go is gone", change(0, 5, null), null, false],
    ["where the commit moved", change(0, 5, 9), 6n, true],
    ["where the commit is gone", change(0, 5, 9), null, true],
    ["where there is one now", change(0, null, 9), 6n, true],
  ])("%s", (_name, wanted, now, outdated) =>
    expect(refusal([wanted], committed(now))?.code ?? null).toBe(outdated ? "plan-outdated" : null),
  );

  test("and each partition that moved is named, of many the first", () => {
    const changes = Array.from({ length: 14 }, (_, partition) => change(partition, 5, 9));
    const found = refusal(changes, committed(5n, ...Array.from({ length: 13 }, () => 6n)));
    expect(found?.errors).toHaveLength(13);
    expect(found?.errors?.[0]).toEqual({
      field: "partitions.1.before",
      detail: "Partition 1 of orders was 5 in the plan and is 6 now.",
    });
    expect(found?.detail).toMatch(/3 more\.$/);
  });

  test("not where a commit could not be read: its row says so", () => {
    const problem = makeProblem("not-authorized");
    expect(refusal([change(0, 5, 9)], new Map([["orders/0", { offset: 7n, metadata: null, problem }]]))).toBeNull();
  });
});

const row = (wanted: OffsetChange, outcome: SetOffset["outcome"]): SetOffset => ({
  ...wanted,
  readBack: null,
  outcome,
  problem: null,
});

describe("an undo", () => {
  test("puts back what was set, and what perhaps was, and leaves the rest", () => {
    const rows = [
      row(change(0, 5, 9), "set"),
      row(change(1, 5, 9), "not-known"),
      row(change(2, 5, 9), "not-set"),
      row(change(3, 9, 9), "unchanged"),
      row(change(4, null, 9), "set"),
    ];
    expect(undoOf(rows, committed(5n, 5n, 5n, 9n)).undo?.partitions).toEqual([
      change(0, 9, 5),
      change(1, 9, 5),
      change(4, 9, null),
    ]);
    expect(undoOf([], committed()).undo).toBeNull();
  });

  test("never writes a sign, and says where it cannot put one back", () => {
    const { undo, warnings } = undoOf([row(change(0, -2, 9), "set")], committed(-2n));
    expect(undo?.partitions).toEqual([change(0, 9, null)]);
    expect(warnings).toMatchObject([{ code: "undo-incomplete", partition: 0 }]);
  });

  test("of an undo is the change again, whatever was there", () => {
    const offset = fc.option(fc.bigInt({ min: 0n, max: (1n << 63n) - 1n }));
    fc.assert(
      fc.property(fc.array(fc.tuple(offset, offset), { minLength: 1, maxLength: 20 }), (pairs) => {
        const spelt = (value: bigint | null) => (value === null ? null : toInt64(value));
        const changes = pairs.map(([before, after], partition) => ({
          topic: "orders",
          partition,
          before: spelt(before),
          after: spelt(after),
        }));
        const set = (wanted: OffsetChange[]) => wanted.map((each) => row(each, "set"));
        const { undo } = undoOf(set(changes), committed(...pairs.map(([before]) => before)));
        const again = undoOf(set(undo?.partitions ?? []), committed(...pairs.map(([, after]) => after)));
        expect(again.undo?.partitions).toEqual(changes);
      }),
    );
  });
});
