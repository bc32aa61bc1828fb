import { expect, test } from "vitest";
import { makeWatch, noteAlone } from "./watch.ts";

const EVERY_MS = 10_000;
const told = (moves: ("forward" | "back" | null)[]) => {
  const watch = makeWatch();
  return moves.map((move, i) => noteAlone(watch, i * EVERY_MS, move)).at(-1);
};

test("commits that go on without a member are those of a consumer that assigns partitions to itself", () => {
  expect(told(["forward", "forward", "forward"])).toBe(true);
  expect(told(["forward", null, "forward", null, "forward"])).toBe(true);
});

test("the last commit of a member that left, and offsets that somebody sets, are no consumer", () => {
  expect(told(["forward"])).toBe(false);
  expect(told(["forward", null, "forward"])).toBe(false);
  expect(told(["forward", "back", "forward", "back", "forward", "forward"])).toBe(false);
  expect(told(["forward", "forward", "forward", "back"])).toBe(false);
});

test("what moved without a member long ago tells nothing", () => {
  expect(told(["forward", "forward", ...new Array(90).fill(null), "forward"])).toBe(false);
});
