import { type Folds, lineIndex } from "./json-lines.ts";
import { isContainer, type JsonTree } from "./json-tree.ts";

/** The node of the nearest line in a direction that begins one; lines that close are passed over. */
function beside(lines: Int32Array, index: number, step: 1 | -1): number | null {
  for (let at = index + step; at >= 0 && at < lines.length; at += step) {
    const line = lines[at] ?? -1;
    if (line >= 0) return line;
  }
  return null;
}

/**
 * What a key does in a tree (the pattern of WAI-ARIA): a node to go to, or to fold or unfold the present one; null: nothing.
 */
export function stepOf(
  key: string,
  tree: JsonTree,
  folds: Folds,
  lines: Int32Array,
  active: number,
): number | "toggle" | null {
  const at = lineIndex(tree, lines, active);
  const holds = isContainer(tree, active) && (tree.size[active] ?? 0) > 0;
  const parent = tree.parent[active] ?? -1;
  const steps = new Map<string, () => number | "toggle" | null>([
    ["ArrowDown", () => beside(lines, at, 1)],
    ["ArrowUp", () => beside(lines, at, -1)],
    ["ArrowRight", () => (!holds ? null : folds[active] ? "toggle" : active + 1)],
    ["ArrowLeft", () => (holds && !folds[active] ? "toggle" : parent < 0 ? null : parent)],
    ["Home", () => 0],
    ["End", () => beside(lines, lines.length, -1)],
    ["Enter", () => (holds ? "toggle" : null)],
    [" ", () => (holds ? "toggle" : null)],
  ]);
  return steps.get(key)?.() ?? null;
}
