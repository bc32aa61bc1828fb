import { describe, expect, test } from "vitest";
import { findEscape, literalOf, regexLiteral } from "./literals.ts";
import { compileRegex, fold } from "./match-text.ts";

describe("a literal", () => {
  test.each([
    ["FAILED", true, "FAILED"],
    ["FAILED", false, "failed"],
    ['say "hello"', true, "hello"],
    ["a/bcd", false, "bcd"],
    ["Ärger", false, "rger"],
    ["Ärger", true, "Ärger"],
    ["日本x", false, "日本x"],
    ['"', true, undefined],
    ["ÄÖ", false, undefined],
  ])("of %s (case counts: %s) is %s", (text, caseSensitive, literal) =>
    expect(literalOf(text, caseSensitive)?.text).toBe(literal),
  );

  test("knows every sign outside ASCII that folds to ASCII", () => {
    const kin = new Set(["k", "i", "s"].flatMap((letter) => literalOf(letter, false)?.kin.map(String) ?? []));
    const regexes = [..."abcdefghijklmnopqrstuvwxyz0"].map((letter) => compileRegex(letter, false));
    for (let code = 0x80; code < 0x110000; code++) {
      if (code >= 0xd800 && code < 0xe000) continue;
      const sign = String.fromCodePoint(code);
      if (/[\0-\x7f]/.test(fold(sign))) expect(kin).toContain(sign);
      // Only letters with a case are folded by RE2; asking it of every sign would take a minute.
      const hasCase = sign.toLowerCase() !== sign || sign.toUpperCase() !== sign;
      if (hasCase && regexes.some((regex) => regex.test(sign))) expect(kin).toContain(sign);
    }
  });
});

describe("the literal of a pattern", () => {
  test.each([
    ["order-\\d+-FAILED", "-FAILED"],
    ["FAILED", "FAILED"],
    ["^FAIL.D$", "FAIL"],
    ["abc?d", "ab"],
    ["a{0}bcd", "bcd"],
    ["a*bb", "bb"],
    ["x[abc]yz", "yz"],
    ["x[^]a]yz", "yz"],
    ["[\\]x]abc", "abc"],
    ["[^a\\]]bc", "bc"],
    ["ab[[:alpha:]]cde", "ab"],
    ["ab[cd", "ab"],
    ["a\\.bcd", "a.bcd"],
    ["a\\.?bcd", "bcd"],
    ["abc|d", undefined],
    ["(?i)abc", undefined],
    ["(abc)", undefined],
    [".*", undefined],
  ])("%s is %s", (pattern, literal) => expect(regexLiteral(pattern, true)?.text).toBe(literal));
});

test("escapes are found by what they stand for", () => {
  const bytes = Buffer.from(String.raw`\u00zz \u0041 \u00e9 \U0046 \u0046`);
  const find = (sign: string, from = 0) => findEscape(bytes, new Set([sign.charCodeAt(0)]), from);
  expect(find("A")).toBe(7);
  expect(find("é")).toBe(14);
  expect(find("F")).toBe(28);
  expect(find("A", 8)).toBe(-1);
  expect(find("x")).toBe(-1);
});
