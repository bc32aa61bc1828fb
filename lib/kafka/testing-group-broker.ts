import kafkajs from "kafkajs";
import { afterAll, beforeAll } from "vitest";
import { type KafkaCluster, startKafka } from "../../scripts/kafka/cluster.ts";
import { createTopics } from "../../scripts/kafka/topics.ts";
import type { GroupDetail } from "../api/groups.ts";
import { type Cluster, closeCluster } from "./cluster.ts";
import { readGroup } from "./group.ts";
import { listGroups } from "./groups.ts";
import { closePool, sharedPool } from "./scan/pool.ts";
import { clusterAt } from "./testing.ts";
import { fresh, noTrends } from "./testing-groups.ts";

const { signal } = new AbortController();

/** A broker of its own for a file of tests about groups, started before its tests and stopped behind them. */
export function groupBroker() {
  let started: { kafka: KafkaCluster; cluster: Cluster; client: kafkajs.Kafka } | null = null;
  let producer: kafkajs.Producer | null = null;
  let admin: kafkajs.Admin | null = null;
  const ready = <T>(found: T | null): T => {
    if (found === null) throw new Error("The broker is not started yet.");
    return found;
  };
  beforeAll(async () => {
    const kafka = await startKafka({ brokers: 1 });
    const client = new kafkajs.Kafka({ brokers: [kafka.bootstrap], logLevel: kafkajs.logLevel.NOTHING });
    started = { kafka, cluster: clusterAt(kafka.bootstrap), client };
    admin = client.admin();
    producer = client.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner, idempotent: true });
    await admin.connect();
    await producer.connect();
  });
  afterAll(async () => {
    await producer?.disconnect();
    await admin?.disconnect();
    if (started) await closeCluster(started.cluster);
    await closePool(sharedPool());
    await started?.kafka.stop();
  });
  return {
    kafka: () => ready(started).kafka,
    cluster: () => ready(started).cluster,
    client: () => ready(started).client,
    admin: () => ready(admin),
    producer: () => ready(producer),
    /** Kafka 3.9 has classic groups only. */
    isOld: () => ready(started).kafka.version.startsWith("3."),
    detail: (group: string) => readGroup(ready(started).cluster, group, noTrends, signal),
    listed: async (search?: string) =>
      (await listGroups(ready(started).cluster, { fresh: "true", search }, noTrends, signal)).items,
    /** A topic of three partitions with ten records in each. */
    makeTopic: async (): Promise<string> => {
      const topic = fresh("groups");
      await createTopics(ready(admin), [{ topic, numPartitions: 3 }]);
      const messages = [0, 1, 2].flatMap((partition) =>
        Array.from({ length: 10 }, (_, index) => ({ partition, key: `k${index}`, value: `v${index}` })),
      );
      await ready(producer).send({ topic, messages });
      return topic;
    },
    /** What Kafka's own tool says of a group: `topic/partition` to [committed, end, lag], with `-` where it knows none. */
    judged: async (group: string): Promise<Map<string, string[]>> => {
      const { stdout } = await ready(started).kafka.run("kafka-consumer-groups", ["--describe", "--group", group]);
      const rows = stdout.split("\n").flatMap((line) => {
        const cells = line.trim().split(/\s+/);
        return cells[0] === group ? [[`${cells[1]}/${cells[2]}`, cells.slice(3, 6)] as const] : [];
      });
      return new Map(rows);
    },
  };
}

/** The same of what Kafdeck says. */
export const toldOf = ({ partitions }: GroupDetail): Map<string, string[]> =>
  new Map(
    partitions.map(({ topic, partition, committed, end, lag }) => [
      `${topic}/${partition}`,
      [committed, end, lag].map((value) => value ?? "-"),
    ]),
  );
