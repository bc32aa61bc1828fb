import fc from "fast-check";
import { expect, test } from "vitest";
import { makeProblem } from "../api/problem.ts";
import type { Int64 } from "../api/scalars.ts";
import { addAnswer, addFailure, doubtfulLines, leftLines, nothingSent } from "./sent-lines.ts";

const refusal = makeProblem("record-too-large");
const wrote = (partition: number, offset: string) => ({
  partition,
  offset: offset as Int64,
  timestamp: null,
  size: 10,
  problem: null,
});
const refused = (partition: number) => ({ ...wrote(partition, "0"), offset: null, problem: refusal });

test("what was written is counted by partition, with its first and last offset, above 2^53 too", () => {
  const once = addAnswer(nothingSent, [1, 2, 4], {
    items: [wrote(3, "9007199254740993"), wrote(0, "7"), wrote(3, "9007199254740994")],
  });
  const twice = addAnswer(once, [5], { items: [wrote(3, "9007199254740995")] });
  expect(twice.partitions).toEqual([
    { partition: 0, count: 1, first: "7", last: "7" },
    { partition: 3, count: 3, first: "9007199254740993", last: "9007199254740995" },
  ]);
  expect(twice).toMatchObject({ written: 4, next: 6, refused: [], unknown: null });
});

test("a refused line is named, and gone from the list once it was written", () => {
  const first = addAnswer(nothingSent, [1, 2, 3], { items: [wrote(0, "1"), refused(0), wrote(0, "2")] });
  expect(first.refused.map(({ line }) => line)).toEqual([2]);
  expect(first).toMatchObject({ written: 2, next: 4 });
  const again = addAnswer(first, [2, 4], { items: [wrote(0, "3"), wrote(0, "4")] });
  expect(again).toMatchObject({ written: 4, refused: [], next: 5 });
});

test("a request without an answer leaves its lines unknown; one that was refused wrote nothing", () => {
  const silent = addFailure(nothingSent, [4, 5, 9], makeProblem("broker-unreachable"));
  expect(silent.unknown).toEqual({ first: 4, last: 9 });
  expect(silent.next).toBe(1);
  expect(addFailure(nothingSent, [4, 5], makeProblem("read-only")).unknown).toBeNull();
});

test("however often it stops, going on sends each line that is left and no other", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 60 }),
      fc.integer({ min: 1, max: 9 }),
      fc.infiniteStream(fc.boolean()),
      (lines, size, luck) => {
        let sent = nothingSent;
        const written: number[] = [];
        for (let leg = 0; leg < 400 && written.length < lines; leg++) {
          const left = Array.from({ length: lines }, (_, at) => at + 1).filter(leftLines(sent, true));
          const chunk = left.slice(0, size);
          const items = chunk.map((line) => {
            const good = luck.next().value === true || leg > 300;
            if (good) written.push(line);
            return good ? wrote(line % 3, String(line)) : refused(line % 3);
          });
          sent = addAnswer(sent, chunk, { items });
        }
        expect(written.sort((a, b) => a - b)).toEqual(Array.from({ length: lines }, (_, at) => at + 1));
        expect(sent.written).toBe(lines);
      },
    ),
    { numRuns: 50 },
  );
});

test("what may have been written is sent again only where that is asked for", () => {
  const doubt = { ...wrote(0, "0"), offset: null, problem: makeProblem("maybe-written") };
  const partly = addAnswer(nothingSent, [1, 2, 3], { items: [wrote(0, "1"), doubt, refused(0)] });
  const sent = addFailure(partly, [4, 5], makeProblem("broker-unreachable"));
  expect(doubtfulLines(sent)).toBe(3);
  const lines = [1, 2, 3, 4, 5, 6];
  expect(lines.filter(leftLines(sent, true))).toEqual([2, 3, 4, 5, 6]);
  expect(lines.filter(leftLines(sent, false))).toEqual([3, 6]);
});
