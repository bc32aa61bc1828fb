import type { PlannedOffset } from "../../api/group-offsets.ts";
import { larger, smaller } from "../scan/bytes.ts";

/** Both ends of a partition's log; `end` is the high watermark. */
export type Log = { start: bigint; end: bigint };

/** Where one partition's commit is to go. `found`: what ListOffsets gave for the time; null: no record is at or after it. */
export type Goal =
  | { to: "earliest" }
  | { to: "latest" }
  | { to: "offset"; offset: bigint }
  | { to: "time"; found: bigint | null }
  | { to: "shift"; by: bigint }
  | { to: "none" };

export type Placed = {
  /** null: the commit is deleted. */
  after: bigint | null;
  /** What was asked for, where the log does not reach so far. */
  wanted: bigint | null;
  note: PlannedOffset["note"];
  /** Offsets between what would be read next and what will be: negative is read again, positive skipped. */
  records: bigint;
  lagAfter: bigint | null;
};

/**
 * A committed offset that a consumer would begin at. Some tools leave -1 or -2, Kafka's signs for the two ends of a log: consumers
 * take those for no commit at all.
 */
export const realCommit = (committed: bigint | null): bigint | null =>
  committed === null || committed < 0n ? null : committed;

/**
 * Where a partition's commit goes: always an offset from the log start up to the end, or none. Null where there is nothing to shift
 * from: no commit, or one below zero.
 */
export function placeOffset(log: Log, before: bigint | null, goal: Goal): Placed | null {
  const wanted = wantedOffset(log, before, goal);
  if (wanted === null) return null;
  if (wanted === "none")
    return {
      after: null,
      wanted: null,
      note: before === null ? "unchanged" : "deleted",
      records: 0n,
      lagAfter: null,
    };
  const after = inside(log, wanted);
  const isClamped = after !== wanted && goal.to !== "time";
  return {
    after,
    wanted: isClamped ? wanted : null,
    note: noteOf(before, wanted, after, goal),
    records: movedBy(log, before, after),
    lagAfter: log.end - after,
  };
}

const inside = ({ start, end }: Log, offset: bigint): bigint => smaller(larger(offset, start), end);

function wantedOffset({ start, end }: Log, before: bigint | null, goal: Goal): bigint | "none" | null {
  if (goal.to === "none") return "none";
  if (goal.to === "earliest") return start;
  if (goal.to === "latest") return end;
  if (goal.to === "offset") return goal.offset;
  if (goal.to === "time") return goal.found ?? end;
  const base = realCommit(before);
  return base === null ? null : base + goal.by;
}

function noteOf(before: bigint | null, wanted: bigint, after: bigint, goal: Goal): PlannedOffset["note"] {
  if (goal.to === "time" && goal.found === null) return "nothing-there";
  // The log may move by a record while its ends and the time are asked for: that is no wish of anybody's.
  if (goal.to !== "time" && wanted < after) return "clamped-to-start";
  if (goal.to !== "time" && wanted > after) return "clamped-to-end";
  if (before === null) return "new";
  return before === after ? "unchanged" : null;
}

/**
 * Offsets that a move reads again (negative) or skips (positive). What lies outside the log can be neither read nor skipped, and
 * where there was no commit nobody knows where a consumer would have begun.
 */
export function movedBy(log: Log, before: bigint | null, after: bigint | null): bigint {
  const from = realCommit(before);
  if (from === null || after === null) return 0n;
  return inside(log, after) - inside(log, from);
}

/** How many milliseconds it takes to read what will be left, at a rate in records a second; null without a rate. */
export function readingTime(lag: bigint | null, rate: number | null): number | null {
  if (lag === null || rate === null || !(rate > 0)) return null;
  // A duration may be rounded; only offsets must not.
  return Math.round((Number(lag) / rate) * 1000);
}

type Sums = { changes: number; readAgain: bigint; skipped: bigint; lagAfter: bigint | null };

/** Over the partitions that can be set. `lagAfter` null where none is known. */
export function totals(
  rows: readonly { before: bigint | null; after: bigint | null; records: bigint; lagAfter: bigint | null }[],
): Sums {
  const sums: Sums = { changes: 0, readAgain: 0n, skipped: 0n, lagAfter: null };
  for (const { before, after, records, lagAfter } of rows) {
    if (before !== after) sums.changes += 1;
    if (records < 0n) sums.readAgain -= records;
    else sums.skipped += records;
    if (lagAfter !== null) sums.lagAfter = (sums.lagAfter ?? 0n) + lagAfter;
  }
  return sums;
}
