import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { KafkaCluster } from "../../scripts/kafka/cluster.ts";
import { startJvm } from "../../scripts/kafka/jvm.ts";
import { kafkaLibraries } from "../../scripts/lib/paths.mjs";
import { answerInside } from "./ask.ts";
import type { Cluster } from "./cluster.ts";
import { connect } from "./connect.ts";
import { coordinatorOf } from "./coordinators.ts";
import { eventually } from "./testing.ts";
import type { Trends } from "./trends.ts";

export const fresh = (prefix: string): string => `${prefix}-${randomBytes(4).toString("hex")}`;

/** No history: what is told is of the present. */
export const noTrends: Trends = {
  state: () => ({
    source: "off",
    sampling: false,
    sampleEveryMs: null,
    lastSampleAt: null,
    since: null,
    problem: null,
  }),
  group: () => null,
  partitions: async () => new Map(),
};

const consoles = {
  consumer: "org.apache.kafka.tools.consumer.ConsoleConsumer",
  share: "org.apache.kafka.tools.consumer.ConsoleShareConsumer",
} as const;

/** One of Kafka's own console consumers as a process; it runs until `stop`. */
export async function startConsole(
  kafka: KafkaCluster,
  kind: keyof typeof consoles,
  args: string[],
): Promise<{ stop: () => Promise<void> }> {
  const directory = mkdtempSync(join(tmpdir(), "kafdeck-console-"));
  const jvm = await startJvm(
    {
      libraries: kafkaLibraries(kafka.version),
      mainClass: consoles[kind],
      arguments: ["--bootstrap-server", kafka.bootstrap, ...args],
      heap: 96,
    },
    join(directory, "log"),
    5,
  );
  return {
    stop: async () => {
      jvm.kill("SIGTERM");
      await jvm.exited;
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

type Commits = { topic: string; partition: number; offset: bigint; metadata?: string }[];

/** A connection to a group's coordinator, for requests that no client would send. */
async function lineTo(cluster: Cluster, group: string) {
  // The first group of a cluster makes its brokers create __consumer_offsets.
  const find = async () => (await coordinatorOf(cluster, "group", [group])).get(group)?.broker ?? -1;
  const broker = await eventually(find, (found) => found >= 0);
  const address = cluster.brokers.get(broker);
  if (!address) throw new Error(`${group} has no coordinator`);
  return connect(cluster.settings, address, "kafdeck-test", 5_000);
}

/** Commits offsets of any kind, as a tool without members does. Throws where one is refused. */
export async function commit(cluster: Cluster, group: string, commits: Commits): Promise<void> {
  const kafka = await import("@platformatic/kafka");
  const line = await lineTo(cluster, group);
  const topics = [...Map.groupBy(commits, ({ topic }) => topic)].map(([name, rows]) => ({
    name,
    partitions: rows.map(({ partition, offset, metadata }) => ({
      partitionIndex: partition,
      committedOffset: offset,
      committedLeaderEpoch: -1,
      committedMetadata: metadata ?? null,
    })),
  }));
  try {
    await kafka.offsetCommitV8.api.async(line, group, -1, "", null, topics);
  } finally {
    await line.close();
  }
}

/**
 * Joins a classic group as its only member, who says and is given any bytes; a member for as long as the session lasts. It leaves
 * when the coordinator hears no more of it.
 */
export async function joinAs(
  cluster: Cluster,
  group: string,
  { protocolType, metadata, assignment, instanceId = null }: Joining,
): Promise<void> {
  const kafka = await import("@platformatic/kafka");
  const line = await lineTo(cluster, group);
  const join = (memberId: string) =>
    kafka.joinGroupV9.api.async(line, group, 30_000, 30_000, memberId, instanceId, protocolType, [
      { name: "own", metadata },
    ]);
  try {
    const asked = await join("").catch((error: unknown) => answerInside<Awaited<ReturnType<typeof join>>>(error));
    // A dynamic member is given its id first, and joins with it (KIP-394).
    const joined = instanceId === null ? await join(asked.memberId) : asked;
    const { generationId, memberId } = joined;
    const given = [{ memberId, assignment }];
    await kafka.syncGroupV5.api.async(line, group, generationId, memberId, instanceId, protocolType, "own", given);
  } finally {
    await line.close();
  }
}

type Joining = { protocolType: string; metadata: Buffer; assignment: Buffer; instanceId?: string | null };
