import { expect, test } from "vitest";
import type { OffsetsPlan, PlannedOffset, SetOffset, SetOffsetsResult } from "../../../lib/api/group-offsets.ts";
import { makeProblem } from "../../../lib/api/problem.ts";
import { type Int64, toInt64 } from "../../../lib/api/scalars.ts";
import { applyWords, changeOf, lossOf, noteOf, outcomeWords, partitionsWords, unchangedWords } from "./reset-words.ts";

const digits = (value: bigint | null): Int64 | null => (value === null ? null : toInt64(value));

const planned = (
  partition: number,
  before: bigint | null,
  after: bigint | null,
  more: Partial<PlannedOffset> = {},
) => ({
  topic: "orders",
  partition,
  before: digits(before),
  after: digits(after),
  start: toInt64(0n),
  end: toInt64(1_000n),
  records: toInt64(before === null || after === null ? 0n : after - before),
  lagAfter: null,
  note: null,
  wanted: null,
  first: null,
  problem: null,
  ...more,
});

const planOf = (partitions: PlannedOffset[], more: Partial<OffsetsPlan> = {}): OffsetsPlan => ({
  groupId: "g",
  type: "classic",
  state: "Empty",
  live: [],
  problem: null,
  partitions,
  changes: partitions.filter(({ before, after }) => before !== after).length,
  readAgain: toInt64(0n),
  skipped: toInt64(partitions.reduce((sum, { records }) => (BigInt(records) > 0n ? sum + BigInt(records) : sum), 0n)),
  lagAfter: null,
  readAgainMs: null,
  warnings: [],
  ...more,
});

test("a change is exact beyond what a JavaScript number holds, and none where an offset is missing", () => {
  expect(changeOf(planned(0, 9_223_372_036_854_775_807n, 9_223_372_036_854_775_806n))).toBe(-1n);
  expect(changeOf(planned(0, null, 4n))).toBeNull();
  expect(changeOf(planned(0, 4n, null))).toBeNull();
});

test("records that are skipped must be understood, with the partitions they are in", () => {
  expect(lossOf(planOf([planned(0, 100n, 5n)]))).toBeNull();
  expect(lossOf(planOf([planned(0, 9n, 5n), planned(11, 100n, 912n)]))).toBe(
    "This group will never read 812 records of partition 11",
  );
  expect(lossOf(planOf([planned(1, 0n, 1n), planned(2, 0n, 2n), planned(7, 0n, 3n)]))).toBe(
    "This group will never read 6 records of partitions 1 to 2 and 7",
  );
  expect(lossOf(planOf([planned(1, 0n, 1n), planned(2, 0n, 2n, { topic: "refunds" })]))).toBe(
    "This group will never read 3 records of 2 partitions of 2 topics",
  );
});

test("offsets that are deleted must be understood too; what cannot be set is no loss", () => {
  expect(lossOf(planOf([planned(3, 7n, null, { note: "deleted" })]))).toBe(
    "The offset of partition 3 goes: the group then begins there where auto.offset.reset of its consumers says",
  );
  const refused = planned(3, 7n, 9n, { problem: makeProblem("no-leader") });
  expect(lossOf({ ...planOf([refused]), skipped: toInt64(0n) })).toBeNull();
});

test("the note of a partition says why, then what is lost", () => {
  expect(noteOf(planned(0, 9n, 5n))).toBeNull();
  expect(noteOf(planned(0, 5n, 9n))?.text).toBe("Forward: 4 never read");
  expect(noteOf(planned(0, 5n, 9n, { note: "clamped-to-end" }))).toEqual({
    text: "Clamped to the end: 4 never read",
    tone: "warn",
    icon: "end",
  });
  expect(noteOf(planned(0, 5n, 9n, { problem: makeProblem("no-leader") }))).toMatchObject({ tone: "bad" });
  expect(noteOf(planned(0, 5n, 5n, { note: "unchanged" }))?.text).toBe("Already there");
  expect(noteOf(planned(0, 9_007_199_254_740_993n, 5n))?.text).toBe("Was beyond the end");
  expect(noteOf(planned(0, 3n, 7n, { start: toInt64(7n), records: toInt64(0n) }))?.text).toBe(
    "Was before the log start",
  );
});

test("the button says the verb and the count", () => {
  expect(applyWords(planOf([planned(0, 5n, 9n), planned(1, 5n, 5n)]))).toBe("Set 1 offset");
  expect(applyWords(planOf([planned(0, 5n, 9n)], { type: "share" }))).toBe("Set 1 start offset");
  expect(applyWords(planOf([planned(0, null, 9n)], { type: null }))).toBe("Create group with 1 offset");
  expect(applyWords(planOf([planned(0, 5n, 5n)]))).toBe("Set offsets");
  expect(applyWords(planOf([planned(0, 5n, null), planned(1, 5n, null)]))).toBe("Delete 2 offsets");
});

test("partitions are named as ranges, and counted where they would be a long list", () => {
  const rows = (...partitions: number[]) => partitions.map((partition) => ({ topic: "orders", partition }));
  expect(partitionsWords(rows(3, 7, 11), false)).toBe("partitions 3, 7 and 11");
  expect(partitionsWords(rows(0, 1, 2, 3), true)).toBe("partitions 0 to 3 of orders");
  expect(partitionsWords(rows(...Array.from({ length: 40 }, (_, at) => at * 2)), false)).toBe("40 partitions");
});

test("a result in part says how many were set, and each reason once with its partitions", () => {
  const row = (partition: number, outcome: SetOffset["outcome"]): SetOffset => ({
    topic: "orders",
    partition,
    before: toInt64(5n),
    after: toInt64(0n),
    readBack: outcome === "set" ? toInt64(0n) : null,
    outcome,
    problem: outcome === "set" ? null : makeProblem("broker-timeout", "Broker 2 did not answer within 5 s"),
  });
  const partitions = [row(0, "set"), row(3, "not-set"), row(7, "not-known")];
  const result: SetOffsetsResult = {
    groupId: "g",
    validateOnly: false,
    partitions,
    set: 1,
    failed: 2,
    undo: null,
    warnings: [],
  };
  expect(outcomeWords(result, "offset")).toEqual({
    head: "1 of 3 partitions were set.",
    reasons: ["Partitions 3 and 7: Broker 2 did not answer within 5 s."],
    tone: "warn",
  });
  const whole = { ...result, partitions: [row(0, "set"), row(3, "set")], set: 2, failed: 0 };
  expect(outcomeWords(whole, "offset")).toEqual({ head: "2 offsets set and read back.", reasons: [], tone: "ok" });
  const strayed = { ...whole, partitions: [row(0, "set"), { ...row(3, "set"), readBack: toInt64(9n) }] };
  expect(outcomeWords(strayed, "offset")).toEqual({
    head: "2 offsets set.",
    reasons: ["Partition 3: Set, but something else was read back: a consumer may have committed since."],
    tone: "warn",
  });
});

test("a plan that changes nothing says that all is there only where it is", () => {
  const [there, gone] = [planned(0, 5n, 5n), planned(1, null, null, { problem: makeProblem("topic-not-found") })];
  const said = (...partitions: PlannedOffset[]) => unchangedWords({ partitions }, "All is there.", "put back");
  expect(said(there)).toBe("All is there.");
  expect(said(gone)).toBe("1 partition cannot be put back.");
  expect(said(there, gone)).toBe("1 partition cannot be put back; the others are there already.");
});
