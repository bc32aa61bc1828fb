import fc from "fast-check";
import { expect, test } from "vitest";
import { assignedWords, partitionRanges, stillToMove } from "./partition-ranges.ts";

test("partitions in a row are told as a range", () => {
  expect(partitionRanges([7, 0, 1, 2, 3])).toBe("0-3, 7");
  expect(partitionRanges([0, 1])).toBe("0-1");
  expect(partitionRanges([])).toBe("");
});

test("ranges name every partition once", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(60)), (partitions) => {
      const named = partitionRanges(partitions)
        .split(", ")
        .filter((part) => part !== "")
        .flatMap((part) => {
          const [first = 0, last = first] = part.split("-").map(Number);
          return Array.from({ length: last - first + 1 }, (_, at) => first + at);
        });
      expect(named).toEqual([...new Set(partitions)].sort((a, b) => a - b));
    }),
  );
});

test("an assignment names each topic with its partitions", () => {
  expect(
    assignedWords([
      { topic: "payments", partitions: [0, 1, 2, 3, 7] },
      { topic: "orders", partitions: [0] },
    ]),
  ).toBe("payments 0-3, 7; orders 0");
});

test("a member that follows a new target has partitions to take and to give up", () => {
  const now = [{ topic: "payments", partitions: [6, 7] }];
  expect(stillToMove({ assignment: now, target: [{ topic: "payments", partitions: [6, 8] }] })).toEqual({
    takes: [{ topic: "payments", partitions: [8] }],
    gives: [{ topic: "payments", partitions: [7] }],
  });
  expect(stillToMove({ assignment: now, target: now })).toBeNull();
  expect(stillToMove({ assignment: null, target: now })).toBeNull();
});
