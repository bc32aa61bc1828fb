import fc from "fast-check";
import { expect, test } from "vitest";
import type { Message } from "../../lib/api/messages.ts";
import { toInt64 } from "../../lib/api/scalars.ts";
import { parsePath, previewOf } from "./preview-paths.ts";

const record = (value: string, truncated = false, headers: Message["headers"] = []): Message => ({
  topic: "t",
  partition: 0,
  offset: toInt64(0n),
  timestamp: null,
  timestampType: null,
  key: null,
  value: { format: "json", text: value, size: value.length, truncated },
  headers,
  size: 0,
  codec: "none",
  leaderEpoch: null,
  producerId: null,
  producerEpoch: null,
  sequence: null,
  transactional: false,
  transaction: null,
  control: null,
  batch: { magic: 2, baseOffset: toInt64(0n), lastOffset: toInt64(0n), count: 1, size: 0 },
  problem: null,
});
const preview = (path: string, message: Message) => {
  const parsed = parsePath(path);
  return parsed && previewOf(parsed, message);
};

test.each([
  ["value.id", "9007199254740993.10"],
  ["$.card.brand", "VISA"],
  ['value["odd name"]', "1e400"],
  ["value.items[1].sku", "b"],
  ["value.items", '[{"sku":"a"}, {"sku":"b"}]'],
  ["value.twice", "2"],
  ["value.escaped", 'a "b" å'],
])("%s is found with its own digits and order", (path, text) => {
  const value =
    '{"id":9007199254740993.10, "card" : {"brand":"VISA"},"odd name":1e400,"twice":1,"items":[{"sku":"a"}, {"sku":"b"}],"twice":2,"escaped":"a \\"b\\" \\u00e5"}';
  expect(preview(path, record(value))).toEqual({ kind: "text", text });
});

test("null, absent and cut off are three things", () => {
  expect(preview("value.a", record('{"a":null}'))).toEqual({ kind: "null" });
  expect(preview("value.b", record('{"a":null}'))).toEqual({ kind: "absent" });
  expect(preview("value.b", record('{"a":nu', true))).toEqual({ kind: "cut" });
  expect(preview("value.a", record('{"a":"abc\\u00', true))).toEqual({ kind: "text", text: "abc" });
  expect(preview("key.id", record("{}"))).toEqual({ kind: "null" });
  expect(preview("value.a.b", record("[1]"))).toEqual({ kind: "absent" });
});

test("a header is named whole, dots and all; of several the first counts, as in a filter", () => {
  const value = (text: string) => ({ format: "text" as const, text, size: 1, truncated: false });
  const message = record("{}", false, [
    { key: "a.b", value: value("1") },
    { key: "a.b", value: value("2") },
    { key: "none", value: null },
  ]);
  expect(preview("headers.a.b", message)).toEqual({ kind: "text", text: "1" });
  expect(preview('headers["none"]', message)).toEqual({ kind: "null" });
  expect(preview("headers.c", message)).toEqual({ kind: "absent" });
});

test.each(["", "status", "values.a", "value..a", "value[", "value.a b", "headers"])("“%s” is no path", (path) => {
  expect(parsePath(path)).toBeNull();
});

test("finds what JSON.parse finds in any object, and never throws on any beginning of it", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.nat(), (value, length) => {
      const text = JSON.stringify(value);
      for (const [name, member] of Object.entries(value)) {
        const path = `value[${JSON.stringify(name)}]`;
        const found = preview(path, record(text));
        if (member === null) expect(found).toEqual({ kind: "null" });
        else
          expect(found).toEqual({ kind: "text", text: typeof member === "string" ? member : JSON.stringify(member) });
        preview(path, record(text.slice(0, length % text.length), true));
      }
    }),
  );
});

test("nesting of any depth is passed over", () => {
  const deep = `{"a":${"[".repeat(50_000)}${"]".repeat(50_000)},"b":1}`;
  expect(preview("value.b", record(deep))).toEqual({ kind: "text", text: "1" });
});
