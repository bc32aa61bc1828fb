import { type Scalar, scalarAt, skipSpace, stringEnd } from "./json-scan.ts";

export const kinds = ["object", "array", "string", "number", "word"] as const satisfies readonly (
  | Scalar
  | "object"
  | "array"
)[];
export type JsonKind = (typeof kinds)[number];

/**
 * A JSON text as nodes in the order they are written, one array a property, so that half a million of them are a few megabytes.
 * Nothing is copied out of the text: keys keep their order and repeats, numbers their digits.
 */
export type JsonTree = {
  text: string;
  count: number;
  kind: JsonKind[];
  /** Of the value; `end` is after it. */
  start: Int32Array;
  end: Int32Array;
  /** Of the key with its quotes; -1 in arrays and at the root. */
  keyStart: Int32Array;
  keyEnd: Int32Array;
  /** -1 at the root. */
  parent: Int32Array;
  depth: Int32Array;
  /** Among its siblings, from 0. */
  place: Int32Array;
  /** Children. */
  size: Int32Array;
  /** The node after the last one inside. */
  after: Int32Array;
  /** 1: an earlier sibling has the same key. */
  repeats: Uint8Array;
  /** 0: a container that the text ends in. */
  closed: Uint8Array;
};

/** Where a text stops being JSON, in characters before it. */
export type JsonFault = { at: number; why: string };

type Awaits = "value" | "value or end" | "key" | "key or end" | "comma or end" | "nothing";

const wants: Record<Awaits, string> = {
  value: "a value is expected",
  "value or end": "a value or ] is expected",
  key: "a key in quotes is expected",
  "key or end": "a key in quotes or } is expected",
  "comma or end": "a comma or the end of the object or list is expected",
  nothing: "the value has ended before",
};

function emptyTree(text: string): JsonTree {
  let most = 1;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x2c || code === 0x5b || code === 0x7b) most++;
  }
  const whole = () => new Int32Array(most);
  return {
    text,
    count: 0,
    kind: [],
    start: whole(),
    end: whole(),
    keyStart: whole(),
    keyEnd: whole(),
    parent: whole(),
    depth: whole(),
    place: whole(),
    size: whole(),
    after: whole(),
    repeats: new Uint8Array(most),
    closed: new Uint8Array(most),
  };
}

/**
 * Reads a text as JSON, without recursion. `partial`: the text may be only the beginning; what is cut off in its middle is left
 * out and its containers stay open.
 */
export function readJson(text: string, partial = false): JsonTree | JsonFault {
  const tree = emptyTree(text);
  const seenKeys: (Set<string> | null)[] = [];
  let open = -1;
  let key: { start: number; end: number } | null = null;
  let awaits: Awaits = "value";
  let at = skipSpace(text, 0);

  const fault = (): JsonFault => ({
    at,
    why: at >= text.length ? "it ends early" : `${wants[awaits]}, not ${JSON.stringify(text[at])}`,
  });
  const add = (kind: JsonKind, end: number): number => {
    const node = tree.count++;
    tree.kind.push(kind);
    tree.start[node] = at;
    tree.end[node] = end;
    tree.keyStart[node] = key?.start ?? -1;
    tree.keyEnd[node] = key?.end ?? -1;
    tree.parent[node] = open;
    tree.depth[node] = open < 0 ? 0 : (tree.depth[open] ?? 0) + 1;
    tree.after[node] = node + 1;
    if (open >= 0) {
      tree.place[node] = tree.size[open] ?? 0;
      tree.size[open] = (tree.size[open] ?? 0) + 1;
    }
    if (key) {
      const name = text.slice(key.start, key.end);
      const seen = seenKeys.at(-1);
      tree.repeats[node] = seen?.has(name) ? 1 : 0;
      seen?.add(name);
    }
    key = null;
    return node;
  };
  const close = (end: number, isWhole: boolean) => {
    tree.end[open] = end;
    tree.after[open] = tree.count;
    tree.closed[open] = isWhole ? 1 : 0;
    open = tree.parent[open] ?? -1;
    seenKeys.pop();
    awaits = open < 0 ? "nothing" : "comma or end";
  };

  for (; at < text.length; at = skipSpace(text, at)) {
    const char = text[at];
    if ((char === "}" || char === "]") && awaits !== "value" && awaits !== "key" && awaits !== "nothing") {
      if (open < 0 || tree.kind[open] !== (char === "}" ? "object" : "array")) return fault();
      at++;
      close(at, true);
    } else if (awaits === "comma or end") {
      if (char !== ",") return fault();
      awaits = tree.kind[open] === "object" ? "key" : "value";
      at++;
    } else if (awaits === "key" || awaits === "key or end") {
      const end = char === '"' ? stringEnd(text, at) : "broken";
      if (partial && end === "cut") break;
      if (typeof end === "string") return fault();
      const colon = skipSpace(text, end);
      if (text[colon] !== ":") {
        if (partial && colon >= text.length) break;
        return { at: colon, why: colon >= text.length ? "it ends early" : "a colon is expected after the key" };
      }
      key = { start: at, end };
      at = colon + 1;
      awaits = "value";
    } else if (awaits === "nothing") {
      return fault();
    } else if (char === "{" || char === "[") {
      open = add(char === "{" ? "object" : "array", at + 1);
      seenKeys.push(char === "{" ? new Set() : null);
      awaits = char === "{" ? "key or end" : "value or end";
      at++;
    } else {
      const scalar = scalarAt(text, at);
      if (partial && (scalar === "cut" || (char !== '"' && runsOut(text, at)))) break;
      if (typeof scalar === "string") return fault();
      add(scalar.kind, scalar.end);
      at = scalar.end;
      awaits = open < 0 ? "nothing" : "comma or end";
    }
  }
  if (awaits !== "nothing" && (!partial || tree.count === 0)) return { at: text.length, why: "it ends early" };
  while (open >= 0) close(text.length, false);
  return tree;
}

/** Whether what begins at `at` reaches the end of the text: a number or word may go on where it was cut. */
function runsOut(text: string, at: number): boolean {
  RUN.lastIndex = at;
  return RUN.test(text) && RUN.lastIndex === text.length;
}
const RUN = /[\w.+-]+/y;

export const isTree = (read: JsonTree | JsonFault): read is JsonTree => "count" in read;

export const isContainer = (tree: JsonTree, node: number): boolean =>
  tree.kind[node] === "object" || tree.kind[node] === "array";

/** The node that holds a place of the text: the innermost one, or the container whose marks stand there; -1 outside of all. */
export function nodeAt(tree: JsonTree, at: number): number {
  const from = (node: number) => {
    const key = tree.keyStart[node] ?? -1;
    return key < 0 ? (tree.start[node] ?? 0) : key;
  };
  let low = -1;
  let high = tree.count - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (from(middle) <= at) low = middle;
    else high = middle - 1;
  }
  while (low >= 0 && (tree.end[low] ?? 0) <= at) low = tree.parent[low] ?? -1;
  return low;
}
