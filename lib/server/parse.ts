import type { z } from "zod";
import { type Endpoint, isWrite } from "../api/endpoint.ts";
import { ProblemError } from "../api/problem.ts";

/** What the contract makes of a value; undefined where it asks for nothing. Throws `bad-request`, which names the field. */
export function parse(schema: z.ZodType | null, value: unknown, where: "path" | "query" | "body"): unknown {
  if (!schema) return undefined;
  const parsed = schema.safeParse(value, { error: words });
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const path = issue?.path.map(String).join(".");
  throw new ProblemError("bad-request", `In the ${where}${path ? `, ${path}` : ""}: ${issue?.message ?? "not valid"}`, {
    field: path || where,
  });
}

const kinds: Record<string, string> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
};

/** zod's own words are for whoever writes schemas. A schema that has words of its own keeps them. */
function words(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === "invalid_type") {
    const kind = kinds[issue.expected] ?? issue.expected;
    return issue.input === undefined ? `it is missing, and must be ${kind}.` : `must be ${kind}.`;
  }
  if (issue.code === "invalid_value") return `must be ${either(issue.values.map(String))}.`;
  if (issue.code === "too_small") return `must be ${sized(issue.origin, "at least", issue.minimum)}.`;
  if (issue.code === "too_big") return `must be ${sized(issue.origin, "at most", issue.maximum)}.`;
  if (issue.code === "invalid_union" && Array.isArray(issue.options))
    return `must be ${either(issue.options.map(String))}.`;
  return issue.code === "custom" || issue.code === "invalid_union" ? undefined : "is not what this address takes.";
}

const either = (values: string[]): string =>
  values.length === 1 ? `${values[0]}` : `${values.slice(0, -1).join(", ")} or ${values.at(-1)}`;

/** `at least 1`; of a list `a list of at least 1`; of a text `at most 249 characters`. */
function sized(origin: string, bound: string, size: number | bigint): string {
  if (origin === "array") return `a list of ${bound} ${size}`;
  return origin === "string" ? `${bound} ${size} ${size === 1 ? "character" : "characters"}` : `${bound} ${size}`;
}

/**
 * A misspelt name must not be passed over: `?form=oldest` would show the newest records as if they were asked for, a plan with
 * `topic` in place of `topics` would be of every topic, and a misspelt `validateOnly` would even become a real change. Throws
 * `bad-request`, which names what is not known.
 */
export function refuseUnknown(endpoint: Endpoint, address: URL, sent: unknown): void {
  // Probes add what they like to keep caches out; health has nothing to misspell.
  if (endpoint.permission === "health.read") return;
  const [inBody, inQuery] = [fieldsOf(endpoint.body), fieldsOf(endpoint.query)];
  const oddInQuery = [...new Set(address.searchParams.keys())].filter((name) => !inQuery.includes(name));
  const oddInBody = Object.keys(sent ?? {}).filter((name) => !inBody.includes(name));
  const [where, odd] = oddInQuery.length > 0 ? (["query", oddInQuery] as const) : (["body", oddInBody] as const);
  const [first] = odd;
  if (first === undefined) return;
  const known = where === "query" ? inQuery : inBody;
  const hint =
    where === "query" && inBody.includes(first)
      ? "It belongs into the JSON body."
      : known.length === 0
        ? `This address takes no ${where}.`
        : `The ${where} takes ${known.join(", ")}.`;
  const undone = isWrite(endpoint.permission) ? ", so nothing was done" : "";
  throw new ProblemError(
    "bad-request",
    `In the ${where}: ${odd.join(", ")} ${odd.length > 1 ? "are" : "is"} not known${undone}. ${hint}`,
    { field: first },
  );
}

const fieldsOf = (schema: z.ZodType | null): string[] =>
  schema && "shape" in schema ? Object.keys(schema.shape as object) : [];
