import { crc32 } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readBatches } from "./batches.ts";
import { codecNames, compress } from "./codecs.ts";
import { crc32c } from "./crc32c.ts";
import { controlOf, nextRecord, offsetAt, openRecords, readRecords } from "./records.ts";
import { recordSize, type WriteBatch, write } from "./writer.ts";

const LIMIT = 1 << 20;
const int64 = fc.bigInt({ min: -(1n << 63n), max: (1n << 63n) - 1n });
const payload = fc.option(fc.uint8Array({ maxLength: 80 }));
const record = fc.record({
  timestamp: fc.oneof(fc.bigInt({ min: 0n, max: 1n << 41n }), int64),
  key: payload,
  value: payload,
  headers: fc.array(fc.record({ key: fc.uint8Array({ maxLength: 8 }), value: payload }), { maxLength: 4 }),
  gap: fc.nat(5),
});
const batch: fc.Arbitrary<WriteBatch> = fc
  .record({
    records: fc.array(record, { minLength: 1, maxLength: 30 }),
    codec: fc.constantFrom(...codecNames),
    baseOffset: fc.bigInt({ min: 0n, max: 1n << 62n }),
    leaderEpoch: fc.nat(),
    transactional: fc.boolean(),
    producer: fc.option(
      fc.record({ id: fc.bigInt({ min: 0n, max: 1n << 62n }), epoch: fc.nat(32767), sequence: fc.nat() }),
      { nil: undefined },
    ),
  })
  .map(({ records, ...rest }) => {
    let delta = -1;
    return {
      ...rest,
      records: records.map(({ gap, ...fields }) => {
        delta += 1 + gap;
        return { ...fields, offsetDelta: delta };
      }),
    } as WriteBatch;
  });

const plain = (bytes: Uint8Array | null) => (bytes === null ? null : Buffer.from(bytes).toString("hex"));

test("what is written is read back: payloads, headers, offsets, timestamps and the batch's own fields", () => {
  fc.assert(
    fc.property(fc.array(batch, { minLength: 1, maxLength: 4 }), (written) => {
      const bytes = Buffer.concat(written.map(write));
      const { batches, rest, problem } = readBatches(bytes);
      expect([batches.length, rest, problem]).toEqual([written.length, 0, null]);
      for (const [index, header] of batches.entries()) {
        const from = written[index] as WriteBatch;
        expect(header).toMatchObject({
          codec: from.codec,
          leaderEpoch: from.leaderEpoch,
          transactional: from.transactional,
          producerId: from.producer?.id ?? null,
          producerEpoch: from.producer?.epoch ?? null,
          baseSequence: from.producer?.sequence ?? null,
          count: from.records.length,
          lastOffset: (from.baseOffset ?? 0n) + BigInt(from.records.at(-1)?.offsetDelta ?? 0),
        });
        expect(crc32c(bytes, header.start + 21, header.end)).toBe(header.crc);
        const read = readRecords(bytes, header, LIMIT);
        expect(read.problem).toBeNull();
        expect(
          read.records.map((one) => [
            one.offset,
            one.timestamp,
            plain(one.key),
            plain(one.value),
            one.headers.map((header) => [plain(header.key), plain(header.value)]),
          ]),
        ).toEqual(
          from.records.map((one) => [
            (from.baseOffset ?? 0n) + BigInt(one.offsetDelta ?? 0),
            one.timestamp,
            plain(one.key),
            plain(one.value),
            one.headers.map((header) => [plain(header.key), plain(header.value)]),
          ]),
        );
      }
    }),
    { numRuns: 150 },
  );
});

test("a cut buffer gives the whole batches before the cut and counts the rest", () => {
  const one = write({ records: [{ timestamp: 1n, key: null, value: Buffer.from("x"), headers: [] }] });
  fc.assert(
    fc.property(fc.nat(one.length * 3), (length) => {
      const { batches, rest, problem } = readBatches(Buffer.concat([one, one, one]).subarray(0, length));
      expect([batches.length, rest, problem]).toEqual([Math.floor(length / one.length), length % one.length, null]);
    }),
  );
});

test("damaged bytes become a problem of their batch; nothing throws and nothing hangs", () => {
  fc.assert(
    fc.property(batch, fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 6 }), (whole, damages) => {
      const bytes = write(whole);
      for (const [at, byte] of damages) bytes[at % bytes.length] = byte;
      for (const header of readBatches(bytes).batches) readRecords(bytes, header, LIMIT);
    }),
    { numRuns: 500 },
  );
});

test("noise is read without throwing", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(3), (noise, magic) => {
      const bytes = Buffer.alloc(17 + noise.length);
      bytes.set(noise, 17);
      bytes.writeInt32BE(bytes.length - 12, 8);
      bytes.writeInt8(magic, 16);
      for (const header of readBatches(bytes).batches) readRecords(bytes, header, LIMIT);
    }),
    { numRuns: 500 },
  );
});

test("an unknown codec or magic is named on its batch, and the next batch is read", () => {
  const one = write({ records: [{ timestamp: 1n, key: null, value: Buffer.from("x"), headers: [] }] });
  const strangeCodec = Buffer.from(one);
  strangeCodec.writeInt16BE(7, 21);
  const strangeMagic = Buffer.from(one);
  strangeMagic.writeInt8(9, 16);
  const { batches } = readBatches(Buffer.concat([strangeCodec, strangeMagic, one]));
  expect(batches.map(({ problem }) => problem)).toEqual([
    "Unknown compression type 7.",
    "Unknown record format (magic 9).",
    null,
  ]);
});

test("a batch that says more records than it has bytes is refused at once", () => {
  const bytes = write({ records: [{ timestamp: 1n, key: null, value: null, headers: [] }] });
  bytes.writeInt32BE(2_000_000_000, 57);
  const [header] = readBatches(bytes).batches;
  expect(header && readRecords(bytes, header, LIMIT).problem).toContain("2000000000 records");
});

test("log append time is the batch's, whatever the records say", () => {
  const bytes = write({
    timestampType: "append",
    records: [5n, 9n].map((timestamp) => ({ timestamp, key: null, value: null, headers: [] })),
  });
  const [header] = readBatches(bytes).batches;
  expect(header && readRecords(bytes, header, LIMIT).records.map(({ timestamp }) => timestamp)).toEqual([9n, 9n]);
});

test("a control record tells commit from abort", () => {
  const marker = (type: number) => ({
    offset: 0n,
    timestamp: 0n,
    key: Buffer.from([0, 0, 0, type]),
    value: Buffer.from([0, 0, 0, 0, 0, 7]),
    headers: [],
    size: 0,
  });
  expect(controlOf(marker(0))).toEqual({ kind: "abort", coordinatorEpoch: 7 });
  expect(controlOf(marker(1))).toEqual({ kind: "commit", coordinatorEpoch: 7 });
  expect(controlOf(marker(4))).toBeNull();
});

/** A message of the formats before Kafka 0.11, as its bytes. */
function message(
  magic: 0 | 1,
  offset: bigint,
  fields: { timestamp?: bigint; key?: Uint8Array; value: Uint8Array | null; codec?: number; append?: boolean },
): Buffer {
  const { timestamp = 0n, key, value, codec = 0, append = false } = fields;
  const int32 = (number: number) => {
    const bytes = Buffer.alloc(4);
    bytes.writeInt32BE(number);
    return bytes;
  };
  const time = Buffer.alloc(magic === 0 ? 0 : 8);
  if (magic === 1) time.writeBigInt64BE(timestamp);
  const payload = [
    int32(key ? key.length : -1),
    key ?? Buffer.alloc(0),
    int32(value ? value.length : -1),
    value ?? Buffer.alloc(0),
  ];
  const body = Buffer.concat([Buffer.from([magic, codec | (append ? 8 : 0)]), time, ...payload]);
  const crc = Buffer.alloc(4);
  crc.writeUInt32BE(crc32(body));
  const head = Buffer.alloc(12);
  head.writeBigInt64BE(offset);
  head.writeInt32BE(body.length + 4, 8);
  return Buffer.concat([head, crc, body]);
}

describe("message sets of magic 0 and 1", () => {
  const value = Buffer.from("v");

  test("are read message by message, null keys and values kept", () => {
    const bytes = Buffer.concat([
      message(0, 40n, { value }),
      message(1, 41n, { timestamp: 1234n, key: Buffer.from("k"), value: null }),
    ]);
    const { batches } = readBatches(bytes);
    const records = batches.flatMap((header) => readRecords(bytes, header, LIMIT).records);
    expect(records).toMatchObject([
      { offset: 40n, timestamp: -1n, key: null, headers: [] },
      { offset: 41n, timestamp: 1234n, value: null, headers: [] },
    ]);
    expect(batches.map(({ timestampType, count }) => [timestampType, count])).toEqual([
      [null, 1],
      ["create", 1],
    ]);
  });

  test.each([1, 2, 3] as const)(
    "inside a compressed wrapper (codec %i) have absolute offsets in magic 0 and relative ones in magic 1",
    (codec) => {
      const pack = (inner: Buffer) => compress(codecNames[codec], inner);
      const old = message(0, 12n, {
        codec,
        value: pack(Buffer.concat([message(0, 10n, { value }), message(0, 12n, { value })])),
      });
      const inner = [0n, 1n, 3n].map((offset) => message(1, offset, { timestamp: 100n + offset, value }));
      const newer = message(1, 23n, { codec, timestamp: 103n, value: pack(Buffer.concat(inner)) });
      const bytes = Buffer.concat([old, newer]);
      const { batches } = readBatches(bytes);
      expect(batches.map(({ lastOffset, count }) => [lastOffset, count])).toEqual([
        [12n, null],
        [23n, null],
      ]);
      const records = batches.flatMap((header) => readRecords(bytes, header, LIMIT).records);
      expect(records.map(({ offset, timestamp }) => [offset, timestamp])).toEqual([
        [10n, -1n],
        [12n, -1n],
        [20n, 100n],
        [21n, 101n],
        [23n, 103n],
      ]);
    },
  );

  test("a wrapper with log append time gives its own time to all inside", () => {
    const inner = Buffer.concat([0n, 1n].map((offset) => message(1, offset, { timestamp: 5n, value })));
    const bytes = message(1, 7n, { codec: 1, append: true, timestamp: 99n, value: compress("gzip", inner) });
    const [header] = readBatches(bytes).batches;
    expect(header && readRecords(bytes, header, LIMIT).records.map(({ timestamp }) => timestamp)).toEqual([99n, 99n]);
  });

  test("cut or damaged inside become a problem, not a throw", () => {
    const inner = Buffer.concat([0n, 1n].map((offset) => message(1, offset, { value })));
    fc.assert(
      fc.property(fc.nat(inner.length - 1), fc.nat(255), fc.nat(inner.length), (at, byte, end) => {
        const damaged = Buffer.from(inner.subarray(0, end));
        if (at < damaged.length) damaged[at] = byte;
        const bytes = message(1, 7n, { codec: 1, value: compress("gzip", damaged) });
        for (const header of readBatches(bytes).batches) readRecords(bytes, header, LIMIT);
      }),
    );
  });
});

test("stepping over records allocates nothing for them and finds each offset", () => {
  const records = Array.from({ length: 1000 }, (_, index) => ({
    timestamp: BigInt(index),
    key: null,
    value: Buffer.from("x".repeat(index % 50)),
    headers: [],
  }));
  const bytes = write({ codec: "zstd", baseOffset: 5n, records });
  const [header] = readBatches(bytes).batches;
  if (!header) throw new Error("no batch");
  const cursor = openRecords(bytes, header, LIMIT);
  let sum = 0n;
  while (nextRecord(cursor)) sum += offsetAt(cursor);
  expect(sum).toBe(BigInt((1000 * 999) / 2 + 5000));
});

test("the checksum is CRC-32C", () => {
  expect(crc32c(Buffer.from("123456789"))).toBe(0xe3069283);
});

test("the size of a record is known before it is written", () => {
  fc.assert(
    fc.property(batch, (written) => {
      const bytes = write(written);
      const [header] = readBatches(bytes).batches;
      const { records } = readRecords(bytes, header as never, LIMIT);
      const base = written.records[0]?.timestamp ?? 0n;
      expect(records.map(({ size }) => size)).toEqual(
        written.records.map((one) => recordSize(one, one.offsetDelta ?? 0, base)),
      );
    }),
  );
});
