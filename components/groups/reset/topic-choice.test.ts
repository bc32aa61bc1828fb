import { expect, test } from "vitest";
import { topicRows, withTopic } from "./topic-choice.ts";

const usual = [
  { topic: "orders", partition: 0 },
  { topic: "orders", partition: 1 },
  { topic: "refunds", partition: 0 },
];
const known = {
  usual,
  others: ["payments"],
  counts: new Map([
    ["orders", 2],
    ["refunds", 3],
    ["payments", 1],
  ]),
};

test("without a choice the usual partitions are meant, and what else is offered is not ticked", () => {
  expect(topicRows(null, known)).toEqual([
    { topic: "orders", count: 2, ticked: true, chosen: [0, 1] },
    { topic: "payments", count: 1, ticked: false, chosen: [] },
    { topic: "refunds", count: 3, ticked: true, chosen: [0] },
  ]);
});

test("a topic that is chosen means all of its partitions, unless some are named", () => {
  const rows = topicRows([{ topic: "refunds" }, { topic: "gone" }, { topic: "orders", partitions: [1] }], known);
  expect(rows.map(({ topic, chosen }) => [topic, chosen])).toEqual([
    ["gone", []],
    ["orders", [1]],
    ["payments", []],
    ["refunds", [0, 1, 2]],
  ]);
  expect(rows.filter(({ ticked }) => ticked).map(({ topic }) => topic)).toEqual(["gone", "orders", "refunds"]);
});

test("ticking a topic off keeps the others as they were, and ticking it again makes no choice of it", () => {
  const without = withTopic(topicRows(null, known), "orders", "none", usual);
  expect(without).toEqual([{ topic: "refunds", partitions: [0] }]);
  expect(withTopic(topicRows(without, known), "orders", "all", usual)).toBeNull();
  expect(withTopic(topicRows(null, known), "payments", "all", usual)).toEqual([
    { topic: "orders" },
    { topic: "payments" },
    { topic: "refunds", partitions: [0] },
  ]);
});

test("the last topic can be ticked off: then none is meant", () => {
  const rows = topicRows([{ topic: "orders" }], known);
  expect(withTopic(rows, "orders", "none", usual)).toEqual([]);
});
