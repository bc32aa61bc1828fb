import { isContainer, type JsonKind, type JsonTree } from "./json-tree.ts";

/** 1 for each node that is folded. Replaced, never changed. */
export type Folds = Uint8Array;

/** Levels that are set in; deeper ones stay at that edge. */
export const MOST_INDENT = 24;
/** Deeper containers are folded until they are asked for. */
const DEEP = 32;
/** A container with few scalars is shown in one line when it is folded. */
const SHORT_CHARS = 72;
const SHORT_SIZE = 6;

/** A piece of a line: a part of the text, or what stands there for reading only. */
export type Token =
  | { kind: Exclude<JsonKind, "object" | "array"> | "key" | "mark"; start: number; end: number }
  | { kind: "space" | "note"; text: string };

/** A line by one number: a node for the line it begins on, its complement for the one that closes it. */
export type Line = number;
export const nodeOf = (line: Line): number => (line < 0 ? ~line : line);

/** Whether a folded container is shown whole: a few scalars that fit in a line. */
export function isShort(tree: JsonTree, node: number): boolean {
  const size = tree.size[node] ?? 0;
  return (
    size <= SHORT_SIZE &&
    (tree.end[node] ?? 0) - (tree.start[node] ?? 0) <= SHORT_CHARS &&
    tree.after[node] === node + 1 + size &&
    !Array.from({ length: size }, (_, at) => node + 1 + at).some((child) => isContainer(tree, child))
  );
}

/** Folded from a depth on: 0 folds the root, `Infinity` nothing. */
export const foldsBelow = (tree: JsonTree, depth: number): Folds =>
  Uint8Array.from({ length: tree.count }, (_, node) =>
    (tree.depth[node] ?? 0) >= depth && isContainer(tree, node) && (tree.size[node] ?? 0) > 0 ? 1 : 0,
  );

/** What a reader first sees: everything, with short objects of a list in one line each and what is very deep folded. */
export function firstFolds(tree: JsonTree): Folds {
  const folds = foldsBelow(tree, DEEP);
  for (let node = 0; node < tree.count; node++) {
    const parent = tree.parent[node] ?? -1;
    if (parent < 0 || tree.kind[parent] !== "array" || !isContainer(tree, node) || !tree.closed[node]) continue;
    if ((tree.size[node] ?? 0) > 0 && isShort(tree, node)) folds[node] = 1;
  }
  return folds;
}

export function toggled(folds: Folds, node: number): Folds {
  const next = folds.slice();
  next[node] = folds[node] ? 0 : 1;
  return next;
}

/** Unfolds what a node is in, but for the short ones, which show it anyway. */
export function unfoldedTo(tree: JsonTree, folds: Folds, node: number): Folds {
  const next = folds.slice();
  for (let at = tree.parent[node] ?? -1; at >= 0; at = tree.parent[at] ?? -1) {
    if (!isShort(tree, at)) next[at] = 0;
  }
  return next;
}

/** The lines in sight, from the top. A list without recursion: nesting may be as deep as the text is long. */
export function linesOf(tree: JsonTree, folds: Folds): Int32Array {
  const lines = new Int32Array(2 * tree.count);
  const open: number[] = [];
  let length = 0;
  const closeBefore = (node: number) => {
    for (let last = open.at(-1); last !== undefined && (tree.after[last] ?? 0) <= node; last = open.at(-1)) {
      open.pop();
      if (tree.closed[last]) lines[length++] = ~last;
    }
  };
  for (let node = 0; node < tree.count; ) {
    closeBefore(node);
    lines[length++] = node;
    const isOpen = (tree.size[node] ?? 0) > 0 && !folds[node];
    if (isOpen) open.push(node);
    node = isOpen ? node + 1 : (tree.after[node] ?? tree.count);
  }
  closeBefore(tree.count);
  return lines.subarray(0, length);
}

/** The index of the line that shows a node: its own, or that of the folded container it is in; -1 for no node. */
export function lineIndex(tree: JsonTree, lines: Int32Array, node: number): number {
  for (let at = node; at >= 0; at = tree.parent[at] ?? -1) {
    const index = lines.indexOf(at);
    if (index >= 0) return index;
  }
  return -1;
}

const space = (text: string): Token => ({ kind: "space", text });
const ends = (tree: JsonTree, node: number): boolean => {
  const parent = tree.parent[node] ?? -1;
  return parent < 0 || (tree.place[node] ?? 0) === (tree.size[parent] ?? 0) - 1;
};

/** The tokens of a line, from its indent to its comma. */
export function tokensOf(tree: JsonTree, folds: Folds, line: Line): Token[] {
  const node = nodeOf(line);
  const indent = space("  ".repeat(Math.min(tree.depth[node] ?? 0, MOST_INDENT)));
  if (line < 0) return [indent, closer(tree, node), ...comma(tree, node)];
  return [indent, ...keyOf(tree, node), ...textOf(tree, folds, node)];
}

function keyOf(tree: JsonTree, node: number): Token[] {
  const start = tree.keyStart[node] ?? -1;
  if (start < 0) return [];
  const end = tree.keyEnd[node] ?? start;
  const colon = tree.text.indexOf(":", end);
  return [{ kind: "key", start, end }, { kind: "mark", start: colon, end: colon + 1 }, space(" ")];
}

function textOf(tree: JsonTree, folds: Folds, node: number): Token[] {
  const kind = tree.kind[node];
  const start = tree.start[node] ?? 0;
  if (kind !== "object" && kind !== "array")
    return [{ kind: kind ?? "word", start, end: tree.end[node] ?? start }, ...comma(tree, node)];
  const opener: Token = { kind: "mark", start, end: start + 1 };
  const size = tree.size[node] ?? 0;
  if (size > 0 && !folds[node]) return [opener];
  if (!tree.closed[node]) return [opener, { kind: "note", text: " … " }];
  const inside = size === 0 ? [] : isShort(tree, node) ? shortOf(tree, folds, node) : [countOf(kind, size)];
  return [opener, ...inside, closer(tree, node), ...comma(tree, node)];
}

function shortOf(tree: JsonTree, folds: Folds, node: number): Token[] {
  const children = Array.from({ length: tree.size[node] ?? 0 }, (_, at) => node + 1 + at);
  const edge = tree.kind[node] === "object" ? [space(" ")] : [];
  return [
    ...edge,
    ...children.flatMap((child) => [
      ...keyOf(tree, child),
      ...textOf(tree, folds, child),
      ...(ends(tree, child) ? [] : [space(" ")]),
    ]),
    ...edge,
  ];
}

const countOf = (kind: "object" | "array", size: number): Token => ({
  kind: "note",
  text: ` ${size} ${kind === "object" ? (size === 1 ? "key" : "keys") : size === 1 ? "item" : "items"} `,
});

const closer = (tree: JsonTree, node: number): Token => {
  const end = tree.end[node] ?? 0;
  return { kind: "mark", start: end - 1, end };
};

/** The comma after a node, as it stands in the text. */
function comma(tree: JsonTree, node: number): Token[] {
  if (ends(tree, node)) return [];
  const at = tree.text.indexOf(",", tree.end[node]);
  return [{ kind: "mark", start: at, end: at + 1 }];
}
