import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readAssignment, readSubscription } from "./assignment.ts";

const int16 = (value: number) => Buffer.from([value >> 8, value & 255]);
const int32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
};
const text = (value: string) => Buffer.concat([int16(Buffer.byteLength(value)), Buffer.from(value)]);
const list = (items: Buffer[]) => Buffer.concat([int32(items.length), ...items]);
type Topic = { topic: string; partitions: number[] };
const topicBytes = ({ topic, partitions }: Topic) => Buffer.concat([text(topic), list(partitions.map(int32))]);
const assignment = (topics: Topic[], version = 1) =>
  Buffer.concat([int16(version), list(topics.map(topicBytes)), int32(-1)]);

describe("an assignment", () => {
  test("is read as it was written, sorted", () => {
    const written = [
      { topic: "b", partitions: [2, 0] },
      { topic: "a", partitions: [] },
    ];
    expect(readAssignment(assignment(written))).toEqual([
      { topic: "a", partitions: [] },
      { topic: "b", partitions: [0, 2] },
    ]);
  });

  test("may be of a later version, with more behind it", () => {
    const later = Buffer.concat([assignment([{ topic: "t", partitions: [1] }], 9), Buffer.from("more")]);
    expect(readAssignment(later)).toEqual([{ topic: "t", partitions: [1] }]);
  });

  test.each([
    ["nothing", Buffer.alloc(0), "A version of 2 bytes"],
    ["text", Buffer.from("\0\0text that claims a size"), "A list of 1952807028 items is claimed at byte 2"],
    [
      "a size that some tools leave",
      Buffer.concat([int16(0), int32(1), int16(1), Buffer.from("t"), int32(1952805748)]),
      "A list of 1952805748 items",
    ],
    ["a negative count", Buffer.concat([int16(0), int32(-7)]), "A list of -7 items"],
    [
      "a name beyond the end",
      Buffer.concat([int16(0), int32(1), int16(99), Buffer.from("tttt")]),
      "A name of 99 bytes",
    ],
    ["a negative version", int16(-1), "-1 is no version"],
  ])("that is %s says what is wrong", (_name, bytes, why) => expect(() => readAssignment(bytes)).toThrow(why));

  test("comes back from any bytes at once, read or refused", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          expect(Array.isArray(readAssignment(bytes))).toBe(true);
        } catch (error) {
          expect((error as Error).message).toMatch(/claimed|version/);
        }
      }),
    );
  });

  test("of any topics is read back", () => {
    const topics = fc.uniqueArray(
      fc.record({ topic: fc.string({ minLength: 1 }), partitions: fc.uniqueArray(fc.nat(10_000)) }),
      { selector: ({ topic }) => topic },
    );
    fc.assert(
      fc.property(topics, (written) => {
        const sorted = written
          .map(({ topic, partitions }) => ({ topic, partitions: partitions.toSorted((a, b) => a - b) }))
          .sort((a, b) => (a.topic < b.topic ? -1 : 1));
        expect(readAssignment(assignment(written))).toEqual(sorted);
      }),
    );
  });
});

test("a subscription tells its topics, whatever is behind them", () => {
  const bytes = Buffer.concat([int16(3), list([text("b"), text("a")]), Buffer.from("user data")]);
  expect(readSubscription(bytes)).toEqual(["a", "b"]);
  expect(() => readSubscription(Buffer.from("\0\0text"))).toThrow("items");
});
