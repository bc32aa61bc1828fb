import fc from "fast-check";
import { expect, test } from "vitest";
import { emptyColumns } from "./columns.ts";
import { tensOf } from "./flush.ts";
import { endPlacing, placePoints, startPlacing, timelineOf } from "./grid.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

test("the ranges that are offered have at most 360 points, at whole times", () => {
  const until = Date.parse("2026-11-22T18:00:03Z");
  const steps = [15 * MINUTE, HOUR, 6 * HOUR, 24 * HOUR, 14 * 24 * HOUR].map((span) => {
    const { stepMs, times } = timelineOf(until - span, until, null, 10_000);
    expect(times.length).toBeLessThanOrEqual(361);
    expect(times.every((at) => at % stepMs === 0)).toBe(true);
    return stepMs / 1000;
  });
  expect(steps).toEqual([10, 10, 60, 300, 3_600]);
});

test("a step is never finer than was kept, and no answer is without end", () => {
  fc.assert(
    fc.property(
      fc.nat(4e12),
      fc.integer({ min: 1, max: 1e12 }),
      fc.option(fc.integer({ min: 1, max: 1e9 })),
      (from, span, step) => {
        const { times, stepMs } = timelineOf(from, from + span, step, MINUTE);
        expect(stepMs).toBeGreaterThanOrEqual(MINUTE);
        expect(times.length).toBeLessThanOrEqual(2_001);
        for (const [i, at] of times.entries()) {
          expect(at > from && at <= from + span).toBe(true);
          if (i > 0) expect(at - (times[i - 1] ?? 0)).toBe(stepMs);
        }
      },
    ),
  );
});

test("what came between two points of a chart is all that came, whatever its step", () => {
  const minutes = fc.array(fc.option(fc.nat(1_000)), { minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(minutes, fc.constantFrom(1, 2, 5, 10, 20), (counts, factor) => {
      const columns = emptyColumns(counts.length);
      for (const [i, count] of counts.entries()) if (count !== null) columns.written[i] = BigInt(count);
      const timeline = timelineOf(-factor * MINUTE, counts.length * MINUTE + factor * MINUTE, factor * MINUTE, MINUTE);
      const placing = startPlacing(timeline.times.length);
      placePoints(placing, timeline, columns, 0, MINUTE);
      const line = endPlacing(placing, MINUTE);
      const known = (place: number) => {
        const at = timeline.times[place] ?? 0;
        return counts.filter((count, i) => count !== null && i * MINUTE > at - timeline.stepMs && i * MINUTE <= at)
          .length;
      };
      const all = line.written.reduce<number>((sum, rate, place) => sum + (rate ?? 0) * 60 * known(place), 0);
      expect(all).toBeCloseTo(
        counts.reduce<number>((sum, count) => sum + (count ?? 0), 0),
        -1,
      );
    }),
  );
});

test("points that come in two stretches make the line that they make in one, wherever the cut is", () => {
  const columnsOf = (points: (number | null)[]) => {
    const columns = emptyColumns(points.length);
    for (const [i, count] of points.entries())
      if (count !== null) columns.lag[i] = columns.written[i] = columns.read[i] = BigInt(count);
    return columns;
  };
  fc.assert(
    fc.property(
      fc.array(fc.option(fc.nat(1_000)), { minLength: 1, maxLength: 60 }),
      fc.nat(59),
      fc.integer({ min: 1, max: 7 }),
      (points, cut, factor) => {
        const timeline = timelineOf(0, points.length * MINUTE, factor * MINUTE, MINUTE);
        const lineOf = (...stretches: (number | null)[][]) => {
          const placing = startPlacing(timeline.times.length);
          let from = 0;
          for (const stretch of stretches) {
            placePoints(placing, timeline, columnsOf(stretch), from, MINUTE);
            from += stretch.length * MINUTE;
          }
          return endPlacing(placing, MINUTE);
        };
        expect(lineOf(points.slice(0, cut), points.slice(cut))).toEqual(lineOf(points));
      },
    ),
  );
});

test("ten minutes are the sum of their minutes; where few are known nothing is told of all", () => {
  const minutes = emptyColumns(20);
  for (let i = 0; i < 20; i++) {
    minutes.lag[i] = BigInt(i);
    minutes.written[i] = i > 10 && i < 18 ? null : 6n;
  }
  const before = emptyColumns(9);
  before.written.fill(4n);
  const [tens] = tensOf(
    [{ topic: null, partition: null, columns: minutes }],
    [{ topic: null, partition: null, columns: before }],
  );
  expect(tens?.columns.lag).toEqual([0n, 10n]);
  // Nine of 4 and one of 6; then ten of 6.
  expect(tens?.columns.written).toEqual([42n, 60n]);
  const few = emptyColumns(10);
  few.written[0] = 6n;
  expect(tensOf([{ topic: null, partition: null, columns: few }], [])[0]?.columns.written).toEqual([null]);
});
