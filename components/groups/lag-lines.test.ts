import { expect, test } from "vitest";
import type { LagSeries, StatusSpan } from "../../lib/api/lag.ts";
import { toInt64 } from "../../lib/api/scalars.ts";
import { bandsOf, hasSample, linesOf, ratesOf, stepFor } from "./lag-lines.ts";

const series = (topic: string | null, partition: number | null, lag: bigint | null): LagSeries => ({
  topic,
  partition,
  lag: [lag === null ? null : toInt64(lag)],
  timeLagMs: [null],
  written: [2],
  read: [-3],
});
const history = (...of: LagSeries[]) => ({
  from: "2026-11-22T17:18:00Z",
  until: "2026-11-22T18:18:00Z",
  times: [1_700_000_000_000],
  series: of,
});

test("lines are named by what tells them apart", () => {
  const names = (...of: LagSeries[]) => linesOf(history(...of), "lag").series.map(({ label }) => label);
  expect(names(series(null, null, 1n))).toEqual(["all partitions"]);
  expect(names(series("a", null, 1n), series("b", null, 1n))).toEqual(["a", "b"]);
  expect(names(series("a", 0, 1n), series("a", 1, 1n))).toEqual(["partition 0", "partition 1"]);
  expect(names(series("a", 0, 1n), series("b", 0, 1n))).toEqual(["a 0", "b 0"]);
});

test("written and read share a chart, each with its own colour", () => {
  expect(ratesOf(history(series(null, null, 1n))).series.map(({ colour, values }) => [colour, values[0]])).toEqual([
    [2, 2],
    [1, -3],
  ]);
});

test("only what is wrong is marked", () => {
  const span = (status: StatusSpan["status"], until: string | null): StatusSpan => ({
    from: "2026-11-22T17:00:00Z",
    until,
    status,
    reason: "",
  });
  expect(
    bandsOf([span("keeping-up", "2026-11-22T17:10:00Z"), span("falling-behind", null)]).map(({ word, until }) => [
      word,
      until,
    ]),
  ).toEqual([["falling behind", null]]);
});

test("a history of rates alone counts as samples", () => {
  expect(hasSample(history(series(null, null, null)))).toBe(true);
  expect(hasSample({ series: [] })).toBe(false);
});

test("a thousand partitions are asked for in fewer points", () => {
  expect(stepFor(8, 3_600_000)).toBeUndefined();
  expect(stepFor(200, 3_600_000)).toBe("18000");
  expect(stepFor(1000, 3_600_000)).toBe("60000");
});
