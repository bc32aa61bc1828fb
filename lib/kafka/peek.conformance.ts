import { expect, test } from "vitest";
import { toInt64 } from "../api/scalars.ts";
import { peekRecords, placeKey } from "./peek.ts";
import { deleteRecords } from "./records.ts";
import { topicsOf } from "./scan/testing-topics.ts";
import { measured } from "./testing.ts";

const { cluster, kafka, producer, makeTopic, ended } = topicsOf("peek");
const { signal } = new AbortController();
const at = Date.parse("2026-11-22T12:00:00Z");

const peekOf = async (topic: string, offset: bigint, partition = 0) =>
  (await peekRecords(cluster, [{ topic, partition, offset }], signal)).get(placeKey({ topic, partition }));

test("the first record at an offset is told with its time and its key, in the middle of a batch too", async () => {
  const topic = await makeTopic(2);
  const messages = ["a", "b", "c"].map((key, index) => ({ key, value: "x", partition: 1, timestamp: `${at + index}` }));
  await producer.send({ topic, messages });
  expect(await peekOf(topic, 1n, 1)).toEqual({
    first: { offset: 1n, timestamp: BigInt(at + 1), key: "b" },
    problem: null,
  });
  expect(await peekOf(topic, 0n, 0)).toEqual({ first: null, problem: null });
  expect(await peekOf(topic, 3n, 1)).toEqual({ first: null, problem: null });
});

test("a null key is null, and one of binary bytes is text all the same", async () => {
  const topic = await makeTopic();
  await producer.send({ topic, messages: [{ key: null, value: "x" }] });
  await producer.send({ topic, messages: [{ key: Buffer.from([0xff, 0x00, 0xfe]), value: "x" }] });
  expect((await peekOf(topic, 0n))?.first).toMatchObject({ offset: 0n, key: null });
  expect((await peekOf(topic, 1n))?.first?.key).toMatch(/^ff ?00 ?fe$/);
});

test("markers of transactions are passed over", async () => {
  const topic = await makeTopic();
  const writer = kafka.producer({ transactionalId: `${topic}-tx`, idempotent: true, maxInFlightRequests: 1 });
  await writer.connect();
  for (const key of ["first", "second"]) {
    const transaction = await writer.transaction();
    await transaction.send({ topic, messages: [{ key, value: "x" }] });
    await transaction.commit();
  }
  await writer.disconnect();
  await ended(topic, 4);
  expect((await peekOf(topic, 1n))?.first).toMatchObject({ offset: 2n, key: "second" });
});

test("an offset that the log has lost gives the first record that is left", async () => {
  const topic = await makeTopic();
  await producer.send({ topic, messages: ["a", "b", "c"].map((key) => ({ key, value: "x" })) });
  await deleteRecords(cluster, topic, { offsets: [{ partition: 0, offset: toInt64(2n) }] }, signal);
  expect((await peekOf(topic, 0n))?.first).toMatchObject({ offset: 2n, key: "c" });
});

test("a topic and a partition there are not, and an offset above the end, are problems of their own", async () => {
  const topic = await makeTopic();
  await producer.send({ topic, messages: [{ key: "a", value: "x" }] });
  const places = [
    { topic: "peek-none", partition: 0, offset: 0n },
    { topic, partition: 7, offset: 0n },
    { topic, partition: 0, offset: 0n },
  ];
  const peeked = await peekRecords(cluster, places, signal);
  expect(peeked.get("peek-none/0")?.problem).toMatchObject({ code: "topic-not-found" });
  expect(peeked.get(`${topic}/7`)).toMatchObject({ first: null, problem: expect.anything() });
  expect(peeked.get(`${topic}/0`)?.first).toMatchObject({ offset: 0n });
  expect(await peekOf(topic, 99n)).toMatchObject({ first: null, problem: { code: "offset-out-of-range" } });
});

test("many partitions cost one Fetch each, and no more than a hundred are looked at", async () => {
  const topic = await makeTopic(120);
  const messages = Array.from({ length: 120 }, (_, partition) => ({ key: `k${partition}`, value: "x", partition }));
  await producer.send({ topic, messages });
  const places = messages.map(({ partition }) => ({ topic, partition, offset: 0n }));
  const { result, requests } = await measured(() => peekRecords(cluster, places, signal));
  expect(result.size).toBe(100);
  expect([...result.values()].every(({ first }) => first?.offset === 0n)).toBe(true);
  expect(requests).toBeLessThanOrEqual(101);
});
