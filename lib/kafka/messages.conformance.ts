import kafkajs from "kafkajs";
import { describe, expect, test } from "vitest";
import type { MessagesQuery } from "../api/message-queries.ts";
import type { Message } from "../api/messages.ts";
import { readMessage } from "./message.ts";
import { everyPage, pageOf, registerCodecs } from "./scan/testing.ts";
import { topicsOf } from "./scan/testing-topics.ts";

const { cluster, kafka, admin, producer, makeTopic, ended } = topicsOf("messages");
const signal = new AbortController().signal;
const written = Date.now();

registerCodecs();

const page = (topic: string, query?: MessagesQuery) => pageOf(cluster, topic, query);
const every = (topic: string, query: MessagesQuery) => everyPage(cluster, topic, query);

const places = (messages: Message[]) => messages.map(({ partition, offset }) => `${partition}:${offset}`);
describe("pages", () => {
  test("the newest come first over all partitions, and older pages show each record once", async () => {
    const topic = await makeTopic(5);
    const sent = Array.from({ length: 400 }, (_, index) => ({
      partition: index % 4,
      timestamp: String(written + index),
      value: `v${index}`,
    }));
    for (let at = 0; at < sent.length; at += 40) await producer.send({ topic, messages: sent.slice(at, at + 40) });
    const first = await page(topic);
    expect(first.messages.map(({ value }) => value?.text)).toEqual(
      sent
        .slice(-50)
        .reverse()
        .map(({ value }) => value),
    );
    expect(first.start).toMatchObject({ direction: "older", isolation: "read_committed" });
    expect(first.end).toMatchObject({ reason: "limit", warnings: [] });
    const all = await every(topic, { limit: "37" });
    expect(all.map(({ value }) => value?.text)).toEqual(sent.map(({ value }) => value).reverse());
    const forwards = await every(topic, { from: "oldest", limit: "64" });
    expect(forwards.map(({ value }) => value?.text)).toEqual(sent.map(({ value }) => value));
  });

  test("records that arrive later are not on older pages, and are on newer ones", async () => {
    const topic = await makeTopic();
    const send = (value: string) => producer.send({ topic, messages: [{ value }] });
    await send("a");
    await send("b");
    const newest = await page(topic, { limit: "1" });
    const oldest = await page(topic, { from: "oldest" });
    await send("c");
    expect(
      newest.end.cursor && (await page(topic, { cursor: newest.end.cursor })).messages.map(({ value }) => value?.text),
    ).toEqual(["a"]);
    expect(oldest.end).toMatchObject({ reason: "end" });
    expect(
      oldest.end.cursor && (await page(topic, { cursor: oldest.end.cursor })).messages.map(({ value }) => value?.text),
    ).toEqual(["c"]);
  });

  test("an offset of one partition is read from there on; outside the log it is a 416 that says the range", async () => {
    const topic = await makeTopic(2);
    await producer.send({
      topic,
      messages: Array.from({ length: 20 }, (_, index) => ({ partition: 1, value: `v${index}` })),
    });
    expect(places((await page(topic, { partition: "1", from: "offset:17" })).messages)).toEqual([
      "1:17",
      "1:18",
      "1:19",
    ]);
    expect((await page(topic, { partition: "1", from: "offset:20" })).messages).toEqual([]);
    await expect(page(topic, { partition: "1", from: "offset:21" })).rejects.toMatchObject({
      code: "offset-out-of-range",
      problem: { status: 416, detail: expect.stringContaining("begins at 0 and ends before 20") },
    });
    expect(places((await page(topic, { from: "offset:18" })).messages)).toEqual(["1:18", "1:19"]);
    await expect(page(topic, { partition: "2" })).rejects.toMatchObject({ code: "partition-not-found" });
    await expect(page(`${topic}-absent`)).rejects.toMatchObject({ code: "topic-not-found" });
  });

  test("a log start that moved, deleted records and an empty partition neither hang nor repeat", async () => {
    const topic = await makeTopic(3);
    await producer.send({
      topic,
      messages: Array.from({ length: 90 }, (_, index) => ({ partition: index % 2, value: `v${index}` })),
    });
    const first = await page(topic, { limit: "10" });
    await admin.fetchTopicOffsets(topic); // kafkajs looks for the leader in what it knows already
    await admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: "30" }] });
    expect(first.start.partitions[2]).toMatchObject({ start: "0", end: "0", problem: null });
    const rest = first.end.cursor ? await every(topic, { limit: "10", cursor: first.end.cursor }) : [];
    const seen = places([...first.messages, ...rest]);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toHaveLength(45 + 15);
    await expect(page(topic, { partition: "0", from: "offset:29" })).rejects.toMatchObject({
      code: "offset-out-of-range",
    });
  });

  test("a cursor of a topic that was created anew is refused", async () => {
    const topic = await makeTopic();
    await producer.send({ topic, messages: [{ value: "a" }, { value: "b" }] });
    const { end } = await page(topic, { limit: "1" });
    const other = await makeTopic();
    await expect(page(other, { cursor: end.cursor ?? "" })).rejects.toMatchObject({ code: "bad-cursor" });
  });
});

test("null, empty, JSON, text, bytes and headers are what was written", async () => {
  const topic = await makeTopic();
  const json = '{"id":9007199254740993, "a":1.10,"a":2}';
  await producer.send({
    topic,
    messages: [
      { key: null, value: null },
      { key: "", value: "" },
      {
        key: Buffer.from([0, 0, 0, 7]),
        value: json,
        headers: { trace: ["one", "two"], empty: "", bytes: Buffer.from([255]) },
      },
    ],
  });
  const { messages } = await page(topic, { from: "oldest" });
  expect(messages).toMatchObject([
    {
      key: null,
      value: null,
      headers: [],
      codec: "none",
      control: null,
      transactional: false,
      timestampType: "create",
      problem: null,
    },
    { key: { size: 0, text: "" }, value: { size: 0, text: "" } },
    { key: { format: "int32", text: "7" }, value: { format: "json", text: json, size: json.length } },
  ]);
  expect(messages[2]?.headers.map(({ key, value }) => [key, value?.text])).toEqual([
    ["trace", "one"],
    ["trace", "two"],
    ["empty", ""],
    ["bytes", "ff"],
  ]);
});

test("read_committed shows no aborted or open transaction; read_uncommitted shows them marked; markers are shown on request", async () => {
  const topic = await makeTopic();
  const transactional = kafka.producer({
    transactionalId: `tx-${topic}`,
    maxInFlightRequests: 1,
    idempotent: true,
    createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
  });
  await transactional.connect();
  for (const [index, ending] of (["commit", "abort", "commit", "abort"] as const).entries()) {
    const transaction = await transactional.transaction();
    await transaction.send({ topic, messages: [{ value: `${ending} ${index} a` }, { value: `${ending} ${index} b` }] });
    await transaction[ending]();
  }
  await ended(topic, 12);
  await producer.send({ topic, messages: [{ value: "plain" }] });
  const open = await transactional.transaction();
  await open.send({ topic, messages: [{ value: "open" }] });
  const texts = (messages: Message[]) => messages.map(({ value, control }) => control ?? value?.text);
  const committed = ["commit 0 a", "commit 0 b", "commit 2 a", "commit 2 b", "plain"];
  expect(texts(await every(topic, { from: "oldest", limit: "2" }))).toEqual(committed);
  expect(texts(await every(topic, { limit: "2" }))).toEqual(committed.toReversed());
  const all = await every(topic, { from: "oldest", isolation: "read_uncommitted", control: "1", limit: "3" });
  expect(texts(all)).toEqual([
    ...["commit 0 a", "commit 0 b", "commit", "abort 1 a", "abort 1 b", "abort"],
    ...["commit 2 a", "commit 2 b", "commit", "abort 3 a", "abort 3 b", "abort", "plain", "open"],
  ]);
  const [yes, no] = ["committed", "aborted"];
  const states = [yes, yes, yes, no, no, no, yes, yes, yes, no, no, no, null, "undecided"];
  expect(all.map(({ transaction }) => transaction)).toEqual(states);
  const older = await every(topic, { isolation: "read_uncommitted", control: "1", limit: "4" });
  expect(older.toReversed()).toEqual(all);
  const unmarked = all.filter(({ control }) => control === null);
  expect(await every(topic, { isolation: "read_uncommitted", limit: "5" })).toEqual(unmarked.toReversed());
  expect(texts(await every(topic, { from: "oldest", control: "1" }))).toEqual([
    ...["commit 0 a", "commit 0 b", "commit", "abort", "commit 2 a", "commit 2 b", "commit", "abort", "plain"],
  ]);
  const one = await readMessage(cluster, { topic, partition: 0, offset: 3n }, {}, signal);
  expect(one).toMatchObject({ value: { text: "abort 1 a" }, transaction: "aborted" });
  const last = await readMessage(cluster, { topic, partition: 0, offset: 13n }, {}, signal);
  expect(last).toMatchObject({ value: { text: "open" }, transaction: "undecided" });
  expect(all[0]).toMatchObject({ transactional: true, producerEpoch: 0, sequence: 0 });
  await open.abort();
  await transactional.disconnect();
});

test("one record is read with its reasons; gaps and unwritten offsets are told apart from records", async () => {
  const topic = await makeTopic();
  const value = `{"text":"${"x".repeat(100_000)}"}`;
  await producer.send({ topic, messages: [{ key: "k", value }] });
  expect((await page(topic)).messages[0]?.value).toMatchObject({ truncated: true, size: value.length });
  const record = await readMessage(cluster, { topic, partition: 0, offset: 0n }, {}, signal);
  expect(record).toMatchObject({
    offset: "0",
    value: { truncated: false, text: value },
  });
  expect(record.keyFormats).toEqual(
    expect.arrayContaining([
      { format: "json", fits: false, why: expect.any(String) },
      { format: "text", fits: true, why: expect.any(String) },
    ]),
  );
  const forced = await readMessage(cluster, { topic, partition: 0, offset: 0n }, { keyFormat: "hex" }, signal);
  expect(forced.key).toMatchObject({ format: "hex", text: "6b" });
  await expect(readMessage(cluster, { topic, partition: 0, offset: 1n }, {}, signal)).rejects.toMatchObject({
    code: "record-not-found",
  });
  for (const outside of [99n, 2n ** 63n]) {
    await expect(readMessage(cluster, { topic, partition: 0, offset: outside }, {}, signal)).rejects.toMatchObject({
      code: "offset-out-of-range",
      message: `Offset ${outside} is not in partition 0, which begins at 0 and ends before 1.`,
    });
  }
});

test("a topic compacted down to a few records is read once, both ways", async () => {
  const topic = await makeTopic(1, {
    "cleanup.policy": "compact",
    "segment.ms": "100",
    "min.cleanable.dirty.ratio": "0.001",
    "max.compaction.lag.ms": "100",
  });
  for (let round = 0; round < 12; round++) {
    await producer.send({
      topic,
      messages: Array.from({ length: 100 }, (_, index) => ({ key: `k${index % 7}`, value: `${round}.${index}` })),
    });
    await new Promise((done) => setTimeout(done, 120));
  }
  const forwards = places(await every(topic, { from: "oldest", limit: "30" }));
  const backwards = places(await every(topic, { limit: "30" }));
  expect(backwards.toReversed().slice(-50)).toEqual(forwards.slice(-50));
  expect(new Set(forwards).size).toBe(forwards.length);
});

test("a batch that unpacks to more than the limit is one row with a problem, and the rest is shown", async () => {
  const topic = await makeTopic(1, { "max.message.bytes": "10000000" });
  await producer.send({ topic, messages: [{ value: "before" }] });
  await producer.send({
    topic,
    compression: kafkajs.CompressionTypes.ZSTD,
    messages: Array.from({ length: 9 }, () => ({ value: Buffer.alloc(8 << 20, 0x20) })),
  });
  await producer.send({ topic, messages: [{ value: "after" }] });
  const { messages, end } = await page(topic);
  expect(messages).toMatchObject([
    { offset: "10", value: { text: "after" } },
    { offset: "1", problem: { code: "record-undecodable" }, batch: { lastOffset: "9" } },
    { offset: "0", value: { text: "before" } },
  ]);
  expect(messages[1]).not.toHaveProperty("value");
  expect(end).toMatchObject({ reason: "end", cursor: null });
});
