import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseRecordLines } from "../../api/record-lines.ts";
import { bytesOf, csvHeader, csvLine, type ExactRecord, exactOf, jsonLine } from "./exact.ts";

const int64 = fc.bigInt({ min: -(1n << 63n), max: (1n << 63n) - 1n });
const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 60 }),
  fc.string({ unit: "grapheme" }).map((text) => new Uint8Array(Buffer.from(text))),
);
const payload = fc.option(bytes);
const record = fc.record<ExactRecord>({
  topic: fc.constant("orders"),
  partition: fc.nat(1000),
  offset: fc.bigInt({ min: 0n, max: (1n << 63n) - 1n }),
  timestamp: int64,
  timestampType: fc.constantFrom("create", "append"),
  key: payload,
  value: payload,
  headers: fc.array(fc.record({ key: bytes, value: payload }), { maxLength: 4 }),
});
const hex = (value: Uint8Array | null) => (value === null ? null : Buffer.from(value).toString("hex"));

const plain = (more: Partial<ExactRecord>): ExactRecord => ({
  topic: "orders",
  partition: 2,
  offset: 9n,
  timestamp: 1_763_812_800_000n,
  timestampType: "create",
  key: Buffer.from("k"),
  value: Buffer.from("v"),
  headers: [],
  ...more,
});

describe("a JSON line", () => {
  test("is read as the same record, to the byte, by what takes lines to produce", () => {
    fc.assert(
      fc.property(record, (written) => {
        const line = jsonLine(written);
        expect(line.indexOf("\n")).toBe(line.length - 1);
        const { records, problems } = parseRecordLines(line);
        expect(problems).toEqual([]);
        const [read] = records;
        expect(read?.timestamp).toBe(written.timestamp?.toString());
        expect(read?.partition).toBe(written.partition);
        expect([hex(bytesOf(read?.key ?? null)), hex(bytesOf(read?.value ?? null))]).toEqual([
          hex(written.key),
          hex(written.value),
        ]);
        expect(read?.headers?.map(({ key, value }) => [hex(bytesOf(key)), hex(bytesOf(value))])).toEqual(
          written.headers.map(({ key, value }) => [hex(key), hex(value)]),
        );
      }),
    );
  });

  test("tells null from empty, keeps a byte order mark, and gives what is no text as base64", () => {
    const value = Buffer.from([0xef, 0xbb, 0xbf, 0x61]);
    expect(jsonLine(plain({ key: Buffer.alloc(0), value: null }))).toContain('"key":"","value":null');
    expect(JSON.parse(jsonLine(plain({ value }))).value).toBe("\uFEFFa");
    expect(exactOf(Buffer.from([0xff, 0]))).toEqual({ base64: "/wA=" });
    expect(exactOf(Buffer.from([0xed, 0xa0, 0x80]))).toEqual({ base64: "7aCA" });
  });

  test("of magic 0 has no timestamp", () => {
    expect(jsonLine(plain({ timestamp: null, timestampType: null }))).toContain(
      '"timestamp":null,"timestampType":null',
    );
  });
});

/** The cells of one line by RFC 4180. */
function cellsOf(line: string): string[] {
  const found = line.slice(0, -2).matchAll(/("(?:[^"]|"")*"|[^",]*)(,|$)/gs);
  return [...found]
    .filter(([whole], index, all) => whole !== "" || index < all.length - 1)
    .map(([, cell = ""]) => (cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell));
}

describe("a CSV line", () => {
  test("has as many cells as the header, whatever is in the record", () => {
    const count = csvHeader.trim().split(",").length;
    fc.assert(
      fc.property(record, (written) => {
        expect(cellsOf(csvLine(written))).toHaveLength(count);
      }),
    );
  });

  test("quotes what has commas, quotes and line ends, and tells the encoding", () => {
    const line = csvLine(plain({ key: Buffer.from([0xff]), value: Buffer.from('say "a,b"\n'), headers: [] }));
    expect(line).toBe(
      '2025-11-22T12:00:00.000Z,1763812800000,"orders",2,9,"/w==",base64,"say ""a,b""\n",text,"[]"\r\n',
    );
  });

  test("has bytes that are UTF-8 by chance, but no text, as base64", () => {
    expect(csvLine(plain({ value: Buffer.from([0, 0, 0, 1]) }))).toContain('"AAAAAQ==",base64,');
    expect(csvLine(plain({ value: Buffer.from("a\tb\r\nc é") }))).toContain('"a\tb\r\nc é",text,');
  });

  test("tells null from empty", () => {
    expect(csvLine(plain({ key: null, value: Buffer.alloc(0) }))).toContain(',9,,null,"",text,');
  });

  test.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])("makes %j harmless", (text) => {
    expect(csvLine(plain({ value: Buffer.from(text) }))).toContain(`"'${text}"`);
  });

  test("leaves no cell that a spreadsheet would calculate", () => {
    fc.assert(
      fc.property(record, fc.constantFrom("=", "+", "-", "@"), (written, first) => {
        const line = csvLine({ ...written, timestamp: 0n, value: Buffer.from(`${first}${hex(written.value) ?? ""}`) });
        for (const cell of cellsOf(line)) expect(cell).not.toMatch(/^[=+\-@\t\r\n]/);
      }),
    );
  });

  test("has no time where the number is none", () => {
    expect(csvLine(plain({ timestamp: 1n << 62n }))).toMatch(/^,4611686018427387904,/);
  });
});
