import type { z } from "zod";

/** One line a mistake: `clusters[0].sasl.password: Required`. Of a union the branch that came furthest speaks. */
export function describeIssue(issue: z.core.$ZodIssue, base: PropertyKey[] = []): string[] {
  const path = [...base, ...issue.path];
  if (issue.code === "invalid_union") return describeUnion(issue.errors, path);
  const where = path
    .map((part, i) => (typeof part === "number" ? `[${part}]` : i > 0 ? `.${String(part)}` : String(part)))
    .join("");
  return [`${where || "the file"}: ${reasonOf(issue)}`];
}

const kinds: Record<string, string> = {
  string: "text",
  object: "a mapping",
  array: "a list",
  boolean: "true or false",
};

/** The reason in words that need no schema: `is missing`, `must be text`. */
function reasonOf(issue: z.core.$ZodIssue): string {
  if (issue.code === "unrecognized_keys")
    return `${issue.keys.map((key) => `"${key}"`).join(", ")} ${issue.keys.length === 1 ? "is" : "are"} not known here`;
  if (issue.code === "invalid_type")
    return issue.message.endsWith("received undefined")
      ? "is missing"
      : `must be ${kinds[issue.expected] ?? issue.expected}`;
  if (issue.code === "invalid_value")
    return `must be ${issue.values
      .map(String)
      .join(", ")
      .replace(/, ([^,]*)$/, " or $1")}`;
  if (issue.code === "too_small" && issue.minimum === 1) return "must not be empty";
  if (issue.code === "invalid_key") return issue.issues[0]?.message ?? issue.message;
  return issue.message;
}

/**
 * A branch whose first word was another (a mapping where text was given, another mechanism) was not meant. Of those that are left
 * the one with the fewest mistakes speaks; where none is left, every branch says what it takes.
 */
function describeUnion(branches: z.core.$ZodIssue[][], path: PropertyKey[]): string[] {
  const isOther = (issue: z.core.$ZodIssue) =>
    issue.path.at(-1) === "mechanism" || (issue.path.length === 0 && issue.code === "invalid_type");
  const meant = branches.filter((issues) => !issues.some(isOther));
  const mistakes = (issues: z.core.$ZodIssue[]) =>
    issues.length + 10 * issues.filter(({ code }) => code === "unrecognized_keys").length;
  const [fewest] = meant.sort((a, b) => mistakes(a) - mistakes(b));
  if (fewest) return fewest.flatMap((issue) => describeIssue(issue, path));
  const lines = branches.flatMap((issues) => issues.filter(isOther).flatMap((issue) => describeIssue(issue, path)));
  const wheres = new Set(lines.map((line) => line.slice(0, line.indexOf(": "))));
  const reasons = new Set(lines.map((line) => line.slice(line.indexOf(": ") + 2)));
  return [`${[...wheres].join(", ")}: ${[...reasons].join("; or ")}`];
}
