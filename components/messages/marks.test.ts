import fc from "fast-check";
import { expect, test } from "vitest";
import type { Message } from "../../lib/api/messages.ts";
import { fieldsOf, seenFields, stringsOf } from "./cel-words.ts";
import { marksOf, noMarks } from "./marks.ts";
import { messageUrl, searchOf } from "./message-url.ts";
import { createTableFacts } from "./table-facts.ts";

const search = (part: Partial<typeof messageUrl>) => searchOf({ ...messageUrl, ...part });

test("a text is marked in the parts it is looked for in, and what is excluded nowhere", () => {
  expect(marksOf(search({ q: "a", in: "key", value: "b", headers: "c" }))).toEqual({
    key: ["a"],
    value: ["b"],
    caseMatters: false,
  });
  expect(marksOf(search({ q: "a", not: "1", key: "!b", value: "!!b" }))).toEqual({
    key: [],
    value: ["!b"],
    caseMatters: false,
  });
  expect(marksOf(search({ q: "(a+)+$", match: "regex" }))).toBe(noMarks);
});

test("a filter marks the texts between its quotes", () => {
  expect(stringsOf(`value.status == "FAILED" && key != 'it\\'s' && size > 3 && value.x == "\\n"`)).toEqual([
    "FAILED",
    "it's",
  ]);
});

test("a filter names the fields it reads, without calls and without what stands in quotes", () => {
  expect(
    fieldsOf(`value.status == "value.no" && value.card.brand.startsWith("V") && headers["a-b"] == key.id && x.value.y`),
  ).toEqual(["value.status", "value.card.brand", 'headers["a-b"]', "key.id"]);
  expect(fieldsOf("size(value.items) > 2 && value['odd name'] == 1")).toEqual(["value.items", 'value["odd name"]']);
});

test("fields are seen in JSON of every depth that one would type", () => {
  const payload = (text: string) => ({ format: "json" as const, text, size: text.length, truncated: false });
  const messages = [
    { key: null, value: payload('{"a":{"b":[{"c":1}]},"odd name":1}'), headers: [{ key: "x-y", value: null }] },
    { key: payload("no json"), value: undefined, headers: [] },
  ] as unknown as Message[];
  expect(seenFields(messages)).toEqual([
    "value.a",
    "value.a.b",
    "value.a.b[0].c",
    'value["odd name"]',
    'headers["x-y"]',
  ]);
});

test("facts of a growing list are those of the whole list", () => {
  const message = fc.record({
    timestamp: fc.option(fc.constantFrom("0", "1", "86400000", "172800000")),
    offset: fc.constantFrom("1", "22", "9007199254740993"),
  });
  fc.assert(
    fc.property(fc.array(message), fc.nat(), (list, cut) => {
      const messages = list as Message[];
      const grown = createTableFacts();
      grown(messages.slice(0, cut % (messages.length + 1)), "utc");
      expect(grown(messages, "utc")).toEqual(createTableFacts()(messages, "utc"));
    }),
  );
  const facts = createTableFacts();
  expect(facts([{ timestamp: "5", offset: "1" }] as Message[], "utc")).toEqual({ day: "1970-01-01", offsetDigits: 1 });
  expect(
    facts(
      [
        { timestamp: "5", offset: "1" },
        { timestamp: null, offset: "12" },
      ] as Message[],
      "utc",
    ),
  ).toEqual({
    day: null,
    offsetDigits: 2,
  });
});
