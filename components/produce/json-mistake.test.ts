import fc from "fast-check";
import { expect, test } from "vitest";
import { jsonMistake } from "./json-mistake.ts";

const takenByTheEngine = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

test("what JSON.parse takes has no mistake, whatever its spacing", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(0, 1, 2, "\t"), (value, indent) => {
      expect(jsonMistake(JSON.stringify(value, null, indent))).toBeNull();
    }),
  );
});

test("a text is taken exactly when JSON.parse takes it", () => {
  const pieces = fc.constantFrom(...'{}[],:"\\ \n1.-e0', "true", "null", '"a"', '"\\u00e9"', "\u0001", "x");
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 8 }), (parts) => {
      const text = parts.join("");
      expect(jsonMistake(text) === null).toBe(takenByTheEngine(text));
    }),
    { numRuns: 3000 },
  );
});

test.each([
  ["", { line: 1, column: 1, why: "nothing is there" }],
  ['{"a": 1,\n "b" 2}', { line: 2, column: 6, why: "a colon is missing after the field name" }],
  ['{"a": 1\n "b": 2}', { line: 2, column: 2, why: "a comma or } is missing" }],
  ["[1, 2", { line: 1, column: 6, why: "it ends while [ is open" }],
  ['["a', { line: 1, column: 4, why: "a string is not closed" }],
  ["{a: 1}", { line: 1, column: 2, why: "a field name in double quotes is missing" }],
  ["[1,]", { line: 1, column: 4, why: "a value is missing" }],
  ["1 2", { line: 1, column: 3, why: "something follows the end of the value" }],
])("%j is told with its place", (text, expected) => expect(jsonMistake(text)).toEqual(expected));

test("depth does not matter", () => {
  expect(jsonMistake("[".repeat(200_000) + "]".repeat(200_000))).toBeNull();
});

test("a megabyte inside one string is read", () => {
  expect(jsonMistake(JSON.stringify("ab\n".repeat(1 << 20)))).toBeNull();
});
