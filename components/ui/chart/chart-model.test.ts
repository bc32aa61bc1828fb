import { expect, test } from "vitest";
import {
  axisFigure,
  axisTicks,
  type ChartSeries,
  figure,
  momentWord,
  nearest,
  timeTicks,
  worstLines,
} from "./chart-model.ts";

const line = (id: string, values: ChartSeries["values"]): ChartSeries => ({ id, label: id, values });

test("the axis begins at 0 and has four lines at round figures", () => {
  expect(axisTicks(248_631, "records")).toEqual([0, 100_000, 200_000, 300_000]);
  expect(axisTicks(2310, "rate")).toEqual([0, 800, 1600, 2400]);
  expect(axisTicks(9e18, "records").at(-1)).toBeGreaterThanOrEqual(9e18);
});

test("no time lag is told in seconds, as beside the charts", () => {
  expect([0, 0.4, 38, 61_000].map(figure.time)).toEqual(["0\u00a0s", "0\u00a0s", "38\u00a0ms", "1\u00a0min 1\u00a0s"]);
});

test("an axis of records has no half records", () => {
  expect(axisTicks(0, "records")).toEqual([0, 1, 2, 3]);
  expect(axisTicks(2, "records")).toEqual([0, 1, 2, 3]);
  expect(axisTicks(4, "records")).toEqual([0, 2, 4, 6]);
});

test("an axis of rates goes below one record a second", () => {
  expect(axisTicks(0.4, "rate").map(axisFigure.rate)).toEqual(["0", "0.15", "0.3", "0.45"]);
});

test("an axis of time counts in seconds, minutes, hours and days", () => {
  expect(axisTicks(321_000, "time").map(axisFigure.time)).toEqual(["0", "2\u00a0min", "4\u00a0min", "6\u00a0min"]);
  expect(axisTicks(0, "time").map(axisFigure.time)[1]).toBe("1\u00a0s");
});

test("times of the axis are round in the zone that is shown", () => {
  const range = { from: Date.parse("2026-11-22T17:18:30Z"), until: Date.parse("2026-11-22T18:18:30Z") };
  expect(timeTicks(range, 5, "utc").map(({ label }) => label)).toEqual(["17:30", "17:45", "18:00", "18:15"]);
  expect(timeTicks(range, 2, "browser", 345).map(({ label }) => label)).toEqual(["23:30", "23 Nov"]);
});

test("a day of its own is written where it begins", () => {
  const range = { from: Date.parse("2026-11-21T20:00:00Z"), until: Date.parse("2026-11-22T20:00:00Z") };
  expect(timeTicks(range, 5, "utc").map(({ label }) => label)).toEqual(["22 Nov", "06:00", "12:00", "18:00"]);
});

test("the point next to a moment is found on both sides", () => {
  const times = [10, 20, 30];
  expect([0, 14, 15, 16, 29, 99].map((at) => nearest(times, at))).toEqual([0, 0, 1, 1, 2, 2]);
  expect(nearest([], 5)).toBe(-1);
});

test("beyond eight lines one stands for the rest, to the last digit", () => {
  const series = Array.from({ length: 10 }, (_, at) => line(`p${at}`, [`${at}007199254741007`]));
  const shown = worstLines(series);
  expect(shown.map(({ label }) => label).slice(-2)).toEqual(["p3", "largest of 3 others"]);
  expect(shown.at(-1)?.values).toEqual(["2007199254741007"]);
});

test("what has no sample stays a gap in the line of the others", () => {
  const series = Array.from({ length: 9 }, (_, at) => line(`p${at}`, [null, at === 0 ? "1" : "5"]));
  expect(worstLines(series).at(-1)?.values).toEqual([null, "5"]);
});

test("a moment is told as short as the chart lets it be understood", () => {
  const [at, until] = [Date.parse("2026-11-22T18:00:00Z"), Date.parse("2026-11-22T18:18:00Z")];
  const hours = (count: number) => ({ from: until - count * 3_600_000, until });
  expect([1, 24, 336].map((count) => momentWord(at, hours(count), "utc"))).toEqual(["18:00", "22 Nov 18:00", "22 Nov"]);
});
