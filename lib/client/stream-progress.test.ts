import { expect, test } from "vitest";
import { toInt64 } from "../api/scalars.ts";
import { coveredOffsets, doneShare, partitionBars, partitionShare, timeLeft } from "./stream-progress.ts";
import { noTotals, type StartLine } from "./stream-totals.ts";

const whole = (digits: string) => toInt64(BigInt(digits));
const range = (partition: number, from: string | null, until: string | null) => {
  const [first, end] = [from === null ? null : whole(from), until === null ? null : whole(until)];
  return { topic: "t", partition, start: first, end, from: first, until: end, problem: null };
};
const start = (part: Partial<StartLine> = {}): StartLine => ({
  type: "start",
  direction: "older",
  isolation: "read_committed",
  partitions: [range(0, "0", "100"), range(1, "100", "100"), range(2, null, null)],
  offsets: whole("100"),
  ...part,
});

test("the share done is not known before the start, and all of nothing is done", () => {
  expect(doneShare({ start: null, totals: noTotals, end: null })).toBeNull();
  expect(doneShare({ start: start({ offsets: whole("0") }), totals: noTotals, end: null })).toBe(1);
  expect(doneShare({ start: start(), totals: { ...noTotals, covered: "32" }, end: null })).toBe(0.32);
  expect(doneShare({ start: start(), totals: { ...noTotals, covered: "320" }, end: null })).toBe(1);
});

test("the time left is what is left at the pace of now, and unknown without one", () => {
  const totals = { ...noTotals, covered: "9007199254740893" };
  const long = start({ offsets: whole("9007199254740993") });
  expect(timeLeft({ start: long, totals, speed: { records: 1, offsets: 50, messages: 0 } })).toBe(2000);
  expect(timeLeft({ start: long, totals, speed: null })).toBeNull();
  expect(timeLeft({ start: long, totals, speed: { records: 0, offsets: 0, messages: 0 } })).toBeNull();
});

test("a partition fills from the edge where reading began", () => {
  expect(partitionShare(range(0, "0", "100"), "75", "older")).toBe(0.25);
  expect(partitionShare(range(0, "0", "100"), "75", "newer")).toBe(0.75);
  expect(partitionShare(range(0, "0", "100"), undefined, "older")).toBe(0);
  expect(partitionShare(range(0, "7", "7"), undefined, "older")).toBe(1);
  expect(partitionShare(range(0, null, null), undefined, "older")).toBeNull();
});

test("more partitions than bars share bars", () => {
  const partitions = [0, 1, 2, 3].map((partition) => range(partition, "0", "10"));
  const places = new Map([["t/0", "0"]]);
  expect(partitionBars({ start: start({ partitions }), places }, 2)).toEqual([
    { name: "0 to 1", share: 0.5 },
    { name: "2 to 3", share: 0 },
  ]);
  expect(partitionBars({ start: start(), places: new Map() }, 10)).toEqual([
    { name: "0", share: 0 },
    { name: "1", share: 1 },
  ]);
});

test("offsets that were looked at are told with both ends", () => {
  expect(coveredOffsets(range(0, "0", "100"), "75", "older")).toEqual({ first: "75", last: "99" });
  expect(coveredOffsets(range(0, "5", "100"), "75", "newer")).toEqual({ first: "5", last: "74" });
  expect(coveredOffsets(range(0, "5", "100"), "5", "newer")).toBeNull();
});
