import fc from "fast-check";
import { expect, test } from "vitest";
import { mergeChunk, packChunk, type Series, unpackChunk } from "./chunks.ts";
import { type Columns, exactColumns } from "./columns.ts";

const int64 = fc.option(
  fc.oneof(fc.bigInt({ min: -(1n << 63n), max: (1n << 63n) - 1n }), fc.bigInt({ min: 0n, max: 9n }), fc.constant(0n)),
);
const tenths = fc.option(fc.nat(1_000_000).map((tenth) => tenth * 100));
const columnsOf = (length: number): fc.Arbitrary<Columns> => {
  const exact = { minLength: length, maxLength: length };
  return fc.record({
    lag: fc.array(int64, exact),
    timeLag: fc.array(tenths, exact),
    written: fc.array(int64, exact),
    read: fc.array(int64, exact),
  });
};
const chunk = fc
  .nat(80)
  .chain((points) =>
    fc.tuple(
      fc.constant(points),
      fc.uniqueArray(
        fc.record({ topic: fc.option(fc.nat(9)), partition: fc.option(fc.nat(9)), columns: columnsOf(points) }),
        { maxLength: 5, selector: ({ topic, partition }) => `${topic}/${partition}` },
      ),
    ),
  );

test("what was packed is unpacked as it was: nulls, and every int64", () => {
  fc.assert(
    fc.property(chunk, ([points, series]) => {
      const found = unpackChunk(packChunk(points, series));
      expect(found.points).toBe(points);
      expect(found.series.map((one) => ({ ...one, columns: exactColumns(one.columns) }))).toEqual(series);
    }),
  );
});

test("bytes that are no chunk are refused, whatever they are", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      try {
        expect(unpackChunk(bytes).points).toBeGreaterThanOrEqual(0);
      } catch (error) {
        expect(error).toBeInstanceOf(Error);
      }
    }),
  );
});

const ones = (length: number, lag: bigint): Columns => ({
  lag: new Array(length).fill(lag),
  timeLag: new Array(length).fill(100),
  written: new Array(length).fill(1n),
  read: new Array(length).fill(1n),
});

test("later points are put behind those that are there, and what is missing between is not known", () => {
  const group: Series = { topic: null, partition: null, columns: ones(2, 5n) };
  const first = mergeChunk({ points: 0, series: [] }, 1, [group]);
  expect(first.series[0]?.columns.lag).toEqual([null, 5n, 5n]);
  const merged = mergeChunk(first, 4, [
    { ...group, columns: ones(2, 7n) },
    { topic: 3, partition: null, columns: ones(2, 1n) },
  ]);
  expect(merged.points).toBe(6);
  expect(merged.series.map(({ columns }) => columns.lag)).toEqual([
    [null, 5n, 5n, null, 7n, 7n],
    [null, null, null, null, 1n, 1n],
  ]);
});

test("a busy hour of a group with 8 topics of 5 partitions takes less than 7 bytes a point, a quiet one next to nothing", () => {
  const busy = (seed: number): Columns => {
    const columns = ones(60, 0n);
    let lag = 100n;
    for (let i = 0; i < 60; i++) {
      const [written, read] = [
        BigInt(6_000 + ((i * seed * 7_919) % 500)),
        BigInt(6_000 + ((i * seed * 104_729) % 500)),
      ];
      lag += written - read;
      Object.assign(columns.written, { [i]: written });
      Object.assign(columns.read, { [i]: read });
      Object.assign(columns.lag, { [i]: lag });
      Object.assign(columns.timeLag, { [i]: 100 * ((i * seed) % 90) });
    }
    return columns;
  };
  const all = (of: (seed: number) => Columns) =>
    Array.from({ length: 40 }, (_, i) => ({ topic: i >> 3, partition: i, columns: of(i + 1) }));
  expect(packChunk(60, all(busy)).length / (40 * 60)).toBeLessThan(7);
  expect(
    packChunk(
      60,
      all(() => ones(60, 5n)),
    ).length,
  ).toBeLessThan(400);
});
