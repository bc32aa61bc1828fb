import fc from "fast-check";
import { expect, test } from "vitest";
import { hexLine, hexLineCount } from "./hex-lines.ts";
import { findBytes, findText, piecesOf } from "./payload-match.ts";
import { rowAt, rowEnd, rowStarts } from "./payload-rows.ts";
import { xmlParts } from "./payload-xml.ts";

const anyText = fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: fc.constantFrom("a", "\n", "\r", "😀") }));

test("rows cut a text at its line breaks and at a width, and lose nothing", () => {
  fc.assert(
    fc.property(anyText, fc.option(fc.integer({ min: 1, max: 9 })), (text, columns) => {
      const starts = rowStarts(text, columns);
      const rows = starts.slice(0, -1).map((start, at) => text.slice(start, starts[at + 1]));
      expect(rows.join("")).toBe(text);
      for (const [at, row] of rows.entries()) {
        const start = starts[at] ?? 0;
        const shown = text.slice(start, rowEnd(text, start, start + row.length));
        expect(shown).not.toContain("\n");
        if (columns !== null) expect(shown.length).toBeLessThanOrEqual(columns + 1);
        if (row.length > 0) expect(rowAt(starts, start)).toBe(at);
      }
    }),
  );
});

test("an empty text is one row, and a line break at the end begins another", () => {
  expect(rowStarts("", null)).toEqual([0, 0]);
  expect(rowStarts("a\n", null)).toEqual([0, 2, 2]);
  expect(rowStarts("ab\ncd", null)).toEqual([0, 3, 5]);
  expect(rowStarts("abcde", 2)).toEqual([0, 2, 4, 5]);
});

test("words are found wherever they stand, whatever they hold, and capital letters do not count", () => {
  expect(findText("FAILED failed", "failed").starts).toEqual([0, 7]);
  expect(findText("a.b a+b (a+b)", "a+b")).toEqual({ starts: [4, 9], ends: [7, 12], more: false });
  expect(findText("x".repeat(10_001), "x")).toMatchObject({ more: true });
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), fc.string(), (words, rest) => {
      expect(findText(`${rest}${words}`, words).starts.length).toBeGreaterThan(0);
    }),
  );
});

test("bytes are found as hex and as text, at whole bytes only", () => {
  expect(findBytes("7b227b22", "7B 22").starts).toEqual([0, 4]);
  expect(findBytes("7b2261", "{").starts).toEqual([0]);
  expect(findBytes("1227", "22").starts).toEqual([]);
  expect(findBytes("0222", "22").starts).toEqual([2]);
});

test("the pieces of a part are its text, and the marked ones are its matches", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom("a", "b") }), fc.nat(20), fc.nat(20), (text, from, length) => {
      const start = Math.min(from, text.length);
      const end = Math.min(start + length, text.length);
      const pieces = piecesOf(start, end, findText(text, "ab"), 0);
      expect(pieces.map((piece) => text.slice(piece.start, piece.end)).join("")).toBe(text.slice(start, end));
    }),
  );
  expect(piecesOf(0, 5, findText("xabxab", "ab"), 1)).toEqual([
    { start: 0, end: 1, mark: "none" },
    { start: 1, end: 3, mark: "match" },
    { start: 3, end: 4, mark: "none" },
    { start: 4, end: 5, mark: "current" },
  ]);
});

test("XML is cut into parts that follow each other, of any text", () => {
  const unit = fc.constantFrom("<", ">", "a", '"', "'", "<!--", "-->", "<![CDATA[", "]]>", "?", "/");
  fc.assert(
    fc.property(fc.string({ unit }), (text) => {
      const { starts } = xmlParts(text);
      if (text !== "") expect(starts[0]).toBe(0);
      for (const [at, start] of starts.entries()) if (at > 0) expect(start).toBeGreaterThan(starts[at - 1] ?? 0);
      expect(starts.at(-1) ?? -1).toBeLessThan(text.length);
    }),
    { examples: [['<"""'], ['<""']] },
  );
  const text = '<a b="1>">x</a><!-- < -->';
  const { starts, kinds } = xmlParts(text);
  expect(kinds.map((kind, at) => [kind, text.slice(starts[at], starts[at + 1])])).toEqual([
    ["tag", "<a b="],
    ["string", '"1>"'],
    ["tag", ">"],
    ["text", "x"],
    ["tag", "</a>"],
    ["note", "<!-- < -->"],
  ]);
});

test("a hex dump has offsets, bytes and their printable characters", () => {
  expect(hexLineCount("7b0a61", 8)).toBe(1);
  expect(hexLine("7b0a61", 8, 0)).toEqual({
    at: "00000000",
    bytes: [
      { digits: "7b", place: 0, char: "{" },
      { digits: "0a", place: 2, char: "." },
      { digits: "61", place: 4, char: "a" },
    ],
  });
  expect(hexLine("00".repeat(9), 8, 1)).toMatchObject({ at: "00000008", bytes: [{ place: 16 }] });
});
