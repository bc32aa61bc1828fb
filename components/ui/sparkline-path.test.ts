import { expect, test } from "vitest";
import { sparklinePaths, sparklineWords } from "./sparkline-path.ts";

test("the line spans the whole width, with the largest value at the top and zero at the bottom", () =>
  expect(sparklinePaths([0, 50, 100])).toEqual({
    line: "M0 16.5L56 9L112 1.5",
    area: "M0 16.5L56 9L112 1.5L112 18L0 18Z",
  }));
test("what was not sampled is a gap, and one sample between two gaps is still seen", () => {
  expect(sparklinePaths([0, 0, null, 100, null, 0, 0]).line).toBe("M0 16.5L18.7 16.5M56 1.5L58 1.5M93.3 16.5L112 16.5");
  expect(sparklinePaths([null, 100]).line).toBe("M110 1.5L112 1.5");
  expect(sparklinePaths([100]).line).toBe("M0 1.5L2 1.5");
});
test("nothing known draws nothing", () => {
  expect(sparklinePaths([])).toEqual({ line: "", area: "" });
  expect(sparklinePaths([null, null])).toEqual({ line: "", area: "" });
});
test("a word tells where it goes", () => {
  expect(sparklineWords([0, 10, null, 60, 100])).toBe("rising");
  expect(sparklineWords([100, 60, 10, 0])).toBe("falling");
  expect(sparklineWords([98, 100, 97, 99])).toBe("level");
  expect(sparklineWords([])).toBe("level");
});
