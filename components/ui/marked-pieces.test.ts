import fc from "fast-check";
import { expect, test } from "vitest";
import { piecesOf } from "./marked-pieces.ts";

test("pieces put together are the text, and the marked ones are what was looked for", () => {
  expect(piecesOf("aFAILEDb failed", ["failed"], false).filter(({ marked }) => marked)).toHaveLength(2);
  expect(piecesOf("aFAILEDb failed", ["failed"], true).filter(({ marked }) => marked)).toHaveLength(1);
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom("a", "b", "İ", "A") }),
      fc.array(fc.string({ unit: fc.constantFrom("a", "b", "İ"), minLength: 1 }), { maxLength: 3 }),
      fc.boolean(),
      (text, texts, caseMatters) => {
        const pieces = piecesOf(text, texts, caseMatters);
        expect(pieces.map((piece) => piece.text).join("")).toBe(text);
        for (const { text: found, marked } of pieces)
          if (marked) expect(texts.map((each) => each.toLowerCase())).toContain(found.toLowerCase());
      },
    ),
  );
});
