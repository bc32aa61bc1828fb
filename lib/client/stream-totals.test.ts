import { expect, test } from "vitest";
import { toInt64 } from "../api/scalars.ts";
import { pace, type Sample, sampled } from "./stream-pace.ts";
import {
  addTotals,
  continued,
  movePlaces,
  noTotals,
  type ProgressLine,
  requestOf,
  type StartLine,
} from "./stream-totals.ts";

const whole = (digits: string) => toInt64(BigInt(digits));

const progress = (part: Partial<ProgressLine>): ProgressLine => ({
  type: "progress",
  waiting: 0,
  scanned: { records: 0, bytes: 0 },
  covered: whole("0"),
  hits: 0,
  failed: 0,
  dropped: 0,
  throttledMilliseconds: 0,
  places: [],
  cursor: null,
  ...part,
});

const range = (topic: string, partition: number) => ({
  topic,
  partition,
  start: whole("0"),
  end: whole("9"),
  from: whole("0"),
  until: whole("9"),
  problem: null,
});
const start: StartLine = {
  type: "start",
  direction: "newer",
  isolation: "read_committed",
  partitions: [range("a", 0), range("a", 3)],
  offsets: whole("18"),
};

test("the figures of a leg are added to what was done before it, offsets beyond 2^53 too", () => {
  const before = { ...noTotals, records: 10, covered: "9007199254740993", hits: 2, dropped: 4 };
  const line = progress({ scanned: { records: 5, bytes: 7 }, covered: whole("9007199254740993"), hits: 1, dropped: 1 });
  expect(addTotals(before, line, 0)).toEqual({
    ...noTotals,
    records: 15,
    bytes: 7,
    covered: "18014398509481986",
    hits: 3,
    dropped: 5,
  });
});

test("places are those of the start line of their own leg, and what did not move stays", () => {
  const first = movePlaces(new Map(), start, [
    [0, whole("4")],
    [1, whole("5")],
  ]);
  const second = movePlaces(first, { ...start, partitions: [range("a", 3)] }, [[0, whole("8")]]);
  expect([...second]).toEqual([
    ["a/0", "4"],
    ["a/3", "8"],
  ]);
  expect(movePlaces(second, start, [])).toBe(second);
});

test("a question that goes on keeps what is searched for and leaves the place to the cursor", () => {
  const query = {
    from: "oldest",
    partition: "1",
    isolation: "read_uncommitted",
    filter: "true",
    limit: "200",
  } as const;
  expect(continued(query, "abc")).toEqual({ filter: "true", limit: "200", cursor: "abc" });
  expect(continued({ ...query, scan: "1000" }, "abc", { hits: 22, records: 1000 })).toEqual({
    filter: "true",
    limit: "178",
    scan: "1",
    cursor: "abc",
  });
});

test("one topic has its own address, several are a parameter, and what is too long goes as a body", () => {
  expect(requestOf({ cluster: "c", topics: ["a.b"], query: { q: "x" } }).address).toBe(
    "/api/clusters/c/topics/a~2Eb/messages?q=x",
  );
  expect(requestOf({ cluster: "c", topics: ["a", "b"], query: { q: "x" } }).address).toBe(
    "/api/clusters/c/messages?topics=a%2Cb&q=x",
  );
  expect(requestOf({ cluster: "c", topics: ["a"], query: { q: "x".repeat(4000) } })).toMatchObject({
    address: "/api/clusters/c/messages/search",
    method: "POST",
    body: { topics: "a" },
  });
});

test("the pace is that of the last seconds, and none before a span of time has passed", () => {
  const at = (time: number, records: number): Sample => ({
    at: time,
    totals: { ...noTotals, records, covered: String(2 * records) },
    messages: 0,
  });
  let samples: readonly Sample[] = [];
  samples = sampled(samples, at(0, 0));
  expect(pace(samples)).toBeNull();
  for (const [time, records] of [
    [1000, 1_000_000],
    [4000, 1_000_000],
    [7000, 1_003_000],
    [9000, 1_005_000],
  ] as const)
    samples = sampled(samples, at(time, records));
  expect(samples[0]?.at).toBe(4000);
  expect(pace(samples)).toEqual({ records: 1000, offsets: 2000, messages: 0 });
});
