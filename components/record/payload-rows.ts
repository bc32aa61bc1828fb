/** A text without line breaks of its own is cut here, so that no line holds a megabyte. */
const LONGEST = 4_000;

/**
 * Where the rows of a text begin: after each line break and, at `columns` characters, in the middle of a line; `columns` null keeps
 * lines whole up to 4,000 characters. One more entry at the end is the length of the text. Pairs of surrogates are not parted.
 */
export function rowStarts(text: string, columns: number | null): number[] {
  const most = Math.max(1, columns ?? LONGEST);
  const starts = [0];
  for (let start = 0; start < text.length; ) {
    const breaks = text.indexOf("\n", start);
    const lineEnd = breaks < 0 ? text.length : breaks + 1;
    for (let at = start + most; at < rowEnd(text, start, lineEnd); at += most) {
      if ((text.charCodeAt(at) & 0xfc00) === 0xdc00) at++;
      if (at < lineEnd) starts.push(at);
    }
    if (breaks >= 0) starts.push(lineEnd);
    start = lineEnd;
  }
  if (starts.at(-1) !== text.length || text.endsWith("\n") || text === "") starts.push(text.length);
  return starts;
}

/** The end of a row without its line break. */
export function rowEnd(text: string, start: number, next: number): number {
  let end = next;
  if (end > start && text[end - 1] === "\n") end--;
  if (end > start && end < next && text[end - 1] === "\r") end--;
  return end;
}

/** The row that holds a place of the text; `count` rows, where `starts` has no entry for the end. */
export function rowAt(starts: readonly number[], at: number, count = starts.length - 1): number {
  let low = 0;
  let high = Math.max(0, count - 1);
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}
