import { type Folds, linesOf, tokensOf } from "./json-lines.ts";
import { isTree, type JsonTree, readJson } from "./json-tree.ts";

/** For tests: the tree of what must be JSON. */
export function findTree(text: string): JsonTree {
  const read = readJson(text);
  if (!isTree(read)) throw new Error(`${read.why}, at ${read.at} of ${text}`);
  return read;
}

/** For tests: what a reader sees. */
export const shownText = (tree: JsonTree, folds: Folds): string =>
  [...linesOf(tree, folds)]
    .map((line) =>
      tokensOf(tree, folds, line)
        .map((token) => ("text" in token ? token.text : tree.text.slice(token.start, token.end)))
        .join(""),
    )
    .join("\n");
