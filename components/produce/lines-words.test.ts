import { expect, test } from "vitest";
import { makeProblem } from "../../lib/api/problem.ts";
import { nothingSent } from "../../lib/client/sent-lines.ts";
import { refusedWords } from "./lines-words.ts";

const refused = (...lines: number[]) => lines.map((line) => ({ line, problem: makeProblem("record-too-large") }));

test.each([
  [{ next: 4001, written: 4000 }, "Lines 1 to 4\u202f000 were written."],
  [{ next: 4001, written: 3998, refused: refused(12, 80) }, "Lines 1 to 4\u202f000 were written except 12 and 80."],
  [
    { next: 11, written: 2, refused: refused(1, 2, 3, 4, 5, 6, 7, 8) },
    "Lines 1 to 10 were written except 1, 2, 3, 4, 5, 6 and 2 others.",
  ],
  [{ next: 2, written: 0, refused: refused(1) }, "Line 1 was not written."],
  [{ next: 2006, written: 2000 }, "Lines 1 to 2\u202f005 were written, lines without a record aside."],
  [{ next: 2, written: 1 }, "Line 1 was written."],
])("%j says %s", (sent, words) => expect(refusedWords({ ...nothingSent, ...sent })).toBe(words));
