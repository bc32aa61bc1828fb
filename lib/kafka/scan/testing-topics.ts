import kafkajs from "kafkajs";
import { afterAll, beforeAll, inject } from "vitest";
import { createTopics } from "../../../scripts/kafka/topics.ts";
import { closeCluster } from "../cluster.ts";
import { clusterAt, eventually } from "../testing.ts";
import { closePool, sharedPool } from "./pool.ts";

/**
 * What a file of tests writes with, to topics named after it, and reads by: connected before its tests, closed behind them with the
 * workers that read. What the file itself does before and behind its tests is between the two.
 */
export function topicsOf(name: string) {
  const { bootstrap } = inject("kafka");
  const cluster = clusterAt(bootstrap);
  const kafka = new kafkajs.Kafka({ brokers: [bootstrap], logLevel: kafkajs.logLevel.NOTHING });
  const admin = kafka.admin();
  const producer = kafka.producer({
    createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
    idempotent: true, // else a retry while leaders are unknown, or on a busy machine, writes batches twice
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
  let topics = 0;
  /** A topic of one partition and the broker's own configs, unless told otherwise; its name. */
  async function makeTopic(numPartitions = 1, configs: Record<string, string> = {}): Promise<string> {
    const topic = `${name}-${process.pid}-${topics++}`;
    const configEntries = Object.entries(configs).map(([config, value]) => ({ name: config, value }));
    await createTopics(admin, [{ topic, numPartitions, configEntries }]);
    return topic;
  }
  /** Waits until partition 0 ends there: that a transaction has ended is acknowledged before its marker is in the log. */
  const ended = (topic: string, end: number) =>
    eventually(
      () => admin.fetchTopicOffsets(topic),
      (partitions) => partitions.find(({ partition }) => partition === 0)?.high === `${end}`,
    );
  return { bootstrap, cluster, kafka, admin, producer, makeTopic, ended };
}
