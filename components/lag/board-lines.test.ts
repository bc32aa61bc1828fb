import { expect, test } from "vitest";
import type { BoardGroup } from "../../lib/api/lag.ts";
import { toInt64 } from "../../lib/api/scalars.ts";
import { sparkOf, worstOf } from "./board-lines.ts";

const group = (groupId: string, lags: (bigint | null)[]): BoardGroup => ({
  groupId,
  type: "classic",
  state: "Stable",
  status: "keeping-up",
  verdict: { status: "keeping-up", since: null, reason: "", written: null, read: null, catchUpMs: null },
  lag: null,
  timeLagMs: null,
  timeLagIs: null,
  worstLag: null,
  worstAt: null,
  worstTimeLagMs: null,
  lagSeries: lags.map((lag) => (lag === null ? null : toInt64(lag))),
  timeLagSeries: [],
});

test("a peak is never lost in a sparkline, and what was not sampled stays a gap", () => {
  const lags = Array.from({ length: 560 }, (_, at) => (at === 333 ? 1_000n : at < 100 ? null : 10n));
  const spark = sparkOf(group("a", lags), "lag");
  expect(spark).toHaveLength(56);
  expect(Math.max(...spark.map((value) => value ?? 0))).toBe(100);
  expect(spark.slice(0, 10)).toEqual(Array(10).fill(null));
  expect(spark[20]).toBe(1);
});

test("a group that was never behind is a line at 0", () => {
  expect(sparkOf(group("a", [0n, 0n]), "lag")).toEqual([0, 0]);
});

test("eight groups are drawn, in the order of the board", () => {
  const items = Array.from({ length: 12 }, (_, at) => group(`g${at}`, [1n]));
  const board = { from: "2026-11-22T17:00:00Z", until: "2026-11-22T18:00:00Z", times: [1], items, totalLag: [] };
  expect(worstOf(board, "lag").series.map(({ id }) => id)).toEqual(["g0", "g1", "g2", "g3", "g4", "g5", "g6", "g7"]);
});
