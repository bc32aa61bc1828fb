import { describe, expect, test } from "vitest";
import { compress } from "./codecs.ts";
import { readBytes, searchBytes } from "./testing-jobs.ts";
import { expectMarked, rowsOf } from "./testing-marks.ts";

describe("the formats before Kafka 0.11", () => {
  /** A message of magic 0 or 1, as Kafka 0.8 and 0.10 wrote it. */
  function message(magic: 0 | 1, offset: bigint, value: Uint8Array | null, codec = 0, timestamp = 1_000n): Buffer {
    const out = Buffer.alloc(12 + 6 + (magic === 1 ? 8 : 0) + 8 + (value?.length ?? 0));
    out.writeBigInt64BE(offset);
    out.writeInt32BE(out.length - 12, 8);
    out.writeInt8(magic, 16);
    out.writeInt8(codec, 17);
    let place = 18;
    if (magic === 1) place = out.writeBigInt64BE(timestamp, place);
    place = out.writeInt32BE(-1, place);
    out.writeInt32BE(value?.length ?? -1, place);
    if (value) out.set(value, place + 4);
    return out;
  }
  const texts = (magic: 0 | 1, offsets: bigint[]) =>
    Buffer.concat(offsets.map((offset, index) => message(magic, offset, Buffer.from(`v${index}`))));
  const codecs = [
    ["gzip", 1],
    ["snappy", 2],
    ["lz4", 3],
  ] as const;

  test("are read and searched without compression: null values, and no timestamps in magic 0", () => {
    const bytes = Buffer.concat([texts(0, [7n, 9n]), message(0, 10n, null), message(1, 11n, Buffer.from("new"))]);
    const { messages } = readBytes(bytes);
    expect(messages.map(({ offset, value, timestamp }) => [offset, value?.text ?? null, timestamp])).toEqual([
      ["7", "v0", null],
      ["9", "v1", null],
      ["10", null, null],
      ["11", "new", "1000"],
    ]);
    expect(messages.map(({ timestampType, batch }) => [timestampType, batch.magic])).toEqual([
      [null, 0],
      [null, 0],
      [null, 0],
      ["create", 1],
    ]);
    expect(searchBytes(bytes, { q: "v1" }).hits.map(({ offset }) => offset)).toEqual([9n]);
    expect(searchBytes(bytes, { filter: "timestamp == 1000" }).hits.map(({ offset }) => offset)).toEqual([11n]);
  });

  test.each(codecs)("are read out of wrappers of %s, whose offsets count differently in magic 0 and 1", (codec, id) => {
    for (const [magic, inner] of [
      [0, [4n, 5n, 6n]],
      [1, [0n, 1n, 2n]],
    ] as const) {
      const wrapper = message(magic, 6n, compress(codec, texts(magic, [...inner])), id);
      const bytes = Buffer.concat([wrapper, message(magic, 7n, Buffer.from("behind"))]);
      expect(rowsOf(readBytes(bytes))).toEqual([
        ["4", "v0"],
        ["5", "v1"],
        ["6", "v2"],
        ["7", "behind"],
      ]);
      expect(rowsOf(readBytes(bytes, { order: "last", to: 6n }))).toEqual([
        ["5", "v1"],
        ["4", "v0"],
      ]);
      for (const order of ["first", "last"] as const)
        expect(searchBytes(bytes, { q: "v1" }, { order }).hits.map(({ offset }) => offset)).toEqual([5n]);
    }
  });

  test.each(codecs)("with a bomb, noise or a cut message in a wrapper of %s are marked", (codec, id) => {
    const inside = {
      bomb: compress(codec, Buffer.alloc(20 << 20)),
      noise: Buffer.from("this is not compressed at all"),
      cut: compress(codec, texts(1, [0n]).subarray(0, 20)),
      negative: compress(codec, Buffer.alloc(40, 255)),
    };
    for (const value of Object.values(inside)) expectMarked(message(1, 1n, value, id), expect.stringMatching(/\.$/));
  });

  test("with a message that is shorter than its key and value are marked", () => {
    const short = message(1, 1n, Buffer.from("abc"));
    short.writeInt32BE(1_000, short.length - 7);
    expectMarked(short, "A value is longer than its message.");
  });
});
