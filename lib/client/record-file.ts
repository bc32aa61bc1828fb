import type { NewRecord } from "../api/produce.ts";

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
