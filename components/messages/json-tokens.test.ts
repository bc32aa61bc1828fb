import fc from "fast-check";
import { expect, test } from "vitest";
import { layOutJson } from "./json-tokens.ts";

const laidOut = (text: string) =>
  layOutJson(text)
    .map((token) => token.text)
    .join("");

test("lays out what JSON.stringify would, without touching numbers, escapes, order or repeats", () => {
  expect(laidOut('{"id":9007199254740993123,"a":1.10,"a":[1,{"b":null}],"e":{},"f":[]}')).toBe(
    '{\n  "id": 9007199254740993123,\n  "a": 1.10,\n  "a": [\n    1,\n    {\n      "b": null\n    }\n  ],\n  "e": {},\n  "f": []\n}',
  );
});

test("is the layout of JSON.stringify for every value whose text survives it", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(laidOut(JSON.stringify(value))).toBe(JSON.stringify(value, null, 2));
    }),
  );
});

test("loses nothing but white space of any text", () => {
  const squeeze = (text: string) => text.replace(/\s/g, "");
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'{}[]:,"\\ a1.-\n') })), (text) => {
      expect(squeeze(laidOut(text))).toBe(squeeze(text));
    }),
  );
});

test("tells keys from strings", () => {
  expect(layOutJson('{"a":"b"}').filter(({ kind }) => kind === "key" || kind === "string")).toEqual([
    { kind: "key", text: '"a"' },
    { kind: "string", text: '"b"' },
  ]);
});
