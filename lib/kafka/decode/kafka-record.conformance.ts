import { readdirSync } from "node:fs";
import { join } from "node:path";
import kafkajs from "kafkajs";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { type KafkaCluster, startKafka } from "../../../scripts/kafka/cluster.ts";
import { createTopics } from "../../../scripts/kafka/topics.ts";
import type { Message } from "../../api/messages.ts";
import { closePool, sharedPool } from "../scan/pool.ts";
import { everyPage } from "../scan/testing.ts";
import { withCluster } from "../testing.ts";

let kafka: KafkaCluster;
beforeAll(async () => {
  kafka = await startKafka({
    properties: { "offsets.topic.num.partitions": "1", "transaction.state.log.num.partitions": "1" },
  });
});
afterAll(async () => {
  await kafka?.stop();
  await closePool(sharedPool());
});

const older = inject("kafka").version.startsWith("3.");

/** A classic group, a group of the newer protocol, offsets of both, and a transaction. */
async function writeState(): Promise<void> {
  const client = new kafkajs.Kafka({ brokers: kafka.bootstrap.split(","), logLevel: kafkajs.logLevel.NOTHING });
  const admin = client.admin();
  await createTopics(admin, [{ topic: "orders", numPartitions: 2 }]);
  const producer = client.producer({
    transactionalId: "ledger",
    maxInFlightRequests: 1,
    idempotent: true,
    createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
  });
  await producer.connect();
  const transaction = await producer.transaction();
  await transaction.send({ topic: "orders", messages: [{ value: "1" }, { value: "2" }] });
  await transaction.commit();
  await producer.disconnect();

  const consumer = client.consumer({ groupId: "classic-grüße", rackId: "r1" });
  await consumer.connect();
  await consumer.subscribe({ topic: "orders", fromBeginning: true });
  const seen = Promise.withResolvers<void>();
  await consumer.run({ autoCommitThreshold: 1, eachMessage: async () => seen.resolve() });
  await seen.promise;
  await consumer.disconnect();
  await admin.disconnect();
  if (older) return;
  const given = ["--topic", "orders", "--group", "newer", "--from-beginning", "--max-messages", "1"];
  const properties = ["--command-property", "group.protocol=consumer", "--timeout-ms", "20000"];
  const { code, stderr } = await kafka.run("kafka-console-consumer", [...given, ...properties]);
  expect([code, stderr]).toEqual([0, expect.stringContaining("Processed a total of 1")]);
}

/** What Kafka's own tool reads in the log of a topic: key and value of each record by offset, both as JSON. */
async function dumped(topic: string, decoder: string): Promise<Map<string, { key: string; value: string }>> {
  const files = readdirSync(kafka.directory, { recursive: true, encoding: "utf8" })
    .filter((path) => path.includes(`${topic}-0/`) && path.endsWith(".log"))
    .map((path) => join(kafka.directory, path));
  const { stdout } = await kafka.run("kafka-dump-log", [decoder, "--files", files.join(",")]);
  const rows = stdout.matchAll(/^\| offset: (\d+) .*? key: (\{.*?\}) payload: (.*)$/gm);
  return new Map([...rows].map(([, offset = "", key = "", value = ""]) => [offset, { key, value }]));
}

const STATUS = ["Empty", "Ongoing", "PrepareCommit", "PrepareAbort", "CompleteCommit", "CompleteAbort", "Dead"];

/** Both in one shape: Kafka writes types and versions as text, states as numbers, bytes in base64 and fields in another order. */
function comparable(text: string | undefined): unknown {
  if (text === undefined || text === "<DELETE>") return null;
  const { name: _, ...shown } = JSON.parse(text, (name, value) => {
    if ((name === "type" || name === "version") && typeof value === "string") return Number(value);
    if (name === "transactionStatus") return typeof value === "number" ? STATUS[value] : value;
    if (name === "state" && value === "STABLE") return 0;
    const inner = name === "subscription" || name === "assignment" || name === "metadata";
    if (inner && value !== "" && value !== null) return "of a member";
    return value;
  });
  return shown;
}

const byOffset = (messages: Message[]) => [...messages].sort((a, b) => Number(BigInt(a.offset) - BigInt(b.offset)));

test("every record of Kafka's own topics says what Kafka's own tool says of it", async () => {
  await writeState();
  for (const [topic, format, decoder] of [
    ["__consumer_offsets", "consumer-offsets", "--offsets-decoder"],
    ["__transaction_state", "transaction-state", "--transaction-log-decoder"],
  ] as const) {
    const messages = byOffset(
      await withCluster(kafka.bootstrap, (cluster) => everyPage(cluster, topic, { from: "oldest", limit: "500" })),
    );
    expect(messages.length).toBeGreaterThan(2);
    for (const { key, value } of messages) {
      expect(key?.format).toBe(format);
      if (value) expect([value.format, key?.text, value.text]).toEqual([format, key?.text, value.text]);
      expect(`${key?.text}${value?.text}`).not.toContain('"unread"');
    }
    if (format === "consumer-offsets")
      expect(messages.map(({ value }) => value?.text).join()).toMatch(
        /"subscription":\{"version":\d+,"data":\{"topics":\["orders"\].*"assignment":\{"version":\d+,"data":\{"assignedPartitions":\[\{"topic":"orders","partitions":\[(0,1|1,0)\]\}\]/,
      );
    // Before Kafka 4 the tool printed keys and values in words of its own.
    if (older) continue;
    const judge = await dumped(topic, decoder);
    expect(messages.map(({ offset }) => offset)).toEqual([...judge.keys()]);
    for (const { offset, key, value } of messages) {
      const said = judge.get(offset);
      expect(comparable(key?.text)).toEqual(comparable(said?.key));
      expect(comparable(value?.text)).toEqual(comparable(said?.value));
    }
    const types = new Set(messages.map(({ key }) => JSON.parse(key?.text ?? "{}").name));
    if (format === "consumer-offsets")
      expect([...types]).toEqual(
        expect.arrayContaining([
          "OffsetCommit",
          "GroupMetadata",
          "ConsumerGroupMetadata",
          "ConsumerGroupMemberMetadata",
        ]),
      );
  }
});
