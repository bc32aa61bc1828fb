import type { JsonTree } from "./json-tree.ts";

/** What CEL and JavaScript read as a name after a dot. */
const PLAIN = /^[A-Za-z_][A-Za-z0-9_]*$/;
/** Words of CEL that cannot be names. */
const RESERVED = new Set(
  "true false null in as break const continue else for function if import let loop package namespace return var void while".split(
    " ",
  ),
);

/** A key as its own text says it, escapes read. */
export function keyText(tree: JsonTree, node: number): string | null {
  const start = tree.keyStart[node] ?? -1;
  return start < 0 ? null : String(JSON.parse(tree.text.slice(start, tree.keyEnd[node])));
}

/** The way to a node, as a filter writes it: `value.card.brand`, `value.attempts[0]["odd key"]`. */
export function pathOf(tree: JsonTree, node: number, root: "key" | "value"): string {
  const steps: string[] = [];
  for (let at = node; (tree.parent[at] ?? -1) >= 0; at = tree.parent[at] ?? -1) {
    const key = keyText(tree, at);
    if (key === null) steps.push(`[${tree.place[at]}]`);
    else steps.push(PLAIN.test(key) && !RESERVED.has(key) ? `.${key}` : `[${JSON.stringify(key)}]`);
  }
  return root + steps.reverse().join("");
}
