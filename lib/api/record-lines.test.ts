import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { newRecord } from "./produce.ts";
import { parseRecordLines } from "./record-lines.ts";

const only = (line: string) => parseRecordLines(line).records[0];
const said = (line: string) => parseRecordLines(line).problems[0]?.message ?? "";

describe("lines of records", () => {
  test("are read with what an export adds passed over, and empty lines too", () => {
    const text = `\uFEFF{"topic":"a","partition":3,"offset":"9","timestamp":"17","timestampType":"create","key":null,"value":"v","headers":[{"key":"h","value":null,"more":1}]}\r\n\n {"value":""}\n`;
    expect(parseRecordLines(text)).toEqual({
      records: [
        { partition: 3, timestamp: "17", key: null, value: "v", headers: [{ key: "h", value: null }] },
        { value: "" },
      ],
      problems: [],
    });
  });

  test("that are wrong are told by their number, and the others stand", () => {
    const { records, problems } = parseRecordLines('{"value":"a"}\n{"value":\n\n{"key":"k"}\n{"value":null}');
    expect(records).toEqual([{ value: "a" }, { value: null }]);
    expect(problems.map(({ line }) => line)).toEqual([2, 4]);
    expect(problems[1]?.message).toBe("value is missing. Write null for a tombstone.");
  });

  test.each([
    ["[1]", /one JSON object/],
    ['{"value":{"id":1}}', /value must be a text.*escaped/],
    ['{"value":5}', /value must be a text/],
    ['{"value":{"base64":"A"}}', /value.base64/],
    ['{"value":"\\ud800"}', /surrogate/],
    ['{"value":"","headers":{"a":"b"}}', /must be a list/],
    ['{"value":"","headers":[{"key":"a"}]}', /headers.0 must have/],
    ['{"value":"","partition":1.5}', /partition/],
    ['{"value":"","timestamp":1.5}', /timestamp/],
    ['{"value":"","timestamp":"soon"}', /timestamp/],
    ['{"value":"","timestamp":9223372036854775808}', /timestamp/],
  ])("such as %s are refused", (line, words) => expect(said(line)).toMatch(words));
});

describe("a timestamp", () => {
  test("keeps every digit, however it is written", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(1n << 63n), max: (1n << 63n) - 1n }),
        fc.boolean(),
        fc.json(),
        (time, quoted, other) => {
          const line = `{"value":"","more":${other},"timestamp" : ${quoted ? `"${time}"` : time},"timestampType":"create"}`;
          expect(only(line)?.timestamp).toBe(time.toString());
        },
      ),
    );
  });

  test("is not mistaken for one inside a payload or another object, and the last of two counts", () => {
    const digits = "9007199254740993";
    expect(
      only(`{"a":{"timestamp":1},"value":"\\"timestamp\\":2","timestamp":3,"timestamp":${digits},"z":["timestamp",4]}`)
        ?.timestamp,
    ).toBe(digits);
    expect(only(`{"key":"timestamp","value":"timestamp","timestamp":${digits}}`)?.timestamp).toBe(digits);
  });
});

test("what is read is what the contract takes", () => {
  const bytes = fc.oneof(fc.string({ unit: "grapheme" }), fc.constant(null), fc.constant({ base64: "AP8=" }));
  const name = fc.oneof(fc.string(), fc.constant({ base64: "/w==" }));
  const record = fc.record(
    { key: bytes, value: bytes, headers: fc.array(fc.record({ key: name, value: bytes })), partition: fc.nat() },
    { requiredKeys: ["value"] },
  );
  fc.assert(
    fc.property(fc.array(record), (records) => {
      const lines = parseRecordLines(records.map((one) => JSON.stringify(one)).join("\n"));
      expect(lines).toEqual({ records, problems: [] });
      for (const one of lines.records) expect(newRecord.parse(one)).toEqual(one);
    }),
  );
});
