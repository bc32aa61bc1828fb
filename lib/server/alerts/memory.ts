import { z } from "zod";
import { lagStatus, timeLagKinds } from "../../api/groups.ts";
import { int64 } from "../../api/scalars.ts";
import type { RuleMemory } from "./rules.ts";

const time = z.number();
const remembered = z.object({
  at: time.nullable(),
  sentAt: time.nullable(),
  groups: z.array(
    z.object({
      state: z.enum(["pending", "firing", "resolved"]),
      since: time,
      calmSince: time.nullable(),
      told: z.literal("firing").nullable(),
      toldAt: time.nullable(),
      facts: z.object({
        groupId: z.string(),
        lag: int64.nullable(),
        timeLagMs: z.number().nullable(),
        timeLagIs: z.enum(timeLagKinds).nullable(),
        status: lagStatus,
        reason: z.string(),
        complete: z.boolean(),
      }),
    }),
  ),
});
const memories = z.record(z.string(), remembered);
const silences = z.record(z.string(), time);

/** What rules remember, by their names, as text that outlives the process. */
export const writeMemories = (all: Map<string, RuleMemory>): string =>
  JSON.stringify(
    Object.fromEntries(
      [...all].map(([name, { groups, ...rest }]) => [name, { ...rest, groups: [...groups.values()] }]),
    ),
    (_, value: unknown) => (typeof value === "bigint" ? value.toString() : value),
  );

/** Text that is not what was written (another version, a broken disk) gives nothing: the rules begin anew. */
export function readMemories(text: string | null): Map<string, RuleMemory> {
  const parsed = memories.safeParse(jsonOf(text));
  return new Map(
    Object.entries(parsed.data ?? {}).map(([name, { at, sentAt, groups }]) => [
      name,
      {
        at,
        sentAt,
        groups: new Map(
          groups.map((alert) => {
            const { lag } = alert.facts;
            return [
              alert.facts.groupId,
              { ...alert, facts: { ...alert.facts, lag: lag === null ? null : BigInt(lag) } },
            ];
          }),
        ),
      },
    ]),
  );
}

export const writeSilences = (all: Map<string, number>): string => JSON.stringify(Object.fromEntries(all));

/** Rule to the epoch ms until which it is silent; those that are over are left out. null: nothing readable was kept. */
export function readSilences(text: string | null, now: number): Map<string, number> | null {
  const parsed = silences.safeParse(jsonOf(text));
  return parsed.success ? new Map(Object.entries(parsed.data).filter(([, until]) => until > now)) : null;
}

function jsonOf(text: string | null): unknown {
  try {
    return text === null ? null : JSON.parse(text);
  } catch {
    return null;
  }
}
