/** Where the first of the texts from `from` on stands; the longer one of two that begin together. */
function nextMark(text: string, texts: readonly string[], from: number): { at: number; length: number } | null {
  let best: { at: number; length: number } | null = null;
  for (const each of texts) {
    const at = text.indexOf(each, from);
    if (at >= 0 && (best === null || at < best.at || (at === best.at && each.length > best.length)))
      best = { at, length: each.length };
  }
  return best;
}

/** Places and lengths of all marks in a text, in order and apart. */
export function markedPlaces(
  text: string,
  texts: readonly string[],
  caseMatters: boolean,
): { at: number; length: number }[] {
  if (texts.length === 0) return [];
  const lower = text.toLowerCase();
  // A few letters change their length with their case; places would then be those of another text.
  const folds = !caseMatters && lower.length === text.length;
  const [hay, needles] = folds ? [lower, texts.map((each) => each.toLowerCase())] : [text, texts];
  const found: { at: number; length: number }[] = [];
  for (let mark = nextMark(hay, needles, 0); mark !== null; mark = nextMark(hay, needles, mark.at + mark.length))
    found.push(mark);
  return found;
}

export type Piece = { text: string; marked: boolean; at: number };

/** A text cut into what is marked and what is not. */
export function piecesOf(text: string, texts: readonly string[], caseMatters: boolean): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const { at, length } of markedPlaces(text, texts, caseMatters)) {
    if (at > from) pieces.push({ text: text.slice(from, at), marked: false, at: from });
    pieces.push({ text: text.slice(at, at + length), marked: true, at });
    from = at + length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from), marked: false, at: from });
  return pieces;
}
