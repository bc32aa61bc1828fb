import { type CelNode, callOf, childrenOf, isLoop, isNode } from "./cel-tree.ts";
import { type Clauses, type Literal, literalOf, regexLiteral } from "./literals.ts";

/** Names that stand for something the record itself holds. */
type Scope = ReadonlySet<string>;
const RECORD: Scope = new Set(["key", "value", "headers"]);
const MOST_CLAUSES = 4;
const textChecks = new Set(["contains", "startsWith", "endsWith"]);

/**
 * What a record must hold as text for the expression to be true: constants that its fields are compared with, and names of fields
 * that must be there (one that is absent is no match). Where that is not certain nothing is taken.
 */
export function clausesOf(node: CelNode): Clauses {
  const clauses = required(node, RECORD);
  const known = new Map(clauses.map((clause) => [clause.map(({ text }) => text).join("\0"), clause]));
  return [...known.values()].sort((a, b) => weight(b) - weight(a)).slice(0, MOST_CLAUSES);
}

/** The shortest of the literals, any of which will do, is what a clause is worth. */
const weight = (clause: Literal[]): number => Math.min(...clause.map(({ text }) => text.length));

const clauseOf = (text: string): Clauses => {
  const literal = literalOf(text, true);
  return literal ? [[literal]] : [];
};

const constantOf = (node: CelNode | undefined): string | null =>
  node?.op === "value" && typeof node.args === "string" ? node.args : null;

/** Clauses of a node that must be true. */
function required(node: CelNode, scope: Scope): Clauses {
  const [left, right] = childrenOf(node);
  if (node.op === "&&" && left && right) return [...required(left, scope), ...required(right, scope)];
  if (node.op === "||" && left && right) return either(required(left, scope), required(right, scope));
  if (node.op === "==" && left && right)
    return [...compared(left, right, scope), ...compared(right, left, scope), ...read(node, scope)];
  if (node.op === "in" && left && right) return [...member(left, right, scope), ...read(node, scope)];
  const call = callOf(node);
  if (!call) return read(node, scope);
  const { name, receiver, given } = call;
  if (name === "has" && given[0]) return read(given[0], scope);
  if (name === "re2" && given[0] && isHeld(given[0], scope)) {
    const pattern = constantOf(given[1]);
    const literal = pattern === null ? null : regexLiteral(pattern, true);
    return [...(literal ? [[literal]] : []), ...read(given[0], scope)];
  }
  if (receiver && textChecks.has(name) && isHeld(receiver, scope)) {
    const text = constantOf(given[0]);
    return [...(text === null ? [] : clauseOf(text)), ...read(receiver, scope)];
  }
  const [variable, predicate] = given;
  if (receiver && (name === "exists" || name === "exists_one") && variable && predicate) {
    const inner = new Set(scope);
    if (isHeld(receiver, scope)) inner.add(String(variable.args));
    else inner.delete(String(variable.args));
    return [...read(receiver, scope), ...required(predicate, inner)];
  }
  return read(node, scope);
}

const compared = (path: CelNode, other: CelNode, scope: Scope): Clauses => {
  const text = constantOf(other);
  return text !== null && isHeld(path, scope) ? clauseOf(text) : [];
};

function member(left: CelNode, right: CelNode, scope: Scope): Clauses {
  const text = constantOf(left);
  if (text !== null && isHeld(right, scope)) return clauseOf(text);
  if (right.op !== "list" || !isHeld(left, scope)) return [];
  const literals = childrenOf(right).map((item) => literalOf(constantOf(item) ?? "", true));
  const certain = literals.filter((literal) => literal !== null);
  return certain.length > 0 && certain.length === literals.length ? [certain] : [];
}

function either(left: Clauses, right: Clauses): Clauses {
  const [a] = left.toSorted((one, other) => weight(other) - weight(one));
  const [b] = right.toSorted((one, other) => weight(other) - weight(one));
  return a && b ? [[...a, ...b]] : [];
}

/** A field of the record, however deep: what is compared with it is compared with what the record holds. */
function isHeld(node: CelNode, scope: Scope): boolean {
  if (node.op === "id") return scope.has(String(node.args));
  const left = Array.isArray(node.args) ? node.args[0] : null;
  return (node.op === "." || node.op === "[]") && isNode(left) && isHeld(left, scope);
}

/** Names of fields that are read whenever a node has a result at all. */
function read(node: CelNode, scope: Scope): Clauses {
  const [left, right] = childrenOf(node);
  if (node.op === "&&" || node.op === "||") return []; // an error of one side is passed over where the other decides
  if (node.op === "?:") return left ? read(left, scope) : [];
  if (node.op === "." && left) {
    const name = (node.args as [CelNode, string])[1];
    return [...read(left, scope), ...(isHeld(left, scope) ? clauseOf(name) : [])];
  }
  if (node.op === "[]" && left && right) {
    const name = constantOf(right);
    return [
      ...read(left, scope),
      ...read(right, scope),
      ...(name !== null && isHeld(left, scope) ? clauseOf(name) : []),
    ];
  }
  const call = callOf(node);
  if (call?.name === "has") return [];
  if (call && isLoop(call.name)) return call.receiver ? read(call.receiver, scope) : [];
  return childrenOf(node).flatMap((child) => read(child, scope));
}
