import type { Assigned, GroupMember } from "../../lib/api/groups.ts";
import { rangesOf } from "./reset/reset-url.ts";

/** `0-3, 7`: partitions as they are read, in order. */
export const partitionRanges = (partitions: readonly number[]): string => rangesOf(partitions, ", ");

/** `payments 0-3, 7; orders 0` as plain text; empty where nothing is assigned. */
export const assignedWords = (assigned: Assigned): string =>
  assigned.map(({ topic, partitions }) => `${topic} ${partitionRanges(partitions)}`).join("; ");

export const countAssigned = (assigned: Assigned): number =>
  assigned.reduce((sum, { partitions }) => sum + partitions.length, 0);

/** What is in `left` and not in `right`. */
function without(left: Assigned, right: Assigned): Assigned {
  const held = new Map(right.map(({ topic, partitions }) => [topic, new Set(partitions)]));
  return left.flatMap(({ topic, partitions }) => {
    const rest = partitions.filter((partition) => !held.get(topic)?.has(partition));
    return rest.length > 0 ? [{ topic, partitions: rest }] : [];
  });
}

/** What a member is still to take over and to give up, by its target assignment (KIP-848); null: nothing, or no target is told. */
export function stillToMove({ assignment, target }: Pick<GroupMember, "assignment" | "target">) {
  if (assignment === null || target === null) return null;
  const [takes, gives] = [without(target, assignment), without(assignment, target)];
  return takes.length + gives.length === 0 ? null : { takes, gives };
}
