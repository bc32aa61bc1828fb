import { gzipSync, zstdCompressSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { searchParts } from "../../api/message-queries.ts";
import { compress } from "./codecs.ts";
import { readSlices, type Slice, type SliceResult } from "./jobs.ts";
import type { SearchSpec } from "./match.ts";
import { type SearchJob, type SearchResult, searchSlice } from "./search-job.ts";
import { batchAround, bombKinds, bombOf, crowdOf } from "./testing-bombs.ts";
import { write } from "./writer.ts";

const DECODE = { keyFormat: null, valueFormat: null, protobuf: null };
const BATCH = 8 << 20;
const never = () => false;
const ANYTHING: SearchSpec = {
  q: null,
  in: [...searchParts],
  not: false,
  match: "contains",
  caseSensitive: false,
  key: null,
  value: null,
  headers: null,
  filter: null,
};

const home = { topic: "t", partition: 0, from: 0n, to: 1_000_000_000n, aborted: null };

function read(bytes: Uint8Array, more: Partial<Slice> = {}): SliceResult {
  const slice: Slice = { ...home, bytes: new Uint8Array(bytes), order: "first", want: 50, ...more };
  const limits = { payload: 1_000, batch: BATCH, result: 1 << 20 };
  const [result] = readSlices(
    { slices: [slice], shown: { aborted: true, control: true }, decode: DECODE, limits, explain: true },
    never,
  );
  if (!result) throw new Error("no result");
  return result;
}

function search(bytes: Uint8Array, spec: Partial<SearchSpec>, more: Partial<SearchJob> = {}): SearchResult {
  return searchSlice(
    {
      ...home,
      bytes: new Uint8Array(bytes),
      order: "first",
      shown: { aborted: true, control: true },
      spec: { ...ANYTHING, ...spec },
      decode: DECODE,
      output: "shown",
      limits: {
        hits: 1_000,
        scan: Number.MAX_SAFE_INTEGER,
        payload: 1_000,
        batch: BATCH,
        result: 1 << 20,
        milliseconds: 60_000,
      },
      ...more,
    },
    never,
  );
}

/** The batch moved to another offset; the checksum does not cover it. */
function at(offset: bigint, batch: Buffer): Buffer {
  const moved = Buffer.from(batch);
  moved.writeBigInt64BE(offset);
  return moved;
}

const plain = (offset: bigint, text: string) =>
  write({ baseOffset: offset, records: [{ timestamp: 5n, key: null, value: Buffer.from(text), headers: [] }] });

/** Between a record before and one behind. */
const between = (batch: Buffer) => Buffer.concat([plain(0n, "before"), at(1n, batch), plain(2n, "behind")]);

const rows = ({ messages }: SliceResult) =>
  messages.map(({ offset, value, problem }) => [offset, problem ?? value?.text]);

function expectMarked(batch: Buffer, reason: unknown): void {
  const bytes = between(batch);
  const wanted = [
    ["0", "before"],
    ["1", reason],
    ["2", "behind"],
  ];
  expect(rows(read(bytes))).toEqual(wanted);
  expect(rows(read(bytes, { order: "last" }))).toEqual(wanted.toReversed());
  for (const spec of [{ q: "behind" }, { filter: 'value == "behind"' }, { value: "!before" }])
    for (const order of ["first", "last"] as const) {
      const found = search(bytes, spec, { order });
      expect(found.hits.map(({ offset }) => offset)).toEqual([2n]);
      expect(found.unreadable).toMatchObject([{ offset: 1n, last: 1n, reason }]);
      expect(found).toMatchObject({ failed: { offset: 1n, first: reason }, rest: null });
    }
}

describe("a batch that unpacks to more than the limit", () => {
  test.each(bombKinds)("is marked, and what is around it is read and found: %s", (kind) => {
    const bomb = bombOf(kind, 40 << 20);
    const before = process.memoryUsage().arrayBuffers;
    expectMarked(bomb, expect.stringContaining(`more than ${BATCH} bytes`));
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10 * BATCH);
  });

  test.each(bombKinds)("is a record like others where it is below the limit: %s", (kind) => {
    const [message] = read(bombOf(kind, 5_000_001)).messages;
    expect(message).toMatchObject({ problem: null, value: { size: 5_000_001, truncated: true }, headers: [] });
  });

  test("takes no time by many empty frames, blocks or members", () => {
    const many = (piece: Uint8Array) => Buffer.alloc(piece.length * 100_000, piece);
    const xerial = compress("snappy", new Uint8Array());
    const started = performance.now();
    expectMarked(batchAround("zstd", many(zstdCompressSync(""))), expect.stringContaining("more than 100 frames"));
    expectMarked(
      batchAround("snappy", Buffer.concat([xerial, many(Buffer.from([0, 0, 0, 1, 0]))])),
      "The batch says it holds 1 records in 0 bytes.",
    );
    expectMarked(batchAround("gzip", many(gzipSync("")).subarray(0, 1 << 20)), expect.anything());
    expectMarked(
      batchAround("lz4", many(compress("lz4", new Uint8Array()))),
      "The batch says it holds 1 records in 0 bytes.",
    );
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

describe("a batch of very many records", () => {
  const COUNT = 400_000;
  const crowd = crowdOf(COUNT);
  const heapAfter = (work: () => void): number => {
    const before = process.memoryUsage().heapUsed;
    work();
    return process.memoryUsage().heapUsed - before;
  };

  test("gives a page its records, and makes no objects of the others", () => {
    const first = read(crowd, { want: 3 });
    expect(first).toMatchObject({ reached: 3n, next: BigInt(COUNT) });
    expect(first.messages.map(({ offset }) => offset)).toEqual(["0", "1", "2"]);
    const last = read(crowd, { want: 3, order: "last" });
    expect(last.messages.map(({ offset }) => Number(offset) - COUNT)).toEqual([-1, -2, -3]);
    expect(last.reached).toBe(BigInt(COUNT - 3));
    expect(heapAfter(() => read(crowd, { want: 3 }))).toBeLessThan(20 << 20);
  });

  test("is searched in parts without a list of its offsets", () => {
    const limits = { hits: 10, scan: 7, payload: 100, batch: BATCH, result: 1 << 20, milliseconds: 60_000 };
    expect(search(crowd, {}, { limits })).toMatchObject({ scanned: 7, reached: 7n });
    const last = search(crowd, {}, { limits, order: "last" });
    expect(last).toMatchObject({ scanned: 7, reached: BigInt(COUNT - 7) });
    expect(last.hits[0]?.offset).toBe(BigInt(COUNT - 1));
  });
});

describe("a batch with a wrong header", () => {
  const record = () => plain(1n, "inside");
  const changed = (change: (batch: Buffer) => unknown) => {
    const batch = record();
    change(batch);
    return batch;
  };

  test.each([5, 6, 7])("of unknown codec %i is marked with the number", (id) =>
    expectMarked(
      changed((batch) => batch.writeInt16BE(id, 21)),
      `Unknown compression type ${id}.`,
    ),
  );

  test.each([3, 100, -1])("of unknown magic %i is marked with it", (magic) =>
    expectMarked(
      changed((batch) => batch.writeInt8(magic, 16)),
      `Unknown record format (magic ${magic}).`,
    ),
  );

  test.each([
    ["more records than bytes", (batch: Buffer) => batch.writeInt32BE(2 ** 31 - 1, 57)],
    ["a negative count", (batch: Buffer) => batch.writeInt32BE(-1, 57)],
    ["a codec that its bytes are not of", (batch: Buffer) => batch.writeInt16BE(4, 21)],
    ["a record that is longer than it", (batch: Buffer) => batch.writeInt8(0x7e, 61)],
    ["a record of no length", (batch: Buffer) => batch.writeInt8(0, 61)],
  ])("with %s is marked", (_, change) => expectMarked(changed(change), expect.stringMatching(/\.$/)));

  test("with offsets that go back or out of it ends there, so that nothing is read twice", () => {
    const records = [1, 5, 3, 9].map((step) => ({
      timestamp: 5n,
      key: null,
      value: Buffer.from(`v${step}`),
      headers: [],
      offsetDelta: step,
    }));
    const result = read(write({ records }));
    expect(rows(result)).toEqual([
      ["1", "v1"],
      ["5", "v5"],
      ["6", "A record has offset 3, outside its place."],
    ]);
    expect(result.reached).toBe(10n);
  });

  test("with a length that leads nowhere ends what can be read, and says so", () => {
    for (const length of [0, -5, 13]) {
      const bytes = between(changed((batch) => batch.writeInt32BE(length, 8)));
      const result = read(bytes);
      expect(rows(result)).toEqual([["0", "before"]]);
      expect(result).toMatchObject({ reached: 1n, next: 1n, problem: `A batch says it is ${length} bytes long.` });
      expect(search(bytes, { q: "behind" })).toMatchObject({ hits: [], reached: 1n, problem: result.problem });
    }
  });

  test("that is cut anywhere gives what is whole, and never what is not", () => {
    const bytes = between(record());
    const ends = [plain(0n, "before").length, between(record()).length - plain(2n, "behind").length, bytes.length];
    for (let length = 0; length <= bytes.length; length++) {
      const whole = ends.filter((end) => end <= length).length;
      expect(rows(read(bytes.subarray(0, length)))).toEqual(
        [
          ["0", "before"],
          ["1", "inside"],
          ["2", "behind"],
        ].slice(0, whole),
      );
    }
  });

  test("or any other damage never throws, and never goes outside its offsets", () => {
    const bytes = between(record());
    const damages = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(damages, (changes) => {
        const damaged = Buffer.from(bytes);
        for (const [place, value] of changes) damaged[place] = value;
        for (const order of ["first", "last"] as const) {
          for (const { offset } of read(damaged, { order }).messages)
            expect(BigInt(offset) >= home.from && BigInt(offset) < home.to).toBe(true);
          for (const spec of [{ q: "e" }, { filter: "size(value) > 0" }]) search(damaged, spec, { order });
        }
      }),
      { numRuns: 400 },
    );
  });
});

describe("the formats before Kafka 0.11", () => {
  /** A message of magic 0 or 1, as Kafka 0.8 and 0.10 wrote it. */
  function message(magic: 0 | 1, offset: bigint, value: Uint8Array | null, codec = 0, timestamp = 1_000n): Buffer {
    const out = Buffer.alloc(12 + 6 + (magic === 1 ? 8 : 0) + 8 + (value?.length ?? 0));
    out.writeBigInt64BE(offset);
    out.writeInt32BE(out.length - 12, 8);
    out.writeInt8(magic, 16);
    out.writeInt8(codec, 17);
    let place = 18;
    if (magic === 1) place = out.writeBigInt64BE(timestamp, place);
    place = out.writeInt32BE(-1, place);
    out.writeInt32BE(value?.length ?? -1, place);
    if (value) out.set(value, place + 4);
    return out;
  }
  const texts = (magic: 0 | 1, offsets: bigint[]) =>
    Buffer.concat(offsets.map((offset, index) => message(magic, offset, Buffer.from(`v${index}`))));
  const codecs = [
    ["gzip", 1],
    ["snappy", 2],
    ["lz4", 3],
  ] as const;

  test("are read and searched without compression: null values, and no timestamps in magic 0", () => {
    const bytes = Buffer.concat([texts(0, [7n, 9n]), message(0, 10n, null), message(1, 11n, Buffer.from("new"))]);
    const { messages } = read(bytes);
    expect(messages.map(({ offset, value, timestamp }) => [offset, value?.text ?? null, timestamp])).toEqual([
      ["7", "v0", null],
      ["9", "v1", null],
      ["10", null, null],
      ["11", "new", "1000"],
    ]);
    expect(messages.map(({ timestampType, batch }) => [timestampType, batch.magic])).toEqual([
      [null, 0],
      [null, 0],
      [null, 0],
      ["create", 1],
    ]);
    expect(search(bytes, { q: "v1" }).hits.map(({ offset }) => offset)).toEqual([9n]);
    expect(search(bytes, { filter: "timestamp == 1000" }).hits.map(({ offset }) => offset)).toEqual([11n]);
  });

  test.each(codecs)("are read out of wrappers of %s, whose offsets count differently in magic 0 and 1", (codec, id) => {
    for (const [magic, inner] of [
      [0, [4n, 5n, 6n]],
      [1, [0n, 1n, 2n]],
    ] as const) {
      const wrapper = message(magic, 6n, compress(codec, texts(magic, [...inner])), id);
      const bytes = Buffer.concat([wrapper, message(magic, 7n, Buffer.from("behind"))]);
      expect(rows(read(bytes))).toEqual([
        ["4", "v0"],
        ["5", "v1"],
        ["6", "v2"],
        ["7", "behind"],
      ]);
      expect(rows(read(bytes, { order: "last", to: 6n }))).toEqual([
        ["5", "v1"],
        ["4", "v0"],
      ]);
      for (const order of ["first", "last"] as const)
        expect(search(bytes, { q: "v1" }, { order }).hits.map(({ offset }) => offset)).toEqual([5n]);
    }
  });

  test.each(codecs)("with a bomb, noise or a cut message in a wrapper of %s are marked", (codec, id) => {
    const inside = {
      bomb: compress(codec, Buffer.alloc(20 << 20)),
      noise: Buffer.from("this is not compressed at all"),
      cut: compress(codec, texts(1, [0n]).subarray(0, 20)),
      negative: compress(codec, Buffer.alloc(40, 255)),
    };
    for (const value of Object.values(inside)) expectMarked(message(1, 1n, value, id), expect.stringMatching(/\.$/));
  });

  test("with a message that is shorter than its key and value are marked", () => {
    const short = message(1, 1n, Buffer.from("abc"));
    short.writeInt32BE(1_000, short.length - 7);
    expectMarked(short, "A value is longer than its message.");
  });
});
