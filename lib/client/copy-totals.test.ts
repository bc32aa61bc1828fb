import { expect, test } from "vitest";
import { makeProblem } from "../api/problem.ts";
import type { CopyLine } from "../api/produce.ts";
import type { Int64 } from "../api/scalars.ts";
import { addCopyLine, type CopyTotals, nothingCopied } from "./copy-totals.ts";

const int = (digits: string) => digits as Int64;
const warning = makeProblem("broker-timeout");
const run = (before: CopyTotals, lines: CopyLine[]) =>
  lines.reduce((leg, line) => addCopyLine(before, leg, line), before);

const plan: CopyLine = { type: "plan", validateOnly: false, offsets: int("90"), partitions: 2, warnings: [warning] };
const progress = (copied: number, cursor: string | null): CopyLine => ({
  type: "progress",
  covered: int(String(copied * 2)),
  copied,
  bytes: copied * 10,
  cursor,
});
const end = (copied: number, last: [number, string][], cursor: string | null = null): CopyLine => ({
  ...progress(copied, cursor),
  type: "end",
  covered: int(String(copied * 2)),
  copied,
  bytes: copied * 10,
  cursor,
  last: last.map(([partition, offset]) => ({ partition, offset: int(offset) })),
  warnings: [],
});

test("figures of one leg replace each other, and its end says where the last records are", () => {
  const totals = run(nothingCopied, [
    plan,
    progress(3, "a"),
    progress(7, "b"),
    end(9, [
      [0, "4"],
      [1, "9007199254740993"],
    ]),
  ]);
  expect(totals).toEqual({
    covered: "18",
    copied: 9,
    bytes: 90,
    cursor: null,
    last: [
      { partition: 0, offset: "4" },
      { partition: 1, offset: "9007199254740993" },
    ],
    warnings: [warning],
  });
});

test("a copy that went on counts all its legs, and knows the last place of each partition", () => {
  const first = run(nothingCopied, [
    plan,
    end(
      5,
      [
        [0, "4"],
        [1, "9"],
      ],
      "c",
    ),
  ]);
  const second = run(first, [
    plan,
    progress(2, "d"),
    end(4, [
      [1, "12"],
      [0, "3"],
    ]),
  ]);
  expect(second).toMatchObject({ copied: 9, bytes: 90, covered: "18", cursor: null });
  expect(second.last).toEqual([
    { partition: 0, offset: "4" },
    { partition: 1, offset: "12" },
  ]);
});

test("a failure keeps what was copied and where to go on", () => {
  const failure: CopyLine = { type: "error", problem: makeProblem("no-leader"), copied: 8, cursor: "e" };
  expect(run(nothingCopied, [plan, progress(7, "b"), failure])).toMatchObject({
    copied: 8,
    cursor: "e",
    covered: "14",
  });
  expect(run(nothingCopied, [plan, progress(7, "b"), { ...failure, cursor: null }]).cursor).toBe("b");
});

test("a copy that stops before its first figures goes on from where its plan began", () => {
  expect(run(nothingCopied, [{ ...plan, cursor: "p" }]).cursor).toBe("p");
  expect(run({ ...nothingCopied, cursor: "b" }, [plan]).cursor).toBe("b");
});
