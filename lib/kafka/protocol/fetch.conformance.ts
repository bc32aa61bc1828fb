import kafkajs from "kafkajs";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { createTopics } from "../../../scripts/kafka/topics.ts";
import { ask } from "../ask.ts";
import { type Cluster, closeCluster } from "../cluster.ts";
import { readMetadata, readTopicMetadata, type TopicMetadata } from "../metadata.ts";
import { readBatches } from "../scan/batches.ts";
import { clusterAt } from "../testing.ts";
import { type FetchRequest, fetchById, fetchByName } from "./fetch.ts";

const { bootstrap } = inject("kafka");
const topicName = `fetch-${process.pid}`;
let cluster: Cluster;
let topic: TopicMetadata;

beforeAll(async () => {
  cluster = clusterAt(bootstrap);
  const kafka = new kafkajs.Kafka({ brokers: [bootstrap], logLevel: kafkajs.logLevel.NOTHING });
  const admin = kafka.admin();
  await admin.connect();
  await createTopics(admin, [{ topic: topicName, numPartitions: 2 }]);
  await admin.disconnect();
  const producer = kafka.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
  await producer.connect();
  await producer.send({
    topic: topicName,
    messages: [
      { partition: 0, value: "a" },
      { partition: 0, value: "b" },
    ],
  });
  await producer.disconnect();
  await readMetadata(cluster);
  topic = await readTopicMetadata(cluster, topicName);
});
afterAll(() => closeCluster(cluster));

const apis = { id: fetchById, name: fetchByName };
const versions = Object.entries(apis).flatMap(([by, api]) =>
  api.versions.map((version) => [version, by as keyof typeof apis] as const),
);

test.each(versions)(
  "version %i (topics by %s) gives the raw batches, the ends and the error of each partition",
  async (version, by) => {
    const asked = by === "id" ? (topic.id ?? "") : topicName;
    const request: FetchRequest = {
      maxWaitMs: 0,
      maxBytes: 1 << 20,
      isolation: "read_committed",
      partitions: [
        { topic: asked, partition: 0, offset: 0n, maxBytes: 1 << 20 },
        { topic: asked, partition: 1, offset: 0n, maxBytes: 1 << 20 },
      ],
    };
    const [leader] = cluster.brokers.keys();
    const only = { ...apis[by], versions: [version] };
    const answer = await ask(cluster, leader ?? -1, only, [request]);
    const [full, empty] = answer.partitions.toSorted((a, b) => a.partition - b.partition);
    expect(full).toMatchObject({
      topic: asked,
      errorCode: 0,
      highWatermark: 2n,
      lastStableOffset: 2n,
      logStartOffset: version >= 5 ? 0n : null,
    });
    expect(readBatches(Buffer.from(full?.records ?? [])).batches).toMatchObject([
      { baseOffset: 0n, lastOffset: 1n, count: 2, problem: null },
    ]);
    expect(empty).toMatchObject({ errorCode: 0, highWatermark: 0n });
    expect(empty?.records).toHaveLength(0);
    const beyond = await ask(cluster, leader ?? -1, only, [
      { ...request, partitions: [{ topic: asked, partition: 0, offset: 99n, maxBytes: 1000 }] },
    ]);
    expect(beyond.partitions).toMatchObject([{ errorCode: 1 }]);
  },
);

test("reads go over connections of their own client id", async () => {
  expect([...cluster.lines.keys()].some((key) => key.startsWith("kafdeck-scan "))).toBe(true);
});
