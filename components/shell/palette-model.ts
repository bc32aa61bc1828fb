/** Something to go to, or to do. `kind` is the word at the right. */
export type Entry = { id: string; label: string; kind: string; run: () => void };

/** Rows shown at most: more words make the list shorter faster than scrolling does. */
const shownAtMost = 50;

/** Where the words are found in the label; null when one of them is not. Earlier and fuller hits come first. */
function rank(label: string, words: string[]): number | null {
  const text = label.toLowerCase();
  let score = 0;
  for (const word of words) {
    const at = text.indexOf(word);
    if (at === -1) return null;
    score += at === 0 ? 0 : /[^a-z0-9]/.test(text[at - 1] ?? "") ? 1 : 2;
  }
  return score * 1000 + text.length;
}

/** The entries that hold every word, the best first; without words as they come. */
export function search(entries: readonly Entry[], query: string): Entry[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return entries.slice(0, shownAtMost);
  return entries
    .map((entry, at) => ({ entry, at, rank: rank(entry.label, words) }))
    .filter((found): found is { entry: Entry; at: number; rank: number } => found.rank !== null)
    .sort((a, b) => a.rank - b.rank || a.at - b.at)
    .slice(0, shownAtMost)
    .map(({ entry }) => entry);
}

/** The label cut into what matches a word and what does not, for setting the hits in bold. */
export function hits(label: string, query: string): { text: string; hit: boolean }[] {
  const words = query
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  if (words.length === 0) return [{ text: label, hit: false }];
  return label
    .split(new RegExp(`(${words.join("|")})`, "i"))
    .map((text, at) => ({ text, hit: at % 2 === 1 }))
    .filter(({ text }) => text !== "");
}
