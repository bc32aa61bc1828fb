import { rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import kafkajs from "kafkajs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type KafkaCluster, startKafka } from "../../scripts/kafka/cluster.ts";
import type { MessagesQuery } from "../api/message-queries.ts";
import type { Message, MessageLine } from "../api/messages.ts";
import { type Cluster, closeCluster } from "./cluster.ts";
import { electLeaders } from "./elections.ts";
import { readMessageLines } from "./messages.ts";
import { openRanges } from "./ranges.ts";
import { closePool, sharedPool } from "./scan/pool.ts";
import type { Search } from "./scan/search-state.ts";
import { pageOf } from "./scan/testing.ts";
import { followSearch } from "./search.ts";
import { clusterAt, eventually } from "./testing.ts";

const RECORDS = 6_000;
let kafka: KafkaCluster;
/** Slow enough for a broker to die on the way. */
let cluster: Cluster;

beforeAll(async () => {
  kafka = await startKafka({
    brokers: 3,
    controllers: "separate",
    properties: { "replica.selector.class": "org.apache.kafka.common.replica.RackAwareReplicaSelector" },
  });
  await kafka.run("kafka-topics", ["--create", "--topic", "copied", "--replica-assignment", "1:2,2:3,3:1"]);
  await kafka.run("kafka-topics", ["--create", "--topic", "alone", "--replica-assignment", "1,2,3"]);
  const client = new kafkajs.Kafka({ brokers: kafka.bootstrap.split(","), logLevel: kafkajs.logLevel.NOTHING });
  const producer = client.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner, idempotent: true });
  await producer.connect();
  for (const topic of ["copied", "alone"]) {
    for (let from = 0; from < RECORDS; from += 300) {
      const messages = Array.from({ length: 300 }, (_, step) => ({
        partition: step % 3,
        value: `${(from + step) % 100 === 0 ? "needle" : "hay"} ${from + step} ${"x".repeat(300)}`,
      }));
      await producer.send({ topic, messages });
    }
  }
  await producer.disconnect();
  cluster = clusterAt(kafka.bootstrap, { limits: { scanBytesPerSecond: 500_000, scansPerCluster: 4 } });
});
afterAll(async () => {
  await closeCluster(cluster);
  await closePool(sharedPool());
  await kafka.stop();
});

const broker = (id: number) => {
  const found = kafka.brokers.find((one) => one.id === id);
  if (!found) throw new Error(`no broker ${id}`);
  return found;
};

/** Every line; `meanwhile` is done once the search has covered something. */
async function searched(topic: string, query: MessagesQuery, meanwhile: () => Promise<void>) {
  const lines: MessageLine[] = [];
  let done: Promise<void> | null = null;
  for await (const line of readMessageLines(cluster, [topic], query, new AbortController().signal)) {
    lines.push(line);
    if (line.type === "progress" && line.covered !== "0") done ??= meanwhile();
  }
  await done;
  const end = lines.at(-1);
  if (end?.type !== "end") throw new Error(JSON.stringify(end));
  return { end, messages: lines.flatMap((line) => (line.type === "messages" ? line.messages : [])) };
}

/** Each partition is led again, and has been read. */
const allThere = () =>
  eventually(
    () => pageOf(cluster, "alone", { limit: "1000" }),
    ({ messages }) => new Set(messages.map(({ partition }) => partition)).size === 3,
  );

const numbers = (messages: Message[]) =>
  messages.map(({ value }) => Number(value?.text.split(" ")[1])).sort((a, b) => a - b);
const all = Array.from({ length: RECORDS / 100 }, (_, index) => index * 100);

test("with a rack, records are read from the replica that is in it", async () => {
  const near = clusterAt(kafka.bootstrap, { rack: "rack-2" });
  const { signal } = new AbortController();
  const opened = await openRanges(near, ["copied"], { from: "oldest" }, signal);
  const wish = { output: "shown", hits: 1_000, view: null } as const;
  let last: Search | null = null;
  for await (const { search } of followSearch(near, opened, { q: "needle" }, wish, signal)) last = search;
  await closeCluster(near);
  expect(last).toMatchObject({ ended: "end", failure: null, found: all.length });
  // Partition 0 is led by broker 1 and has a replica on broker 2, partition 1 is led there, partition 2 is not on it.
  const asked = last?.lanes.map(({ lane, replica }) => [lane.partition, replica?.broker ?? null]);
  expect(asked).toEqual([
    [0, 2],
    [1, null],
    [2, null],
  ]);
});

test("a broker that dies in mid-search: its partitions go on at their next leaders, nothing twice and nothing left out", async () => {
  const { messages, end } = await searched("copied", { from: "oldest", q: "needle", limit: "1000" }, () =>
    broker(2).kill("SIGKILL"),
  );
  expect(end).toMatchObject({ reason: "end", warnings: [], covered: `${RECORDS}` });
  expect(numbers(messages)).toEqual(all);
  await broker(2).start();
  await allThere();
});

test.each(["oldest", "newest"])(
  "leaders that move in mid-search, from the %s: their next ones are asked",
  async (from) => {
    const { signal } = new AbortController();
    // Kafka's own replicas are preferred in turn, so that a leader moves each time.
    const copies = from === "oldest" ? ["2", "3"] : ["3", "2"];
    const plan = { version: 1, partitions: [{ topic: "copied", partition: 1, replicas: copies.map(Number) }] };
    const file = join(tmpdir(), `kafdeck-${process.pid}-${from}.json`);
    writeFileSync(file, JSON.stringify(plan));
    await kafka.run("kafka-reassign-partitions", ["--reassignment-json-file", file, "--execute"]);
    rmSync(file);
    const preferred = { type: "preferred" as const, partitions: [{ topic: "copied", partition: 1 }] };
    const ready = () => electLeaders(cluster, { ...preferred, validateOnly: true }, signal);
    await eventually(ready, ({ partitions }) => partitions.length === 1 && partitions[0]?.problem === null);
    let moved = 0;
    const { messages, end } = await searched("copied", { from, q: "needle", limit: "1000" }, async () => {
      const { partitions } = await electLeaders(cluster, preferred, signal);
      moved = partitions.filter(({ before, after, problem }) => before !== after && problem === null).length;
    });
    expect(moved).toBe(1);
    expect(end).toMatchObject({ reason: "end", warnings: [], covered: `${RECORDS}` });
    expect(numbers(messages)).toEqual(all);
  },
);

test("a partition that nobody leads any more is a warning, and its place stays in the cursor", async () => {
  const query: MessagesQuery = { from: "oldest", q: "needle", limit: "1000" };
  const { messages, end } = await searched("alone", query, () => broker(3).kill("SIGKILL"));
  expect(end.reason).toBe("end");
  expect(end.warnings).toMatchObject([{ topic: "alone", partition: 2 }]);
  expect(end.scanned.records).toBeLessThan(RECORDS);
  expect(end.cursor).not.toBeNull();
  await broker(3).start();
  await allThere();
  const rest = await pageOf(cluster, "alone", { ...query, cursor: end.cursor ?? "" });
  expect(rest.end.warnings).toEqual([]);
  expect(numbers([...messages, ...rest.messages])).toEqual(all);
});
