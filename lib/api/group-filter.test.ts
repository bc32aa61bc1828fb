import { expect, test } from "vitest";
import { compileGroupFilter } from "./group-filter.ts";

const groups = [
  { groupId: "orders-checkout", topics: ["orders.v2", "payments"] },
  { groupId: "fraud", topics: ["payments"] },
  { groupId: "idle", topics: [] },
];
const found = (text: string) => groups.filter(compileGroupFilter(text).matches).map(({ groupId }) => groupId);

test("words are about the name of the group, topic:word about the topics it reads", () => {
  expect(found("orders")).toEqual(["orders-checkout"]);
  expect(found("topic:PAYMENTS")).toEqual(["orders-checkout", "fraud"]);
  expect(found("topic:payments !orders")).toEqual(["fraud"]);
  expect(found("topic:payments topic:orders")).toEqual(["orders-checkout"]);
  expect(found("!topic:orders")).toEqual(["fraud", "idle"]);
});
test("a word about topics that is still being typed narrows nothing", () => {
  expect(found("topic:")).toHaveLength(3);
  expect(found("!topic:")).toHaveLength(3);
});
test("an expression is about the name; one that does not compile matches nothing and says why", () => {
  expect(found("/^f/")).toEqual(["fraud"]);
  expect(found("/(/")).toEqual([]);
  expect(compileGroupFilter("/(/").problem).not.toBeNull();
});
