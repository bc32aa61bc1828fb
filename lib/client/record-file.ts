import type { NewRecord } from "../api/produce.ts";
import { parseRecordLines } from "../api/record-lines.ts";

/** A line of a file, from 1, and what stands in it. Lines without anything are counted and left out. */
export type FileLine = { line: number; text: string };
/** A record of a file and the line it stands in; `length` is that of the line. */
export type LineRecord = { line: number; record: NewRecord; length: number };

/** No record is longer: what has no end within this is no file of JSON lines, and would fill the memory of the tab. */
export const LINE_MOST = 128 << 20;

export type FileTrouble = { line: number; why: string };

/**
 * The lines of a file as they are read, piece by piece, so that a large one never is in memory whole. Throws `FileTrouble` for a
 * file that is not UTF-8 or whose lines have no end.
 */
export async function* linesOf(file: Blob, most = LINE_MOST): AsyncGenerator<{ lines: FileLine[]; read: number }> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const reader = file.stream().getReader();
  let rest = "";
  let line = 1;
  let read = 0;
  const decode = (bytes?: Uint8Array<ArrayBuffer>): string => {
    try {
      return decoder.decode(bytes, { stream: bytes !== undefined });
    } catch {
      throw { line, why: "The file is not UTF-8 from about here on." } satisfies FileTrouble;
    }
  };
  try {
    for (;;) {
      const { done, value } = await reader.read();
      read += value?.length ?? 0;
      const texts = (rest + decode(value)).split("\n");
      rest = done ? "" : (texts.pop() ?? "");
      if (rest.length > most) throw { line: line + texts.length, why: "This line has no end." } satisfies FileTrouble;
      const first = line;
      line += texts.length;
      yield {
        lines: texts.map((text, at) => ({ line: first + at, text })).filter(({ text }) => text.trim() !== ""),
        read,
      };
      if (done) return;
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

/** The records sent in one request: what fails then is easy to name, and Stop is near. */
export const CHUNK = { records: 1_000, characters: 2 << 20 };

/** The records in their order, as many at a time as `most` allows; one that is larger goes alone. */
export async function* chunksOf(
  records: AsyncIterable<LineRecord>,
  most: typeof CHUNK = CHUNK,
): AsyncGenerator<LineRecord[]> {
  let chunk: LineRecord[] = [];
  let characters = 0;
  for await (const record of records) {
    if (chunk.length > 0 && (chunk.length >= most.records || characters + record.length > most.characters)) {
      yield chunk;
      chunk = [];
      characters = 0;
    }
    chunk.push(record);
    characters += record.length;
  }
  if (chunk.length > 0) yield chunk;
}

/** The record of one line, or what is wrong with it. */
export function recordOfLine(text: string): NewRecord | string {
  const { records, problems } = parseRecordLines(text);
  return records[0] ?? problems[0]?.message ?? "This line is empty.";
}

/** What is taken from the lines: nothing given there, or not taken, is left to the key and the clock. */
export type Taking = { partition: boolean; timestamp: boolean };

/** A line with its record, or with what is wrong with it. `partitions` of the topic; null: not known. */
export type ReadLine = LineRecord | FileTrouble;

/** Every line of a file, in order, and how many bytes were read so far. */
export async function* readRecords(
  file: Blob,
  taking: Taking,
  partitions: number | null,
): AsyncGenerator<{ lines: ReadLine[]; read: number }> {
  for await (const { lines, read } of linesOf(file)) {
    yield { lines: lines.map(({ line, text }) => readRecord(line, text, taking, partitions)), read };
  }
}

function readRecord(line: number, text: string, taking: Taking, partitions: number | null): ReadLine {
  const found = recordOfLine(text);
  if (typeof found === "string") return { line, why: found };
  const { partition, timestamp, ...rest } = found;
  if (taking.partition && partition !== undefined && partitions !== null && partition >= partitions)
    return { line, why: `The topic has no partition ${partition}, only 0 to ${partitions - 1}.` };
  const record = {
    ...rest,
    ...(taking.partition && partition !== undefined ? { partition } : {}),
    ...(taking.timestamp && timestamp !== undefined ? { timestamp } : {}),
  };
  return { line, record, length: text.length };
}

/** What a file holds. `problems` are the first of the `wrong` lines. `last` is the number of its last record's line. */
export type Survey = { records: number; wrong: number; problems: FileTrouble[]; last: number; tombstones: number };

/** Problems that are told in full; the rest is a number. */
export const PROBLEMS_TOLD = 20;

/** Reads a file once, without keeping its records. Throws FileTrouble for what is no text in lines. */
export async function surveyFile(
  pieces: AsyncIterable<{ lines: ReadLine[]; read: number }>,
  onRead: (bytes: number) => void,
  signal: AbortSignal,
): Promise<Survey> {
  const found: Survey = { records: 0, wrong: 0, problems: [], last: 0, tombstones: 0 };
  for await (const { lines, read } of pieces) {
    signal.throwIfAborted();
    for (const line of lines) {
      if ("why" in line) {
        found.wrong++;
        if (found.problems.length < PROBLEMS_TOLD) found.problems.push(line);
      } else {
        found.records++;
        found.last = line.line;
        if (line.record.value === null) found.tombstones++;
      }
    }
    onRead(read);
  }
  return found;
}

/** The records of the lines that are wanted; lines that hold none are passed over. */
export async function* wantedRecords(
  pieces: AsyncIterable<{ lines: ReadLine[] }>,
  isWanted: (line: number) => boolean,
): AsyncGenerator<LineRecord> {
  for await (const { lines } of pieces) {
    for (const line of lines) if ("record" in line && isWanted(line.line)) yield line;
  }
}

/** What a file could not be read for. Line 0: the browser could not read it at all, because it was changed or taken away. */
export const troubleOf = (error: unknown): FileTrouble =>
  typeof error === "object" && error !== null && "why" in error
    ? (error as FileTrouble)
    : { line: 0, why: "It was changed or moved since it was chosen. Choose it again." };
