import { gzipSync, zstdCompressSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compress } from "./codecs.ts";
import { batchAround, bombKinds, bombOf, crowdOf } from "./testing-bombs.ts";
import { readBytes, searchBytes, TEST_BATCH, TEST_LIMITS } from "./testing-jobs.ts";
import { between, expectMarked, plain, rowsOf } from "./testing-marks.ts";
import { write } from "./writer.ts";

describe("a batch that unpacks to more than the limit", () => {
  test.each(bombKinds)("is marked, and what is around it is read and found: %s", (kind) => {
    const bomb = bombOf(kind, 40 << 20);
    const before = process.memoryUsage().arrayBuffers;
    expectMarked(bomb, expect.stringContaining(`more than ${TEST_BATCH} bytes`));
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10 * TEST_BATCH);
  });

  test.each(bombKinds)("is a record like others where it is below the limit: %s", (kind) => {
    const [message] = readBytes(bombOf(kind, 5_000_001)).messages;
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
    const first = readBytes(crowd, { want: 3 });
    expect(first).toMatchObject({ reached: 3n, next: BigInt(COUNT) });
    expect(first.messages.map(({ offset }) => offset)).toEqual(["0", "1", "2"]);
    const last = readBytes(crowd, { want: 3, order: "last" });
    expect(last.messages.map(({ offset }) => Number(offset) - COUNT)).toEqual([-1, -2, -3]);
    expect(last.reached).toBe(BigInt(COUNT - 3));
    expect(heapAfter(() => readBytes(crowd, { want: 3 }))).toBeLessThan(20 << 20);
  });

  test("is searched in parts without a list of its offsets", () => {
    const limits = { ...TEST_LIMITS, hits: 10, scan: 7, milliseconds: 60_000 };
    expect(searchBytes(crowd, {}, { limits })).toMatchObject({ scanned: 7, reached: 7n });
    const last = searchBytes(crowd, {}, { limits, order: "last" });
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
    const result = readBytes(write({ records }));
    expect(rowsOf(result)).toEqual([
      ["1", "v1"],
      ["5", "v5"],
      ["6", "A record has offset 3, outside its place."],
    ]);
    expect(result.reached).toBe(10n);
  });

  test("with a length that leads nowhere ends what can be read, and says so", () => {
    for (const length of [0, -5, 13]) {
      const bytes = between(changed((batch) => batch.writeInt32BE(length, 8)));
      const result = readBytes(bytes);
      expect(rowsOf(result)).toEqual([["0", "before"]]);
      expect(result).toMatchObject({ reached: 1n, next: 1n, problem: `A batch says it is ${length} bytes long.` });
      expect(searchBytes(bytes, { q: "behind" })).toMatchObject({ hits: [], reached: 1n, problem: result.problem });
    }
  });

  test("that is cut anywhere gives what is whole, and never what is not", () => {
    const bytes = between(record());
    const ends = [plain(0n, "before").length, between(record()).length - plain(2n, "behind").length, bytes.length];
    for (let length = 0; length <= bytes.length; length++) {
      const whole = ends.filter((end) => end <= length).length;
      expect(rowsOf(readBytes(bytes.subarray(0, length)))).toEqual(
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
          for (const { offset } of readBytes(damaged, { order }).messages)
            expect(BigInt(offset) >= 0n && BigInt(offset) < 1_000_000_000n).toBe(true);
          for (const spec of [{ q: "e" }, { filter: "size(value) > 0" }]) searchBytes(damaged, spec, { order });
        }
      }),
      { numRuns: 400 },
    );
  });
});
