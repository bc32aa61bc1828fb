import { z } from "zod";
import { type ProblemCode, problemCodes } from "./problem-codes.ts";

/** RFC 9457 problem details, and the fields that say which broker, topic, partition or config it is about. */
export const problem = z.object({
  type: z.string(),
  code: z.enum(Object.keys(problemCodes) as [ProblemCode, ...ProblemCode[]]),
  title: z.string(),
  status: z.number().int(),
  detail: z.string().optional(),
  todo: z.string(),
  retry: z.boolean(),
  broker: z.number().int().optional(),
  topic: z.string().optional(),
  partition: z.number().int().optional(),
  field: z.string().optional().describe("The path inside the request that is wrong"),
  errors: z
    .array(z.object({ field: z.string(), detail: z.string() }))
    .optional()
    .describe("Where more than one field of the request is wrong: each with its reason"),
  id: z.string().optional().describe("What to look for in the log"),
});
export type Problem = z.infer<typeof problem>;

export type ProblemFields = Partial<
  Pick<Problem, "broker" | "topic" | "partition" | "field" | "errors" | "id" | "todo">
>;

/** The problem a code stands for. `detail` is about this case only; `todo` may be replaced by something more exact. */
export function makeProblem(code: ProblemCode, detail?: string, fields: ProblemFields = {}): Problem {
  const { status, title, todo, retry } = problemCodes[code];
  return { type: `/help#problem-${code}`, code, title, status, ...(detail ? { detail } : {}), todo, retry, ...fields };
}

/**
 * What is thrown on purpose on the server. Recognised by `code` and `problem`, never by instanceof: the process holds two
 * copies of every class (one in the bundle, one outside).
 */
export class ProblemError extends Error {
  readonly code: ProblemCode;
  readonly problem: Problem;
  constructor(code: ProblemCode, detail?: string, fields?: ProblemFields, cause?: unknown) {
    super(detail ?? problemCodes[code].title, { cause });
    this.name = "ProblemError";
    this.code = code;
    this.problem = makeProblem(code, detail, fields);
  }
}

/** Whether a value is a problem of ours, told by its code: no schema is needed, so the browser can ask too. */
export const isProblem = (value: unknown): value is Problem =>
  typeof value === "object" &&
  value !== null &&
  "code" in value &&
  typeof value.code === "string" &&
  Object.hasOwn(problemCodes, value.code) &&
  "title" in value;

/** The problem inside something that was thrown on purpose; null for anything else. */
export const problemOf = (error: unknown): Problem | null =>
  typeof error === "object" && error !== null && "problem" in error && isProblem(error.problem) ? error.problem : null;
