import type { GroupList, LagStatus } from "../../lib/api/groups.ts";
import { counted, integer } from "../../lib/format.ts";

/** The statuses that want somebody, with their words in a sentence for one group and for several. */
const troubles = [
  { status: "stalled", one: "has members and lag but does not commit", many: "have members and lag but do not commit" },
  { status: "stopped", one: "stopped with lag left", many: "stopped with lag left" },
  { status: "falling-behind", one: "is falling behind", many: "are falling behind" },
] as const satisfies { status: LagStatus; one: string; many: string }[];

/** Whether a group of this status wants somebody. */
export const isTrouble = (status: LagStatus): boolean => troubles.some((trouble) => trouble.status === status);

/** How many groups want somebody, and why, in a sentence. Null where none does. */
export function groupHint({ statuses, total }: Pick<GroupList, "statuses" | "total">) {
  const found = troubles
    .map((trouble) => ({ ...trouble, count: statuses[trouble.status] ?? 0 }))
    .filter(({ count }) => count > 0);
  if (found.length === 0) return null;
  const count = found.reduce((sum, trouble) => sum + trouble.count, 0);
  const why = found.map((trouble) => `${integer(trouble.count)} ${trouble.count === 1 ? trouble.one : trouble.many}`);
  return {
    count,
    severity: found[0]?.status === "stalled" ? ("bad" as const) : ("warn" as const),
    text: `${integer(count)} of ${counted(total, "group")} ${count === 1 ? "has" : "have"} problems: ${why.join(", ")}.`,
  };
}
