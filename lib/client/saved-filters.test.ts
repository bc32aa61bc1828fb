import { expect, test } from "vitest";
import { readSaved, withSaved } from "./saved-filters.ts";

const filter = (name: string, topic: string | null = "t") => ({ name, cluster: "c", topic, search: { q: name } });

test("a filter takes the place of one with its name and reach, and of no other", () => {
  const saved = withSaved([filter("a"), filter("a", null)], { ...filter("a"), search: { q: "new" } });
  expect(saved).toEqual([filter("a", null), { ...filter("a"), search: { q: "new" } }]);
});

test("what is stored is read back, and what is damaged is left out", () => {
  expect(readSaved(JSON.stringify([filter("a"), { name: 1 }, null, { ...filter("b"), search: { q: 1 } }]))).toEqual([
    filter("a"),
  ]);
  expect(readSaved("")).toEqual([]);
  expect(readSaved("{}")).toEqual([]);
});
