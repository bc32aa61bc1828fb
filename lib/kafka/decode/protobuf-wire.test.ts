import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { UNTOLD } from "./how.ts";
import { decodePayload, searchableText } from "./payload.ts";
import { double, int, sample, sized, tagged } from "./testing.ts";

describe("without a descriptor", () => {
  const show = (bytes: Buffer, limit = 10_000) => decodePayload(bytes, limit, { ...UNTOLD, format: "protobuf" });

  test("fields stand under their numbers, repeats and every digit kept", () => {
    const bytes = Buffer.concat([
      int(1, 2n ** 63n - 1n),
      int(1, -5n),
      sized(2, "größe"),
      sized(3, Buffer.concat([int(1, 7n)])),
      sized(4, Buffer.from([0xff, 0xfe])),
      double(5, 0.25),
      tagged(6, 1, 42, 0, 0, 0, 0, 0, 0, 0),
      tagged(7, 5, 0, 0, 0x80, 0x3f),
      tagged(8, 3),
      sized(1, "in a group"),
      tagged(8, 4),
    ]);
    expect(show(bytes)?.text).toBe(
      '{"1":9223372036854775807,"1":-5,"2":"größe","3":{"1":7},"4":{"base64":"//4="},"5":0.25,"6":42,"7":1.0,"8":{"1":"in a group"}}',
    );
    expect(show(bytes)).not.toHaveProperty("type");
  });

  test("by itself only where a text proves it", () => {
    expect(decodePayload(sample, 10_000)?.format).toBe("protobuf");
    expect(decodePayload(Buffer.concat([int(1, 5n), int(2, 300n)]), 100)?.format).toBe("hex");
  });

  test("random bytes are hardly ever taken for it", () => {
    let taken = 0;
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 64 }), (bytes) => {
        if (decodePayload(bytes, 1000)?.format === "protobuf") taken++;
      }),
      { numRuns: 20_000, seed: 7 },
    );
    expect(taken).toBeLessThan(20);
  });

  test("10,000 messages or groups inside each other end at the limit of depth", () => {
    let deep = int(1, 1n);
    for (let i = 0; i < 10_000; i++) deep = sized(1, deep);
    const shown = show(deep, 1_000_000);
    expect(shown?.text.startsWith('{"1":{"1":')).toBe(true);
    expect(() => JSON.parse(shown?.text ?? "")).not.toThrow();
    const groups = Buffer.concat([...Array(10_000).fill(tagged(1, 3)), ...Array(10_000).fill(tagged(1, 4))]);
    expect(show(groups)?.format).toBe("hex");
  });

  test("a search sees its text", () => {
    expect(searchableText(sample, UNTOLD)).toContain('"99":"from the future"');
  });
});
