import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { problemOf } from "../../api/problem.ts";
import { readOffsetFile } from "./offset-file.ts";

const at = (topic: string, partition: number, offset: bigint | null, metadata: string | null = null) => ({
  topic,
  topicId: null,
  partition,
  offset,
  metadata,
});
const refusal = (text: string, group = "g") => {
  try {
    readOffsetFile(text, group);
    return null;
  } catch (error) {
    return problemOf(error);
  }
};

describe("files of offsets", () => {
  test.each<[string, string]>([
    ["CSV of one group", "orders,0,12\norders,1,9007199254740993\n"],
    ["CSV with a group before", "g,orders,0,12\r\ng,orders,1,9007199254740993"],
    ["CSV with a header", "PARTITION,TOPIC,before,after\n0,orders,1,12\n1,orders,2,9007199254740993\n"],
    [
      "JSON of kcl",
      '[{"topic":"orders","partition":0,"offset":12},{"topic":"orders","partition":1,"offset":9007199254740993}]',
    ],
    [
      "JSON of a plan",
      '{"groupId":"g","partitions":[{"topic":"orders","partition":0,"before":"1","after":"12"},{"topic":"orders","partition":1,"before":null,"after":"9007199254740993"}]}',
    ],
    ["CSV with a byte order mark and quotes", '\uFEFF"orders","0","12"\n\norders, 1 , 9007199254740993'],
  ])("%s is read, no digit lost", (_name, text) =>
    expect(readOffsetFile(text, "g")).toEqual({
      offsets: [at("orders", 0, 12n), at("orders", 1, 9_007_199_254_740_993n)],
      left: [],
    }),
  );

  test("of several groups only the one that is reset is taken", () => {
    const text = 'other,orders,0,5\n"a ""b"", c",orders,0,6\n';
    expect(readOffsetFile(text, 'a "b", c')).toEqual({
      offsets: [at("orders", 0, 6n)],
      left: ["Lines of other groups that were left out: 1."],
    });
    expect(refusal(text, "none")).toMatchObject({
      code: "offsets-unreadable",
      detail: expect.stringContaining("2 groups"),
    });
  });

  test("the file of one other group is taken, and that is said", () =>
    expect(readOffsetFile("other,orders,0,5", "g")).toEqual({
      offsets: [at("orders", 0, 5n)],
      left: ["The offsets in the file are of the group “other”."],
    }));

  test("an undo deletes commits and keeps what was stored with them; what could not be set says nothing", () => {
    const rows = [
      { topic: "a", partition: 0, before: "5", after: null },
      { topic: "a", partition: 1, before: "5", after: "4", metadata: "mine" },
      { topic: "b", partition: 0, before: "5", after: null, problem: { code: "topic-not-found" } },
      { topic: "b", partition: 1, before: "5", after: "5", problem: { code: "no-leader" } },
    ];
    expect(readOffsetFile(JSON.stringify({ partitions: rows }), "g")).toEqual({
      offsets: [at("a", 0, null), at("a", 1, 4n, "mine")],
      left: ["Entries that could not be planned before, and were left out: 2."],
    });
  });

  test("what a result did not set is wished for still, and the topic that an entry means is kept", () => {
    const row = { topic: "a", topicId: "an id", partition: 0, before: "5", after: "4", outcome: "not-set" };
    const text = JSON.stringify({ partitions: [{ ...row, problem: { code: "no-coordinator" } }] });
    expect(readOffsetFile(text, "g")).toEqual({ offsets: [{ ...at("a", 0, 4n), topicId: "an id" }], left: [] });
  });

  test.each([
    ["", "nothing"],
    ["hello", "1 column: 3 or 4 are expected, with commas"],
    ["orders,0", "2 columns"],
    ["orders,zero,1", "no partition"],
    ["orders,0,1.5", "no offset"],
    ["orders,0,", "no offset"],
    ["orders,0,99999999999999999999", "no offset"],
    ["orders,0,1\norders,0,2", "Line 1 and Line 2"],
    ["{", "is not"],
    ["{}", "neither"],
    ["[1]", "Entry 1 names no topic"],
    ['[{"topic":"a","partition":0}]', "no offset"],
    ['[{"topic":"a","partition":0,"offset":null}]', "no offset"],
    ["[]", "No line"],
  ])("%j is refused, and the reason names the place", (text, words) =>
    expect(refusal(text)).toMatchObject({
      code: "offsets-unreadable",
      field: "reset.text",
      detail: expect.stringContaining(words),
    }),
  );

  test("spaces around cells are nobody's name", () =>
    expect(readOffsetFile(" orders , 0 , 5 ", "g").offsets).toEqual([at("orders", 0, 5n)]));

  test("a file of empty lines only is not read to its end", () =>
    expect(refusal(`orders,0,1${"\n".repeat(1_000_000)}x`)?.detail).toBe("It has more than 200000 lines."));

  test("the same line twice is one", () =>
    expect(readOffsetFile("a,0,1\na,0,1", "g").offsets).toEqual([at("a", 0, 1n)]));
});

test("any text is either read or refused in our own words", () => {
  fc.assert(fc.property(fc.string(), (text) => void refusal(text)));
  fc.assert(fc.property(fc.json(), (text) => void refusal(text)));
});

test("whatever a group is called, its lines are found again", () => {
  const names = fc.string({ minLength: 1 }).filter((name) => !/^[[{\uFEFF]/.test(name.trim()) && !name.includes("\r"));
  fc.assert(
    fc.property(names, fc.bigInt({ min: 0n, max: (1n << 63n) - 1n }), (name, offset) => {
      const text = `"${name.replaceAll('"', '""')}",orders,3,${offset}\n"other",orders,3,7\n`;
      fc.pre(name !== "other");
      expect(readOffsetFile(text, name).offsets).toEqual([at("orders", 3, offset)]);
    }),
  );
});
