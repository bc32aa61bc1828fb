import { afterAll, beforeAll, expect, test } from "vitest";
import { createTopics } from "../../scripts/kafka/topics.ts";
import type { MessagesQuery } from "../api/message-queries.ts";
import type { Message } from "../api/messages.ts";
import { openRanges, topicNames } from "./ranges.ts";
import { everyPage, pageOf } from "./scan/testing.ts";
import { topicsOf } from "./scan/testing-topics.ts";
import { measured } from "./testing.ts";

const { cluster, admin, producer } = topicsOf("ranges");
const signal = new AbortController().signal;
const orders = `ranges-orders-${process.pid}`;
const payments = `ranges-payments-${process.pid}`;
/** Record i has time BASE + i seconds: even ones are orders in partitions 0 to 2, odd ones payments. */
const BASE = 1_763_805_600_000;
const RECORDS = 120;

beforeAll(async () => {
  await createTopics(admin, [
    { topic: orders, numPartitions: 3 },
    { topic: payments, numPartitions: 1 },
  ]);
  const records = Array.from({ length: RECORDS }, (_, index) => ({
    partition: index % 2 === 0 ? (index / 2) % 3 : 0,
    timestamp: String(BASE + index * 1000),
    value: `v${index}`,
  }));
  await producer.send({ topic: orders, messages: records.filter((_, index) => index % 2 === 0) });
  await producer.send({ topic: payments, messages: records.filter((_, index) => index % 2 === 1) });
});
afterAll(async () => {
  await admin.deleteTopics({ topics: [orders, payments] });
});

const both = `${orders},${payments}`;
const values = (messages: Message[]) => messages.map(({ value }) => value?.text);
const numbered = (from: number, until: number, step = 1) =>
  Array.from({ length: Math.ceil((until - from) / step) }, (_, index) => `v${from + index * step}`);
const refusal = (topics: string, query: MessagesQuery) =>
  openRanges(cluster, topicNames(topics), query, signal).then(
    () => null,
    ({ code, message, problem }) => ({ code, message, field: problem.field }),
  );

test("several topics are one stream by time, both ways, page after page", async () => {
  expect(values(await everyPage(cluster, both, { limit: "7" }))).toEqual(numbered(0, RECORDS).reverse());
  expect(values(await everyPage(cluster, both, { from: "oldest", limit: "11" }))).toEqual(numbered(0, RECORDS));
});

test("a range of time ends where it says, on every page, and then there is nothing to continue", async () => {
  const range = { from: `time:${BASE + 20_000}`, until: `time:${new Date(BASE + 60_000).toISOString()}` };
  expect(values(await everyPage(cluster, both, { ...range, limit: "9" }))).toEqual(numbered(20, 60));
  const older = { ...range, direction: "older" as const, limit: "9" };
  expect(values(await everyPage(cluster, both, older))).toEqual(numbered(20, 60).reverse());
  expect((await pageOf(cluster, both, { ...range, limit: "40" })).end.cursor).toBeNull();
});

test("records that come after the first page stay outside its range", async () => {
  const first = await pageOf(cluster, payments, { from: "end-4", until: "end-0", limit: "2" });
  expect(values(first.messages)).toEqual(["v113", "v115"]);
  const late = { partition: 0, timestamp: String(BASE - 1), value: "late" };
  await producer.send({ topic: payments, messages: [late] });
  const { messages, end } = await pageOf(cluster, payments, { cursor: first.end.cursor ?? "" });
  expect(values(messages)).toEqual(["v117", "v119"]);
  expect(end).toMatchObject({ reason: "end", cursor: null });
});

test.each<[MessagesQuery, string[][]]>([
  [
    { from: "offset:5", until: "offset:8" },
    [
      ["5", "8"],
      ["5", "8"],
      ["5", "8"],
    ],
  ],
  [
    { from: "offset:0=3,2=7", until: "offset:2=9" },
    [
      ["3", "20"],
      ["7", "9"],
    ],
  ],
  [
    { from: "end-4" },
    [
      ["16", "20"],
      ["16", "20"],
      ["16", "20"],
    ],
  ],
  [
    { from: "start+2", until: "start+4" },
    [
      ["2", "4"],
      ["2", "4"],
      ["2", "4"],
    ],
  ],
  [
    { from: "time:now" },
    [
      ["20", "20"],
      ["20", "20"],
      ["20", "20"],
    ],
  ],
  [
    { from: "oldest", until: "end-18", partition: "2,1,1" },
    [
      ["0", "2"],
      ["0", "2"],
    ],
  ],
  [
    { from: "newest", until: "offset:6" },
    [
      ["0", "6"],
      ["0", "6"],
      ["0", "6"],
    ],
  ],
  [
    { from: "newest", direction: "newer" },
    [
      ["20", "20"],
      ["20", "20"],
      ["20", "20"],
    ],
  ],
  [
    { from: "offset:6", direction: "older" },
    [
      ["6", "20"],
      ["6", "20"],
      ["6", "20"],
    ],
  ],
])("%j", async (query, ranges) => {
  const { partitions } = await openRanges(cluster, [orders], query, signal);
  expect(partitions.map(({ from, until }) => [from, until])).toEqual(ranges);
});

test("what is wrong with a question is said before anything is read", async () => {
  expect(await refusal(`${orders},no-such-${process.pid}`, {})).toMatchObject({
    code: "topic-not-found",
    message: `no-such-${process.pid}`,
  });
  expect(await refusal(orders, { partition: "7" })).toMatchObject({ code: "partition-not-found" });
  expect(await refusal(orders, { partition: "1", from: "offset:21" })).toMatchObject({
    code: "offset-out-of-range",
    message: "Offset 21 is not in partition 1, which begins at 0 and ends before 20.",
  });
  expect(await refusal(orders, { from: "offset:21" })).toMatchObject({
    code: "offset-out-of-range",
    message: "Offset 21 is in none of the 3 partitions: the first begins at 0, the last ends before 20.",
  });
  expect(await refusal(orders, { from: "time:-1h", until: "time:-2h" })).toMatchObject({
    code: "bad-request",
    field: "until",
    message: "It ends (time:-2h) before it begins (time:-1h): put the earlier place first.",
  });
  expect(await refusal(orders, { from: "time:2026-11-22T10:00" })).toMatchObject({
    code: "bad-request",
    field: "from",
  });
  const { end } = await pageOf(cluster, both, { limit: "3" });
  expect(await refusal(payments, { cursor: end.cursor ?? "" })).toMatchObject({ code: "bad-cursor" });
  expect(() => topicNames(" , ")).toThrow("Name a topic.");
  expect(topicNames("a,b,a")).toEqual(["a", "b"]);
});

test("opening costs one Metadata and at most five ListOffsets a broker, however many partitions", async () => {
  const brokers = cluster.brokers.size;
  const plain = await measured(() => openRanges(cluster, [orders, payments], {}, signal));
  expect(plain.requests).toBe(1 + 2 * brokers);
  const query = { from: "time:-1h", until: "time:now", isolation: "read_uncommitted" as const };
  const timed = await measured(() => openRanges(cluster, [orders, payments], query, signal));
  expect(timed.requests).toBe(1 + 5 * brokers);
});
