/** A node of the tree that the library parses an expression to; what `args` are depends on the operator. */
export type CelNode = { op: string; args: unknown; start: number };
export const isNode = (value: unknown): value is CelNode =>
  typeof value === "object" && value !== null && "op" in value;

/** The nodes under one, in order; names of fields and functions are not nodes. */
export function childrenOf(node: CelNode): CelNode[] {
  if (isNode(node.args)) return [node.args];
  return Array.isArray(node.args) ? node.args.flat(2).filter(isNode) : [];
}

/** The name and the nodes of a call: the receiver first, where there is one. */
export function callOf(node: CelNode): { name: string; receiver: CelNode | null; given: CelNode[] } | null {
  if (node.op === "call") {
    const [name, given] = node.args as [string, CelNode[]];
    return { name, receiver: null, given };
  }
  if (node.op !== "rcall") return null;
  const [name, receiver, given] = node.args as [string, CelNode, CelNode[]];
  return { name, receiver, given };
}

/** Functions that walk a list and name its item. */
const loops = new Set(["all", "exists", "exists_one", "map", "filter", "bind"]);
export const isLoop = (name: string): boolean => loops.has(name);
