/** The smallest parts of JSON, found in a text without reading them: numbers keep their digits, strings their escapes. */

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;
const FOUR_HEX = /^[0-9A-Fa-f]{4}$/;

export type Scalar = "string" | "number" | "word";

/** The place after white space that begins at `at`. */
export function skipSpace(text: string, at: number): number {
  let next = at;
  for (;;) {
    const code = text.charCodeAt(next);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return next;
    next++;
  }
}

/** Why something is no string, number or word: the text ends inside it, or it holds what it may not. */
export type Unreadable = "cut" | "broken";

/** The place after the string that begins with the quote at `start`. */
export function stringEnd(text: string, start: number): number | Unreadable {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at + 1;
    if (code < 0x20) return "broken";
    if (code !== BACKSLASH) continue;
    at++;
    const escaped = text[at];
    if (escaped === undefined) return "cut";
    if (escaped === "u") {
      if (at + 4 >= text.length) return "cut";
      if (!FOUR_HEX.test(text.slice(at + 1, at + 5))) return "broken";
      at += 4;
    } else if (!'"\\/bfnrt'.includes(escaped)) return "broken";
  }
  return "cut";
}

/** The string, number or word that begins at `at`. */
export function scalarAt(text: string, at: number): { kind: Scalar; end: number } | Unreadable {
  if (text.charCodeAt(at) === QUOTE) {
    const end = stringEnd(text, at);
    return typeof end === "string" ? end : { kind: "string", end };
  }
  for (const [kind, pattern] of [
    ["number", NUMBER],
    ["word", WORD],
  ] as const) {
    pattern.lastIndex = at;
    const [found] = pattern.exec(text) ?? [];
    if (found) return { kind, end: at + found.length };
  }
  return "broken";
}
