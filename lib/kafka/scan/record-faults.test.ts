import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { message as messageSchema } from "../../api/messages.ts";
import { compileCel, mistakeOf } from "./cel.ts";
import { toMessage } from "./load.ts";
import type { SearchSpec } from "./match.ts";
import { compileRegex } from "./match-text.ts";
import type { HitOutput } from "./search-job.ts";
import { readBytes, searchBytes } from "./testing-jobs.ts";
import { type WriteRecord, write } from "./writer.ts";

const record = (value: Uint8Array | string | null, more: Partial<WriteRecord> = {}): WriteRecord => ({
  timestamp: 1_000n,
  key: null,
  value: value === null ? null : Buffer.from(value),
  headers: [],
  ...more,
});

/** As a page has them; what the contract says of a message holds for each. */
const shown = (records: WriteRecord[]) =>
  readBytes(write({ records })).messages.map(({ keyFormats, valueFormats, ...found }) =>
    messageSchema.parse(toMessage(found)),
  );

const search = (records: WriteRecord[], spec: Partial<SearchSpec>, output: HitOutput = "shown") =>
  searchBytes(write({ records }), spec, { output });

const found = (records: WriteRecord[], spec: Partial<SearchSpec>) =>
  search(records, spec).hits.map(({ offset }) => Number(offset));

describe("bytes that are no text", () => {
  const broken = Buffer.from([0x66, 0xc3, 0x28, 0xff, 0xfe, 0xed, 0xa0, 0x80, 0x67]);

  test("are hex where they are a payload, and escapes where they are the name of a header", () => {
    const [message] = shown([record(broken, { key: broken, headers: [{ key: broken, value: broken }] })]);
    expect(message).toMatchObject({
      key: { format: "hex", text: broken.toString("hex") },
      value: { format: "hex", size: broken.length },
      headers: [{ key: String.raw`f\xc3(\xff\xfe\xed\xa0\x80g`, value: { format: "hex" } }],
    });
  });

  test("are found by the bytes they have, and neither they nor their neighbours break a search", () => {
    const records = [record(broken), record("needle"), record(Buffer.concat([broken, Buffer.from("needle")]))];
    expect(found(records, { q: "needle" })).toEqual([1, 2]);
    expect(found(records, { filter: 'value.contains("needle")' })).toEqual([1, 2]);
    expect(found(records, { q: "need+le", match: "regex" })).toEqual([1, 2]);
  });
});

describe("headers", () => {
  test("are all there, in order, with repeats, nulls and empty names: a thousand of them", () => {
    const headers = Array.from({ length: 1_000 }, (_, index) => ({
      key: Buffer.from(["same", "", "__proto__", `h${index}`][index % 4] as string),
      value: [null, Buffer.alloc(0), Buffer.from(`v${index}`)][index % 3] ?? null,
    }));
    const [message] = shown([record("x", { headers })]);
    expect(message?.headers.map(({ key }) => key)).toEqual(headers.map(({ key }) => key.toString()));
    expect(message?.headers.map(({ value }) => value?.text ?? null)).toEqual(
      headers.map(({ value }) => value?.toString() ?? null),
    );
    expect(found([record("x", { headers })], { q: "v998", in: ["header-values"] })).toEqual([0]);
    expect(found([record("x", { headers })], { filter: 'headers["h999"] == ""' })).toEqual([]);
    const [line] = search([record("x", { headers })], {}, "jsonl").hits;
    expect((JSON.parse(line?.row as string) as { headers: unknown[] }).headers).toHaveLength(1_000);
  });

  test("are read by a filter under any name, the first of repeats, and absent ones are no match", () => {
    const named = (key: string, ...values: (string | null)[]) =>
      record("x", {
        headers: values.map((value) => ({ key: Buffer.from(key), value: (value && Buffer.from(value)) || null })),
      });
    const records = [named("__proto__", "a", "b"), named("constructor", "a"), named("toString", null), named("x", "a")];
    expect(found(records, { filter: 'headers["__proto__"] == "a"' })).toEqual([0]);
    expect(found(records, { filter: 'headers["__proto__"] == "b"' })).toEqual([]);
    expect(found(records, { filter: 'headers["constructor"] == "a"' })).toEqual([1]);
    expect(found(records, { filter: 'headers["toString"] == null' })).toEqual([2]);
    expect(found(records, { filter: '"hasOwnProperty" in headers' })).toEqual([]);
    expect(search(records, { filter: 'headers["valueOf"] == "a"' })).toMatchObject({ hits: [], failed: null });
  });
});

describe("JSON", () => {
  const deep = (levels: number) => `${'{"a":['.repeat(levels)}1${"]}".repeat(levels)}`;

  test.each([100, 10_000, 200_000])("nested %i deep is shown, searched and judged", (levels) => {
    const records = [record(deep(levels)), record('{"a":"needle"}')];
    expect(shown(records).map(({ value }) => value?.format)).toEqual(["json", "json"]);
    expect(found(records, { q: "needle" })).toEqual([1]);
    for (const filter of [
      'value.a == "needle"',
      "value == {'a': 'needle'}",
      "value.a == value.a && value.a == 'needle'",
      "value == value && value.a == 'needle'",
      "value.a[0].a[0].a == 5 || value.a == 'needle'",
      "value.id == 9007199254740993 || value.a == 'needle'",
    ])
      expect([filter, found(records, { filter })]).toEqual([filter, [1]]);
    for (const filter of ["string(value) == 'x'", "value in [value]", "value.map(x, x) == value", "size(value) > 5"])
      expect(search(records, { filter }).scanned).toBe(2);
  });

  test("with names that mean something to JavaScript holds what it says, and nothing else", () => {
    const records = [
      '{"__proto__":{"admin":true},"id":1}',
      '{"constructor":"x","id":2}',
      '{"hasOwnProperty":1,"toString":null,"id":3}',
      '{"id":4}',
      '{"constructor":{"name":"String"},"id":9007199254740993}',
    ].map((value) => record(value));
    expect(found(records, { filter: "value.__proto__.admin" })).toEqual([0]);
    expect(found(records, { filter: "value.admin" })).toEqual([]);
    expect(found(records, { filter: 'value.constructor == "x"' })).toEqual([1]);
    expect(found(records, { filter: 'value.constructor.name == "String"' })).toEqual([4]);
    expect(found(records, { filter: "has(value.constructor)" })).toEqual([1, 4]);
    expect(found(records, { filter: "has(value.__proto__)" })).toEqual([0]);
    expect(found(records, { filter: "value.hasOwnProperty == 1" })).toEqual([2]);
    expect(found(records, { filter: "value.toString == null" })).toEqual([2]);
    expect(found(records, { filter: "value.id > 0" })).toEqual([0, 1, 2, 3, 4]);
    expect(found(records, { filter: "value.id == 9007199254740993" })).toEqual([4]);
    expect(({} as { admin?: unknown }).admin).toBeUndefined();
  });
});

test("null and empty are told apart everywhere, and no filter confuses them", () => {
  const empty = Buffer.alloc(0);
  const records = [
    record(null, { key: null }),
    record("", { key: empty, headers: [{ key: empty, value: empty }] }),
    record("null", { key: Buffer.from("null"), headers: [{ key: empty, value: null }] }),
  ];
  expect(shown(records)).toMatchObject([
    { key: null, value: null, headers: [] },
    { key: { size: 0 }, value: { size: 0 }, headers: [{ key: "", value: { size: 0 } }] },
    { key: { text: "null" }, value: { text: "null" }, headers: [{ key: "", value: null }] },
  ]);
  expect(found(records, { filter: "key == null" })).toEqual([0]);
  expect(found(records, { filter: 'key == ""' })).toEqual([1]);
  expect(found(records, { filter: 'value == ""' })).toEqual([1]);
  expect(found(records, { value: "n" })).toEqual([2]);
  expect(found(records, { q: "x", not: true })).toEqual([0, 1, 2]);
});

test("timestamps of any 64 bits are exact, -1 is none, and a file has no time where no calendar has one", () => {
  const times = [-1n, 0n, -2n, 9_223_372_036_854_775_807n, -9_223_372_036_854_775_808n, 8_640_000_000_000_001n];
  const records = times.map((timestamp) => record("x", { timestamp }));
  expect(shown(records).map(({ timestamp }) => timestamp)).toEqual(
    times.map((time) => (time === -1n ? null : `${time}`)),
  );
  expect(found(records, { filter: "timestamp == 9223372036854775807" })).toEqual([3]);
  expect(found(records, { filter: "timestamp == null" })).toEqual([0]);
  for (const output of ["jsonl", "csv"] as const)
    for (const [index, hit] of search(records, {}, output).hits.entries()) expect(hit.row).toContain(`${times[index]}`);
});

describe("a filter", () => {
  const records = Array.from({ length: 500 }, (_, index) => record(`{"n":${index},"s":"text"}`));

  test.each(['value.n + "x" == value.s', "value.n.size() == 1", "value.s > 1", "1 / 0 == value.n", "value.n"])(
    "that fails on every record is told once, with the first reason and how many: %s",
    (filter) => {
      const { hits, failed, scanned } = search(records, { filter });
      expect({ hits, scanned }).toEqual({ hits: [], scanned: 500 });
      expect(failed).toMatchObject({ records: 500, offset: 0n, first: expect.stringMatching(/\S/) });
      expect(failed?.first).not.toMatch(/\n|at .*\.ts/);
    },
  );

  test("over a long list ends", () => {
    const list = record(`{"list":[${Array.from({ length: 1_000 }, (_, index) => index).join(",")}]}`);
    const started = performance.now();
    expect(found([list], { filter: "value.list.all(x, value.list.exists(y, y == x))" })).toEqual([0]);
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  test("with a pattern that takes others forever takes linear time", () => {
    const evil = record(`${"a".repeat(50_000)}!`);
    const started = performance.now();
    for (const pattern of ["^(a+)+$", "(a|aa)+$", "(a*)*b", "(.*a){12}b"]) {
      expect(found([evil], { q: pattern, match: "regex" })).toEqual([]);
      expect(found([evil], { filter: `re2(value, "${pattern}")` })).toEqual([]);
    }
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  test("of any text is a filter or a mistake that is told: nothing else is thrown", () => {
    const pieces = [
      "value",
      ".a",
      "[0]",
      "(",
      ")",
      "&&",
      "||",
      "!",
      "==",
      '"',
      "'",
      "1",
      "-",
      "?",
      ":",
      "in ",
      "[",
      "]",
    ];
    const more = [
      "{",
      "}",
      ",",
      "has(",
      "exists(x, ",
      "re2(value, ",
      "\\",
      "\u0000",
      "é",
      "💥",
      "9".repeat(30),
      "0x",
      "1e999",
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces, ...more), { maxLength: 20 }), (parts) => {
        try {
          compileCel(parts.join(""));
        } catch (error) {
          expect([parts.join(""), mistakeOf(error)?.message]).toEqual([parts.join(""), expect.any(String)]);
        }
      }),
      { numRuns: 3_000 },
    );
  });

  test.each([
    ["(".repeat(4_000) + ")".repeat(4_000)],
    [`${"!".repeat(7_990)}true`],
    [`${"-".repeat(7_990)}1 == 1`],
    ["[".repeat(7_999)],
    [`value${".a".repeat(3_900)} == 1`],
    [`value${"[0]".repeat(2_600)} == 1`],
    [`${"true ? ".repeat(1_000)}true${" : true".repeat(1_000)}`],
    [Array.from({ length: 700 }, () => "value.a").join(" || ")],
    [`"${"x".repeat(7_900)}" == value.a`],
    [`re2(value, "${"(".repeat(3_900)}${")".repeat(3_900)}")`],
    ...["(a{1,1000}){1,1000}", "a{1000}".repeat(1_000), "(a?){999}".repeat(800), `(${"ab".repeat(3_000)}){999}`].map(
      (pattern) => [`re2(value, "${pattern}")`],
    ),
    ...["[]({]{1000}".repeat(700), "([(]a){1000}".repeat(600), "\\\\Q(\\\\E{1000}".repeat(400)].map((pattern) => [
      `re2(value, "${pattern}")`,
    ]),
    [`re2(value, "${"((((a{10}){10}){10})){1}".repeat(300)}")`],
  ])("that is long or deep is judged at once: %.50s", (filter) => {
    const started = process.cpuUsage();
    try {
      compileCel(filter);
    } catch (error) {
      expect(mistakeOf(error)?.message).toEqual(expect.any(String));
    }
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(200);
  });

  test.each([
    "^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$",
    "a{1000}",
    "(ab{2,5}){1,100}",
    "[(){}]{3}x{,5}",
    "\\x{10FFFF}",
  ])("with a pattern of usual repetitions is taken: %s", (pattern) => {
    expect(compileRegex(pattern, true).test("x")).toBe(false);
  });
});
