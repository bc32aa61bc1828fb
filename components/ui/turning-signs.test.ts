import { expect, test } from "vitest";
import { withoutTurns } from "./turning-signs.ts";

test("signs that turn the order of reading are shown as their escapes", () => {
  expect(withoutTurns("paid \u202e001\u202c EUR")).toBe("paid \\u202e001\\u202c EUR");
  expect(withoutTurns("\u2066a\u2069")).toBe("\\u2066a\\u2069");
});

test("letters of any script, and the marks between them, stay", () => {
  for (const text of ["", "café ☕ 𝒳", "שלום", "سلام\u200f!", "a\u200db"]) expect(withoutTurns(text)).toBe(text);
});
