import type { OffsetChange, SetOffset, SetOffsetsBody } from "../../api/group-offsets.ts";
import { makeProblem, type Problem, ProblemError } from "../../api/problem.ts";
import { toInt64 } from "../../api/scalars.ts";
import { realCommit } from "./reset.ts";

/** A commit as it was found, with the text that is stored beside it. */
type Found = { offset: bigint; metadata: string | null; problem: Problem | null };

const keyOf = ({ topic, partition }: Pick<OffsetChange, "topic" | "partition">) => `${topic}/${partition}`;

const NAMED = 10;

/**
 * Throws plan-outdated where a commit is not what the plan was made from, naming each. One that is already where it is to go is
 * none of them: the same request may be sent again after half of it was done.
 */
export function refuseMoved(changes: OffsetChange[], committed: Map<string, Found>): void {
  const moved = changes.flatMap((change, index) => {
    const found = committed.get(keyOf(change));
    // Its problem is its own: the row says so.
    if (found?.problem) return [];
    const now = found ? toInt64(found.offset) : null;
    if (sameOffset(now, change.before) || sameOffset(now, change.after)) return [];
    const { topic, partition, before } = change;
    const detail = `Partition ${partition} of ${topic} was ${said(before)} in the plan and is ${said(now)} now.`;
    return [{ field: `partitions.${index}.before`, detail }];
  });
  if (moved.length === 0) return;
  const more = moved.length > NAMED ? [`${moved.length - NAMED} more.`] : [];
  const [first] = moved;
  throw new ProblemError("plan-outdated", [...moved.slice(0, NAMED).map(({ detail }) => detail), ...more].join(" "), {
    ...(first ? { field: first.field } : {}),
    errors: moved.slice(0, 100),
  });
}

/** As numbers: `007` is 7. */
const sameOffset = (a: string | null, b: string | null): boolean =>
  a === null || b === null ? a === b : BigInt(a) === BigInt(b);

const said = (offset: string | null) => (offset === null ? "without a commit" : offset);

/**
 * The body that puts back what was, with the text that was stored: of the rows that were set, and of those of which that is not
 * known. Where there was no commit, the new one is deleted. A commit below zero is no offset, and is none to consumers: it is not
 * written again, which a warning says. null where nothing was set.
 */
export function undoOf(
  rows: SetOffset[],
  committed: Map<string, Found>,
): { undo: SetOffsetsBody | null; warnings: Problem[] } {
  const changed = rows.filter(({ outcome }) => outcome === "set" || outcome === "not-known");
  const partitions = changed.map((row): OffsetChange => {
    const found = committed.get(keyOf(row));
    const real = found ? realCommit(found.offset) : null;
    return {
      topic: row.topic,
      ...(row.topicId === undefined ? {} : { topicId: row.topicId }),
      partition: row.partition,
      before: row.after,
      after: real === null ? null : toInt64(real),
      ...(real !== null && found?.metadata ? { metadata: found.metadata } : {}),
    };
  });
  return {
    undo: partitions.length === 0 ? null : { partitions },
    warnings: changed.flatMap(({ topic, partition }) => {
      const offset = committed.get(keyOf({ topic, partition }))?.offset ?? 0n;
      if (offset >= 0n) return [];
      const detail = `The commit of partition ${partition} of ${topic} was ${offset}, which consumers take for none: an undo deletes it.`;
      return [makeProblem("undo-incomplete", detail, { topic, partition })];
    }),
  };
}
