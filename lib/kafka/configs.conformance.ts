import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type KafkaCluster, startKafka } from "../../scripts/kafka/cluster.ts";
import type { ConfigEntry } from "../api/configs.ts";
import { type Problem, problemOf } from "../api/problem.ts";
import { type Cluster, closeCluster } from "./cluster.ts";
import {
  alterBrokerConfigs,
  alterBrokerLoggers,
  alterTopicConfigs,
  listBrokerConfigs,
  listBrokerLoggers,
  listTopicConfigDefaults,
  listTopicConfigs,
} from "./configs.ts";
import { readMetadata } from "./metadata.ts";
import { clusterAt } from "./testing.ts";

let kafka: KafkaCluster;
let cluster: Cluster;
const topic = `configs-${randomBytes(4).toString("hex")}`;
const { signal } = new AbortController();

beforeAll(async () => {
  kafka = await startKafka({
    brokers: 1,
    properties: { "log.retention.hours": "24", "ssl.truststore.password": "canary-truststore" },
  });
  cluster = clusterAt(kafka.bootstrap);
});
afterAll(async () => {
  if (cluster) await closeCluster(cluster);
  await kafka?.stop();
});

/** What Kafka's own command says is set on something. */
const toolSays = async (type: string, name: string | null): Promise<string> => {
  const entity = name === null ? ["--entity-default"] : ["--entity-name", name];
  return (await kafka.run("kafka-configs", ["--describe", "--entity-type", type, ...entity])).stdout;
};
const entryIn = (items: ConfigEntry[], name: string): ConfigEntry | undefined =>
  items.find((entry) => entry.name === name);
const problemIn = async (work: Promise<unknown>): Promise<Problem | null> =>
  problemOf(await work.then(() => null).catch((error: unknown) => error));

test("with no topic at all, a new topic's configs come from the broker's", async () => {
  expect((await readMetadata(cluster)).data.topics).toEqual([]);
  const { items } = await listTopicConfigDefaults(cluster, signal);
  expect(entryIn(items, "retention.ms")).toMatchObject({ value: "86400000", source: "static", changed: false });
  expect(entryIn(items, "max.message.bytes")?.documentation).toMatch(/batch/);
  expect(items.length).toBeGreaterThan(24);
});

test("a topic's configs say what is inherited, and from where", async () => {
  const created = await kafka.run("kafka-topics", [
    ...["--create", "--topic", topic, "--partitions", "2", "--config", "retention.ms=3600000"],
  ]);
  expect(created.code).toBe(0);
  await expect
    .poll(async () => (await problemIn(listTopicConfigs(cluster, topic, signal)))?.code ?? null, { timeout: 5_000 })
    .toBeNull();
  const { items } = await listTopicConfigs(cluster, topic, signal);
  expect(items[0]).toMatchObject({
    name: "retention.ms",
    changed: true,
    source: "topic",
    value: "3600000",
    inherited: "86400000",
    inheritedFrom: "static",
  });
  expect(entryIn(items, "cleanup.policy")).toMatchObject({ changed: false, source: "default", type: "list" });
  const defaults = await listTopicConfigDefaults(cluster, signal);
  expect(entryIn(defaults.items, "retention.ms")).toMatchObject({ value: "86400000", changed: false });
});

test("checking a change writes nothing and tells what it brings", async () => {
  const body = { configs: { "retention.ms": "1000", "min.insync.replicas": "3" }, validateOnly: true };
  const plan = await alterTopicConfigs(cluster, topic, body, signal);
  expect(plan).toMatchObject({ validateOnly: true, broker: 1, readBack: false, undo: null });
  expect(plan.changes[0]).toMatchObject({ before: "3600000", after: "1000" });
  expect(plan.changes[1]?.effects[0]).toMatchObject({ tone: "warn" });
  expect(await toolSays("topics", topic)).toContain("retention.ms=3600000");
});

test("a change is read back, leaves other configs alone, and is undone by its own inverse", async () => {
  const configs = { "segment.ms": "7200000", "cleanup.policy": "compact,delete", "retention.ms": null };
  const before = { "segment.ms": null, "cleanup.policy": null, "retention.ms": "3600000" };
  const done = await alterTopicConfigs(cluster, topic, { configs, before }, signal);
  expect(done).toMatchObject({ readBack: true, warnings: [], undo: { configs: before, before: configs } });
  expect(done.changes.find(({ name }) => name === "retention.ms")).toMatchObject({ reset: true, after: "86400000" });
  const said = await toolSays("topics", topic);
  expect(said).toContain("segment.ms=7200000");
  expect(said).toContain("cleanup.policy=compact,delete");
  expect(said).not.toContain(" retention.ms=3600000");
  if (!done.undo) throw new Error("no undo");
  await alterTopicConfigs(cluster, topic, done.undo, signal);
  const after = await toolSays("topics", topic);
  expect(after).toContain("retention.ms=3600000");
  expect(after).not.toContain("segment.ms=7200000");
});

test("a value that somebody else changed is named, and nothing is written", async () => {
  await kafka.run("kafka-configs", [
    ...["--alter", "--entity-type", "topics", "--entity-name", topic, "--add-config", "retention.ms=5000000"],
  ]);
  const body = {
    configs: { "retention.ms": "1", "flush.ms": "9" },
    before: { "retention.ms": "3600000", "flush.ms": null },
  };
  await expect
    .poll(() => problemIn(alterTopicConfigs(cluster, topic, { ...body, validateOnly: true }, signal)), {
      timeout: 5_000,
    })
    .toMatchObject({ code: "plan-outdated" });
  expect(await problemIn(alterTopicConfigs(cluster, topic, body, signal))).toMatchObject({
    code: "plan-outdated",
    status: 409,
    detail: "retention.ms was 3600000, and is 5000000 now.",
  });
  expect(await toolSays("topics", topic)).not.toContain("flush.ms=9");
});

test("what the broker refuses is told in its words, field by field", async () => {
  const configs = { "retention.ms": "soon", "segment.ms": "7200000", "cleanup.policy": "burn" };
  const refused = await problemIn(alterTopicConfigs(cluster, topic, { configs }, signal));
  expect(refused).toMatchObject({ code: "invalid-config", status: 400 });
  expect(refused?.errors?.map(({ field }) => field)).toEqual(["configs.retention.ms", "configs.cleanup.policy"]);
  expect(refused?.errors?.[0]?.detail).toMatch(/soon/);
  expect(await toolSays("topics", topic)).not.toContain("segment.ms=7200000");
});

test("a config that topics do not have is refused, where Kafka itself lets a reset pass; on a broker it is warned of", async () => {
  const configs = { nope: null, "retention.ms": null };
  expect(await problemIn(alterTopicConfigs(cluster, topic, { configs }, signal))).toMatchObject({
    code: "invalid-config",
    errors: [{ field: "configs.nope" }],
  });
  const plan = await alterBrokerConfigs(cluster, "1", { configs: { nope: "5" }, validateOnly: true }, signal);
  expect(plan.changes[0]?.effects).toMatchObject([{ tone: "warn", text: expect.stringContaining("does not list") }]);
});

test("a topic that does not exist is said to be so", async () => {
  const missing = `${topic}-missing`;
  expect(await problemIn(listTopicConfigs(cluster, missing, signal))).toMatchObject({ code: "topic-not-found" });
});

test("a broker's own value stands over the one for all brokers, and each is taken away alone", async () => {
  const name = "log.cleaner.threads";
  const all = await alterBrokerConfigs(cluster, "default", { configs: { [name]: "2" } }, signal);
  expect(all).toMatchObject({ readBack: true, undo: { configs: { [name]: null } } });
  const own = await alterBrokerConfigs(cluster, "1", { configs: { [name]: "1" } }, signal);
  expect(own.readBack).toBe(true);
  expect(await toolSays("brokers", null)).toContain(`${name}=2`);
  expect(await toolSays("brokers", "1")).toContain(`${name}=1`);
  const { items } = await listBrokerConfigs(cluster, "1", signal);
  expect(entryIn(items, name)).toMatchObject({
    changed: true,
    source: "broker",
    inherited: "2",
    inheritedFrom: "cluster",
  });
  const shared = await listBrokerConfigs(cluster, "default", signal);
  expect(entryIn(shared.items, name)).toMatchObject({ changed: true, source: "cluster", value: "2" });
  await alterBrokerConfigs(cluster, "1", { configs: { [name]: null } }, signal);
  await alterBrokerConfigs(cluster, "default", { configs: { [name]: null } }, signal);
  expect(await toolSays("brokers", null)).not.toContain(name);
});

test("a static broker config is shown as such, and is not changed", async () => {
  const { items } = await listBrokerConfigs(cluster, "1", signal);
  expect(entryIn(items, "log.retention.hours")).toMatchObject({ readOnly: true, source: "static", value: "24" });
  expect(
    await problemIn(alterBrokerConfigs(cluster, "1", { configs: { "num.partitions": "9" } }, signal)),
  ).toMatchObject({ code: "invalid-config", detail: expect.stringContaining("num.partitions") });
});

test("a secret is never told, neither a static one nor one that was just set", async () => {
  const before = await listBrokerConfigs(cluster, "1", signal);
  expect(entryIn(before.items, "ssl.truststore.password")).toMatchObject({ sensitive: true, value: null });
  const name = "listener.name.secret.ssl.key.password";
  const done = await alterBrokerConfigs(
    cluster,
    "1",
    { configs: { [name]: "canary-key" }, validateOnly: true },
    signal,
  ).catch((error: unknown) => problemOf(error));
  const all = JSON.stringify([before, done, await listBrokerConfigs(cluster, "default", signal)]);
  expect(all.includes("canary")).toBe(false);
});

test("a logger's level is set and taken away again", async () => {
  const name = "kafka.server.KafkaApis";
  const before = entryIn((await listBrokerLoggers(cluster, "1", signal)).items, name);
  expect(before).toMatchObject({ format: { kind: "level" } });
  const done = await alterBrokerLoggers(cluster, "1", { configs: { [name]: "TRACE" } }, signal);
  expect(done).toMatchObject({ readBack: true });
  expect(await toolSays("broker-loggers", "1")).toContain(`${name}=TRACE`);
  expect(await problemIn(alterBrokerLoggers(cluster, "1", { configs: { [name]: "LOUD" } }, signal))).toMatchObject({
    code: "invalid-config",
  });
  await alterBrokerLoggers(cluster, "1", { configs: { [name]: null } }, signal);
  expect(entryIn((await listBrokerLoggers(cluster, "1", signal)).items, name)?.value).toBe(before?.inherited);
});

test("a broker that is not a member, or no number, is not found", async () => {
  for (const id of ["9", "one", "", "-1"])
    expect(await problemIn(listBrokerConfigs(cluster, id, signal))).toMatchObject({ code: "broker-not-found" });
});
