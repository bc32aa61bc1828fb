import { fold, foldedSearch } from "./match-text.ts";

/** Some text that a match must hold, as bytes that can be looked for in a whole batch at once. */
export type Literal = {
  text: string;
  /** The first place from `from` on and below `to`, or -1. */
  find(bytes: Buffer, from: number, to: number): number;
  /** The UTF-16 codes that stand for one of its signs when they are written as JSON escapes. */
  codes: ReadonlySet<number>;
  /** Bytes of signs outside ASCII that fold to one of its letters: where they are, its own bytes need not be. */
  kin: readonly Buffer[];
};

/** Each match holds at least one of each: empty means that nothing is known. */
export type Clauses = Literal[][];

// Signs that JSON may write in a shorter way than \uXXXX, or must escape: a literal never holds one.
const BREAKS = /["\\/\p{Cc}\p{Cs}\ufffd]/u;

/** The longest part of a text that is the same bytes in every spelling but \uXXXX; null where there is none. */
export function literalOf(text: string, caseSensitive: boolean): Literal | null {
  const wanted = caseSensitive ? text : fold(text);
  const runs: string[] = [""];
  for (const sign of wanted) {
    if (BREAKS.test(sign) || !(caseSensitive || isStable(sign))) runs.push("");
    else runs[runs.length - 1] += sign;
  }
  const longest = runs.reduce((best, run) => (run.length > best.length ? run : best), "");
  if (longest === "") return null;
  const bytes = Buffer.from(longest);
  const search = foldedSearch(bytes);
  return {
    text: longest,
    find: caseSensitive
      ? (body, from, to) => {
          const at = body.indexOf(bytes, from);
          return at < 0 || at + bytes.length > to ? -1 : at;
        }
      : search,
    codes: codesOf(longest, caseSensitive),
    kin: kinOf(longest, caseSensitive).map(([, sign]) => Buffer.from(sign)),
  };
}

/** Without regard to case: ASCII, where the bytes are compared so, and signs that have no case. */
const isStable = (sign: string): boolean =>
  sign < "\x80" || (sign !== "\u0307" && sign.toLowerCase() === sign && sign.toUpperCase() === sign);

// What lower case or RE2's own folding makes an ASCII letter of; the tests try every sign there is.
const folded = [
  ["k", "\u212a"],
  ["i", "\u0130"],
  ["s", "\u017f"],
] as const;

const kinOf = (text: string, caseSensitive: boolean) =>
  caseSensitive ? [] : folded.filter(([letter]) => text.includes(letter));

function codesOf(text: string, caseSensitive: boolean): Set<number> {
  const spellings = caseSensitive ? text : text + text.toUpperCase();
  return new Set(
    [...spellings, ...kinOf(text, caseSensitive).map(([, sign]) => sign)].map((sign) => sign.charCodeAt(0)),
  );
}

/** A class, whose first sign may be a bracket and whose escapes may hold one; not one with a class of its own in it. */
const CLASS = /\[\^?\]?(?:\\.|[^\]\\[])*\]/sy;

/** The literal that every match of an RE2 pattern holds, as far as its top level says; null where it is not plain to see. */
export function regexLiteral(pattern: string, caseSensitive: boolean): Literal | null {
  if (/[|(]/.test(pattern)) return null;
  const runs: string[] = [""];
  const cut = () => runs.push("");
  for (let at = 0; at < pattern.length; at++) {
    const sign = pattern[at] as string;
    const after = pattern[at + 1] ?? "";
    if (sign === "\\") {
      at++;
      if (/[^A-Za-z0-9]/.test(after) && !isRepeat(pattern[at + 1])) runs[runs.length - 1] += after;
      // \pN, \x41, \Q...\E and the like: nothing more is read from such a pattern.
      else if (/[pPxQ0-9]/.test(after)) return best(runs, caseSensitive);
      else cut();
    } else if (sign === "[") {
      CLASS.lastIndex = at;
      if (!CLASS.test(pattern)) return best(runs, caseSensitive);
      at = CLASS.lastIndex - 1;
      cut();
    } else if (sign === "{") {
      const end = pattern.indexOf("}", at);
      if (end < 0) return best(runs, caseSensitive);
      at = end;
      cut();
    } else if (".^$*+?".includes(sign)) cut();
    else if (isRepeat(after)) cut();
    else runs[runs.length - 1] += sign;
  }
  return best(runs, caseSensitive);
}

const isRepeat = (sign: string | undefined): boolean => sign !== undefined && sign !== "" && "*?{+".includes(sign);

function best(runs: string[], caseSensitive: boolean): Literal | null {
  const longest = runs.reduce((found, run) => (run.length > found.length ? run : found), "");
  return longest === "" ? null : literalOf(longest, caseSensitive);
}

const ESCAPE = Buffer.from("\\u");

/** The first \uXXXX from `from` on that stands for one of the codes, or -1. */
export function findEscape(bytes: Buffer, codes: ReadonlySet<number>, from: number): number {
  for (let at = bytes.indexOf(ESCAPE, from); at >= 0; at = bytes.indexOf(ESCAPE, at + 2)) {
    let code = 0;
    for (let digit = 2; digit < 6; digit++) code = code * 16 + hexDigit(bytes[at + digit] ?? 0);
    if (codes.has(code)) return at;
  }
  return -1;
}

/** NaN for what is no digit, which no set of codes holds. */
function hexDigit(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : Number.NaN;
}
