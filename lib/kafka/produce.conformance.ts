import { randomBytes } from "node:crypto";
import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type KafkaCluster, startKafka } from "../../scripts/kafka/cluster.ts";
import { problemOf } from "../api/problem.ts";
import type { NewRecord, ProduceBody } from "../api/produce.ts";
import { type Int64, toInt64 } from "../api/scalars.ts";
import { appendRecords } from "./append.ts";
import { openTarget, type Target } from "./append-plan.ts";
import { ask } from "./ask.ts";
import { type Cluster, closeCluster } from "./cluster.ts";
import { withCost } from "./cost.ts";
import { createTopic } from "./create-topic.ts";
import { readTopicMetadata } from "./metadata.ts";
import { readOffsets } from "./offsets.ts";
import { partitionOfKey } from "./plan/partitioner.ts";
import { produceMessages } from "./produce.ts";
import { produceById, produceByName } from "./protocol/produce.ts";
import { codecNames } from "./scan/codecs.ts";
import { write } from "./scan/writer.ts";
import { clusterAt, eventually } from "./testing.ts";

const { signal } = new AbortController();
let kafka: KafkaCluster;
let cluster: Cluster;

beforeAll(async () => {
  kafka = await startKafka({ brokers: 2 });
  cluster = clusterAt(kafka.bootstrap);
});
afterAll(async () => {
  if (cluster) await closeCluster(cluster);
  await kafka?.stop();
});

async function made(configs: Record<string, string> = {}, partitions = 3): Promise<string> {
  const name = `w-${randomBytes(4).toString("hex")}`;
  await createTopic(cluster, { name, partitions, replicationFactor: 1, configs }, signal);
  // A leader learns of its partition a moment after the controller has answered.
  await eventually(
    () => ends(name),
    (all) => all.length === partitions && !all.includes(-1n),
  );
  return name;
}
const produce = (topic: string, records: NewRecord[], more: Partial<ProduceBody> = {}) =>
  withCost(() => produceMessages(cluster, topic, { records, ...more }, signal), 15_000);

/** What Kafka's own console consumer prints of a topic, a line a record, partitions in order. */
async function consumed(topic: string, count: number): Promise<string[]> {
  const show = ["timestamp", "partition", "offset", "headers", "key"].flatMap((part) => [
    "--property",
    `print.${part}=true`,
  ]);
  const marks = ["null.literal=NULL", "key.separator=|", "headers.separator=;"].flatMap((one) => ["--property", one]);
  const { stdout } = await kafka.run("kafka-console-consumer", [
    ...["--topic", topic, "--from-beginning", "--max-messages", `${count}`, "--timeout-ms", "10000", ...show, ...marks],
  ]);
  return stdout
    .split("\n")
    .filter((line) => line.includes("|Offset:"))
    .sort();
}

async function ends(topic: string): Promise<bigint[]> {
  const { partitions } = await readTopicMetadata(cluster, topic, signal);
  const table = await readOffsets(cluster, [{ name: topic, partitions }], "latest", signal);
  return partitions.map(({ partition }) => table.get(topic, partition)?.offset ?? -1n);
}

const refusal = (work: Promise<unknown>) => work.then(() => null).catch((error: unknown) => problemOf(error));

test.each([
  ...produceById.versions.map((version) => [version, "id"] as const),
  ...produceByName.versions.map((version) => [version, "name"] as const),
])("version %i (topics by %s) writes a batch and tells where it is", async (version, by) => {
  const name = await made({}, 1);
  const topic = await readTopicMetadata(cluster, name, signal);
  const only = { ...(by === "id" ? produceById : produceByName), versions: [version] };
  let sent = 0;
  const record = { timestamp: 5n, key: null, value: Buffer.from("v"), headers: [] };
  const request = {
    acks: -1 as const,
    timeoutMs: 2000,
    topic: by === "id" ? (topic.id ?? "") : name,
    partitions: [{ partition: 0, batch: write({ records: [record, record] }) }],
    onSend: () => sent++,
  };
  const leader = topic.partitions[0]?.leader ?? -1;
  // 12 and 13 came with Kafka 4.0.
  if (version > 11 && kafka.version.startsWith("3.")) {
    expect(await refusal(ask(cluster, leader, only, [request]))).toMatchObject({ code: "api-unsupported" });
    return;
  }
  // A busy broker may not know yet that it leads a topic that was made a moment ago.
  const first = () => ask(cluster, leader, only, [request]);
  await eventually(first, ({ partitions }) => partitions[0]?.errorCode === 0, 10_000);
  sent = 0;
  const { partitions } = await ask(cluster, leader, only, [request]);
  expect(partitions).toEqual([
    { partition: 0, errorCode: 0, baseOffset: 2n, logAppendTime: -1n, recordErrors: [], errorMessage: null },
  ]);
  expect(sent).toBe(1);
});

describe("records that are produced", () => {
  test("are what Kafka's own consumer reads: null and empty, headers in order with repeats, exact times", async () => {
    const topic = await made({ "message.timestamp.before.max.ms": "9223372036854775807" });
    const { items, warnings } = await produce(topic, [
      { partition: 0, key: "k", value: "v", timestamp: "1763812800123" as Int64 },
      { partition: 0, key: null, value: null, timestamp: "1" as Int64 },
      { partition: 1, key: "", value: "", timestamp: "-1" as Int64 },
      {
        partition: 2,
        key: { base64: "4pyT" },
        value: '{"n":12345678901234567890.10}',
        timestamp: "2" as Int64,
        headers: [
          { key: "b", value: "1" },
          { key: "a", value: null },
          { key: "b", value: "2" },
          { key: "ключ", value: "" },
        ],
      },
    ]);
    expect(warnings).toEqual([]);
    expect(items).toMatchObject([
      { partition: 0, offset: "0", timestamp: "1763812800123", problem: null },
      { partition: 0, offset: "1", timestamp: "1", problem: null },
      { partition: 1, offset: "0", problem: null },
      { partition: 2, offset: "0", problem: null },
    ]);
    expect(await consumed(topic, 4)).toEqual([
      "CreateTime:-1|Partition:1|Offset:0|NO_HEADERS||",
      "CreateTime:1763812800123|Partition:0|Offset:0|NO_HEADERS|k|v",
      "CreateTime:1|Partition:0|Offset:1|NO_HEADERS|NULL|NULL",
      'CreateTime:2|Partition:2|Offset:0|b:1;a:NULL;b:2;ключ:|✓|{"n":12345678901234567890.10}',
    ]);
  });

  test("with a key go to the partition that Kafka's own producer gives the key", async () => {
    const topic = await made({}, 7);
    const keys = Array.from({ length: 40 }, (_, at) => `key-${at * at}`);
    const input = keys.map((key) => `${key}:theirs\n`).join("");
    const told = await kafka.run(
      "kafka-console-producer",
      ["--topic", topic, "--property", "parse.key=true", "--property", "key.separator=:"],
      input,
    );
    expect(told.code).toBe(0);
    const { items } = await produce(
      topic,
      keys.map((key) => ({ key, value: "ours" })),
    );
    const lines = await consumed(topic, 80);
    for (const [at, key] of keys.entries()) {
      const where = lines.filter((line) => line.includes(`|${key}|`)).map((line) => /Partition:(\d+)/.exec(line)?.[1]);
      expect(where).toEqual([`${items[at]?.partition}`, `${items[at]?.partition}`]);
      expect(partitionOfKey(Buffer.from(key), 7)).toBe(items[at]?.partition);
    }
  });

  test("are in the log with the codec asked for, small batches and large ones, in the order sent", async () => {
    const topic = await made({}, codecNames.length);
    const valueAt = (at: number) => `value ${at};`.repeat(80);
    for (const [partition, codec] of codecNames.entries()) {
      await produce(topic, [{ partition, key: "small", value: "s" }], { codec });
      const records = Array.from({ length: 2000 }, (_, at) => ({ partition, key: `${at}`, value: valueAt(at) }));
      const { items } = await produce(topic, records, { codec, acks: "1" });
      expect(items.map(({ offset }) => offset)).toEqual(records.map((_, at) => toInt64(BigInt(at + 1))));
    }
    const batches = await dumped(topic);
    expect(batches.map((found) => [...new Set(found.map((line) => /compresscodec: (\w+)/.exec(line)?.[1]))])).toEqual(
      codecNames.map((codec) => [codec]),
    );
    expect(batches.flat().every((line) => line.includes("isvalid: true"))).toBe(true);
    const lines = new Set(await consumed(topic, codecNames.length * 2001));
    const seen = [...lines].map((line) => line.slice(line.indexOf("|") + 1));
    for (const partition of codecNames.keys())
      for (const at of [0, 999, 1999])
        expect(seen).toContain(`Partition:${partition}|Offset:${at + 1}|NO_HEADERS|${at}|${valueAt(at)}`);
  });

  test("carry the broker's time where the topic says so", async () => {
    const topic = await made({ "message.timestamp.type": "LogAppendTime" });
    const { items } = await produce(topic, [{ value: "v", timestamp: "1" as Int64 }]);
    expect(Math.abs(Number(items[0]?.timestamp) - Date.now())).toBeLessThan(60_000);
    expect((await consumed(topic, 1))[0]).toContain(`LogAppendTime:${items[0]?.timestamp}|`);
  });
});

/** What DumpLogSegments says of each batch, by partition. */
async function dumped(topic: string): Promise<string[][]> {
  const files = readdirSync(kafka.directory, { recursive: true, encoding: "utf8" })
    .filter((path) => path.includes(`${topic}-`) && path.endsWith(".log"))
    .sort((a, b) => dirname(a).slice(-1).localeCompare(dirname(b).slice(-1)))
    .map((path) => join(kafka.directory, path));
  const { stdout } = await kafka.run("kafka-dump-log", ["--files", files.join(",")]);
  const parts = stdout.split(/^Dumping /m).slice(1);
  return parts.map((part) => part.split("\n").filter((line) => line.startsWith("baseOffset:")));
}

describe("records that are refused", () => {
  test("have their own problem, and the others are written", async () => {
    const topic = await made({ "max.message.bytes": "1000" });
    const large = { partition: 0, value: "x".repeat(2000) };
    const records = [large, { partition: 0, value: "small" }, { partition: 3, value: "nowhere" }];
    const plan = await produce(topic, records, { validateOnly: true });
    expect(plan.items.map(({ problem }) => problem?.code ?? null)).toEqual([
      "record-too-large",
      null,
      "partition-not-found",
    ]);
    expect(await ends(topic)).toEqual([0n, 0n, 0n]);
    const { items } = await produce(topic, records);
    expect(items.map(({ problem }) => problem?.code ?? null)).toEqual([
      "record-too-large",
      null,
      "partition-not-found",
    ]);
    expect(items[0]?.problem?.detail).toMatch(/It takes 20\d\d bytes; max.message.bytes of .* is 1000\./);
    expect(items[1]).toMatchObject({ offset: "0", size: plan.items[1]?.size });
    const packed = await produce(topic, [large], { codec: "zstd" });
    expect(packed.items[0]).toMatchObject({ offset: "1", problem: null });
    expect(await ends(topic)).toEqual([2n, 0n, 0n]);
  });

  test("by a compacted topic, which needs keys, are told before anything is sent", async () => {
    const topic = await made({ "cleanup.policy": "compact" });
    const { items } = await produce(topic, [{ value: "v" }, { key: "", value: null }]);
    expect(items.map(({ problem }) => problem?.code ?? null)).toEqual(["record-refused", null]);
  });

  test("for their time are told in the broker's words, and what comes after them is not sent", async () => {
    // An hour is what Kafka takes by itself from 4.0 on (KIP-1030); before, any time was right.
    const topic = await made({ "max.message.bytes": "700", "message.timestamp.after.max.ms": "3600000" }, 1);
    const far = toInt64(BigInt(Date.now()) + 86_400_000_000n);
    const value = "x".repeat(300);
    const { items } = await produce(topic, [{ value }, { value, timestamp: far }, { value }, { value }]);
    expect(items.map(({ offset, problem }) => problem?.code ?? offset)).toEqual([
      "record-refused",
      "record-refused",
      "not-sent",
      "not-sent",
    ]);
    expect(items[0]?.problem?.detail).toBe("Not written: the broker refused another record of its batch.");
    expect(items[1]?.problem?.detail).toMatch(/Timestamp \d+ of message with offset 1 is out of range/);
    expect(await ends(topic)).toEqual([0n]);
  });

  test.each([
    ["a topic that is not there", async () => `absent-${process.pid}`, "topic-not-found"],
    ["a topic of Kafka's own", async () => "__consumer_offsets", "internal-topic"],
  ])("as a whole for %s", async (_, topic, code) => {
    if (code === "internal-topic")
      await kafka.run("kafka-console-consumer", ["--topic", await made(), "--group", "g", "--timeout-ms", "3000"]);
    expect(await refusal(produce(await topic(), [{ value: "v" }]))).toMatchObject({ code });
  });

  test.each([
    ["half a surrogate pair", { value: "\ud800" }, "records.0.value"],
    ["a timestamp above 64 bits", { value: "", timestamp: "9999999999999999999" as Int64 }, "records.0.timestamp"],
  ])("as a whole for %s", async (_, record, field) => {
    expect(await refusal(produce("any", [record]))).toMatchObject({ code: "bad-request", field });
  });
});

const one = (partition: number) => ({
  partition,
  record: { timestamp: 1n, key: null, value: Buffer.from("v"), headers: [] },
});

/** The target with every leader replaced. */
const ledBy = (target: Target, leader: number): Target => ({
  ...target,
  topic: { ...target.topic, partitions: target.topic.partitions.map((one) => ({ ...one, leader })) },
});

test("a leader that has moved is looked up anew, and each record is written once", async () => {
  const topic = await made({}, 4);
  const target = await openTarget(cluster, topic, signal);
  const [wrong = -1] = cluster.brokers.keys();
  const items = await appendRecords(ledBy(target, wrong), [0, 1, 2, 3, 0].map(one), {
    codec: "none",
    acks: "all",
    signal,
  });
  expect(items.map(({ offset, problem }) => problem?.code ?? offset)).toEqual([0n, 0n, 0n, 0n, 1n]);
  expect(await ends(topic)).toEqual([2n, 1n, 1n, 1n]);
});

test("an answer that is lost is told as such, and nothing is sent again", async () => {
  const topic = await made({}, 1);
  const target = await openTarget(cluster, topic, signal);
  const options = { codec: "none", acks: "all", signal } as const;
  await appendRecords(target, [one(0)], options);
  const leader = kafka.brokers.find(({ id }) => id === target.topic.partitions[0]?.leader);
  expect(leader).toBeDefined();
  await leader?.kill("SIGSTOP");
  const items = await withCost(() => appendRecords(target, [one(0), one(0)], options), 2_500).finally(() =>
    leader?.kill("SIGCONT"),
  );
  expect(items.map(({ problem }) => problem?.code)).toEqual(["maybe-written", "maybe-written"]);
  await new Promise((done) => setTimeout(done, 1_500));
  cluster.marked.clear();
  expect(await ends(topic)).toEqual([3n]);
});
