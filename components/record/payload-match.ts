/** Where words were found in a text: from each `starts` to the same place of `ends`, in order and apart from each other. */
export type Matches = { starts: number[]; ends: number[]; more: boolean };

export const noMatches: Matches = { starts: [], ends: [], more: false };
/** Places that were found elsewhere, as matches. */
export const matchesOf = (places: readonly { at: number; length: number }[]): Matches => ({
  starts: places.map(({ at }) => at),
  ends: places.map(({ at, length }) => at + length),
  more: false,
});

/** Finds beyond it are not counted. */
const MOST_FOUND = 10_000;

const literal = (words: string) => words.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");

/** Every place of some words; capital letters do not count. No words: no place. */
export function findText(text: string, words: string): Matches {
  const found: Matches = { starts: [], ends: [], more: false };
  if (words === "") return found;
  for (const match of text.matchAll(new RegExp(literal(words), "giu"))) {
    if (found.starts.length === MOST_FOUND) return { ...found, more: true };
    found.starts.push(match.index);
    found.ends.push(match.index + match[0].length);
  }
  return found;
}

/** Every place in hex digits where some bytes are, written in hex (`7b 22`, `0x7b22`) or else as the text that they are. */
export function findBytes(digits: string, words: string): Matches {
  const found: Matches = { starts: [], ends: [], more: false };
  if (words === "") return found;
  const written = words.replace(/^0x/i, "").replace(/\s/g, "").toLowerCase();
  const asText = Array.from(new TextEncoder().encode(words), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const needle = /^([0-9a-f]{2})+$/.test(written) ? written : asText;
  for (let at = digits.indexOf(needle); at >= 0; ) {
    const isWhole = at % 2 === 0;
    if (isWhole && found.starts.length === MOST_FOUND) return { ...found, more: true };
    if (isWhole) {
      found.starts.push(at);
      found.ends.push(at + needle.length);
    }
    at = digits.indexOf(needle, isWhole ? at + needle.length : at + 1);
  }
  return found;
}

/** The first match that ends after a place: where a part of a text begins to be marked. */
export function firstAfter(matches: Matches, at: number): number {
  let low = 0;
  let high = matches.ends.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((matches.ends[middle] ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

export type Piece = { start: number; end: number; mark: "none" | "match" | "current" };

/** A part of a text as pieces that are marked and pieces that are not, in order and without a gap. */
export function piecesOf(start: number, end: number, matches: Matches, current: number): Piece[] {
  const pieces: Piece[] = [];
  let from = start;
  for (let index = firstAfter(matches, start); index < matches.starts.length; index++) {
    const begins = Math.max(matches.starts[index] ?? end, start);
    if (begins >= end) break;
    const ends = Math.min(matches.ends[index] ?? end, end);
    if (begins > from) pieces.push({ start: from, end: begins, mark: "none" });
    pieces.push({ start: begins, end: ends, mark: index === current ? "current" : "match" });
    from = ends;
  }
  if (from < end || pieces.length === 0) pieces.push({ start: from, end, mark: "none" });
  return pieces;
}
