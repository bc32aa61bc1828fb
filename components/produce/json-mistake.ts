/** Where a text stops being JSON: the line and column (from 1, in characters) of the first character that does not fit, and why. */
export type JsonMistake = { line: number; column: number; why: string };

const space = /[ \t\n\r]*/y;
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const word = /true|false|null/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids them inside a string
const string = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above; what of a string fits
const opened = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*/y;

/**
 * The first mistake of a text as JSON (RFC 8259); null where there is none. Reads only: no number becomes one of JavaScript, so none
 * is rounded. Any depth is taken.
 */
export function jsonMistake(text: string): JsonMistake | null {
  let at = 0;
  /** What is open, outermost first. */
  const open: ("{" | "[")[] = [];
  const take = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found === null) return false;
    at += found[0].length;
    return true;
  };
  const mistake = (why: string): JsonMistake => ({ ...placeOf(text, at), why: at >= text.length ? endOf(open) : why });
  const badString = (): JsonMistake => {
    take(opened);
    if (at >= text.length) return { ...placeOf(text, at), why: "a string is not closed" };
    return mistake(text[at] === "\\" ? "an unknown escape" : "a line break or control character inside a string");
  };
  /** A key and its colon. */
  const takeName = (): JsonMistake | null => {
    if (text[at] !== '"') return mistake("a field name in double quotes is missing");
    if (!take(string)) return badString();
    take(space);
    if (text[at] !== ":") return mistake("a colon is missing after the field name");
    at++;
    return null;
  };
  take(space);
  for (;;) {
    // A value stands here.
    const char = text[at];
    if (char === "{" || char === "[") {
      open.push(char);
      at++;
      take(space);
      if (text[at] !== (char === "{" ? "}" : "]")) {
        const wrong = char === "{" ? takeName() : null;
        if (wrong) return wrong;
        take(space);
        continue;
      }
    } else if (char === '"') {
      if (!take(string)) return badString();
    } else if (!take(number) && !take(word)) {
      return mistake("a value is missing");
    }
    // Behind a value: what closes, a comma and the next one, or the end.
    for (;;) {
      take(space);
      const inside = open.at(-1);
      const next = text[at];
      if (inside === undefined) return at >= text.length ? null : mistake("something follows the end of the value");
      if (next === (inside === "{" ? "}" : "]")) {
        open.pop();
        at++;
        continue;
      }
      if (next !== ",") return mistake(`a comma or ${inside === "{" ? "}" : "]"} is missing`);
      at++;
      take(space);
      const wrong = inside === "{" ? takeName() : null;
      if (wrong) return wrong;
      take(space);
      break;
    }
  }
}

const endOf = (open: readonly string[]): string =>
  open.length === 0 ? "nothing is there" : `it ends while ${open.at(-1)} is open`;

function placeOf(text: string, at: number): { line: number; column: number } {
  const before = text.slice(0, at);
  const start = before.lastIndexOf("\n") + 1;
  let line = 1;
  for (let from = before.indexOf("\n"); from !== -1; from = before.indexOf("\n", from + 1)) line++;
  return { line, column: at - start + 1 };
}
