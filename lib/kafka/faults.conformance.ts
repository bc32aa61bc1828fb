import { createServer, type Server } from "node:http";
import { type AddressInfo, createServer as createTcpServer } from "node:net";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type KafkaCluster, startKafka } from "../../scripts/kafka/cluster.ts";
import type { Cluster } from "./cluster.ts";
import { closeCluster } from "./cluster.ts";
import { clusterAt, eventually, measured, withCluster } from "./testing.ts";
import { listTopics } from "./topics.ts";

const signal = new AbortController().signal;
const list = (cluster: Cluster) => listTopics(cluster, { fresh: "true" }, signal);

let kafka: KafkaCluster;
let cluster: Cluster;

beforeAll(async () => {
  kafka = await startKafka({ brokers: 3, controllers: "separate" });
  await kafka.run("kafka-topics", ["--create", "--topic", "safe", "--partitions", "6", "--replication-factor", "3"]);
  await kafka.run("kafka-topics", ["--create", "--topic", "lonely", "--replica-assignment", "2,2,3"]);
  cluster = clusterAt(kafka.bootstrap);
});

afterEach(async () => {
  for (const broker of kafka.brokers) {
    if (broker.running) await broker.kill("SIGCONT");
    else await broker.start();
  }
  await eventually(
    () => list(cluster),
    ({ items, warnings }) =>
      warnings.length === 0 && items.length >= 2 && items.every((topic) => topic.underReplicated === 0),
  );
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

test("a killed broker leaves the others' facts standing, and is forgotten when it is back", async () => {
  await list(cluster);
  await broker(2).kill("SIGKILL");
  const { milliseconds, result } = await measured(() => list(cluster));
  expect(milliseconds).toBeLessThan(6_000);
  expect(result.warnings.map((warning) => warning.broker)).toContain(2);
  const settled = await eventually(
    () => list(cluster),
    ({ items }) => items.some((topic) => topic.name === "lonely" && topic.offline === 2),
  );
  const lonely = settled.items.find(({ name }) => name === "lonely");
  expect(lonely).toMatchObject({ partitions: 3, offline: 2, offsetSpanKnown: 1 });
  expect(lonely?.problems[0]).toMatchObject({ code: "no-leader", topic: "lonely" });
  expect(settled.items.find(({ name }) => name === "safe")).toMatchObject({
    underReplicated: 6,
    offline: 0,
    offsetSpan: "0",
  });
});

test("a broker that accepts and never answers is waited for once, within the deadline", async () => {
  await list(cluster);
  await broker(3).kill("SIGSTOP");
  const first = await measured(() => list(cluster));
  expect(first.milliseconds).toBeLessThan(6_000);
  expect(first.result.items.map(({ name }) => name)).toEqual(expect.arrayContaining(["lonely", "safe"]));
  expect(first.result.warnings.map(({ code, broker }) => ({ code, broker }))).toContainEqual({
    code: "broker-timeout",
    broker: 3,
  });
  const second = await measured(() => list(cluster));
  expect(second.milliseconds).toBeLessThan(1_500);
});

test("with two of three gone the survivor still answers", async () => {
  await list(cluster);
  await Promise.all([broker(2).kill("SIGKILL"), broker(3).kill("SIGKILL")]);
  const { milliseconds, result } = await measured(() => list(cluster));
  expect(milliseconds).toBeLessThan(6_000);
  expect(result.items.map(({ name }) => name)).toEqual(expect.arrayContaining(["lonely", "safe"]));
  expect(result.warnings.map((warning) => warning.broker)).toEqual(expect.arrayContaining([2, 3]));
});

test("a dead host among the bootstrap servers does no harm", async () => {
  const [alive] = kafka.bootstrap.split(",");
  await withCluster(`127.0.0.1:1,no-such-host.invalid:9092,${alive}`, async (some) => {
    const { result, milliseconds } = await measured(() => list(some));
    expect(result.items.length).toBeGreaterThanOrEqual(2);
    expect(milliseconds).toBeLessThan(5_000);
  });
});

test("nothing at all at the address is told as that, at once", async () => {
  await withCluster("127.0.0.1:1", async (none) => {
    await expect(list(none)).rejects.toMatchObject({ code: "connection-refused" });
  });
});

test("a port that speaks HTTP is told as not being Kafka, and nothing is buffered for it", async () => {
  const server = createServer((_, response) => response.end("hello"));
  await listening(server);
  const { port } = server.address() as AddressInfo;
  await withCluster(`127.0.0.1:${port}`, async (http) => {
    const started = performance.now();
    await expect(list(http)).rejects.toMatchObject({ code: "not-kafka" });
    expect(performance.now() - started).toBeLessThan(2_000);
  });
  server.close();
});

test("a server that accepts and is silent is a time-out that names the address", async () => {
  const server = createTcpServer(() => {});
  await listening(server);
  const { port } = server.address() as AddressInfo;
  await withCluster(`127.0.0.1:${port}`, async (silent) => {
    const failed = await measured(() => list(silent).catch((error: unknown) => error));
    expect(failed.result).toMatchObject({ code: "broker-timeout" });
    expect(String(failed.result)).toContain(String(port));
    expect(failed.milliseconds).toBeLessThan(6_000);
  });
  server.close();
});

const listening = (server: Server | ReturnType<typeof createTcpServer>) =>
  new Promise<void>((resume) => server.listen(0, "127.0.0.1", resume));
