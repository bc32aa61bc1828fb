import { expect, test } from "vitest";
import { problemOf } from "../api/problem.ts";
import { rangeOf } from "./lag.ts";

const NOW = Date.parse("2026-11-22T18:00:00Z");
const HOUR = 3_600_000;

const refusal = (query: Parameters<typeof rangeOf>[0]) => {
  try {
    rangeOf(query, NOW);
  } catch (error) {
    return [problemOf(error)?.code, problemOf(error)?.field];
  }
  return null;
};

test("a chart is of the last hour, of a range, or from one time to another with their zones", () => {
  expect(rangeOf({}, NOW)).toEqual({ from: NOW - HOUR, until: NOW, stepMs: null });
  expect(rangeOf({ range: "24h", step: "60000" }, NOW)).toEqual({ from: NOW - 24 * HOUR, until: NOW, stepMs: 60_000 });
  expect(rangeOf({ from: "2026-11-22T16:00:00+02:00", until: "2026-11-22T15:00:00.500Z" }, NOW)).toEqual({
    from: NOW - 4 * HOUR,
    until: NOW - 3 * HOUR + 500,
    stepMs: null,
  });
  expect(rangeOf({ range: "15m", until: "2026-11-22T15:00:00Z" }, NOW)).toMatchObject({ from: NOW - 3.25 * HOUR });
});

test("what cannot be a range is refused, by the field that is wrong", () => {
  const from = "2026-11-22T15:00:00Z";
  expect(refusal({ range: "1h", from })).toEqual(["bad-request", "range"]);
  expect(refusal({ from: "2026-11-22T15:00:00" })).toEqual(["bad-request", "from"]);
  expect(refusal({ from: "yesterday" })).toEqual(["bad-request", "from"]);
  expect(refusal({ from, until: "2026-13-22T15:00:00Z" })).toEqual(["bad-request", "until"]);
  expect(refusal({ from, until: from })).toEqual(["bad-request", "from"]);
  expect(refusal({ from: "2026-11-22T18:00:01Z" })).toEqual(["bad-request", "from"]);
  expect(refusal({ step: "0" })).toEqual(["bad-request", "step"]);
});
