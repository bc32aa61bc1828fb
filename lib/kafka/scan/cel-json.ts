/**
 * JSON with every number as it is written: whole numbers above 2^53 are bigints. Objects are Maps, so no name of a field means
 * anything to JavaScript; of fields that repeat the last one counts, as with JSON.parse. Throws SyntaxError.
 * About five times slower than JSON.parse, so only records that need it are read by it.
 */
export function parseExactly(text: string): unknown {
  // The syntax is JSON.parse's to check; it is also fast, and what follows may then trust the text.
  JSON.parse(text);
  const place = { text, at: 0 };
  return readValue(place, 0);
}

type Place = { text: string; at: number };

const DEEPEST = 500;
const NUMBER = /-?\d+(\.\d+)?([eE][+-]?\d+)?/y;
const SPACE = /[ \t\r\n]*/y;
const STRING = /"(?:[^"\\]|\\.)*"/y;

function skipSpace(place: Place): string {
  SPACE.lastIndex = place.at;
  SPACE.test(place.text);
  place.at = SPACE.lastIndex;
  return place.text[place.at] ?? "";
}

function take(place: Place, pattern: RegExp): string {
  pattern.lastIndex = place.at;
  const found = pattern.exec(place.text)?.[0];
  if (found === undefined) throw new SyntaxError(`Unexpected sign at ${place.at}.`);
  place.at += found.length;
  return found;
}

function readValue(place: Place, depth: number): unknown {
  if (depth > DEEPEST) throw new SyntaxError(`More than ${DEEPEST} levels deep.`);
  const sign = skipSpace(place);
  if (sign === "{") return readObject(place, depth);
  if (sign === "[") return readList(place, depth);
  if (sign === '"') return JSON.parse(take(place, STRING)) as string;
  for (const [word, value] of words) {
    if (place.text.startsWith(word, place.at)) {
      place.at += word.length;
      return value;
    }
  }
  const number = take(place, NUMBER);
  const rounded = Number(number);
  return Number.isSafeInteger(rounded) || /[.eE]/.test(number) ? rounded : BigInt(number);
}

const words = [
  ["true", true],
  ["false", false],
  ["null", null],
] as const;

function readObject(place: Place, depth: number): Map<string, unknown> {
  const fields = new Map<string, unknown>();
  place.at++;
  while (skipSpace(place) !== "}") {
    if (place.text[place.at] === ",") {
      place.at++;
      skipSpace(place);
    }
    const name = JSON.parse(take(place, STRING)) as string;
    skipSpace(place);
    place.at++;
    fields.set(name, readValue(place, depth + 1));
  }
  place.at++;
  return fields;
}

function readList(place: Place, depth: number): unknown[] {
  const items: unknown[] = [];
  place.at++;
  while (skipSpace(place) !== "]") {
    if (place.text[place.at] === ",") place.at++;
    items.push(readValue(place, depth + 1));
  }
  place.at++;
  return items;
}
