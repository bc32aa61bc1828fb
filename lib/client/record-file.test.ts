import fc from "fast-check";
import { expect, test } from "vitest";
import { chunksOf, type FileLine, type LineRecord, linesOf } from "./record-file.ts";

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
      fc.array(fc.string({ unit: "grapheme" }).map((text) => text.replaceAll("\n", "")), { minLength: 1 }),
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
