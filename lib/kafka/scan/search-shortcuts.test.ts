import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { searchParts } from "../../api/message-queries.ts";
import { readBatches } from "./batches.ts";
import { codecNames } from "./codecs.ts";
import { makeMatcher, type SearchSpec } from "./match.ts";
import { nextRecord, offsetAt, openRecords } from "./records.ts";
import { searchSlice } from "./search-job.ts";
import { ANYTHING, DECODE, jobOf, never } from "./search-testing.ts";
import { write } from "./writer.ts";

// Pieces that meet every way round a shortcut: escapes, other scripts, signs that fold, gzip, bytes that are no text.
const piece = fc.constantFrom(
  "FAILED",
  "failed",
  "k",
  "\u212a",
  "\u0130",
  "ſ",
  "i",
  "s",
  "é",
  "É",
  "\\u00e9",
  "\\u0046",
  '"',
  '\\"',
  "\\",
  "/",
  "\\/",
  " ",
  "{",
  "}",
  "日本",
  "😀",
  "\u0000",
);
const payload = fc.oneof(
  fc.array(piece, { maxLength: 6 }).map((pieces) => Buffer.from(pieces.join(""))),
  fc.array(piece, { maxLength: 4 }).map((pieces) => Buffer.from(`{"status":${JSON.stringify(pieces.join(""))}}`)),
  fc.array(piece, { maxLength: 4 }).map((pieces) => Buffer.from(`{"status":"${pieces.join("")}"}`)),
  fc.array(piece, { maxLength: 3 }).map((pieces) => gzipSync(`{"status":"${pieces.join("")}"}`)),
  fc.uint8Array({ maxLength: 12 }).map((bytes) => Buffer.from(bytes)),
  fc.constant(null),
);
const anyRecord = fc.record({
  timestamp: fc.constant(1n),
  key: payload,
  value: payload,
  headers: fc.array(fc.record({ key: piece.map((text) => Buffer.from(text)), value: payload }), { maxLength: 2 }),
});
const needle = fc.array(piece, { minLength: 1, maxLength: 3 }).map((pieces) => pieces.join(""));
const quoted = needle.map((text) => JSON.stringify(text));
const filter = fc.oneof(
  quoted.map((text) => `value.status == ${text}`),
  quoted.map((text) => `value.status.contains(${text}) && has(value.status)`),
  quoted.map((text) => `value.status in [${text}, "FAILED"] || key == ${text}`),
  quoted.map((text) => `key.startsWith(${text}) || headers.exists(h, h == ${text})`),
  quoted.map((text) => `!(value.status == ${text})`),
);
const specs: fc.Arbitrary<Partial<SearchSpec>> = fc.oneof(
  fc.record({
    q: needle,
    caseSensitive: fc.boolean(),
    not: fc.boolean(),
    match: fc.constantFrom("contains", "exact"),
    in: fc.subarray([...searchParts], { minLength: 1 }),
  }),
  fc.record({
    q: fc.constantFrom("fail.d", "FAILED$", "[kK]", "s+", "é", "k", "\\/", "i\\s?", "日.*k", "x{0,2}i"),
    caseSensitive: fc.boolean(),
    match: fc.constant("regex" as const),
  }),
  fc.record({ key: needle, value: needle.map((text) => `!!${text}`), caseSensitive: fc.boolean() }),
  filter.map((expression) => ({ filter: expression })),
);

test("no shortcut ever loses a match: what a search finds is what each record says for itself", () => {
  fc.assert(
    fc.property(
      fc.array(anyRecord, { minLength: 1, maxLength: 8 }),
      specs,
      fc.constantFrom(...codecNames),
      (records, spec, codec) => {
        const bytes = write({ records, codec });
        const matcher = makeMatcher({ ...ANYTHING, ...spec }, { ...DECODE, topic: "t" });
        const [batch] = readBatches(bytes).batches;
        if (!batch) throw new Error("There is no batch.");
        const cursor = openRecords(bytes, batch, 1 << 20);
        const expected: bigint[] = [];
        while (nextRecord(cursor)) {
          try {
            if (matcher.test(cursor, 0)) expected.push(offsetAt(cursor));
          } catch {
            // A record that cannot be judged is no match.
          }
        }
        const { hits } = searchSlice(jobOf(bytes, spec), never);
        expect(hits.map(({ offset }) => offset)).toEqual(expected);
      },
    ),
    { numRuns: 1_500 },
  );
});
