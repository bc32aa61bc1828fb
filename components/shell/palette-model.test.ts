import { expect, test } from "vitest";
import { hits, search } from "./palette-model.ts";

const entry = (label: string) => ({ id: label, label, kind: "topic", run: () => {} });
const labels = (query: string, ...all: string[]) => search(all.map(entry), query).map(({ label }) => label);

test("every word must occur; the start of the name and of a part of it come first", () => {
  expect(labels("settle", "unsettled", "payments.settlement.v2", "settlement")).toEqual([
    "settlement",
    "payments.settlement.v2",
    "unsettled",
  ]);
  expect(labels("pay v2", "payments.v1", "payments.settlement.v2")).toEqual(["payments.settlement.v2"]);
});
test("without words everything is listed as it comes", () => expect(labels("", "b", "a")).toEqual(["b", "a"]));
test("what is found is told apart from the rest, also where it would be an expression", () =>
  expect(hits("a.(b", "(")).toEqual([
    { text: "a.", hit: false },
    { text: "(", hit: true },
    { text: "b", hit: false },
  ]));
