import { makeProblem, type Problem, ProblemError, problemOf } from "../api/problem.ts";

/** What a write tells of itself for its audit line, beside what was asked for. */
export type Told = {
  body: unknown;
  /** Counts, partitions and offsets of what was done; null: what was asked for says it all. */
  did: Record<string, unknown> | null;
  /** Why it was not done as a whole, where the answer itself is no failure. */
  problem: Problem | null;
};

/** Payloads and values of configs may be secrets: of these fields only names and counts are kept. */
const reduced: Record<string, (given: unknown) => unknown> = {
  configs: (given) => (isObject(given) ? Object.keys(given) : undefined),
  records: (given) => (Array.isArray(given) ? given.length : undefined),
  from: (given) => (isObject(given) ? auditable(given) : given),
  query: (given) => auditable(given),
  // What was changed of so many is in what came of it, which is what undoes it.
  partitions: (given) => (Array.isArray(given) && given.length > MANY ? given.length : given),
};

const MANY = 1_000;

const isObject = (given: unknown): given is object => typeof given === "object" && given !== null;

/** Texts that records are looked for by: they may be pieces of payloads, too. */
const DROPPED = new Set(["before", "key", "value", "headers", "q", "filter", "cursor", "validateOnly"]);

/** The parts of a body that say what is changed. */
export function auditable(body: unknown): Record<string, unknown> {
  if (!isObject(body)) return {};
  return Object.fromEntries(
    Object.entries(body).flatMap(([name, given]) => {
      if (DROPPED.has(name)) return [];
      const kept = reduced[name] ? reduced[name](given) : given;
      return kept === undefined ? [] : [[name, kept] as const];
    }),
  );
}

/**
 * The lines of a write as they come; `ended` is called once, when no more will come: with null after a good end, with the problem of
 * an `error` line or of what was thrown, and with `cancelled` where the reader left.
 */
export async function* watched<Line>(
  lines: AsyncIterable<Line>,
  ended: (problem: Problem | null) => Promise<void>,
  explain: (error: unknown) => Problem,
): AsyncGenerator<Line, void, void> {
  let outcome: Problem | null = makeProblem("cancelled");
  try {
    let told: Problem | null = null;
    for await (const line of lines) {
      told = problemOf(line) ?? told;
      yield line;
    }
    outcome = told;
  } catch (error) {
    outcome = explain(error);
    // Explained once: what nobody foresaw has one id, in the log, the audit and the answer.
    throw new ProblemError(outcome.code, outcome.detail, outcome, error);
  } finally {
    await ended(outcome);
  }
}
