import { afterAll, afterEach, beforeAll, expect, inject, test } from "vitest";
import { type KafkaCluster, startKafka } from "../../scripts/kafka/cluster.ts";
import { createTopics } from "../../scripts/kafka/topics.ts";
import { listBrokers, listLogDirs } from "./brokers.ts";
import { type Cluster, closeCluster } from "./cluster.ts";
import { listCards, readOverview } from "./clusters.ts";
import { electLeaders } from "./elections.ts";
import { readFeatures, updateFeature } from "./features.ts";
import { forgetSnapshots } from "./snapshots.ts";
import { clusterAt, eventually, measured, withCluster } from "./testing.ts";

const signal = new AbortController().signal;
let kafka: KafkaCluster;
let cluster: Cluster;

beforeAll(async () => {
  kafka = await startKafka({ brokers: 3, controllers: "separate" });
  const create = (topic: string, ...more: string[]) =>
    kafka.run("kafka-topics", ["--create", "--topic", topic, ...more]);
  await create("overview.safe", "--partitions", "6", "--replication-factor", "3");
  await create("overview.single", "--replica-assignment", "3:2,2:3", "--config", "min.insync.replicas=2");
  cluster = clusterAt(kafka.bootstrap);
});

afterEach(async () => {
  for (const one of kafka.brokers) {
    if (one.running) await one.kill("SIGCONT");
    else await one.start();
  }
});

afterAll(async () => {
  await closeCluster(cluster);
  await kafka.stop();
});

const broker = (id: number) => {
  const found = kafka.brokers.find((one) => one.id === id);
  if (!found) throw new Error(`no broker ${id}`);
  return found;
};

const fresh = (of: Cluster = cluster) => {
  forgetSnapshots(of);
  return readOverview(of);
};

const healthy = () =>
  eventually(
    () => fresh().catch(() => null),
    (overview) =>
      overview !== null &&
      overview.warnings.length === 0 &&
      overview.totals.underReplicated === 0 &&
      overview.brokers.every(({ state }) => state === "in-sync"),
  );

test("two requests a broker and three more tell everything, however many topics there are", async () => {
  await healthy();
  forgetSnapshots(cluster);
  const few = await measured(() => readOverview(cluster));
  expect(few.requests).toBe(2 * 3 + 3);
  expect(few.result.snapshot.requests).toBe(few.requests);
  const names = Array.from({ length: 40 }, (_, at) => `overview.many.${at}`);
  const { Kafka, logLevel } = await import("kafkajs");
  const admin = new Kafka({ brokers: kafka.bootstrap.split(","), logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  await createTopics(
    admin,
    names.map((topic) => ({ topic, numPartitions: 2, replicationFactor: 1 })),
  );
  forgetSnapshots(cluster);
  expect((await measured(() => readOverview(cluster))).requests).toBe(few.requests);
  expect((await measured(() => readOverview(cluster))).requests).toBe(0);
  await admin.deleteTopics({ topics: names });
  await admin.disconnect();
});

test("the quorum is what kafka-metadata-quorum says it is", async () => {
  const { quorum, controller, kafkaVersion, quorumProblem } = await fresh();
  const { stdout } = await kafka.run("kafka-metadata-quorum", ["describe", "--status"]);
  const said = (what: string) => new RegExp(`${what}:\\s+(\\S+)`).exec(stdout)?.[1];
  expect(quorumProblem).toBeNull();
  expect(quorum?.leader).toBe(Number(said("LeaderId")));
  expect(controller).toBe(100);
  expect(quorum?.leaderEpoch).toBe(Number(said("LeaderEpoch")));
  expect(Number(quorum?.highWatermark)).toBeLessThanOrEqual(Number(said("HighWatermark")));
  expect(quorum?.replicas.map(({ node, role }) => ({ node, role }))).toEqual([
    { node: 100, role: "leader" },
    { node: 1, role: "observer" },
    { node: 2, role: "observer" },
    { node: 3, role: "observer" },
  ]);
  expect(kafka.version.startsWith(`${kafkaVersion}.`)).toBe(true);
});

test("feature levels are what kafka-features says they are", async () => {
  const features = await readFeatures(cluster);
  const { stdout } = await kafka.run("kafka-features", ["describe"]);
  const said = [...stdout.matchAll(/Feature: (\S+)\s.*SupportedMaxVersion: (\S+)\s+FinalizedVersionLevel: (\S+)/g)];
  expect(said.length).toBeGreaterThan(0);
  for (const [, name, , level] of said) {
    const found = features.find((feature) => feature.name === name);
    expect([name, found?.finalizedName ?? String(found?.finalized ?? 0)]).toEqual([name, level]);
  }
});

test("the controller validates a level without setting it, refuses what it cannot, and sets what was planned", async () => {
  const name = "transaction.version";
  const before = (await readFeatures(cluster)).find((feature) => feature.name === name)?.finalized ?? null;
  if (before === null) {
    await expect(updateFeature(cluster, { feature: name, level: 1 }, signal)).rejects.toMatchObject({
      code: expect.stringMatching(/bad-request|invalid-feature-level/),
    });
    return;
  }
  const change = { feature: name, level: before - 1, before };
  expect(await updateFeature(cluster, { ...change, validateOnly: true }, signal)).toMatchObject({ before });
  const finalized = async () => (await readFeatures(cluster)).find((feature) => feature.name === name)?.finalized;
  expect(await finalized()).toBe(before);
  await expect(updateFeature(cluster, { feature: name, level: 99 }, signal)).rejects.toMatchObject({
    code: "invalid-feature-level",
  });
  expect(await updateFeature(cluster, change, signal)).toMatchObject({ before, after: before - 1 });
  await expect(updateFeature(cluster, change, signal)).rejects.toMatchObject({ code: "plan-outdated" });
  expect(await updateFeature(cluster, { feature: name, level: before }, signal)).toMatchObject({ after: before });
});

test("log dirs add up to what kafka-log-dirs says, and a broker that is none is not found", async () => {
  await healthy();
  const { items, topicCount } = await listLogDirs(cluster, "1");
  const { stdout } = await kafka.run("kafka-log-dirs", ["--describe", "--broker-list", "1"]);
  const line = stdout.split("\n").find((one) => one.startsWith("{")) ?? "{}";
  type Told = { brokers: { logDirs: { logDir: string; partitions: { partition: string; size: number }[] }[] }[] };
  const told = (JSON.parse(line) as Told).brokers[0]?.logDirs ?? [];
  expect(items.map(({ path, replicas }) => [path, replicas]).sort()).toEqual(
    told.map(({ logDir, partitions }) => [logDir, partitions.length]).sort(),
  );
  expect(items.every(({ totalBytes, usableBytes }) => totalBytes !== null && usableBytes !== null)).toBe(true);
  expect(topicCount).toBeGreaterThan(0);
  await expect(listLogDirs(cluster, "77")).rejects.toMatchObject({ code: "broker-not-found" });
  await expect(listLogDirs(cluster, "one")).rejects.toMatchObject({ code: "broker-not-found" });
});

test("min.insync.replicas above the number of replicas refuses no write", async () => {
  const topic = "overview.lonely";
  const settings = ["--replication-factor", "1", "--partitions", "1", "--config", "min.insync.replicas=2"];
  await kafka.run("kafka-topics", ["--create", "--topic", topic, ...settings]);
  const { Kafka, logLevel } = await import("kafkajs");
  const producer = new Kafka({ brokers: kafka.bootstrap.split(","), logLevel: logLevel.NOTHING }).producer();
  await producer.connect();
  const [sent] = await producer.send({ topic, acks: -1, messages: [{ value: "written" }] });
  await producer.disconnect();
  expect(sent?.errorCode).toBe(0);
  expect((await fresh()).totals.underMinIsr).toBe(0);
  await kafka.run("kafka-topics", ["--delete", "--topic", topic]);
});

test("a killed broker is missing, in its own row and in sentences, and its leaders are elected back", async () => {
  await healthy();
  await broker(3).kill("SIGKILL");
  const first = await measured(() => fresh());
  expect(first.milliseconds).toBeLessThan(6_000);
  expect(first.result.brokers.find(({ id }) => id === 3)?.state).not.toBe("in-sync");
  expect(first.result.brokers.find(({ id }) => id === 1)?.sizeBytes).not.toBeNull();
  expect(first.result.quorum?.leader).toBe(100);

  const settled = await eventually(
    () => fresh(),
    ({ brokers, totals }) => brokers.some(({ state }) => state === "missing") && (totals.underMinIsr ?? 0) > 0,
  );
  expect(settled.brokers.find(({ id }) => id === 3)).toMatchObject({ state: "missing", host: null, leaders: 0 });
  expect(settled.card).toMatchObject({ state: "partial", brokers: 3, answered: 2 });
  expect(settled.attention[0]).toMatchObject({ severity: "bad" });
  expect(settled.attention.map(({ text }) => text).join(" ")).toMatch(/Broker 3 is missing.*acks=all are refused/s);
  expect((await listBrokers(cluster)).items.map(({ id, state }) => [id, state])).toContainEqual([3, "missing"]);
  const unready = await electLeaders(cluster, { type: "preferred", validateOnly: true }, signal);
  expect(unready.partitions.length).toBeGreaterThan(0);
  expect(unready.partitions.every(({ problem }) => problem?.code === "no-leader")).toBe(true);

  await broker(3).start();
  const back = await eventually(
    () => fresh(),
    ({ totals }) => totals.underReplicated === 0 && totals.offline === 0,
  );
  expect(back.totals.preferredLeaderShare).toBeLessThan(1);
  expect(back.attention.some(({ action }) => action?.target === "election")).toBe(true);
  const plan = await electLeaders(cluster, { type: "preferred", validateOnly: true }, signal);
  expect(plan.partitions.every(({ after, problem }) => after === 3 && problem === null)).toBe(true);
  const stale = plan.partitions.map((row) => ({ ...row, before: 3 }));
  await expect(electLeaders(cluster, { type: "preferred", partitions: stale }, signal)).rejects.toMatchObject({
    code: "plan-outdated",
  });
  const done = await electLeaders(cluster, { type: "preferred", partitions: plan.partitions }, signal);
  expect(done.partitions).toEqual(plan.partitions);
  const { stdout } = await kafka.run("kafka-topics", ["--describe", "--topic", "overview.single"]);
  expect(stdout).toMatch(/Partition: 0\s+Leader: 3/);
  expect((await fresh()).totals.preferredLeaderShare).toBe(1);
});

test("a frozen broker is waited for within the deadline, the others' facts stand, and the list of clusters waits less", async () => {
  await healthy();
  await broker(2).kill("SIGSTOP");
  const { result, milliseconds } = await measured(() => fresh());
  expect(milliseconds).toBeLessThan(6_000);
  expect(result.brokers.find(({ id }) => id === 2)).toMatchObject({ state: "unreachable", sizeBytes: null });
  expect(result.brokers.find(({ id }) => id === 1)?.sizeBytes).not.toBeNull();
  expect(result.quorum?.leader).toBe(100);
  expect(result.attention.map(({ text }) => text).join(" ")).toContain("Broker 2");
  const again = await measured(() => fresh());
  expect(again.milliseconds).toBeLessThan(1_500);
  const cards = await withCluster(kafka.bootstrap, (other) => measured(() => listCards([other])));
  expect(cards.milliseconds).toBeLessThan(2_000);
});

test("a cluster that is down is a card that says why, at once", async () => {
  await withCluster("127.0.0.1:1", async (down) => {
    const { result, milliseconds } = await measured(() => listCards([down, cluster]));
    expect(milliseconds).toBeLessThan(2_000);
    expect(result[0]).toMatchObject({ state: "down", brokers: null, problem: { code: "connection-refused" } });
    await expect(readOverview(down)).rejects.toMatchObject({ code: "connection-refused" });
  });
});

test("one broker of its own is a cluster that is well", async () => {
  await withCluster(inject("kafka").bootstrap, async (single) => {
    const overview = await readOverview(single);
    expect(overview.brokers).toHaveLength(1);
    expect(overview.quorum?.replicas.map(({ role }) => role)).toEqual(["leader"]);
    expect(overview.brokers[0]?.roles).toEqual(["broker", "controller"]);
    expect(overview.card).toMatchObject({ state: "up", answered: 1 });
  });
});
