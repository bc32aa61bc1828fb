import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readBatches } from "./batches.ts";
import type { FoundMessage } from "./found.ts";
import type { SearchSpec } from "./match.ts";
import { type SearchJob, type SearchResult, searchSlice } from "./search-job.ts";
import { jobOf, never } from "./search-testing.ts";
import { type WriteRecord, write } from "./writer.ts";

const record = (value: string | Buffer | null, more: Partial<WriteRecord> = {}): WriteRecord => ({
  timestamp: 1_000n,
  key: null,
  value: value === null ? null : Buffer.from(value),
  headers: [],
  ...more,
});

const offsetsOf = (records: WriteRecord[], spec: Partial<SearchSpec>): number[] =>
  searchSlice(jobOf(write({ records }), spec), never).hits.map(({ offset }) => Number(offset));

const values = (...texts: (string | Buffer | null)[]) => texts.map((text) => record(text));

describe("a text", () => {
  test("is found in values, keys, header names and header values, each where it is looked for", () => {
    const records = [
      record("x needle x"),
      record("-", { key: Buffer.from("the needle") }),
      record("-", { headers: [{ key: Buffer.from("needle"), value: null }] }),
      record("-", { headers: [{ key: Buffer.from("h"), value: Buffer.from("a needle") }] }),
      record(null),
    ];
    expect(offsetsOf(records, { q: "needle" })).toEqual([0, 1, 2, 3]);
    for (const [part, offset] of [
      ["value", 0],
      ["key", 1],
      ["header-names", 2],
      ["header-values", 3],
    ] as const)
      expect(offsetsOf(records, { q: "needle", in: [part] })).toEqual([offset]);
    expect(offsetsOf(records, { q: "needle", not: true })).toEqual([4]);
    expect(offsetsOf(records, { key: "needle" })).toEqual([1]);
    expect(offsetsOf(records, { value: "!needle", headers: "needle" })).toEqual([2, 3]);
  });

  test("with two ! in front is looked for with one", () =>
    expect(offsetsOf(values("wow", "wow!x", "!x"), { value: "!!x" })).toEqual([1, 2]));

  test("ignores capitals of every script unless told otherwise", () => {
    const records = values("STRASSE Ärger", "ärger", "ΟΔΟΣ", "οδος", "\u212alug", "klug");
    expect(offsetsOf(records, { q: "ÄRGER" })).toEqual([0, 1]);
    expect(offsetsOf(records, { q: "οδοσ" })).toEqual([2, 3]);
    expect(offsetsOf(records, { q: "KLUG" })).toEqual([4, 5]);
    expect(offsetsOf(records, { q: "ärger", caseSensitive: true })).toEqual([1]);
  });

  test("is found where JSON writes it with escapes", () => {
    const records = values(
      String.raw`{"a":"caf\u00e9"}`,
      '{"a":"café"}',
      String.raw`{"a":"say \"hello\" now"}`,
      String.raw`{"a":"\u0046AILED"}`,
      '{"a":"FAILED"}',
    );
    expect(offsetsOf(records, { q: "café" })).toEqual([0, 1]);
    expect(offsetsOf(records, { q: 'say "hello"' })).toEqual([2]);
    expect(offsetsOf(records, { q: "FAILED", caseSensitive: true })).toEqual([3, 4]);
    expect(offsetsOf(records, { filter: 'value.a == "FAILED"' })).toEqual([3, 4]);
    expect(offsetsOf(records, { filter: 'value.a == "café"' })).toEqual([0, 1]);
  });

  test("is found inside gzip and inside bytes that are no text", () => {
    const records = [
      record(gzipSync('{"a":"needle"}')),
      record(Buffer.concat([Buffer.from([0, 1, 255]), Buffer.from("needle")])),
      record("hay"),
    ];
    expect(offsetsOf(records, { q: "NEEDLE" })).toEqual([0, 1]);
    expect(offsetsOf(records, { filter: 'value.a == "needle"' })).toEqual([0]);
  });

  test("as exact is the whole payload", () =>
    expect(offsetsOf(values("paid", "Paid", "paid "), { q: "PAID", match: "exact" })).toEqual([0, 1]));

  test("as regex takes time that grows with the text alone", () => {
    const records = values(`${"a".repeat(50_000)}!`, "aaa");
    const started = performance.now();
    expect(offsetsOf(records, { q: "^(a+)+$", match: "regex" })).toEqual([1]);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

describe("a CEL filter", () => {
  const hits = (filter: string, ...texts: (string | null)[]) => offsetsOf(values(...texts), { filter });

  test("compares whole numbers above 2^53 exactly", () => {
    const records = ['{"id":9007199254740992}', '{"id":9007199254740993}', '{"id":9007199254740994}'];
    expect(hits("value.id == 9007199254740993", ...records)).toEqual([1]);
    expect(hits("value.id > 9007199254740992", ...records)).toEqual([1, 2]);
    expect(hits("value.id % 2 == 1", ...records)).toEqual([1]);
    expect(hits("value.id > 5.5", ...records)).toEqual([0, 1, 2]);
  });

  test("has no match in records without the field, of text, or null, and fails on none of them", () => {
    const job = jobOf(write({ records: values('{"b":1}', "text", null, '{"a":2}') }), { filter: "value.a != 1" });
    const { hits: found, failed } = searchSlice(job, never);
    expect(found.map(({ offset }) => offset)).toEqual([3n]);
    expect(failed).toBeNull();
  });

  test("compares the timestamp with milliseconds, and with a time as CEL writes it", () => {
    const job = (filter: string) => searchSlice(jobOf(write({ records: values("x") }), { filter }), never).hits.length;
    expect(job('timestamp < timestamp("2100-01-01T00:00:00Z") && timestamp("1969-01-01T00:00:00Z") < timestamp')).toBe(
      1,
    );
    expect(job('timestamp > timestamp("2100-01-01T00:00:00Z")')).toBe(0);
    expect(job("timestamp > 4102444800000")).toBe(0);
  });

  test("that cannot judge a record counts it and says why of the first", () => {
    const job = jobOf(write({ records: values('{"a":1}', '{"a":"x"}', '{"a":"y"}') }), { filter: "value.a > 0" });
    expect(searchSlice(job, never)).toMatchObject({
      hits: [{ offset: 0n }],
      failed: { records: 2, offset: 1n, first: "> cannot compare a text with a whole number." },
    });
  });

  test("reads fields that have a meaning to JavaScript as any other", () => {
    const text = '{"__proto__":{"a":1},"constructor":2,"toString":3}';
    for (const filter of ["value.__proto__.a == 1", "value.constructor == 2", "value.toString == 3"])
      expect(hits(filter, text, "{}")).toEqual([0]);
    expect(hits("has(value.hasOwnProperty)", text)).toEqual([]);
  });

  test("names key, headers, partition, offset, timestamp and size", () => {
    const records = [
      record("v", { key: Buffer.from('{"id":7}'), headers: [{ key: Buffer.from("h"), value: Buffer.from("one") }] }),
      record("v", { key: Buffer.from("seven"), timestamp: 2_000n }),
    ];
    const find = (filter: string) => offsetsOf(records, { filter });
    expect(find("key.id == 7")).toEqual([0]);
    expect(find('key == "seven"')).toEqual([1]);
    expect(find('headers["h"] == "one"')).toEqual([0]);
    expect(find('"h" in headers')).toEqual([0]);
    expect(find('partition == 0 && offset >= 1 && topic == "t"')).toEqual([1]);
    expect(find("timestamp == 2000 && size > 5")).toEqual([1]);
    expect(find('value == "v"')).toEqual([0, 1]);
    expect(find('re2(key, "^s.*n$")')).toEqual([1]);
  });

  test("survives JSON that is nested 10,000 deep", () => {
    const deep = `${"[".repeat(10_000)}${"]".repeat(10_000)}`;
    expect(hits("value.a == 9007199254740993", deep, '{"a":9007199254740993}')).toEqual([1]);
  });
});

describe("limits", () => {
  const batches = Buffer.concat(
    [0, 10, 20].map((baseOffset) =>
      write({ baseOffset: BigInt(baseOffset), records: values(...Array.from({ length: 10 }, () => "x")) }),
    ),
  );
  const limits = (changes: Partial<SearchJob["limits"]>) => ({ limits: changes as SearchJob["limits"] });

  test.each(["first", "last"] as const)("on hits stop at the hit, and the rest is handed back (%s)", (order) => {
    const job = jobOf(batches, { q: "x" }, { order, to: 30n, ...limits({ hits: 12 }) });
    const { hits, reached, rest, scanned } = searchSlice(job, never);
    expect(hits).toHaveLength(12);
    expect(reached).toBe(order === "first" ? 12n : 18n);
    expect(scanned).toBe(12);
    // The batch it stopped in, and the one behind it.
    expect(rest && readBatches(Buffer.from(rest)).batches.map(({ baseOffset }) => baseOffset)).toEqual(
      order === "first" ? [10n, 20n] : [0n, 10n],
    );
  });

  test("keep the markers of aborted transactions for the job that goes on", () => {
    const aborted = [{ producerId: 7n, firstOffset: 0n }];
    const job = jobOf(batches, { q: "x" }, { aborted, ...limits({ hits: 12 }) });
    expect(searchSlice(job, never).rest).toBe(job.bytes);
  });

  test.each(["first", "last"] as const)("on the records looked at are exact (%s)", (order) => {
    const job = jobOf(batches, { q: "absent" }, { order, to: 30n, ...limits({ scan: 13 }) });
    const { scanned, reached } = searchSlice(job, never);
    expect(scanned).toBe(13);
    expect(reached).toBe(order === "first" ? 13n : 17n);
  });

  test("make jobs that together find each record once, whatever they are", () => {
    const numbers = fc.record({ hits: fc.integer({ min: 1, max: 40 }), scan: fc.integer({ min: 1, max: 40 }) });
    fc.assert(
      fc.property(numbers, fc.constantFrom("first", "last"), ({ hits, scan }, order) => {
        const found: number[] = [];
        let scannedInAll = 0;
        let [from, to] = [3n, 27n];
        let bytes: Uint8Array | null = batches;
        for (let jobs = 0; bytes && from < to && jobs < 100; jobs++) {
          const job: SearchJob = jobOf(bytes, { q: "x" }, { order, from, to, ...limits({ hits, scan }) });
          const result: SearchResult = searchSlice(job, never);
          bytes = result.rest;
          found.push(...result.hits.map(({ offset }) => Number(offset)));
          scannedInAll += result.scanned;
          if (order === "first") from = result.reached;
          else to = result.reached;
        }
        const all = Array.from({ length: 24 }, (_, index) => index + 3);
        expect(found).toEqual(order === "first" ? all : all.reverse());
        expect(scannedInAll).toBe(24);
      }),
    );
  });

  test("a batch that cannot be read counts as failed, and what is behind it is searched", () => {
    const bytes = Buffer.from(batches);
    const [, second] = readBatches(bytes).batches;
    bytes.writeInt16BE(7, (second?.start ?? 0) + 21);
    const { hits, failed, unreadable, reached } = searchSlice(jobOf(bytes, { q: "x" }, { to: 30n }), never);
    expect(hits).toHaveLength(20);
    expect(failed).toMatchObject({ records: 10, offset: 10n });
    expect(unreadable).toEqual([{ reason: "Unknown compression type 7.", offset: 10n, last: 19n }]);
    expect(reached).toBe(30n);
  });

  test("a batch that would unpack to more than is allowed is one of those", () => {
    const bomb = write({ codec: "zstd", records: values("y".repeat(2 << 20)) });
    expect(searchSlice(jobOf(bomb, { q: "x" }), never)).toMatchObject({ hits: [], failed: { records: 1 }, scanned: 0 });
  });
});

describe("rows", () => {
  const bytes = write({ records: [record("=1+1", { key: Buffer.from([0, 255]) })] });
  const rowOf = (output: SearchJob["output"]) => searchSlice(jobOf(bytes, {}, { output }), never).hits[0]?.row;

  test("are messages, lines of an export, or the record's own bytes", () => {
    expect((rowOf("shown") as FoundMessage).value?.text).toBe("=1+1");
    expect(JSON.parse(rowOf("jsonl") as string)).toMatchObject({ key: { base64: "AP8=" }, value: "=1+1" });
    expect(rowOf("csv")).toContain("'=1+1");
    expect(rowOf("raw")).toMatchObject({ offset: 0n, key: new Uint8Array([0, 255]) });
  });
});
