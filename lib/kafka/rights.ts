import { makeProblem, type Problem, type ProblemFields } from "../api/problem.ts";
import { kafkaProblem } from "./failures.ts";

/** AclOperation codes, which are also the bits of authorized operations (KIP-430). */
const bits = { Read: 3, Write: 4, Delete: 6, Describe: 8 };
export type Right = keyof typeof bits;

/** What a request needs: a right on the group with that name, on the topic with that name. */
export type Needs = { group?: [Right, string]; topic?: [Right, string] };

const TOPIC_AUTHORIZATION_FAILED = 29;
const GROUP_AUTHORIZATION_FAILED = 30;

const said = (kind: "group" | "topic", [right, name]: [Right, string]) => `It needs ${right} on the ${kind} ${name}.`;

/** The right that a refusal is about, for brokers do not name it; of other codes the broker's own `words`. */
export function refusalWords(errorCode: number, { group, topic }: Needs, words?: string | null): string | null {
  if (group && errorCode === GROUP_AUTHORIZATION_FAILED) return said("group", group);
  if (topic && errorCode === TOPIC_AUTHORIZATION_FAILED) return said("topic", topic);
  return words ?? null;
}

/** As `kafkaProblem`, with the right that is lacking where it is a refusal. null for 0. */
export const refusal = (
  errorCode: number,
  needs: Needs,
  words?: string | null,
  fields: ProblemFields = {},
): Problem | null => kafkaProblem(errorCode, refusalWords(errorCode, needs, words), fields);

/** What a broker sends that was not asked, or does not know. */
const NOT_TOLD = new Set([-2147483648, 0]);

/** The right that is lacking by the authorized operations of a group or a topic; null where there is none, or that was not told. */
export function lackedRight(kind: "group" | "topic", operations: number | null, need: [Right, string]): Problem | null {
  const isHeld = operations === null || NOT_TOLD.has(operations) || operations & (1 << bits[need[0]]);
  if (isHeld) return null;
  return makeProblem("not-authorized", said(kind, need), kind === "topic" ? { topic: need[1] } : {});
}
