import type { OffsetsPlan, PlannedOffset, SetOffsetsResult } from "../../../lib/api/group-offsets.ts";
import type { GroupType } from "../../../lib/api/groups.ts";
import type { Problem } from "../../../lib/api/problem.ts";
import { counted, integer } from "../../../lib/format.ts";
import { isFailed } from "./plan-file.ts";
import { rangesOf } from "./reset-url.ts";

/** What a group of this type keeps: a share group has no commits, only where the delivery of each partition starts. */
export const offsetWord = (type: GroupType | null): "offset" | "start offset" =>
  type === "share" ? "start offset" : "offset";

/** How far a partition moves; null where it had no offset, or loses it. */
export const changeOf = ({ before, after }: Pick<PlannedOffset, "before" | "after">): bigint | null =>
  before === null || after === null ? null : BigInt(after) - BigInt(before);

type Row = { topic: string; partition: number };

/** `partition 11`, `partitions 3, 7 and 11` of each topic; only their number where that would be long. `named`: several topics are in sight. */
export function partitionsWords(rows: readonly Row[], named: boolean): string {
  const byTopic = Map.groupBy(rows, ({ topic }) => topic);
  if (byTopic.size > 1) return `${counted(rows.length, "partition")} of ${counted(byTopic.size, "topic")}`;
  const [topic] = byTopic.keys();
  const ranges = rangesOf(
    rows.map(({ partition }) => partition),
    ", ",
    " to ",
  );
  const list = ranges.length > 60 ? counted(rows.length, "partition") : null;
  const words = list ?? `${rows.length === 1 ? "partition" : "partitions"} ${ranges.replace(/, (?=[^,]*$)/, " and ")}`;
  return named ? `${words} of ${topic}` : words;
}

const hasManyTopics = (rows: readonly Row[]): boolean => new Set(rows.map(({ topic }) => topic)).size > 1;

/** Which loss must be understood before a plan is applied; null where nothing is lost. */
export function lossOf({ partitions, skipped, type }: Pick<OffsetsPlan, "partitions" | "skipped" | "type">) {
  const forward = partitions.filter(({ records, problem }) => problem === null && BigInt(records) > 0n);
  const deleted = partitions.filter(
    ({ before, after, problem }) => problem === null && before !== null && after === null,
  );
  const named = hasManyTopics(partitions);
  const lost =
    BigInt(skipped) > 0n
      ? `This group will never read ${counted(skipped, "record")} of ${partitionsWords(forward, named)}`
      : null;
  const gone =
    deleted.length > 0
      ? `The ${offsetWord(type)}${deleted.length === 1 ? "" : "s"} of ${partitionsWords(deleted, named)} ${deleted.length === 1 ? "goes" : "go"}: the group then begins there where auto.offset.reset of its consumers says`
      : null;
  return [lost, gone].filter((words) => words !== null).join(". ") || null;
}

type Note = {
  text: string;
  tone: "plain" | "muted" | "info" | "warn" | "bad";
  icon: "start" | "end" | "forward" | null;
};

const notes: Record<NonNullable<PlannedOffset["note"]>, Note> = {
  "clamped-to-start": { text: "Clamped to the log start", tone: "plain", icon: "start" },
  "clamped-to-end": { text: "Clamped to the end", tone: "plain", icon: "end" },
  "nothing-there": { text: "No record so late, so the end", tone: "plain", icon: "end" },
  unchanged: { text: "Already there", tone: "muted", icon: null },
  new: { text: "Had no offset", tone: "plain", icon: null },
  deleted: { text: "Its offset is deleted", tone: "warn", icon: null },
};

type Noted = Pick<PlannedOffset, "note" | "records" | "problem" | "before" | "start" | "end">;

/** A commit that some tool left outside of the log: whoever reads on from there gets what auto.offset.reset says. */
function strayNote({ before, start, end }: Noted): Note | null {
  if (before === null || start === null || end === null) return null;
  if (BigInt(before) > BigInt(end)) return { text: "Was beyond the end", tone: "plain", icon: null };
  return BigInt(before) < BigInt(start) ? { text: "Was before the log start", tone: "plain", icon: null } : null;
}

/** The note at a partition of a plan: why it cannot be set, what is lost, or what was made of the wish. Null: nothing to say. */
export function noteOf(row: Noted): Note | null {
  const { note, records, problem } = row;
  if (problem) return { text: problem.title, tone: "bad", icon: null };
  const said = note === null ? strayNote(row) : notes[note];
  if (BigInt(records) <= 0n) return said;
  const lost = `${integer(records)} never read`;
  return said === null
    ? { text: `Forward: ${lost}`, tone: "warn", icon: "forward" }
    : { text: `${said.text}: ${lost}`, tone: "warn", icon: said.icon ?? "forward" };
}

/** Why a plan changes nothing: `there`, where every offset is there already; otherwise how many cannot be set. */
export function unchangedWords({ partitions }: Pick<OffsetsPlan, "partitions">, there: string, verb: string): string {
  const refused = partitions.filter(({ problem }) => problem !== null).length;
  if (refused === 0) return there;
  const others = refused < partitions.length ? "; the others are there already" : "";
  return `${counted(refused, "partition")} cannot be ${verb}${others}.`;
}

/** `Set 11 offsets`: the verb and the count of a plan's button. */
export const applyWords = ({
  changes,
  type,
  partitions,
}: Pick<OffsetsPlan, "changes" | "type" | "partitions">): string => {
  const deletes = partitions.filter(({ after, before }) => after === null && before !== null).length;
  if (changes === 0) return type === null ? "Create group" : `Set ${offsetWord(type)}s`;
  if (type === null) return `Create group with ${counted(changes, "offset")}`;
  return `${deletes === changes ? "Delete" : "Set"} ${counted(changes, offsetWord(type))}`;
};

const sentence = (text: string) => text.replace(/[.!?]?$/, ".");

function reason(rows: readonly Row[], why: string, named: boolean): string {
  const where = partitionsWords(rows, named);
  return `${where[0]?.toUpperCase()}${where.slice(1)}: ${sentence(why)}`;
}

/** Why partitions are not as they were to be: each reason once, with the partitions it is the reason of. */
export function reasonsOf(rows: readonly (Row & { problem: Problem | null })[], named: boolean): string[] {
  const why = ({ problem }: { problem: Problem | null }) => problem?.detail ?? problem?.title ?? "no answer";
  return [...Map.groupBy(rows, why)].map(([words, same]) => reason(same, words, named));
}

type Outcome = { head: string; reasons: string[]; tone: "ok" | "warn" };

const STRAYED = "Set, but something else was read back: a consumer may have committed since.";

/** What became of a change, as a head and the reasons of what did not work, or did not last. */
export function outcomeWords(result: SetOffsetsResult, word: string): Outcome {
  const { partitions, set, failed } = result;
  const named = hasManyTopics(partitions);
  const strayed = partitions.filter(({ outcome, after, readBack }) => outcome === "set" && after !== readBack);
  const reasons = [
    ...reasonsOf(partitions.filter(isFailed), named),
    ...(strayed.length > 0 ? [reason(strayed, STRAYED, named)] : []),
  ];
  const whole = `${counted(set, word)} set${strayed.length === 0 ? " and read back" : ""}.`;
  const part = `${set} of ${counted(set + failed, "partition")} ${set + failed === 1 ? "was" : "were"} set.`;
  return { head: failed === 0 ? whole : part, reasons, tone: reasons.length === 0 ? "ok" : "warn" };
}
