import { Environment } from "@marcbachmann/cel-js";
import { expect, test } from "vitest";
import { findTree } from "./json-fixture.ts";
import { numberNote, timeNote } from "./json-notes.ts";
import { pathOf } from "./json-path.ts";

test("paths are written as a filter reads them", () => {
  const tree = findTree('{"card":{"brand":"x"},"odd key":[1,{"a\\"b":2}],"in":3,"__proto__":4}');
  const paths = Array.from({ length: tree.count }, (_, node) => pathOf(tree, node, "value"));
  expect(paths).toEqual([
    "value",
    "value.card",
    "value.card.brand",
    'value["odd key"]',
    'value["odd key"][0]',
    'value["odd key"][1]',
    'value["odd key"][1]["a\\"b"]',
    'value["in"]',
    "value.__proto__",
  ]);
  expect(pathOf(tree, 2, "key")).toBe("key.card.brand");
});

test("CEL finds what a path names", () => {
  const text = '{"card":{"brand":"x"},"odd key":[1,{"a\\"b":2}],"in":3,"é\\n":4}';
  const tree = findTree(text);
  const cel = new Environment().registerVariable("value", "dyn");
  for (let node = 1; node < tree.count; node++) {
    if (tree.kind[node] !== "number") continue;
    const expected = Number(text.slice(tree.start[node], tree.end[node]));
    expect(Number(cel.evaluate(pathOf(tree, node, "value"), { value: JSON.parse(text) }))).toBe(expected);
  }
});

test.each([
  ["9007199254740992", null],
  ["9007199254740993", "exact, above 2^53"],
  ["-9007199254740993", "exact, below −2^53"],
  ["9223372036854775807", "exact, above 2^53"],
  ["9223372036854775808", "exact, above int64"],
  ["-9223372036854775809", "exact, below int64"],
  ["4280.50", null],
  ["0.1000000000000000055511", "exact, more digits than a double"],
  ["1e400", null],
  ["9".repeat(5000), "exact, above int64"],
])("%s is marked %s", (digits, note) => expect(numberNote(digits)).toBe(note));

test.each([
  ["1763835469881", "As milliseconds since 1970: 2025-11-22 18:17:49.881 UTC"],
  ["1763835469", "As seconds since 1970: 2025-11-22 18:17:49.000 UTC"],
  ["1763835469881123", "As microseconds since 1970: 2025-11-22 18:17:49.881 UTC"],
  ["1763835469881123456", "As nanoseconds since 1970: 2025-11-22 18:17:49.881 UTC"],
  ["4111111111111111", null],
  ["9999999999", null],
  ["42", null],
  ["1763835469.5", null],
])("%s is read as the time %s", (digits, time) => expect(timeNote(digits, "utc")).toBe(time));
