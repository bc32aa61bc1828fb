import fc from "fast-check";
import { expect, test } from "vitest";
import { findTree, shownText } from "./json-fixture.ts";
import { firstFolds, foldsBelow, lineIndex, linesOf, tokensOf, unfoldedTo } from "./json-lines.ts";
import { isTree, type JsonTree, nodeAt, readJson } from "./json-tree.ts";

const unfolded = (tree: JsonTree) => shownText(tree, foldsBelow(tree, Number.POSITIVE_INFINITY));

/** JSON with keys of any kind, repeats, and white space where it may be. */
const anyJson = fc
  .letrec((tie) => ({
    value: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      fc.constantFrom("null", "true", "1.10", "-0", "9007199254740993123", "1e400"),
      fc.string({ unit: "grapheme" }).map((text) => JSON.stringify(text)),
      fc.array(tie("value"), { maxLength: 4 }).map((items) => `[ ${items.join(" ,\n")}]`),
      fc
        .array(fc.tuple(fc.constantFrom("a", "a", "__proto__", 'od"d', ""), tie("value")), { maxLength: 4 })
        .map((entries) => `{${entries.map(([key, value]) => `${JSON.stringify(key)} :\t${value}`).join(",")} }`),
    ),
  }))
  .value.map(String);

test("keeps the digits of numbers, escapes, the order of keys and their repeats", () => {
  expect(unfolded(findTree('{"id":9007199254740993123,"a":1.10,"\\u0061":[1,{"b":null}],"a":2,"e":{},"f":[]}'))).toBe(
    '{\n  "id": 9007199254740993123,\n  "a": 1.10,\n  "\\u0061": [\n    1,\n    {\n      "b": null\n    }\n  ],\n  "a": 2,\n  "e": {},\n  "f": []\n}',
  );
});

test("is the layout of JSON.stringify for every value whose text survives it", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(unfolded(findTree(JSON.stringify(value)))).toBe(JSON.stringify(value, null, 2));
    }),
  );
});

test("the lines hold every token of the text once and in order, in whatever way it is written", () => {
  fc.assert(
    fc.property(anyJson, (text) => {
      const tree = findTree(text);
      const shown = [...linesOf(tree, foldsBelow(tree, Number.POSITIVE_INFINITY))]
        .flatMap((line) => tokensOf(tree, new Uint8Array(tree.count), line))
        .flatMap((token) => ("start" in token ? [text.slice(token.start, token.end)] : []));
      expect(shown).toEqual(text.match(/"(?:[^"\\]|\\.)*"|[^\s{}[\],:"]+|[{}[\],:]/g));
    }),
  );
});

test("agrees with JSON.parse on what is JSON, and says where it is not", () => {
  const nearly = fc.string({ unit: fc.constantFrom(...'{}[]:,"\\ u01ae.-+\ntrunlfs'), maxLength: 12 });
  fc.assert(
    fc.property(fc.oneof(nearly, fc.string()), (text) => {
      const read = readJson(text);
      let isJson = true;
      try {
        JSON.parse(text);
      } catch {
        isJson = false;
      }
      expect(isTree(read)).toBe(isJson);
      if (!isTree(read)) expect(read.at).toBeLessThanOrEqual(text.length);
    }),
    { numRuns: 3000 },
  );
});

test("any beginning of JSON is a tree, without what was cut in its middle", () => {
  fc.assert(
    fc.property(anyJson, fc.nat(200), (text, length) => {
      const begun = text.slice(0, length);
      const read = readJson(begun, true);
      if (!isTree(read)) {
        // Nothing of it was whole yet.
        expect(begun.trimStart()).toMatch(/^("|[\w.+-]*$)/);
        return;
      }
      const whole = findTree(text);
      expect(read.count).toBeLessThanOrEqual(whole.count);
      expect([...read.start.subarray(0, read.count)]).toEqual([...whole.start.subarray(0, read.count)]);
      expect(() => shownText(read, firstFolds(read))).not.toThrow();
    }),
  );
});

test("tells why a text is no JSON", () => {
  expect(readJson('{"a":1,}')).toEqual({ at: 7, why: 'a key in quotes is expected, not "}"' });
  expect(readJson('{"a":')).toEqual({ at: 5, why: "it ends early" });
  expect(readJson("[1] 2")).toEqual({ at: 4, why: 'the value has ended before, not "2"' });
});

test("10,000 levels and half a million items take no recursion", () => {
  const deep = findTree("[".repeat(10_000) + "]".repeat(10_000));
  expect(linesOf(deep, foldsBelow(deep, Number.POSITIVE_INFINITY))).toHaveLength(19_999);
  expect(linesOf(deep, firstFolds(deep)).length).toBeLessThan(70);
  const wide = findTree(`[${"1,".repeat(499_999)}1]`);
  expect(linesOf(wide, firstFolds(wide))).toHaveLength(500_002);
});

test("a folded container says how much it holds, a short one of a list shows it", () => {
  const tree = findTree('{"card":{"a":1,"b":[1,2]},"tries":[{"at":1,"ok":true},[]]}');
  expect(shownText(tree, foldsBelow(tree, 1))).toBe('{\n  "card": { 2 keys },\n  "tries": [ 2 items ]\n}');
  expect(shownText(tree, firstFolds(tree))).toContain('    { "at": 1, "ok": true },\n    []');
});

test("a place of the text is found in its node, and its line comes into sight", () => {
  fc.assert(
    fc.property(anyJson, fc.nat(), (text, at) => {
      const tree = findTree(text);
      const node = nodeAt(tree, at % text.length);
      if (node < 0) return;
      const folds = unfoldedTo(tree, foldsBelow(tree, 0), node);
      expect(lineIndex(tree, linesOf(tree, folds), node)).toBeGreaterThanOrEqual(0);
    }),
  );
  const tree = findTree('{"a":[10,{"b":"x"}]}');
  expect([2, 5, 7, 13, 17].map((at) => nodeAt(tree, at))).toEqual([1, 1, 2, 4, 3]);
});

test("repeats of a key are known", () => {
  expect([...findTree('{"a":1,"b":{"a":2},"a":3}').repeats.subarray(0, 5)]).toEqual([0, 0, 0, 0, 1]);
});
