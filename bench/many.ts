import { Kafka, logLevel } from "kafkajs";
import { commitOffsets, rawMetadata } from "./floor.ts";

export const PARTITIONS = 5;
export const TOPICS = 2_000;
export const GROUPS = 500;
export const TOPICS_OF_A_GROUP = 8;
const RECORDS_OF_A_PARTITION = 10;

export const topicName = (index: number): string =>
  `bench.${["orders", "payments", "audit", "clicks"][index % 4]}.${index}`;
export const groupName = (index: number): string =>
  `bench-${["billing", "search", "mail", "reports", "loader"][index % 5]}-${String(index).padStart(4, "0")}`;

/** The topics of a group: each topic has two groups. */
export const topicsOf = (group: number): string[] =>
  Array.from({ length: TOPICS_OF_A_GROUP }, (_, i) => topicName((group * TOPICS_OF_A_GROUP + i) % TOPICS));

const clientOf = (bootstrap: string): Kafka =>
  new Kafka({ brokers: bootstrap.split(","), logLevel: logLevel.NOTHING, requestTimeout: 60_000 });

const chunks = <Item>(items: Item[], size: number): Item[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));

/** Makes those of the topics from one number to before another that are missing, and waits until all have leaders. */
export async function createTopics(bootstrap: string, from: number, to: number, partitions: number): Promise<void> {
  const admin = clientOf(bootstrap).admin();
  await admin.connect();
  const existing = new Set(await admin.listTopics());
  const names = Array.from({ length: to - from }, (_, i) => topicName(from + i)).filter((name) => !existing.has(name));
  for (const some of chunks(names, 100)) {
    await admin.createTopics({
      topics: some.map((topic) => ({ topic, numPartitions: partitions })),
      waitForLeaders: false,
      timeout: 60_000,
    });
  }
  await admin.disconnect();
  while (
    (await rawMetadata(bootstrap)).topics.flatMap(({ partitions: all }) => all).filter(({ leaderId }) => leaderId >= 0)
      .length <
    to * partitions
  ) {
    await new Promise((resume) => setTimeout(resume, 200));
  }
}

/** Ten records into every partition, each once: an idempotent producer, for leaders of new topics are not known everywhere at once. */
export async function fillTopics(bootstrap: string): Promise<void> {
  const producer = clientOf(bootstrap).producer({ idempotent: true, maxInFlightRequests: 1 });
  await producer.connect();
  const messages = Array.from({ length: PARTITIONS * RECORDS_OF_A_PARTITION }, (_, n) => ({
    partition: n % PARTITIONS,
    key: `key-${n}`,
    value: `{"n":${n},"text":"one of the records that a group has not read yet"}`,
  }));
  const topics = Array.from({ length: TOPICS }, (_, index) => topicName(index));
  for (const some of chunks(topics, 100)) {
    await producer.sendBatch({ topicMessages: some.map((topic) => ({ topic, messages })) });
  }
  await producer.disconnect();
}

/** Groups without members, each with a commit somewhere in every partition of its topics; done again it changes nothing. */
export async function commitGroups(bootstrap: string): Promise<void> {
  const groups = Array.from({ length: GROUPS }, (_, index) => ({
    groupId: groupName(index),
    topics: topicsOf(index).map((name, i) => ({
      name,
      partitions: Array.from({ length: PARTITIONS }, (_, partitionIndex) => ({
        partitionIndex,
        committedOffset: BigInt((index + i + partitionIndex) % (RECORDS_OF_A_PARTITION + 1)),
        committedLeaderEpoch: -1,
      })),
    })),
  }));
  await commitOffsets(bootstrap, groups);
}
