import fc from "fast-check";
import { expect, test } from "vitest";
import type { ExactBytes } from "../../lib/api/payloads.ts";
import {
  bytesOf,
  draftOf,
  draftOfRecord,
  emptyDraft,
  mistakesIn,
  type PayloadDraft,
  payloadProblem,
  recordOf,
  rewritten,
  sizeOf,
  textVerdict,
} from "./draft.ts";

const someBytes: fc.Arbitrary<ExactBytes> = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.base64String().map((base64) => ({ base64 })),
  fc.constant(null),
);
const draft = (as: PayloadDraft["as"], text = ""): PayloadDraft => ({ as, text });

test("a record that is taken up and sent unchanged is the same record", () => {
  fc.assert(
    fc.property(
      someBytes,
      someBytes,
      fc.array(fc.record({ key: fc.oneof(fc.string(), fc.constant({ base64: "/w==" })), value: someBytes }), {
        minLength: 1,
      }),
      fc.nat(20),
      (key, value, headers, partition) => {
        const record = { key, value, headers, partition };
        expect(recordOf(draftOfRecord(record), "utc")).toEqual(record);
      },
    ),
  );
});

test("hex, with gaps or 0x, is the same bytes as base64", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 20_000 }), fc.constantFrom("", " ", "\n"), (bytes, gap) => {
      const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join(gap);
      const typed = draft("hex", `0x${hex}`);
      expect(payloadProblem(typed)).toBeNull();
      expect(bytesOf(typed)).toEqual({ base64: Buffer.from(bytes).toString("base64") });
      expect(sizeOf(typed)).toBe(bytes.length);
    }),
    { numRuns: 30 },
  );
});

test("the same bytes are written as text, base64 or hex, back and forth", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", minLength: 1 }), (text) => {
      const base64 = rewritten(draft("text", text), "base64");
      const hex = base64 && rewritten(base64, "hex");
      expect(hex && rewritten(hex, "text")).toEqual(draft("text", text));
    }),
  );
  expect(rewritten(draft("base64", "/w=="), "text")).toBeNull();
  expect(rewritten(draft("text", "kept"), "null")).toEqual(draft("null", "kept"));
  expect(rewritten(draft("hex", "abc"), "text")).toEqual(draft("text", "abc"));
});

test("size is counted in bytes, and null has none", () => {
  expect(sizeOf(draft("text", "é€"))).toBe(5);
  expect(sizeOf(draft("empty", "kept"))).toBe(0);
  expect(sizeOf(draft("null", "kept"))).toBeNull();
  expect(sizeOf(draft("base64", "AAE="))).toBe(2);
});

test("null and empty are chosen, never guessed from an empty box", () => {
  expect(payloadProblem(draft("text"))).toContain("Choose null or empty");
  expect(bytesOf(draft("empty"))).toBe("");
  expect(bytesOf(draft("null"))).toBeNull();
  expect(draftOf("")).toEqual(draft("empty"));
});

test("what is not base64, hex or whole characters is refused", () => {
  expect(payloadProblem(draft("base64", "a"))).not.toBeNull();
  expect(payloadProblem(draft("hex", "abc"))).not.toBeNull();
  expect(payloadProblem(draft("text", "\ud800"))).not.toBeNull();
});

test("JSON is told from text, and from what was meant to be JSON, without touching it", () => {
  expect(textVerdict(draft("text", '{"a": 9007199254740993}'))?.json).toBe("valid");
  expect(textVerdict(draft("text", '{"a": '))?.json).toBe("broken");
  expect(textVerdict(draft("text", "hello"))?.json).toBe("no");
  expect(textVerdict(draft("base64", "AAA="))).toBeNull();
});

test("mistakes are told by the part of the form they are in", () => {
  const wrong = {
    ...emptyDraft,
    headers: [{ id: 7, key: "trace", value: draft("hex", "abc") }],
    partition: "12",
    timestamp: "yesterday",
  };
  expect([...mistakesIn(wrong, 12, "utc").keys()]).toEqual(["value", "header-7", "partition", "timestamp"]);
  expect(mistakesIn({ ...emptyDraft, value: draft("null") }, 1, "utc").size).toBe(0);
});

test("a given time is sent, a time of writing is not", () => {
  const record = { ...emptyDraft, value: draft("null") };
  expect(recordOf({ ...record, timestamp: "1970-01-01 00:00:01" }, "utc").timestamp).toBe("1000");
  expect("timestamp" in recordOf(record, "utc")).toBe(false);
});
