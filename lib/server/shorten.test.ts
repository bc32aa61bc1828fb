import { expect, test } from "vitest";
import { shorten } from "./shorten.ts";

const long = "a".repeat(1_000);

test.each([
  ["name", 301],
  ["detail", 1_000],
  ["group", 1_000],
  ["metadata", 1_000],
  ["__proto__", 301],
  ["constructor", 301],
])("a text under %s keeps %i characters", (key, length) => {
  const kept = shorten(key, long);
  expect(typeof kept === "string" && kept.length).toBe(length);
});

test("what is no text stays", () => {
  expect(shorten("name", 7)).toBe(7);
});
