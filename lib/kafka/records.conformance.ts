import { randomBytes } from "node:crypto";
import { rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type KafkaCluster, startKafka } from "../../scripts/kafka/cluster.ts";
import { problemOf } from "../api/problem.ts";
import { toInt64 } from "../api/scalars.ts";
import type { Cluster } from "./cluster.ts";
import { closeCluster } from "./cluster.ts";
import { createTopic } from "./create-topic.ts";
import { deleteRecords } from "./records.ts";
import { clusterAt } from "./testing.ts";

const { signal } = new AbortController();
let kafka: KafkaCluster;
let cluster: Cluster;

beforeAll(async () => {
  kafka = await startKafka({ brokers: 1 });
  cluster = clusterAt(kafka.bootstrap);
});
afterAll(async () => {
  if (cluster) await closeCluster(cluster);
  await kafka?.stop();
});

const NOON = Date.parse("2026-11-22T12:00:00Z");

/** Ten records in each partition, one a minute from noon on. */
async function seeded(configs: Record<string, string> = {}, partitions = 3): Promise<string> {
  const name = `r-${randomBytes(4).toString("hex")}`;
  await createTopic(cluster, { name, partitions, configs }, signal);
  const { Kafka, logLevel } = await import("kafkajs");
  const producer = new Kafka({ brokers: [kafka.bootstrap], logLevel: logLevel.NOTHING }).producer({
    idempotent: true,
  });
  await producer.connect();
  const messages = Array.from({ length: 10 * partitions }, (_, at) => ({
    key: String(at),
    value: "x",
    partition: at % partitions,
    timestamp: String(NOON + Math.floor(at / partitions) * 60_000),
  }));
  await producer.send({ topic: name, messages });
  await producer.disconnect();
  return name;
}

/** What GetOffsetShell says of the log starts: its opinion, not ours. */
async function logStarts(topic: string): Promise<Record<string, string>> {
  const { stdout } = await kafka.run("kafka-get-offsets", ["--topic-partitions", `${topic}:`, "--time", "earliest"]);
  return Object.fromEntries(
    stdout
      .trim()
      .split("\n")
      .map((line) => line.split(":").slice(1) as [string, string]),
  );
}
const refusal = (work: Promise<unknown>) => work.then(() => null).catch((error: unknown) => problemOf(error));
const offsets = (...pairs: [number, bigint][]) =>
  pairs.map(([partition, offset]) => ({ partition, offset: toInt64(offset) }));

test("a purge is planned to the end, applied with the offsets of the plan, and spares what came since", async () => {
  const topic = await seeded();
  const plan = await deleteRecords(cluster, topic, { all: true, validateOnly: true }, signal);
  expect(plan).toMatchObject({ records: "30", estimate: false });
  expect(plan.partitions).toHaveLength(3);
  expect(await logStarts(topic)).toEqual({ 0: "0", 1: "0", 2: "0" });
  const tail = { key: "late", value: "stays", partition: 1 };
  const { Kafka, logLevel } = await import("kafkajs");
  const producer = new Kafka({ brokers: [kafka.bootstrap], logLevel: logLevel.NOTHING }).producer({
    idempotent: true,
  });
  await producer.connect();
  await producer.send({ topic, messages: [tail] });
  await producer.disconnect();
  const chosen = plan.partitions.map(({ partition, after }) => ({ partition, offset: after ?? toInt64(0n) }));
  const done = await deleteRecords(cluster, topic, { offsets: chosen, topicId: plan.topicId ?? undefined }, signal);
  expect(done.partitions.map(({ after, problem }) => ({ after, problem }))).toEqual(
    Array.from({ length: 3 }, () => ({ after: "10", problem: null })),
  );
  expect(await logStarts(topic)).toEqual({ 0: "10", 1: "10", 2: "10" });
  const left = await kafka.run("kafka-console-consumer", ["--topic", topic, "--from-beginning", "--max-messages", "1"]);
  expect(left.stdout.trim()).toBe("stays");
});

test("records before a time go, up to the first one at or after it", async () => {
  const topic = await seeded();
  const time = new Date(NOON + 4 * 60_000).toISOString();
  const plan = await deleteRecords(cluster, topic, { time, partitions: [0, 2], validateOnly: true }, signal);
  expect(plan.partitions.map(({ partition, after, records }) => [partition, after, records])).toEqual([
    [0, "4", "4"],
    [2, "4", "4"],
  ]);
  const future = await deleteRecords(
    cluster,
    topic,
    { time: new Date(NOON + 3_600_000).toISOString(), validateOnly: true },
    signal,
  );
  expect(future.records).toBe("30");
  await deleteRecords(cluster, topic, { time, partitions: [0, 2] }, signal);
  expect(await logStarts(topic)).toEqual({ 0: "4", 1: "0", 2: "4" });
});

test("an offset beyond the end is the problem of its partition; the others are purged", async () => {
  const topic = await seeded();
  const result = await deleteRecords(cluster, topic, { offsets: offsets([0, 3n], [1, 99n]) }, signal);
  expect(result.partitions).toMatchObject([
    { partition: 0, before: "0", after: "3", records: "3", problem: null },
    { partition: 1, before: "0", after: "0", records: "0", problem: { code: "offset-out-of-range" } },
  ]);
  expect(await logStarts(topic)).toEqual({ 0: "3", 1: "0", 2: "0" });
});

test("Kafka's own tool and the plan agree on a topic that it purged before", async () => {
  const topic = await seeded({}, 1);
  const file = join(tmpdir(), `${topic}.json`);
  writeFileSync(file, JSON.stringify({ version: 1, partitions: [{ topic, partition: 0, offset: 6 }] }));
  await kafka.run("kafka-delete-records", ["--offset-json-file", file]);
  rmSync(file);
  const plan = await deleteRecords(cluster, topic, { offsets: offsets([0, 2n]), validateOnly: true }, signal);
  expect(plan.partitions).toMatchObject([{ before: "6", after: "6", records: "0" }]);
});

test("a topic that is only compacted is refused as the broker would, with what to do", async () => {
  const compacted = await seeded({ "cleanup.policy": "compact" }, 1);
  const found = await refusal(deleteRecords(cluster, compacted, { all: true, validateOnly: true }, signal));
  expect(found).toMatchObject({
    code: "policy-violation",
    status: 422,
    todo: expect.stringContaining("compact,delete"),
  });
  const both = await seeded({ "cleanup.policy": "compact,delete" }, 1);
  expect(await deleteRecords(cluster, both, { all: true, validateOnly: true }, signal)).toMatchObject({
    estimate: true,
  });
});

test("another topic of the name, a partition there is not, a time that is none and a body that names no records are refused", async () => {
  const topic = await seeded({}, 1);
  const asked = (body: object) => refusal(deleteRecords(cluster, topic, { ...body, validateOnly: true }, signal));
  expect(await asked({ all: true, topicId: "00000000-0000-0000-0000-000000000001" })).toMatchObject({
    code: "plan-outdated",
  });
  for (const vague of [{}, { all: false }, { all: true, partitions: [0] }])
    expect(await asked(vague)).toMatchObject({ code: "bad-request", field: "all" });
  expect(await asked({ partitions: [7] })).toMatchObject({ code: "bad-request", field: "partitions" });
  expect(await asked({ offsets: [{ partition: 0, offset: "-1" }] })).toMatchObject({ field: "offsets" });
  // The last is -1 in Kafka's milliseconds, which means the end of the log and would empty the topic.
  for (const time of ["yesterday", "12", "2026-11-22T12:00:00", "1969-12-31T23:59:59.999Z"])
    expect(await asked({ time })).toMatchObject({ code: "bad-request", field: "time" });
});
