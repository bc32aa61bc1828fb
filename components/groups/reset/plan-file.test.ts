import { expect, test } from "vitest";
import type { OffsetsPlan, SetOffset, SetOffsetsResult } from "../../../lib/api/group-offsets.ts";
import { makeProblem } from "../../../lib/api/problem.ts";
import { type Int64, toInt64 } from "../../../lib/api/scalars.ts";
import { asJson, fileName, mergeResults, planCsv, rowsToSend, undoInFile } from "./plan-file.ts";

const int = (value: bigint): Int64 => toInt64(value);
const planned = {
  topic: "orders",
  partition: 0,
  before: int(9n),
  after: int(9_223_372_036_854_775_807n),
  start: int(0n),
  end: int(10n),
  records: int(0n),
  lagAfter: null,
  note: null,
  wanted: null,
  first: null,
  problem: null,
} satisfies OffsetsPlan["partitions"][number];

test("a plan becomes the lines that kafka-consumer-groups.sh exports, without what it cannot say", () => {
  const partitions = [
    planned,
    { ...planned, partition: 1, after: null },
    { ...planned, partition: 2, problem: makeProblem("no-leader") },
    { ...planned, topic: "refunds.v2", partition: 3, after: int(0n) },
  ];
  expect(planCsv({ partitions })).toBe("orders,0,9223372036854775807\nrefunds.v2,3,0\n");
});

test("what is sent are the rows that change, each with what it changes from", () => {
  const partitions = [
    { ...planned, topicId: "abc", metadata: "m" },
    { ...planned, partition: 1, after: planned.before },
    { ...planned, partition: 2, problem: makeProblem("no-leader") },
    { ...planned, partition: 3, before: null },
  ];
  expect(rowsToSend({ partitions })).toEqual([
    { topic: "orders", topicId: "abc", partition: 0, before: "9", after: planned.after, metadata: "m" },
    { topic: "orders", partition: 3, before: null, after: planned.after },
  ]);
});

test("a file is named after its group, whatever characters that has", () => {
  expect(fileName("orders.v1", "plan", "csv")).toBe("orders.v1-offsets-plan.csv");
  expect(fileName("a/b %😀", "result", "json")).toBe("a_b_-offsets-result.json");
});

const row = (partition: number, outcome: SetOffset["outcome"]): SetOffset => ({
  topic: "orders",
  partition,
  before: int(9n),
  after: int(4n),
  readBack: outcome === "set" ? int(4n) : null,
  outcome,
  problem: null,
});
const resultOf = (partitions: SetOffset[]): SetOffsetsResult => ({
  groupId: "g",
  validateOnly: false,
  partitions,
  set: partitions.filter(({ outcome }) => outcome === "set").length,
  failed: partitions.filter(({ outcome }) => outcome !== "set").length,
  undo: {
    partitions: partitions
      .filter(({ outcome }) => outcome === "set")
      .map(({ topic, partition, before, after }) => ({ topic, partition, before: after, after: before })),
  },
  warnings: [],
});

test("a downloaded result is known by its undo, and anything else is not taken for one", () => {
  const result = resultOf([row(0, "set")]);
  expect(undoInFile(asJson(result))).toEqual({
    groupId: "g",
    partitions: 1,
    text: JSON.stringify({ partitions: result.undo?.partitions }),
  });
  for (const text of ["", "orders,0,4", "{", '{"undo": null}', '{"undo": {}}', '[{"undo": {}}]', '"undo"'])
    expect(undoInFile(text)).toBeNull();
});

test("what was tried again joins the first result, and one undo puts back both", () => {
  const merged = mergeResults(resultOf([row(0, "set"), row(1, "not-set")]), resultOf([row(1, "set")]));
  expect(merged).toMatchObject({ set: 2, failed: 0 });
  expect(merged.partitions.map(({ partition, outcome }) => [partition, outcome])).toEqual([
    [0, "set"],
    [1, "set"],
  ]);
  expect(merged.undo?.partitions.map(({ partition }) => partition)).toEqual([0, 1]);
});

test("a partition that both attempts set is put back once, to what was there before the first", () => {
  const first = resultOf([row(0, "set")]);
  const again = resultOf([{ ...row(0, "set"), before: first.partitions[0]?.after ?? null }]);
  const undo = mergeResults(first, again).undo?.partitions;
  expect(undo).toEqual(first.undo?.partitions);
});
