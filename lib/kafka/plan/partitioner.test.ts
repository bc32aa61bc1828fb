import fc from "fast-check";
import kafkajs from "kafkajs";
import { describe, expect, test } from "vitest";
import { keylessPartitions, murmur2, partitionOfKey } from "./partitioner.ts";

describe("murmur2", () => {
  // The vectors of Kafka's own UtilsTest.
  test.each([
    ["21", -973932308],
    ["foobar", -790332482],
    ["a-little-bit-long-string", -985981536],
    ["a-little-bit-longer-string", -1486304829],
    ["lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", -58897971],
    ["abc", 479470107],
  ])("of %s is %i, as in Java", (text, hash) => expect(murmur2(Buffer.from(text))).toBe(hash));

  test("does not look at what is around the bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.nat(7), (bytes, before) => {
        const around = new Uint8Array(before + bytes.length + 3).fill(255);
        around.set(bytes, before);
        expect(murmur2(around.subarray(before, before + bytes.length))).toBe(murmur2(bytes));
      }),
    );
  });
});

describe("the partition of a key", () => {
  test("is the one that kafkajs' Java compatible partitioner chooses", () => {
    const theirs = kafkajs.Partitioners.DefaultPartitioner();
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1 }), fc.integer({ min: 1, max: 500 }), (key, partitions) => {
        const partitionMetadata = Array.from({ length: partitions }, (_, partitionId) => ({
          partitionErrorCode: 0,
          partitionId,
          leader: 1,
          replicas: [],
          isr: [],
        }));
        expect(partitionOfKey(key, partitions)).toBe(
          theirs({ topic: "t", partitionMetadata, message: { key: Buffer.from(key), value: null } }),
        );
      }),
    );
  });
});

describe("records without a key", () => {
  test("stay with a partition for a batch's worth, and then go on to the next", () => {
    const next = keylessPartitions([3, 5, 8], 0.5);
    expect([10_000, 6_000, 6_000, 1, 20_000, 1].map(next)).toEqual([5, 5, 8, 8, 3, 5]);
  });

  test("have no place where no partition can take them", () => {
    expect(keylessPartitions([], 0.9)(1)).toBeNull();
  });
});
