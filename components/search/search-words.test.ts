import { expect, test } from "vitest";
import { readRange } from "../../lib/api/range.ts";
import type { MessageStreamState } from "../../lib/client/message-stream.ts";
import { noTotals } from "../../lib/client/stream-totals.ts";
import { afterWords, endWords, ranges, typedRange, wider } from "./search-words.ts";

const partition = (topic: string, problem: unknown = null) => ({ topic, partition: 0, problem });
const state = (part: object) =>
  ({
    phase: "ended",
    start: null,
    end: null,
    totals: noTotals,
    messages: [],
    ...part,
  }) as unknown as MessageStreamState;
const start = { offsets: "1284511", partitions: [partition("orders"), partition("payments")] };

test("a search that ran to its end says over how much it ran", () => {
  const words = endWords(state({ start, end: { reason: "end" }, totals: { ...noTotals, records: 1200 } }));
  expect(words).toEqual({
    said: "No hit.",
    more: "Looked at 1\u202f200 records: the range in all 2 partitions of 2 topics, to the end.",
  });
});

test("partitions that could not be read are not counted as searched", () => {
  const partly = { ...start, partitions: [partition("orders"), partition("payments", {})] };
  expect(endWords(state({ start: partly, end: { reason: "end" } }))?.more).toContain("1 of 2 partitions");
});

test("a search that stopped says who stopped it, where, and that steps may be missing", () => {
  const totals = { ...noTotals, covered: "412806", hits: 22 };
  expect(endWords(state({ phase: "stopped", start, totals }))).toEqual({
    said: "22 hits; stopped by you after 412\u202f806 of 1\u202f284\u202f511 offsets.",
    more: "Earlier and later steps may be missing between the rows.",
  });
  expect(endWords(state({ start, totals, end: { reason: "limit" } }))?.said).toContain("as many as asked for");
});

test("nothing is said while it runs", () => expect(endWords(state({ phase: "running", start }))).toBeNull());

test.each([
  [0n, "+0\u00a0ms"],
  [320n, "+320\u00a0ms"],
  [4200n, "+4.2\u00a0s"],
  [182_000n, "+3\u00a0min 2\u00a0s"],
])("%d ms after is %s", (after, words) => expect(afterWords(after)).toBe(words));

test("each range that is offered is read back from the box", () => {
  for (const { from } of ranges) expect(readRange(typedRange({ from, until: "" }))).toMatchObject({ from });
  expect(readRange(typedRange({ from: "time:-2h", until: "time:-1h" }))).toEqual({
    from: "time:-2h",
    until: "time:-1h",
  });
});

test("a search without a hit may be widened until all was searched", () => {
  expect(wider({ from: "time:-24h", until: "" })?.from).toBe("time:-7d");
  expect(wider({ from: "oldest", until: "" })).toBeNull();
  expect(wider({ from: "time:-2h", until: "time:-1h" })).toBeNull();
});
