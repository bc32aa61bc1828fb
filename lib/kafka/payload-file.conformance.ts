import kafkajs from "kafkajs";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { closeCluster } from "./cluster.ts";
import { readPayloadFile } from "./payload-file.ts";
import { closePool, sharedPool } from "./scan/pool.ts";
import { pageOf } from "./scan/testing.ts";
import { clusterAt } from "./testing.ts";

const { bootstrap } = inject("kafka");
const signal = new AbortController().signal;
const cluster = clusterAt(bootstrap);
const kafka = new kafkajs.Kafka({ brokers: [bootstrap], logLevel: kafkajs.logLevel.NOTHING });
const admin = kafka.admin();
const producer = kafka.producer({
  createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
  idempotent: true, // else a retry while leaders are unknown writes batches twice
  maxInFlightRequests: 1,
});

beforeAll(async () => {
  await admin.connect();
  await producer.connect();
});
afterAll(async () => {
  await producer.disconnect();
  await admin.disconnect();
  await closeCluster(cluster);
  await closePool(sharedPool());
});

test("a payload is given byte for byte as a file, 20 MB of it too, which does not keep its neighbours from the page", async () => {
  const topic = `payload-file-${process.pid}`;
  const configEntries = [{ name: "max.message.bytes", value: "30000000" }];
  await admin.createTopics({ topics: [{ topic, numPartitions: 2, configEntries }], waitForLeaders: true });
  const value = Buffer.alloc(20 << 20, "0123456789abcdef\u00e9\n");
  await producer.send({ topic, messages: [{ partition: 0, key: null, value: "before" }] });
  await producer.send({ topic, messages: [{ partition: 0, key: Buffer.from([0xff, 0, 1]), value }] });
  await producer.send({ topic, messages: [{ partition: 0, value: null }] });
  await producer.send({ topic, messages: Array.from({ length: 20 }, (_, n) => ({ partition: 1, value: `n${n}` })) });
  const file = (offset: bigint, part: "key" | "value") =>
    readPayloadFile(cluster, { topic, partition: 0, offset }, part, signal);
  const bytesOf = async (body: AsyncIterable<Uint8Array>) => {
    const parts: Uint8Array[] = [];
    for await (const part of body) parts.push(part);
    return Buffer.concat(parts);
  };
  const big = await file(1n, "value");
  expect(big).toMatchObject({ name: `${topic}-0-1.value.txt`, mediaType: "text/plain; charset=utf-8" });
  expect((await bytesOf(big.body)).equals(value)).toBe(true);
  const key = await file(1n, "key");
  expect(key.name).toBe(`${topic}-0-1.key.bin`);
  expect(await bytesOf(key.body)).toEqual(Buffer.from([0xff, 0, 1]));
  await expect(file(2n, "value")).rejects.toMatchObject({ code: "no-payload" });
  await expect(file(3n, "value")).rejects.toMatchObject({ code: "record-not-found" });
  await expect(file(9n, "value")).rejects.toMatchObject({ code: "offset-out-of-range" });
  for (const from of ["newest", "oldest"]) {
    const { messages, end } = await pageOf(cluster, topic, { from });
    expect([messages.length, end.reason, end.warnings]).toEqual([23, "end", []]);
    const shown = messages.find(({ partition, offset }) => partition === 0 && offset === "1");
    expect(shown?.value).toMatchObject({ size: value.length, truncated: true });
  }
});
