import fc from "fast-check";
import { expect, test } from "vitest";
import {
  chunksOf,
  type FileLine,
  type LineRecord,
  linesOf,
  readRecords,
  surveyFile,
  wantedRecords,
} from "./record-file.ts";

/** A file that is read a few bytes at a time, so that lines and characters are cut anywhere. */
const fileOf = (bytes: Uint8Array, piece: number): Blob => {
  const file = new Blob([bytes.slice()]);
  const stream = () =>
    new ReadableStream<Uint8Array>({
      start(controller) {
        for (let at = 0; at < bytes.length; at += piece) controller.enqueue(bytes.slice(at, at + piece));
        controller.close();
      },
    });
  return Object.assign(file, { stream });
};

async function all(file: Blob): Promise<FileLine[]> {
  const found: FileLine[] = [];
  for await (const { lines } of linesOf(file)) found.push(...lines);
  return found;
}

async function* given(records: LineRecord[]) {
  yield* records;
}

test("lines are the same wherever the pieces of the file are cut, and keep their numbers", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.string({ unit: "grapheme" }).map((text) => text.replaceAll("\n", "")),
        { minLength: 1 },
      ),
      fc.integer({ min: 1, max: 9 }),
      async (texts, piece) => {
        const bytes = new TextEncoder().encode(texts.join("\n"));
        const expected = new TextDecoder()
          .decode(bytes)
          .split("\n")
          .map((text, at) => ({ line: at + 1, text }))
          .filter(({ text }) => text.trim() !== "");
        expect(await all(fileOf(bytes, piece))).toEqual(expected);
      },
    ),
    { numRuns: 60 },
  );
});

test("a file that is not UTF-8 is refused by its line, never read with other characters", async () => {
  const bytes = new Uint8Array([0x61, 0x0a, 0x62, 0x0a, 0xff]);
  await expect(all(fileOf(bytes, 2))).rejects.toMatchObject({ line: 3 });
});

test("a line without an end is refused before it fills the memory", async () => {
  const read = async () => {
    for await (const _ of linesOf(fileOf(new Uint8Array(100).fill(0x61), 10), 50));
  };
  await expect(read()).rejects.toMatchObject({ line: 1 });
});

test("chunks hold every record once, in order, within both limits unless one alone is larger", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 40 })), async (lengths) => {
      const records = lengths.map((length, at): LineRecord => ({ line: at + 1, record: { value: null }, length }));
      const chunks: LineRecord[][] = [];
      for await (const chunk of chunksOf(given(records), { records: 3, characters: 30 })) chunks.push(chunk);
      expect(chunks.flat()).toEqual(records);
      for (const chunk of chunks) {
        expect(chunk.length).toBeLessThanOrEqual(3);
        const characters = chunk.reduce((sum, { length }) => sum + length, 0);
        expect(characters <= 30 || chunk.length === 1).toBe(true);
      }
    }),
  );
});

const text = [
  '{"key": "a", "value": "1", "partition": 2, "timestamp": "5", "offset": "77"}',
  "",
  "{broken",
  '{"key": "b", "value": null, "partition": 12}',
  '{"key": "c", "value": "3"}',
].join("\n");
const everything = { partition: true, timestamp: true };

test("a survey counts what can be sent, and names the lines that cannot, partitions the topic does not have among them", async () => {
  const survey = await surveyFile(
    readRecords(new Blob([text]), everything, 12),
    () => {},
    new AbortController().signal,
  );
  expect(survey).toMatchObject({ records: 2, wrong: 2, last: 5, tombstones: 0 });
  expect(survey.problems.map(({ line }) => line)).toEqual([3, 4]);
});

test("partition and time are taken from the lines or left out, by choice", async () => {
  const read = async (taking: typeof everything) => {
    const found: LineRecord[] = [];
    for await (const record of wantedRecords(readRecords(new Blob([text]), taking, 13), (line) => line < 5))
      found.push(record);
    return found.map(({ record }) => record);
  };
  expect(await read(everything)).toEqual([
    { key: "a", value: "1", partition: 2, timestamp: "5" },
    { key: "b", value: null, partition: 12 },
  ]);
  expect(await read({ partition: false, timestamp: false })).toEqual([
    { key: "a", value: "1" },
    { key: "b", value: null },
  ]);
});
