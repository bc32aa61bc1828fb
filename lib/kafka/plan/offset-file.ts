import { ProblemError } from "../../api/problem.ts";

/** One line of a file of offsets. `offset` null: the commit is to be deleted. `topicId` null: the file does not tell it. */
export type FileOffset = {
  topic: string;
  topicId: string | null;
  partition: number;
  offset: bigint | null;
  metadata: string | null;
};

/** What a file says for one group, and what of it was left out, as sentences. */
export type OffsetFile = { offsets: FileOffset[]; left: string[] };

type Line = FileOffset & {
  /** null: the file names no group there. */
  group: string | null;
  /** Where it stands, for whoever has to correct it. */
  place: string;
};

/** Most partitions a file may name: as many as one request sets. */
const LINES_AT_MOST = 100_000;
/** With empty lines; reading on would hold up whoever else is served. */
const ROWS_AT_MOST = 2 * LINES_AT_MOST;
const WHOLE = /^-?\d{1,19}$/;

/**
 * Reads offsets as tools write them: CSV `topic,partition,offset` of kafka-consumer-groups.sh --export, the same with a group before
 * them, CSV with a header that names its columns, JSON of kcl, and JSON of Kafdeck's own plans, results and undos. Lines of other
 * groups are left out, unless the file is of one other group only. Throws offsets-unreadable, which says where.
 */
export function readOffsetFile(text: string, group: string): OffsetFile {
  const plain = text.replace(/^\uFEFF/, "").trim();
  if (plain === "") throw unreadable("There is nothing in it.");
  const { lines, left } = /^[[{]/.test(plain) ? readJson(plain) : readCsv(plain);
  if (lines.length === 0) throw unreadable("No line of it names a topic, a partition and an offset.");
  if (lines.length > LINES_AT_MOST) throw unreadable(`It names more than ${LINES_AT_MOST} partitions.`);
  const chosen = ofGroup(lines, group);
  return { offsets: distinct(chosen.lines), left: [...left, ...chosen.left] };
}

const unreadable = (detail: string) => new ProblemError("offsets-unreadable", detail, { field: "reset.text" });

function ofGroup(lines: Line[], group: string): { lines: Line[]; left: string[] } {
  const groups = [...new Set(lines.flatMap((line) => (line.group === null ? [] : [line.group])))];
  if (groups.length === 0) return { lines, left: [] };
  const mine = lines.filter((line) => line.group === group || line.group === null);
  if (groups.includes(group)) {
    const others = lines.length - mine.length;
    return { lines: mine, left: others === 0 ? [] : [`Lines of other groups that were left out: ${others}.`] };
  }
  const [only] = groups;
  if (groups.length === 1) return { lines, left: [`The offsets in the file are of the group “${only}”.`] };
  throw unreadable(`It has offsets of ${groups.length} groups, “${only}” among them, and none of “${group}”.`);
}

function distinct(lines: Line[]): FileOffset[] {
  const byKey = new Map<string, Line>();
  for (const line of lines) {
    const key = `${line.topic}/${line.partition}`;
    const other = byKey.get(key);
    if (other && other.offset !== line.offset)
      throw unreadable(
        `${other.place} and ${line.place} give partition ${line.partition} of ${line.topic} different offsets.`,
      );
    byKey.set(key, line);
  }
  return [...byKey.values()].map(({ group: _group, place: _place, ...offset }) => offset);
}

/** Columns by the names that tools give them. */
const COLUMNS: ReadonlyMap<string, "group" | "topic" | "partition" | "offset" | "metadata"> = new Map([
  ["group", "group"],
  ["topic", "topic"],
  ["partition", "partition"],
  ["offset", "offset"],
  ["after", "offset"],
  ["new-offset", "offset"],
  ["metadata", "metadata"],
]);
const BY_COUNT: Record<number, string[]> = {
  3: ["topic", "partition", "offset"],
  4: ["group", "topic", "partition", "offset"],
};

function readCsv(text: string): { lines: Line[]; left: string[] } {
  const rows = csvRows(text).filter(({ cells }) => cells.some((cell) => cell.trim() !== ""));
  const header = headerOf(rows[0]?.cells ?? []);
  const left: string[] = [];
  let without = 0;
  const lines = (header ? rows.slice(1) : rows).flatMap(({ cells, number }): Line[] => {
    const place = `Line ${number}`;
    const columns = header ?? BY_COUNT[cells.length];
    if (!columns)
      throw unreadable(
        `${place} has ${cells.length} ${cells.length === 1 ? "column" : "columns"}: 3 or 4 are expected, with commas between them.`,
      );
    const cellOf = (name: string) => cells[columns.indexOf(name)];
    if (header && (cellOf("offset") ?? "").trim() === "") {
      without += 1;
      return [];
    }
    return [
      {
        group: cellOf("group") ?? null,
        // No topic has spaces around its name; files written by hand have.
        topic: (cellOf("topic") ?? "").trim(),
        topicId: null,
        partition: partitionOf(cellOf("partition"), place),
        offset: offsetOf(cellOf("offset"), place),
        metadata: cellOf("metadata") ?? null,
        place,
      },
    ];
  });
  if (without > 0) left.push(`Lines without an offset that were left out: ${without}.`);
  return { lines, left };
}

/** The columns that a first line names; null where it is a line of offsets already. */
function headerOf(cells: string[]): string[] | null {
  const names = cells.map((cell): string => COLUMNS.get(cell.trim().toLowerCase()) ?? "");
  return ["topic", "partition", "offset"].every((name) => names.includes(name)) ? names : null;
}

function partitionOf(cell: unknown, place: string): number {
  const text = String(cell ?? "").trim();
  if (!/^\d{1,9}$/.test(text)) throw unreadable(`${place}: ${JSON.stringify(text)} is no partition.`);
  return Number(text);
}

function offsetOf(cell: unknown, place: string): bigint {
  const text = String(cell ?? "").trim();
  if (!WHOLE.test(text)) throw unreadable(`${place}: ${JSON.stringify(text)} is no offset.`);
  return BigInt(text);
}

/** Cells of each line; a quoted cell may hold commas, line ends and doubled quotes (RFC 4180). */
function csvRows(text: string): { cells: string[]; number: number }[] {
  const rows: { cells: string[]; number: number }[] = [];
  let number = 1;
  let row = { cells: [] as string[], number };
  for (const [, quoted, plain = "", end = ""] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r?\n|\r|$)/g)) {
    row.cells.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    number += (quoted?.match(/\n/g)?.length ?? 0) + (end === "," || end === "" ? 0 : 1);
    if (end === ",") continue;
    rows.push(row);
    if (rows.length > ROWS_AT_MOST) throw unreadable(`It has more than ${ROWS_AT_MOST} lines.`);
    if (end === "") break;
    row = { cells: [], number };
  }
  return rows;
}

/** A list of objects, or an object that holds it as `partitions`. */
function readJson(text: string): { lines: Line[]; left: string[] } {
  const parsed = parseJson(text);
  const list = isObject(parsed) && "partitions" in parsed ? parsed.partitions : parsed;
  if (!Array.isArray(list))
    throw unreadable("It is JSON, but neither a list of offsets nor an object with partitions.");
  let failed = 0;
  const lines = list.flatMap((entry: unknown, index): Line[] => {
    const place = `Entry ${index + 1}`;
    if (!isObject(entry) || typeof entry.topic !== "string") throw unreadable(`${place} names no topic.`);
    const given = "after" in entry ? entry.after : entry.offset;
    // A row of a plan that could not be set stands where it was; that of a result still says where it was to go.
    if (isObject(entry.problem) && (given === null || !("outcome" in entry))) {
      failed += 1;
      return [];
    }
    return [
      {
        group: typeof entry.group === "string" ? entry.group : null,
        topic: entry.topic,
        topicId: typeof entry.topicId === "string" ? entry.topicId : null,
        partition: partitionOf(entry.partition, place),
        offset: given === null && "after" in entry ? null : offsetOf(given, place),
        metadata: typeof entry.metadata === "string" ? entry.metadata : null,
        place,
      },
    ];
  });
  return {
    lines,
    left: failed === 0 ? [] : [`Entries that could not be planned before, and were left out: ${failed}.`],
  };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Numbers stay the text they were written as: an offset may be above 2^53. */
function parseJson(text: string): unknown {
  const keep = (_key: string, value: unknown, context?: { source?: string }) =>
    typeof value === "number" ? (context?.source ?? String(value)) : value;
  try {
    return JSON.parse(text, keep);
  } catch (error) {
    throw unreadable(`It begins as JSON does, and is not: ${(error as Error).message}`);
  }
}
