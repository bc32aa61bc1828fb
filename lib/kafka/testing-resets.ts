import kafkajs from "kafkajs";
import { afterAll, beforeAll } from "vitest";
import { type KafkaCluster, startKafka } from "../../scripts/kafka/cluster.ts";
import { createTopics } from "../../scripts/kafka/topics.ts";
import type { PlanOffsetsBody } from "../api/group-offsets.ts";
import { problemOf } from "../api/problem.ts";
import { type Cluster, closeCluster } from "./cluster.ts";
import { coordinatorOf } from "./coordinators.ts";
import { planOffsets } from "./offsets-plan.ts";
import { closePool, sharedPool } from "./scan/pool.ts";
import { clusterAt, eventually } from "./testing.ts";
import { fresh } from "./testing-groups.ts";

/** The first record of each partition is of this time, the next ones a minute later each. */
export const NOON = Date.parse("2026-11-22T12:00:00Z");

/** What one file of tests of resets works with: brokers of its own, for Kafka's own tool is asked about every offset. */
export function resetsOn(brokers: number) {
  const { signal } = new AbortController();
  const held: { kafka?: KafkaCluster; cluster?: Cluster; client?: kafkajs.Kafka; admin?: kafkajs.Admin } = {};
  const must = <T>(value: T | undefined): T => {
    if (value === undefined) throw new Error("The brokers are not there yet.");
    return value;
  };
  beforeAll(async () => {
    held.kafka = await startKafka({ brokers });
    held.cluster = clusterAt(held.kafka.bootstrap);
    held.client = new kafkajs.Kafka({
      brokers: held.kafka.bootstrap.split(","),
      logLevel: kafkajs.logLevel.NOTHING,
    });
    held.admin = held.client.admin();
    await held.admin.connect();
    // The first group makes Kafka create __consumer_offsets, which takes it a moment.
    const { cluster } = held;
    await eventually(
      () => coordinatorOf(cluster, "group", ["first"]),
      (found) => found.get("first")?.problem === null,
    );
  });
  afterAll(async () => {
    await held.admin?.disconnect();
    if (held.cluster) await closeCluster(held.cluster);
    await closePool(sharedPool());
    await held.kafka?.stop();
  });

  /** A topic with ten records in each partition, one a minute from noon on. */
  async function makeTopic(partitions = 2, replicationFactor = 1): Promise<string> {
    const topic = fresh("reset");
    await createTopics(must(held.admin), [{ topic, numPartitions: partitions, replicationFactor }]);
    await produce(topic, partitions);
    return topic;
  }

  async function produce(topic: string, partitions: number): Promise<void> {
    const producer = must(held.client).producer({ idempotent: true, maxInFlightRequests: 1 });
    await producer.connect();
    const messages = Array.from({ length: partitions * 10 }, (_, at) => ({
      partition: at % partitions,
      key: `k${Math.floor(at / partitions)}`,
      value: "x",
      timestamp: `${NOON + Math.floor(at / partitions) * 60_000}`,
    }));
    await producer.send({ topic, messages });
    await producer.disconnect();
  }

  /** What Kafka's own tool says of the committed offsets, by group and `topic/partition`; `-` for none. */
  async function judged(...groups: string[]): Promise<Record<string, Record<string, string>>> {
    const { stdout } = await must(held.kafka).run("kafka-consumer-groups", [
      "--describe",
      ...groups.flatMap((group) => ["--group", group]),
    ]);
    const said: Record<string, Record<string, string>> = Object.fromEntries(groups.map((group) => [group, {}]));
    for (const line of stdout.split("\n")) {
      const group = groups.find((name) => line.startsWith(`${name} `));
      const [, topic, partition, committed] = /\s(\S+)\s+(\d+)\s+(-|-?\d+)\s+(-|\d+)\s+(-|-?\d+)\s/.exec(
        line.slice(group?.length ?? 0),
      ) ?? [null];
      if (group !== undefined && topic && said[group]) said[group][`${topic}/${partition}`] = committed ?? "";
    }
    return said;
  }

  return {
    signal,
    makeTopic,
    produce,
    judged,
    kafka: () => must(held.kafka),
    cluster: () => must(held.cluster),
    client: () => must(held.client),
    admin: () => must(held.admin),
    plan: (group: string, body: PlanOffsetsBody, rate: number | null = null) =>
      planOffsets(must(held.cluster), group, body, rate, signal),
  };
}

/** The problem that something was refused with; null where it was not. */
export const refusal = (work: Promise<unknown>) =>
  work.then(() => null).catch((error: unknown) => problemOf(error) ?? Promise.reject(error));
