import { findEscape, type Literal } from "./literals.ts";
import type { Matcher } from "./match.ts";
import { isOpaque } from "./match-parts.ts";
import type { RecordCursor } from "./records.ts";

/**
 * Keeps the records that may match: those that hold one literal of each clause, and those whose bytes do not show what they hold
 * (another format than text, a letter of the literals written as an escape, a sign that folds to one).
 */
export type Sieve = {
  /** Call it with the unpacked records of each batch. */
  open(bytes: Buffer): void;
  /** Call it for the records of the batch in their order. */
  passes(cursor: RecordCursor): boolean;
};

type Finding = { find(bytes: Buffer, from: number): number; next: number };
type Clause = { literals: Finding[]; tried: number; held: number };

/** A clause that nine of ten records hold costs more than it spares. */
const TRIES = 2_000;
const MOST_HELD = 0.9;
const sieves = new WeakMap<Matcher, Sieve>();

export function makeSieve(matcher: Matcher): Sieve {
  const known = sieves.get(matcher);
  if (known) return known;
  const sieve = sieveOf(matcher);
  sieves.set(matcher, sieve);
  return sieve;
}

const find = (literal: Literal) => (bytes: Buffer, from: number) => literal.find(bytes, from, bytes.length);

function sieveOf({ clauses, reads }: Matcher): Sieve {
  let kept: Clause[] = clauses.map((literals) => ({
    literals: literals.map((literal) => ({ find: find(literal), next: 0 })),
    tried: 0,
    held: 0,
  }));
  const all = clauses.flat();
  const codes = new Set(all.flatMap((literal) => [...literal.codes]));
  const kin = [...new Map(all.flatMap((literal) => literal.kin).map((sign) => [sign.toString("hex"), sign])).values()];
  const disguises: Finding[] = [
    { find: (bytes, from) => findEscape(bytes, codes, from), next: 0 },
    ...kin.map((sign) => ({ find: (bytes: Buffer, from: number) => bytes.indexOf(sign, from), next: 0 })),
  ];
  let bytes: Buffer = Buffer.alloc(0);
  let hopeless = false;
  return {
    open(unpacked) {
      bytes = unpacked;
      kept = kept.filter(({ tried, held }) => tried < TRIES || held < tried * MOST_HELD);
      hopeless = false;
      for (const clause of kept) {
        // Nothing more is looked for once one clause is not in the batch at all.
        if (hopeless) break;
        for (const literal of clause.literals) seek(literal, bytes, 0);
        hopeless = clause.literals.every(({ next }) => next === Number.POSITIVE_INFINITY);
      }
      if (kept.length > 0) for (const disguise of disguises) seek(disguise, bytes, 0);
    },
    passes(cursor) {
      if (kept.length === 0) return true;
      if (!hopeless && holdsAll(kept, bytes, cursor.start, cursor.end)) return true;
      for (const disguise of disguises) if (isIn(disguise, bytes, cursor.start, cursor.end)) return true;
      return isOpaque(cursor, reads);
    },
  };
}

function seek(finding: Finding, bytes: Buffer, from: number): void {
  const at = finding.find(bytes, from);
  finding.next = at < 0 ? Number.POSITIVE_INFINITY : at;
}

/** Whether the place it was found at, or the next one, is in a record. Records are asked for in order. */
function isIn(finding: Finding, bytes: Buffer, start: number, end: number): boolean {
  if (finding.next < start) seek(finding, bytes, start);
  return finding.next < end;
}

function holdsAll(clauses: Clause[], bytes: Buffer, start: number, end: number): boolean {
  for (const clause of clauses) {
    clause.tried++;
    let held = false;
    for (const literal of clause.literals) held = isIn(literal, bytes, start, end) || held;
    if (!held) return false;
    clause.held++;
  }
  return true;
}
