import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { greeting, recognise } from "./greeting.ts";

describe("the first words of a connection", () => {
  test("are a frame whose length is right", () => {
    const frame = greeting();
    expect(frame.readInt32BE(0)).toBe(frame.length - 4);
    expect(frame.readInt16BE(4)).toBe(18);
  });

  test("answered with the same correlation id come from Kafka, whatever follows", () => {
    fc.assert(
      fc.property(fc.integer({ min: 4, max: 100_000 }), fc.uint8Array({ maxLength: 40 }), (length, rest) => {
        const head = Buffer.alloc(4);
        head.writeInt32BE(length);
        expect(recognise(Buffer.concat([head, greeting().subarray(8, 12), rest]))).toEqual({ kind: "kafka" });
      }),
    );
  });

  test.each([
    ["HTTP/1.1 400 Bad Request\r\n", { kind: "http" }],
    ["\x15\x03\x03\x00\x02\x02\x46", { kind: "tls" }],
    ["SSH-2.0-OpenSSH_9.2\r\n", { kind: "foreign", words: "SSH-2.0-OpenSSH_9.2" }],
    ["220 mail.example.com ESMTP\r\n", { kind: "foreign", words: "220 mail.example.com ESMTP" }],
    ["\0\0\0\x04", null],
    ["", null],
  ])("%j is told", (bytes, expected) => expect(recognise(Buffer.from(bytes, "latin1"))).toEqual(expected));

  test("no bytes at all make it throw", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => void recognise(Buffer.from(bytes))));
  });
});
