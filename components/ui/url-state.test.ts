import { expect, test } from "vitest";
import { stateOf } from "./url-state.ts";

const defaults = { q: "", sort: "name" };

test.each([
  ["nothing", {}, { q: "", sort: "name" }],
  ["what is named", { q: "a b", sort: "-size" }, { q: "a b", sort: "-size" }],
  ["no strangers", { other: "1" }, { q: "", sort: "name" }],
  ["the first of two", { q: ["a", "b"] }, { q: "a", sort: "name" }],
  ["an empty value", { sort: "" }, { q: "", sort: "" }],
])("the state of an address holds %s, as the browser and as the server read it", (_, given, expected) => {
  expect(stateOf(defaults, given)).toEqual(expected);
  const pairs = Object.entries(given as Record<string, string | string[]>);
  const search = new URLSearchParams(pairs.flatMap(([name, value]) => [value].flat().map((one) => [name, one])));
  expect(stateOf(defaults, search)).toEqual(expected);
});
