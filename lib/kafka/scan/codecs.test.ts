import { gzipSync, zstdCompressSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { codecNames, compress, decompress } from "./codecs.ts";

const MEGABYTE = 1 << 20;
const packed = codecNames.filter((codec) => codec !== "none");
const codeOf = (act: () => unknown) => {
  try {
    act();
    return "nothing thrown";
  } catch (error) {
    return (error as { code?: string }).code;
  }
};

/** Bytes with repeats, so that the codecs find matches, near and far, overlapping and not. */
const bytes = fc
  .array(fc.tuple(fc.uint8Array({ minLength: 1, maxLength: 40 }), fc.integer({ min: 1, max: 600 })), { maxLength: 30 })
  .map((runs) => Buffer.concat(runs.flatMap(([run, times]) => Array.from({ length: times }, () => run))));

describe.each(codecNames)("%s", (codec) => {
  test("gives back what was packed", () => {
    fc.assert(
      fc.property(bytes, (input) => {
        expect(Buffer.compare(decompress(codec, compress(codec, input), input.length + 1), input)).toBe(0);
      }),
      { numRuns: 60 },
    );
  });

  test("gives back random bytes of several blocks", () => {
    const input = Buffer.from(
      Array.from({ length: 200_000 }, (_, index) => (Math.imul(index, 2654435761) >>> 13) & 0xff),
    );
    expect(Buffer.compare(decompress(codec, compress(codec, input), MEGABYTE), input)).toBe(0);
  });

  test("refuses what unpacks to more than the limit", () => {
    expect(codeOf(() => decompress(codec, compress(codec, Buffer.alloc(MEGABYTE)), MEGABYTE - 1))).toBe("too-large");
    expect(decompress(codec, compress(codec, Buffer.alloc(MEGABYTE)), MEGABYTE)).toHaveLength(MEGABYTE);
  });

  test("answers damaged bytes with one of its own two errors", () => {
    const whole = compress(codec, Buffer.from("damage me ".repeat(500)));
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), fc.nat(whole.length), (at, byte, end) => {
        const damaged = Buffer.from(whole.subarray(0, end));
        if (at < damaged.length) damaged[at] = byte;
        expect(["nothing thrown", "corrupt-batch", "too-large"]).toContain(
          codeOf(() => decompress(codec, damaged, MEGABYTE)),
        );
      }),
    );
  });

  test("answers bytes of no codec with one of its own two errors", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (noise) => {
        expect(["nothing thrown", "corrupt-batch", "too-large"]).toContain(
          codeOf(() => decompress(codec, noise, MEGABYTE)),
        );
      }),
    );
  });
});

test.each(packed)("a %s bomb costs no more memory than the limit", (codec) => {
  const bomb = compress(codec, Buffer.alloc(64 * MEGABYTE));
  const before = process.memoryUsage().arrayBuffers + process.memoryUsage().heapUsed;
  expect(codeOf(() => decompress(codec, bomb, 4 * MEGABYTE))).toBe("too-large");
  const { arrayBuffers, heapUsed } = process.memoryUsage();
  expect(arrayBuffers + heapUsed - before).toBeLessThan(12 * MEGABYTE);
});

test("a snappy block is read with and without xerial framing", () => {
  const raw = Buffer.from([5, (5 - 1) << 2, ...Buffer.from("hello")]);
  expect(Buffer.from(decompress("snappy", raw, 100)).toString()).toBe("hello");
  const header = Buffer.from([0x82, ...Buffer.from("SNAPPY"), 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, raw.length]);
  expect(
    Buffer.from(
      decompress("snappy", Buffer.concat([header, raw, Buffer.from([0, 0, 0, raw.length]), raw]), 100),
    ).toString(),
  ).toBe("hellohello");
});

test("a snappy block that says 4 GB is refused before anything is allocated", () => {
  expect(codeOf(() => decompress("snappy", Buffer.from([0xff, 0xff, 0xff, 0xff, 0x0f, 0]), MEGABYTE))).toBe(
    "too-large",
  );
});

test("snappy copies with two-byte and four-byte distances are read", () => {
  const twoByte = Buffer.from([8, (4 - 1) << 2, ...Buffer.from("abcd"), ((4 - 1) << 2) | 2, 4, 0]);
  expect(Buffer.from(decompress("snappy", twoByte, 100)).toString()).toBe("abcdabcd");
  const fourByte = Buffer.from([8, (4 - 1) << 2, ...Buffer.from("abcd"), ((4 - 1) << 2) | 3, 4, 0, 0, 0]);
  expect(Buffer.from(decompress("snappy", fourByte, 100)).toString()).toBe("abcdabcd");
});

test("lz4 blocks may refer back to earlier blocks of their frame, as linked frames do", () => {
  const frame = Buffer.from([
    ...[0x04, 0x22, 0x4d, 0x18, 0x40, 0x40, 0xc0],
    ...[5, 0, 0, 0x80, ...Buffer.from("abcde")],
    ...[4, 0, 0, 0, 0x01, 5, 0, 0x00],
    ...[0, 0, 0, 0],
  ]);
  expect(Buffer.from(decompress("lz4", frame, 100)).toString()).toBe("abcdeabcde");
});

test("an lz4 frame without its end mark is damaged, not endless", () => {
  const whole = compress("lz4", Buffer.from("abc"));
  expect(codeOf(() => decompress("lz4", whole.subarray(0, whole.length - 4), 100))).toBe("corrupt-batch");
});

test("several gzip members and several zstd frames are read as one", () => {
  const twice = (pack: (bytes: Uint8Array) => Uint8Array) =>
    Buffer.concat([pack(Buffer.from("one ")), pack(Buffer.from("two"))]);
  expect(Buffer.from(decompress("gzip", twice(gzipSync), 100)).toString()).toBe("one two");
  expect(Buffer.from(decompress("zstd", twice(zstdCompressSync), 100)).toString()).toBe("one two");
});
