import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type KafkaCluster, startKafka } from "../../scripts/kafka/cluster.ts";
import { createTopics } from "../../scripts/kafka/topics.ts";
import { problemOf } from "../api/problem.ts";
import type { Cluster } from "./cluster.ts";
import { closeCluster } from "./cluster.ts";
import { command } from "./commands.ts";
import { createTopic } from "./create-topic.ts";
import { addPartitions, listPartitions } from "./partitions.ts";
import { recreateTopic } from "./recreate-topic.ts";
import { clusterAt, eventually, measured } from "./testing.ts";
import { deleteByName, deleteTopic, readTopic } from "./topic.ts";
import { listTopics } from "./topics.ts";

const { signal } = new AbortController();
let kafka: KafkaCluster;
let cluster: Cluster;

beforeAll(async () => {
  kafka = await startKafka({ brokers: 1 });
  cluster = clusterAt(kafka.bootstrap);
});
afterAll(async () => {
  if (cluster) await closeCluster(cluster);
  await kafka?.stop();
});

const fresh = (prefix = "t") => `${prefix}-${randomBytes(4).toString("hex")}`;
const described = async (topic: string) =>
  (await kafka.run("kafka-topics", ["--describe", "--topic", topic.replaceAll(".", "\\.")])).stdout;
const refusal = (work: Promise<unknown>) => work.then(() => null).catch((error: unknown) => problemOf(error));

test("a topic is created with its numbers and configs, as Kafka's own tool sees it", async () => {
  const name = fresh("orders.rsc");
  const body = { name, partitions: 5, replicationFactor: 1, configs: { "retention.ms": "86400000" } };
  const planned = await createTopic(cluster, { ...body, validateOnly: true }, signal);
  expect(planned).toMatchObject({ partitions: 5, replicationFactor: 1, topicId: null });
  expect(await refusal(readTopic(cluster, name, signal))).toMatchObject({ code: "topic-not-found", status: 404 });
  const created = await createTopic(cluster, body, signal);
  expect(await described(name)).toMatch(/PartitionCount: 5\s+ReplicationFactor: 1\s+Configs:.*retention\.ms=86400000/);
  const read = await readTopic(cluster, name, signal);
  expect(read).toMatchObject({ topicId: created.topicId, partitions: 5, changedConfigs: 1, retentionMs: "86400000" });
  expect(read.authorizedOperations).toContain("Delete");
});

test("what is not given is the broker's default, and the answer says what that was", async () => {
  const name = fresh();
  const { partitions, replicationFactor } = await createTopic(cluster, { name }, signal);
  expect(await described(name)).toMatch(
    new RegExp(`PartitionCount: ${partitions}\\s+ReplicationFactor: ${replicationFactor}`),
  );
});

test("an explicit assignment is taken as it is", async () => {
  const name = fresh();
  const [id] = [...cluster.brokers.keys()];
  const replicaAssignment = [0, 1].map((partition) => ({ partition, replicas: [id ?? 1] }));
  expect(await createTopic(cluster, { name, replicaAssignment }, signal)).toMatchObject({ partitions: 2 });
  expect((await listPartitions(cluster, name, signal)).items.map(({ replicas }) => replicas)).toEqual([[id], [id]]);
});

test("numbers that contradict the assignment are refused, and a min.insync.replicas that cannot be met is warned of", async () => {
  const replicaAssignment = [{ partition: 0, replicas: [[...cluster.brokers.keys()][0] ?? 1] }];
  const tried = (body: object) => createTopic(cluster, { name: fresh(), validateOnly: true, ...body }, signal);
  for (const [field, number] of [["partitions", 2] as const, ["replicationFactor", 3] as const])
    expect(await refusal(tried({ replicaAssignment, [field]: number }))).toMatchObject({ code: "bad-request", field });
  const { warnings } = await tried({ replicationFactor: 1, configs: { "min.insync.replicas": "2" } });
  expect(warnings).toMatchObject([{ code: "min-insync-unreachable", field: "configs.min.insync.replicas" }]);
  expect((await tried({ replicaAssignment, partitions: 1 })).warnings).toEqual([]);
});

test("more partitions than the controllers write at once are no reason to try again", async () => {
  const name = fresh();
  await createTopic(cluster, { name, partitions: 1 }, signal);
  const refused = await refusal(addPartitions(cluster, name, { count: 100_000, validateOnly: true }, signal));
  expect(refused).toMatchObject({ code: "invalid-partitions", retry: false, field: "count" });
});

test("the broker's refusals come with its own words and the field", async () => {
  const name = fresh();
  await createTopic(cluster, { name }, signal);
  const tried = (body: object) => refusal(createTopic(cluster, { name: fresh(), validateOnly: true, ...body }, signal));
  expect(await tried({ name })).toMatchObject({ code: "topic-exists", field: "name" });
  expect(await tried({ replicationFactor: 9 })).toMatchObject({
    code: "invalid-replication-factor",
    field: "replicationFactor",
    detail: expect.stringContaining("9"),
  });
  expect(await tried({ configs: { "retention.ms": "soon" } })).toMatchObject({
    code: "invalid-config",
    detail: expect.stringContaining("retention.ms"),
  });
  expect(await tried({ name: "a b<img src=x onerror=alert(1)>" })).toMatchObject({ code: "invalid-topic-name" });
  expect(await tried({ replicaAssignment: [{ partition: 0, replicas: [77] }] })).toMatchObject({
    code: "invalid-replica-assignment",
  });
});

test("a name that differs by . and _ only is refused, and says why", async () => {
  const name = fresh("a.b");
  await createTopic(cluster, { name }, signal);
  const found = await refusal(createTopic(cluster, { name: name.replace(".", "_"), validateOnly: true }, signal));
  expect(found).toMatchObject({ code: "invalid-topic-name", detail: expect.stringContaining(name) });
  expect(found?.todo).toContain("more than . and _");
});

test("a topic is deleted by the id of the plan, never another one of its name", async () => {
  const name = fresh();
  await createTopic(cluster, { name, partitions: 2 }, signal);
  const plan = await deleteTopic(cluster, name, { validateOnly: true }, signal);
  expect(plan).toMatchObject({ partitions: 2, offsetSpan: "0" });
  await kafka.run("kafka-topics", ["--delete", "--topic", name]);
  await kafka.run("kafka-topics", ["--create", "--topic", name]);
  const old = plan.topicId ?? undefined;
  expect(await refusal(deleteTopic(cluster, name, { topicId: old }, signal))).toMatchObject({ code: "plan-outdated" });
  const again = await deleteTopic(cluster, name, { validateOnly: true }, signal);
  await deleteTopic(cluster, name, { topicId: again.topicId ?? undefined }, signal);
  expect(await described(name)).not.toContain("PartitionCount");
});

test("a broker without topic ids is told the name", async () => {
  const name = fresh();
  await createTopic(cluster, { name }, signal);
  await deleteByName(cluster, name);
  expect(await described(name)).not.toContain("PartitionCount");
});

test("partitions are added to the number of the plan only", async () => {
  const name = fresh();
  await createTopic(cluster, { name, partitions: 3 }, signal);
  const planned = () => addPartitions(cluster, name, { count: 6, validateOnly: true }, signal);
  const { result: plan, requests } = await measured(planned);
  // Metadata of ours; ApiVersions, Metadata and the command of the other client.
  expect(requests).toBeGreaterThanOrEqual(4);
  expect(plan).toMatchObject({ before: 3, after: 6, keysMoved: 0.5 });
  expect((await listPartitions(cluster, name, signal)).items).toHaveLength(3);
  await addPartitions(cluster, name, { count: 6, before: 3 }, signal);
  expect(await described(name)).toContain("PartitionCount: 6");
  const late = addPartitions(cluster, name, { count: 9, before: 3 }, signal);
  expect(await refusal(late)).toMatchObject({ code: "plan-outdated", status: 409 });
  expect(await refusal(addPartitions(cluster, name, { count: 2 }, signal))).toMatchObject({
    code: "invalid-partitions",
  });
});

test("a topic is recreated empty, with its partitions and configs and another id", async () => {
  const name = fresh();
  await createTopic(cluster, { name, partitions: 4, configs: { "cleanup.policy": "compact" } }, signal);
  await kafka.run("kafka-console-producer", ["--topic", name, "--property", "parse.key=true"], "a\t1\nb\t2\n");
  const plan = await recreateTopic(cluster, name, { validateOnly: true }, signal);
  expect(plan).toMatchObject({ outcome: "planned", kept: { partitions: 4 }, lost: { offsetSpan: "2" } });
  expect(plan.command).toContain("--config cleanup.policy=compact");
  const done = await recreateTopic(cluster, name, { topicId: plan.topicId ?? undefined }, signal);
  expect(done.outcome).toBe("recreated");
  expect(done.newTopicId).not.toBe(plan.topicId);
  expect(await described(name)).toMatch(/PartitionCount: 4.*cleanup\.policy=compact/);
  await eventually(
    () => readTopic(cluster, name, signal),
    ({ offsetSpan }) => offsetSpan === "0",
  );
});

test("a recreation that is cancelled before it begins deletes nothing", async () => {
  const name = fresh();
  await createTopic(cluster, { name, partitions: 1 }, signal);
  const gone = AbortSignal.abort();
  await expect(recreateTopic(cluster, name, {}, gone)).rejects.toThrow();
  expect(await described(name)).toContain("PartitionCount: 1");
});

test("the list costs as many broker requests for 320 topics as for 20", async () => {
  const list = async () => {
    await new Promise((done) => setTimeout(done, 1_100));
    return measured(() => listTopics(cluster, { fresh: "true" }, signal));
  };
  const create = (count: number) =>
    command(cluster, (admin) =>
      createTopics(
        admin,
        Array.from({ length: count }, () => ({ topic: fresh("many"), numPartitions: 1 })),
      ),
    );
  await create(20);
  await list();
  const few = await list();
  await create(300);
  // Leaders of topics that were just made answer a moment later.
  const many = await eventually(list, ({ result: { items } }) =>
    items.every(({ offsetSpan, cleanupPolicy }) => offsetSpan !== null && cleanupPolicy !== null),
  );
  expect(many.result.total).toBe(few.result.total + 300);
  expect(many.requests).toBe(few.requests);
});
