import { Environment } from "@marcbachmann/cel-js";
import type { RE2JS } from "re2js";
import { clausesOf } from "./cel-literals.ts";
import { type CelNode, callOf, childrenOf, isLoop, isNode } from "./cel-tree.ts";
import { plainWords } from "./cel-words.ts";
import type { Clauses } from "./literals.ts";
import { compileRegex } from "./match-text.ts";

/** What is wrong with an expression: `at` is how many characters stand before it; null: the whole of it. */
export type FilterMistake = { message: string; at: number | null };

/** What an expression may name. Lazy: what is not asked for is not made. Absent fields of Kafka are null. */
export type CelRecord = {
  /** The text, or the JSON object it is. */
  key: unknown;
  /** What the JSON says, else the text. */
  value: unknown;
  /** The text of each header by its name, of repeats the first; null for a null. */
  headers: Map<string, string | null>;
  topic: string;
  partition: bigint;
  offset: bigint;
  timestamp: bigint | null;
  size: bigint;
};
export type CelName = keyof CelRecord;

export type Cel = {
  /** Throws what the library throws. */
  evaluate(record: CelRecord): unknown;
  names: ReadonlySet<CelName>;
  /** Numbers of JSON are compared with more than doubles hold: a record with long digits must be read exactly. */
  exact: boolean;
  clauses: Clauses;
};

const MOST_NODES = 1_000;
const DEEPEST = 50;
/** A list of 1,000 in a list of 1,000 is a million steps a record; one more level would be 10^9. */
const LOOPS = 2;
const types: Record<CelName, string> = {
  key: "dyn",
  value: "dyn",
  headers: "map<string, dyn>",
  topic: "string",
  partition: "int",
  offset: "int",
  timestamp: "dyn",
  size: "int",
};

const TIME = "google.protobuf.Timestamp";
let made: Environment | null = null;

function environment(): Environment {
  if (made) return made;
  made = new Environment({
    homogeneousAggregateLiterals: false,
    limits: { maxAstNodes: MOST_NODES, maxDepth: DEEPEST, maxListElements: 500, maxMapEntries: 100 },
  });
  for (const [name, type] of Object.entries(types)) made.registerVariable(name, type);
  made.registerFunction("re2(string, string): bool", (text: string, pattern: string) => regexOf(pattern).test(text));
  // JSON knows no whole numbers, CEL has them: value.amount * 2 is meant as it reads.
  const operators = {
    "+": (a: number, b: number) => a + b,
    "-": (a: number, b: number) => a - b,
    "*": (a: number, b: number) => a * b,
    "/": (a: number, b: number) => a / b,
    "%": (a: number, b: number) => a % b,
  };
  for (const [sign, work] of Object.entries(operators)) {
    const mixed = (a: number | bigint, b: number | bigint) => work(Number(a), Number(b));
    made.registerOperator(`double ${sign} int`, mixed);
    made.registerOperator(`int ${sign} double`, mixed);
  }
  made.registerOperator("double % double", operators["%"]);
  // The record's timestamp is in milliseconds; who knows CEL compares it with timestamp("2026-11-22T10:00:00Z").
  const orders = {
    "<": (a: bigint, b: bigint) => a < b,
    "<=": (a: bigint, b: bigint) => a <= b,
    ">": (a: bigint, b: bigint) => a > b,
    ">=": (a: bigint, b: bigint) => a >= b,
  };
  for (const [sign, holds] of Object.entries(orders)) {
    made.registerOperator(`int ${sign} ${TIME}`, (a: bigint, b: Date) => holds(a, BigInt(b.getTime())));
    made.registerOperator(`${TIME} ${sign} int`, (a: Date, b: bigint) => holds(BigInt(a.getTime()), b));
  }
  return made;
}

const regexes = new Map<string, RE2JS>();
const MOST_REGEXES = 50;

function regexOf(pattern: string): RE2JS {
  const known = regexes.get(pattern);
  if (known) return known;
  if (regexes.size >= MOST_REGEXES) regexes.clear();
  const regex = compileRegex(pattern, true);
  regexes.set(pattern, regex);
  return regex;
}

/** A mistake as what is thrown and caught inside this folder. */
export function mistaken(message: string, at: number | null = null): never {
  throw Object.assign(new Error(message), { mistake: { message, at } satisfies FilterMistake });
}

/** What was thrown by `mistaken`; null for anything else. */
export const mistakeOf = (error: unknown): FilterMistake | null =>
  typeof error === "object" && error !== null && "mistake" in error ? (error.mistake as FilterMistake) : null;

/** Throws what `mistakeOf` reads, with the place. */
export function compileCel(expression: string): Cel {
  const parsed = orMistake(expression, () => environment().parse(expression));
  const ast = parsed.ast as CelNode;
  refuse(ast, 0);
  const checked = parsed.check();
  if (!checked.valid) mistaken(...placeOf(checked.error, expression));
  if (checked.type !== "bool" && checked.type !== "dyn")
    mistaken(`The filter gives ${checked.type}, not true or false. Compare it with something.`);
  return {
    evaluate: (record) => parsed(record),
    names: namesOf(ast),
    exact: needsExact(ast),
    clauses: clausesOf(ast),
  };
}

function orMistake<T>(expression: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    return mistaken(...placeOf(error, expression));
  }
}

/** The library's errors carry a summary without the picture of the place, and the range. */
function placeOf(error: unknown, expression: string): [string, number | null] {
  const { summary, range, message } = error as { summary?: string; range?: { start: number }; message?: string };
  const at = range?.start ?? null;
  return [plainWords(summary ?? message ?? String(error), expression, at), at];
}

/** What must not run at all: throws where a node is such. */
function refuse(node: CelNode, depth: number): void {
  const call = callOf(node);
  if (call?.name === "matches")
    mistaken('matches() is not offered, as its patterns can take forever. Use re2(value.name, "pattern").', node.start);
  const inside = call && isLoop(call.name) ? depth + 1 : depth;
  if (inside > LOOPS)
    mistaken(
      `${call?.name}() is inside ${LOOPS} other loops; a filter has at most ${LOOPS} in each other.`,
      node.start,
    );
  const pattern = call?.name === "re2" ? call.given[1] : undefined;
  if (pattern?.op === "value" && typeof pattern.args === "string") checkPattern(pattern.args, pattern.start);
  // The receiver of a loop is read before it, not in it.
  for (const child of childrenOf(node)) refuse(child, child === call?.receiver ? depth : inside);
}

function checkPattern(pattern: string, at: number): void {
  try {
    regexOf(pattern);
  } catch (error) {
    mistaken(`${(error as Error).message}.`, at);
  }
}

function namesOf(node: CelNode): Set<CelName> {
  const found = new Set<CelName>();
  const visit = (one: CelNode): void => {
    if (one.op === "id" && Object.hasOwn(types, String(one.args))) found.add(one.args as CelName);
    childrenOf(one).forEach(visit);
  };
  visit(node);
  return found;
}

const exactNames = new Set<string>(["headers", "topic", "partition", "offset", "timestamp", "size"]);
const compares = new Set(["==", "!=", "<", "<=", ">", ">="]);
const logical = new Set(["&&", "||", "!_"]);
const textCalls = new Set([
  "contains",
  "startsWith",
  "endsWith",
  "size",
  "re2",
  "has",
  "lowerAscii",
  "upperAscii",
  "trim",
]);

/** A field of what JSON holds, or of an item of it: what may be a number. */
function isPath(node: CelNode): boolean {
  if (node.op === "id") return !exactNames.has(String(node.args));
  const [left, right] = Array.isArray(node.args) ? node.args : [];
  if (node.op === ".") return isNode(left) && isPath(left);
  return node.op === "[]" && isNode(left) && isPath(left) && isNode(right) && right.op === "value";
}

/** A constant on whose side of it a number stays when it is rounded to a double. */
function isSafe(node: CelNode): boolean {
  if (node.op === "-_") return isNode(node.args) && isSafe(node.args);
  if (node.op === "list") return childrenOf(node).every(isSafe);
  if (node.op !== "value") return false;
  const { args } = node;
  const isNumber = typeof args === "number" || typeof args === "bigint";
  return !isNumber || (args > -(2 ** 53) && args < 2 ** 53);
}

/** Whether the answer can depend on digits of a number in JSON that a double does not hold. */
function needsExact(node: CelNode): boolean {
  const deeper = (child: CelNode) => !isPath(child) && needsExact(child);
  const children = childrenOf(node);
  const [left, right] = children;
  if (compares.has(node.op) || node.op === "in") {
    if (left && right && (isSafe(left) || isSafe(right))) return children.some(deeper);
  }
  if (logical.has(node.op)) return children.some(deeper);
  const call = callOf(node);
  if (call && textCalls.has(call.name)) return children.some(deeper);
  if (call?.receiver && isLoop(call.name)) return deeper(call.receiver) || call.given.slice(1).some(deeper);
  return isPath(node) || children.some(needsExact);
}
