import fc from "fast-check";
import { expect, test } from "vitest";
import { assignmentText, parseAssignment, spread } from "./assignment.ts";

const problem = (text: string) => parseAssignment(text, [1, 2, 3]).problem;

test("a line a partition, the preferred leader first", () => {
  expect(parseAssignment("1: 2, 3\n\n 0: 1,2", [1, 2, 3]).assignment).toEqual([
    { partition: 0, replicas: [1, 2] },
    { partition: 1, replicas: [2, 3] },
  ]);
});

test("what Kafka would refuse is told before it is asked", () => {
  expect(problem("")).toContain("One line");
  expect(problem("0 1,2")).toContain("is not a partition");
  expect(problem("0: 1,1")).toContain("names a broker twice");
  expect(problem("0: 1\n0: 2")).toContain("given twice");
  expect(problem("0: 1\n2: 2")).toContain("Partition 1 is missing");
  expect(problem("0: 1\n1: 2,3")).toContain("all need as many");
  expect(problem("0: 1,9")).toContain("no broker 9");
  expect(parseAssignment("0: 1,9", null).problem).toBeNull();
});

test("what the editor shows is read back the same", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 5 }), (partitions, factor) => {
      const assignment = spread(partitions, factor, [1, 2, 3, 7, 9]);
      expect(parseAssignment(assignmentText(assignment), [1, 2, 3, 7, 9])).toEqual({ assignment, problem: null });
    }),
  );
});
