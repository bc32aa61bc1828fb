import type { OffsetsPlan, SetOffsetsBody, SetOffsetsResult } from "../../../lib/api/group-offsets.ts";

/**
 * A plan as `kafka-consumer-groups.sh --export` writes offsets, so that its `--from-file` and the file reset of this page both read
 * it: `topic,partition,offset`, no header. Deletions and partitions that cannot be set have no place in it.
 */
export const planCsv = ({ partitions }: Pick<OffsetsPlan, "partitions">): string =>
  partitions
    .filter(({ after, problem }) => after !== null && problem === null)
    .map(({ topic, partition, after }) => `${topic},${partition},${after}\n`)
    .join("");

/** A plan or a result as the API gave it. */
export const asJson = (given: OffsetsPlan | SetOffsetsResult): string => `${JSON.stringify(given, null, 2)}\n`;

/** A name for a file that every system takes, whatever the group is called. */
export const fileName = (group: string, what: "plan" | "result", kind: "csv" | "json"): string =>
  `${group.replace(/[^A-Za-z0-9._-]+/g, "_").slice(0, 100) || "group"}-offsets-${what}.${kind}`;

/** An undo as a file of offsets: its plan is made as that of any other file, against the offsets of now. */
export const undoText = (undo: Pick<SetOffsetsBody, "partitions">): string =>
  JSON.stringify({ partitions: undo.partitions });

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

/** What a downloaded result says about putting back what was: whose it is, how many partitions, and the undo as a file. Null: no such result. */
export function undoInFile(text: string): { groupId: string | null; partitions: number; text: string } | null {
  // Most files are none, and parsing megabytes to see that is a waste.
  if (!/^\s*\{/.test(text) || !text.includes('"undo"')) return null;
  try {
    const result: unknown = JSON.parse(text);
    if (!isObject(result) || !isObject(result.undo) || !Array.isArray(result.undo.partitions)) return null;
    const { partitions } = result.undo;
    return {
      groupId: typeof result.groupId === "string" ? result.groupId : null,
      partitions: partitions.length,
      text: JSON.stringify({ partitions }),
    };
  } catch {
    return null;
  }
}

const keyOf = ({ topic, partition }: { topic: string; partition: number }) => `${topic}/${partition}`;

/**
 * One result of two attempts: the second tried again what the first did not set, or perhaps had. Its undo puts back what both did,
 * each partition once, to the offset that was there before the first.
 */
export function mergeResults(first: SetOffsetsResult, again: SetOffsetsResult): SetOffsetsResult {
  const rows = new Map(again.partitions.map((row) => [keyOf(row), row]));
  const partitions = first.partitions.map((row) => rows.get(keyOf(row)) ?? row);
  const undone = new Map((first.undo?.partitions ?? []).map((row) => [keyOf(row), row]));
  for (const row of again.undo?.partitions ?? []) if (!undone.has(keyOf(row))) undone.set(keyOf(row), row);
  return {
    ...again,
    partitions,
    set: partitions.filter(({ outcome }) => outcome === "set").length,
    failed: partitions.filter(isFailed).length,
    undo: undone.size === 0 ? null : { partitions: [...undone.values()] },
  };
}

/** Whether a partition is not as it was to be, or that is not known. */
export const isFailed = ({ outcome }: SetOffsetsResult["partitions"][number]): boolean =>
  outcome === "not-set" || outcome === "not-known";

/** The rows of a plan as they are sent: those that change, with what they change from. */
export const rowsToSend = ({ partitions }: Pick<OffsetsPlan, "partitions">): SetOffsetsBody["partitions"] =>
  partitions
    .filter(({ before, after, problem }) => problem === null && before !== after)
    .map(({ topic, topicId, partition, before, after, metadata }) => ({
      topic,
      ...(topicId === undefined ? {} : { topicId }),
      partition,
      before,
      after,
      ...(metadata === undefined ? {} : { metadata }),
    }));
