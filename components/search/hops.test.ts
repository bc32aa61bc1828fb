import fc from "fast-check";
import { expect, test } from "vitest";
import type { Message } from "../../lib/api/messages.ts";
import { hitsByTopic, hopKey, hopsOf } from "./hops.ts";

const found = (topic: string, partition: number, offset: string, timestamp: string | null) =>
  ({ topic, partition, offset, timestamp }) as Message;

const someMessage = fc
  .record({
    topic: fc.constantFrom("orders", "payments", "shipments"),
    partition: fc.nat(3),
    offset: fc.bigInt(0n, 2n ** 63n - 1n).map(String),
    timestamp: fc.option(fc.bigInt(-1n, 20n).map(String)),
  })
  .map(({ topic, partition, offset, timestamp }) => found(topic, partition, offset, timestamp));

test("the order is that of time, whichever topic a record was found in and whichever was found first", () => {
  fc.assert(
    fc.property(fc.uniqueArray(someMessage, { selector: (each) => JSON.stringify(each) }), (messages) => {
      const hops = hopsOf(messages);
      expect(hopsOf([...messages].reverse()).map(hopKey)).toEqual(hops.map(hopKey));
      const times = hops.map(({ message }) => message.timestamp).filter((time) => time !== null);
      expect(times).toEqual([...times].sort((a, b) => Number(BigInt(a) - BigInt(b))));
      const firstWithout = hops.findIndex(({ message }) => message.timestamp === null);
      if (firstWithout >= 0) expect(hops.slice(firstWithout).every(({ after }) => after === null)).toBe(true);
    }),
  );
});

test("each step says how long after the one before it came", () => {
  const hops = hopsOf([
    found("payments", 0, "7", "1320"),
    found("orders", 3, "9007199254740993", "1000"),
    found("legacy", 0, "1", null),
    found("shipments", 1, "4", "1320"),
  ]);
  expect(hops.map(({ message, after }) => [message.topic, after])).toEqual([
    ["orders", null],
    ["payments", 320n],
    ["shipments", 0n],
    ["legacy", null],
  ]);
});

test("offsets above 2^53 of one moment stay in their order", () => {
  const hops = hopsOf([found("a", 0, "9007199254740993", "5"), found("a", 0, "9007199254740992", "5")]);
  expect(hops.map(({ message }) => message.offset)).toEqual(["9007199254740992", "9007199254740993"]);
});

test("topics are counted in the order in which the key comes to them", () => {
  const hops = hopsOf([found("b", 0, "2", "3"), found("a", 0, "1", "2"), found("b", 0, "1", "1")]);
  expect(hitsByTopic(hops)).toEqual([
    { topic: "b", hits: 2 },
    { topic: "a", hits: 1 },
  ]);
});
