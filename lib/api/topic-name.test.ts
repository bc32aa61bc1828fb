import fc from "fast-check";
import { expect, test } from "vitest";
import { collidingTopic, topicNameProblem } from "./topic-name.ts";

test.each(["a", "orders.rsc", "A-z_0.9", "...", "-", "a".repeat(249)])("%s is a legal topic name", (name) => {
  expect(topicNameProblem(name)).toBeNull();
});

test.each([
  ["", "needs a name"],
  [".", ". or .."],
  ["..", ". or .."],
  ["a b", "not a space"],
  ["a/b<", "not / <"],
  ["é", "not é"],
  ["a".repeat(250), "250 characters"],
])("%j is refused and says why", (name, words) => {
  expect(topicNameProblem(name)).toContain(words);
});

test("a name is legal exactly when Kafka's own rule says so", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 260, unit: fc.constantFrom(..."ab.Z_-9 é/\u0000") }), (name) => {
      const legal = /^[a-zA-Z0-9._-]+$/.test(name) && name.length <= 249 && name !== "." && name !== "..";
      expect(topicNameProblem(name) === null).toBe(legal);
    }),
  );
});

test("names that differ by . and _ only collide; the name itself does not", () => {
  expect(collidingTopic("a.b", ["x", "a_b"])).toBe("a_b");
  expect(collidingTopic("a_b_c", ["a.b_c"])).toBe("a.b_c");
  expect(collidingTopic("a.b", ["a.b"])).toBeNull();
  expect(collidingTopic("ab", ["a.b"])).toBeNull();
});
