import type { FilterCheck } from "../api/messages.ts";
import { ProblemError } from "../api/problem.ts";
import type { FilterMistake } from "./scan/cel.ts";
import type { SearchSpec } from "./scan/match.ts";

// CEL and RE2 are loaded when the first filter comes: most processes start without one.
const load = async () => ({
  ...(await import("./scan/cel.ts")),
  ...(await import("./scan/literals.ts")),
  ...(await import("./scan/match-text.ts")),
});

/** Whether a CEL filter or a regular expression is valid, and the texts that every match of it holds. Asks no broker. */
export async function checkFilter({
  filter,
  regex,
}: {
  filter?: string | undefined;
  regex?: string | undefined;
}): Promise<FilterCheck> {
  const found = { problem: null as FilterMistake | null, literals: [] as string[] };
  const { compileCel, regexLiteral } = await load();
  if (regex !== undefined) {
    found.problem = await regexMistake(regex);
    const literal = found.problem ? null : regexLiteral(regex, false);
    if (literal) found.literals.push(literal.text);
  }
  if (filter !== undefined && !found.problem) {
    found.problem = await filterMistake(filter);
    const clauses = found.problem ? [] : compileCel(filter).clauses;
    // A clause of several is an either-or, which no one text stands for.
    found.literals.push(...clauses.flatMap((clause) => (clause.length === 1 && clause[0] ? [clause[0].text] : [])));
  }
  return found;
}

async function filterMistake(filter: string): Promise<FilterMistake | null> {
  const { compileCel, mistakeOf } = await load();
  try {
    compileCel(filter);
    return null;
  } catch (error) {
    const mistake = mistakeOf(error);
    if (!mistake) throw error;
    return mistake;
  }
}

/** The part that RE2 quotes says where. */
async function regexMistake(pattern: string): Promise<FilterMistake | null> {
  const { compileRegex } = await load();
  try {
    compileRegex(pattern, true);
    return null;
  } catch (error) {
    const { message, input } = error as { message: string; input?: unknown };
    const at = typeof input === "string" && input !== "" ? pattern.indexOf(input) : -1;
    return {
      message: `${message.replace(/^error parsing regexp: /, "").replace(/^./, (first) => first.toUpperCase())}.`,
      at: at < 0 ? null : at,
    };
  }
}

/** Throws bad-filter where a search could not be made of it; `field` says of which part. */
export async function checkSpec(spec: SearchSpec): Promise<void> {
  if (spec.filter !== null) refuse("filter", await filterMistake(spec.filter));
  if (spec.match !== "regex") return;
  for (const field of ["q", "key", "value", "headers"] as const) {
    const text = spec[field];
    if (text !== null) refuse(field, await regexMistake(field === "q" ? text : text.replace(/^!/, "")));
  }
}

function refuse(field: string, mistake: FilterMistake | null): void {
  if (!mistake) return;
  const where = mistake.at === null ? "" : ` (after ${mistake.at} ${mistake.at === 1 ? "character" : "characters"})`;
  throw new ProblemError("bad-filter", `${mistake.message.replace(/\.$/, "")}${where}.`, { field });
}
