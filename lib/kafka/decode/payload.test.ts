import fc from "fast-check";
import { expect, test } from "vitest";
import { decodePayload, headerName, judgePayload } from "./payload.ts";

const decode = (text: string, limit = 1000) => decodePayload(Buffer.from(text), limit);

test("null, empty and text are three things", () => {
  expect(decodePayload(null, 100)).toBeNull();
  expect(decode("")).toEqual({ format: "text", text: "", size: 0, truncated: false });
  expect(decode("acc_1")).toEqual({ format: "text", text: "acc_1", size: 5, truncated: false });
});

test("JSON keeps its text: big numbers, repeated keys, spaces and key order", () => {
  const text = ' {"id":9007199254741007123456, "a":1.10,"a":2,"__proto__":{"x":1}}\n';
  expect(decode(text)).toEqual({ format: "json", text, size: text.length, truncated: false });
});

test.each([
  ["42", "text"],
  ["true", "text"],
  ['"quoted"', "json"],
  ["[1,2]", "json"],
  ["{not json}", "text"],
  ['{"cut":', "text"],
  ["\u0000\u0001", "hex"],
  ["line\nbreak\ttab", "text"],
])("%j is shown as %s", (text, format) => expect(decode(text)?.format).toBe(format));

test("bytes that are not UTF-8 are hex", () => {
  expect(decodePayload(Buffer.from([0xff, 0x00, 0x10]), 100)).toEqual({
    format: "hex",
    text: "ff0010",
    size: 3,
    truncated: false,
  });
});

test("JSON nested 10,000 deep is decoded", () => {
  expect(decode("[".repeat(10_000) + "]".repeat(10_000), 100_000)?.format).toBe("json");
});

test("never throws, never exceeds the limit and says when it cut; what is not cut is byte-exact", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uint8Array({ maxLength: 300 }),
        fc.string({ unit: "binary", maxLength: 200 }).map((text) => Buffer.from(text)),
      ),
      fc.nat(300),
      (bytes, limit) => {
        const shown = decodePayload(bytes, limit);
        if (!shown) throw new Error("lost");
        const back = Buffer.from(shown.text, shown.format === "hex" ? "hex" : "utf8");
        expect(shown.size).toBe(bytes.length);
        expect(shown.text.length).toBeLessThanOrEqual(limit);
        expect(Buffer.compare(back, Buffer.from(bytes).subarray(0, back.length))).toBe(0);
        expect(shown.truncated).toBe(back.length < bytes.length);
        if (limit >= 2 * bytes.length) expect(shown.truncated).toBe(false);
      },
    ),
    { numRuns: 500 },
  );
});

test("each format says why it fits or not, in the order of preference", () => {
  expect(judgePayload(Buffer.from('{"a":1}'))).toEqual([
    { format: "consumer-offsets", fits: false, why: "the topic is not __consumer_offsets" },
    { format: "transaction-state", fits: false, why: "the topic is not __transaction_state" },
    { format: "json", fits: true, why: "starts with {, parses whole: 7 bytes" },
    { format: "xml", fits: false, why: "does not start as a tag or an XML declaration does" },
    { format: "text", fits: true, why: "7 bytes of UTF-8 without control characters" },
    { format: "messagepack", fits: false, why: "reads as MessagePack up to byte 1, and 6 bytes are left over" },
    { format: "cbor", fits: false, why: "ends in the middle of a value, at byte 1" },
    { format: "int32", fits: false, why: "has 7 bytes, not 4" },
    { format: "int64", fits: false, why: "has 7 bytes, not 8" },
    { format: "protobuf", fits: false, why: "is not made of Protobuf fields to the last byte" },
    { format: "hex", fits: true, why: "any bytes" },
    { format: "base64", fits: true, why: "any bytes" },
    { format: "uuid", fits: false, why: "has 7 bytes, not 16" },
    { format: "float32", fits: false, why: "has 7 bytes, not 4" },
    { format: "float64", fits: false, why: "has 7 bytes, not 8" },
  ]);
  expect(judgePayload(null)).toEqual([]);
});

test("header names that are not UTF-8 stay different from each other", () => {
  expect(headerName(Buffer.from("trace-id"))).toBe("trace-id");
  expect(headerName(Buffer.from([0x61, 0xff]))).toBe("a\\xff");
  expect(headerName(Buffer.from([0x61, 0xfe]))).not.toBe(headerName(Buffer.from([0x61, 0xff])));
});
