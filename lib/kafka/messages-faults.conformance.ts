import kafkajs from "kafkajs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type KafkaCluster, startKafka } from "../../scripts/kafka/cluster.ts";
import type { MessagesQuery } from "../api/message-queries.ts";
import type { Message, MessageLine } from "../api/messages.ts";
import { type Cluster, closeCluster } from "./cluster.ts";
import { readMessageLines } from "./messages.ts";
import { closePool, sharedPool } from "./scan/pool.ts";
import { pageOf, type TestPage } from "./scan/testing.ts";
import { clusterAt, eventually, measured } from "./testing.ts";

let kafka: KafkaCluster;
let cluster: Cluster;
const TOPIC = "spread";
const written = Date.now(); // records of long ago would be deleted by retention while the tests run

beforeAll(async () => {
  kafka = await startKafka({ brokers: 3, controllers: "separate" });
  // One replica for each partition: what a broker holds is gone with it.
  await kafka.run("kafka-topics", ["--create", "--topic", TOPIC, "--replica-assignment", "1,2,3,1,2,3"]);
  const client = new kafkajs.Kafka({ brokers: kafka.bootstrap.split(","), logLevel: kafkajs.logLevel.NOTHING });
  const producer = client.producer({
    createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
    idempotent: true, // else a retry while leaders are unknown writes batches twice
  });
  await producer.connect();
  const messages = Array.from({ length: 120 }, (_, index) => ({
    partition: index % 6,
    timestamp: String(written + index),
    value: `v${index}`,
  }));
  await producer.send({ topic: TOPIC, messages });
  await producer.disconnect();
  cluster = clusterAt(kafka.bootstrap);
});
afterAll(async () => {
  await closeCluster(cluster);
  await closePool(sharedPool());
  await kafka.stop();
});

const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));

const broker = (id: number) => {
  const found = kafka.brokers.find((one) => one.id === id);
  if (!found) throw new Error(`no broker ${id}`);
  return found;
};

const page = (query: MessagesQuery) => pageOf(cluster, TOPIC, query);

const partitionsOf = (messages: Message[]) =>
  [...new Set(messages.map(({ partition }) => partition))].sort((a, b) => a - b);

test("records of all brokers are merged by time", async () => {
  const { messages, end } = await page({ limit: "100" });
  expect(messages.map(({ value }) => value?.text)).toEqual(
    Array.from({ length: 100 }, (_, index) => `v${119 - index}`),
  );
  expect(end.warnings).toEqual([]);
});

test("a broker that never answers costs one wait within the deadline; the others' records are shown and its partitions are warnings", async () => {
  await broker(2).kill("SIGSTOP");
  await pause(500); // a thread that is about to answer may still do so
  try {
    const { milliseconds, result } = await measured(() => page({ limit: "100" }));
    expect(milliseconds).toBeLessThan(6_000);
    expect(partitionsOf(result.messages)).toEqual([0, 2, 3, 5]);
    expect(result.messages).toHaveLength(80);
    expect(result.end.warnings.map(({ code, partition }) => [code, partition])).toEqual([
      ["broker-timeout", 1],
      ["broker-timeout", 4],
    ]);
    const again = await measured(() => page({ limit: "100" }));
    expect(again.milliseconds).toBeLessThan(1_500);
    expect(partitionsOf(again.result.messages)).toEqual([0, 2, 3, 5]);
  } finally {
    await broker(2).kill("SIGCONT");
  }
  await eventually(
    () => page({ limit: "100" }),
    ({ messages }) => messages.length === 100,
  );
});

test("a broker lost between two pages keeps its place in the cursor, so that nothing is skipped when it is back", async () => {
  const first = await page({ limit: "30" });
  await broker(3).kill("SIGKILL");
  const without = await eventually(
    () => page({ limit: "30", cursor: first.end.cursor ?? "" }),
    ({ end }) => end.warnings.length === 2,
  );
  expect(partitionsOf(without.messages)).toEqual([0, 1, 3, 4]);
  await broker(3).start();
  const seen = [...first.messages, ...without.messages];
  let cursor = without.end.cursor;
  await eventually(
    () => page({ limit: "1" }),
    ({ end }) => end.warnings.length === 0,
  );
  while (cursor !== null) {
    const next: TestPage = await page({ limit: "30", cursor });
    expect(next.end.warnings).toEqual([]);
    seen.push(...next.messages);
    cursor = next.end.cursor;
  }
  const places = seen.map(({ partition, offset }) => `${partition}:${offset}`);
  expect(new Set(places).size).toBe(120);
  expect(places).toHaveLength(120);
});

test("a quota on the client id kafdeck-scan is obeyed and told", async () => {
  const entity = ["--alter", "--entity-type", "clients", "--entity-name", "kafdeck-scan"];
  await kafka.run("kafka-configs", [...entity, "--add-config", "consumer_byte_rate=2000"]);
  try {
    const pages = await eventually(
      () => page({ limit: "100" }),
      ({ end }) => end.cost.throttledMilliseconds > 0,
    );
    expect(pages.end.cost.milliseconds).toBeLessThan(6_000);
  } finally {
    await kafka.run("kafka-configs", [...entity, "--delete-config", "consumer_byte_rate"]);
  }
});

test("a live tail outlives a broker: its partitions are warnings until it is back, and then nothing of theirs is missing", async () => {
  const control = new AbortController();
  const seen: string[] = [];
  let warned = 0;
  let steps: "lose" | "bring back" | "write" | "done" = "lose";
  const client = new kafkajs.Kafka({ brokers: kafka.bootstrap.split(","), logLevel: kafkajs.logLevel.NOTHING });
  const producer = client.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner, idempotent: true });
  for await (const line of readMessageLines(cluster, [TOPIC], { follow: "1" }, control.signal)) {
    if (line.type === "messages")
      seen.push(...line.messages.map(({ partition, value }) => `${partition}:${value?.text}`));
    if (line.type === "progress") {
      warned = line.warnings?.length ?? 0;
      if (steps === "lose") {
        await broker(2).kill("SIGKILL");
        steps = "bring back";
      } else if (steps === "bring back" && warned === 2) {
        await broker(2).start();
        steps = "write";
      } else if (steps === "write" && warned === 0) {
        await producer.connect();
        const messages = Array.from({ length: 6 }, (_, partition) => ({ partition, value: "late" }));
        await producer.send({ topic: TOPIC, messages });
        await producer.disconnect();
        steps = "done";
      }
    }
    if (seen.length >= 6) control.abort();
  }
  expect(seen.toSorted()).toEqual(Array.from({ length: 6 }, (_, partition) => `${partition}:late`));
});

test("leaving ends the reading: no line follows an abort", async () => {
  const control = new AbortController();
  const lines: MessageLine[] = [];
  for await (const line of readMessageLines(cluster, [TOPIC], {}, control.signal)) {
    lines.push(line);
    control.abort();
  }
  expect(lines.map(({ type }) => type)).toEqual(["start"]);
});
