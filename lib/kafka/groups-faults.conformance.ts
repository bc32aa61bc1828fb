import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type KafkaCluster, startKafka } from "../../scripts/kafka/cluster.ts";
import { createTopics } from "../../scripts/kafka/topics.ts";
import { problemOf } from "../api/problem.ts";
import { type Cluster, closeCluster } from "./cluster.ts";
import { command } from "./commands.ts";
import { coordinatorOf } from "./coordinators.ts";
import { readGroup } from "./group.ts";
import { listGroups } from "./groups.ts";
import { closePool, sharedPool } from "./scan/pool.ts";
import { clusterAt, eventually, measured } from "./testing.ts";
import { commit, fresh, noTrends } from "./testing-groups.ts";

const { signal } = new AbortController();
const groups = Array.from({ length: 24 }, () => fresh("fault"));
const topic = fresh("fault");
let kafka: KafkaCluster;
let cluster: Cluster;

const list = () => listGroups(cluster, { fresh: "true" }, noTrends, signal);
const isWell = ({ items, warnings }: Awaited<ReturnType<typeof list>>) =>
  warnings.length === 0 && items.filter(({ lag, state }) => state === "Empty" && lag === "0").length === groups.length;

beforeAll(async () => {
  kafka = await startKafka({ brokers: 3, controllers: "separate" });
  cluster = clusterAt(kafka.bootstrap);
  await command(cluster, (admin) => createTopics(admin, [{ topic, numPartitions: 3, replicationFactor: 3 }]));
  await eventually(
    () =>
      commit(cluster, groups[0] ?? "", [{ topic, partition: 0, offset: 0n }]).then(
        () => true,
        () => false,
      ),
    (done) => done,
  );
  for (const group of groups) await commit(cluster, group, [{ topic, partition: 0, offset: 0n }]);
  await eventually(list, isWell);
});

afterEach(async () => {
  for (const broker of kafka.brokers) {
    if (broker.running) await broker.kill("SIGCONT");
    else await broker.start();
  }
  await eventually(list, isWell);
});

afterAll(async () => {
  if (cluster) await closeCluster(cluster);
  await closePool(sharedPool());
  await kafka?.stop();
});

/** The groups each broker keeps. */
async function kept(): Promise<Map<number, string[]>> {
  const found = await coordinatorOf(cluster, "group", groups, signal);
  return Map.groupBy(groups, (group) => found.get(group)?.broker ?? -1);
}

test("groups of a coordinator that does not answer stay listed, and the others are told as ever", async () => {
  const places = await kept();
  const [broker, frozen] = [...places].find(([id]) => id > 0) ?? [-1, []];
  await kafka.brokers.find(({ id }) => id === broker)?.kill("SIGSTOP");
  const { result, milliseconds } = await measured(list);
  expect(milliseconds).toBeLessThan(6_000);
  expect(result.items).toHaveLength(groups.length);
  expect(result.warnings.map((warning) => warning.broker)).toContain(broker);
  for (const group of result.items) {
    const isFrozen = frozen.includes(group.groupId);
    expect(group.state).toBe(isFrozen ? "Unknown" : "Empty");
    if (isFrozen) expect(group).toMatchObject({ lag: null, members: null, status: "no-data" });
    if (isFrozen) expect(group.problems).toMatchObject([{ code: "no-coordinator", broker }]);
  }
});

test("groups of a coordinator that died are found where they went", async () => {
  const places = await kept();
  const [broker, moved = []] = [...places].find(([id]) => id > 0) ?? [];
  await kafka.brokers.find(({ id }) => id === broker)?.kill("SIGKILL");
  const first = await measured(list);
  expect(first.milliseconds).toBeLessThan(6_000);
  expect(first.result.items).toHaveLength(groups.length);
  const settled = await eventually(list, ({ items }) => items.every(({ state }) => state === "Empty"));
  expect(settled.items).toHaveLength(groups.length);
  const read = await eventually(
    () => readGroup(cluster, moved[0] ?? "", noTrends, signal).catch((error: unknown) => problemOf(error)?.code),
    (found) => typeof found !== "string",
  );
  expect(read).toMatchObject({ groupId: moved[0], state: "Empty" });
});

test("a group that was deleted is not kept for its coordinator's silence", async () => {
  const group = fresh("short");
  await commit(cluster, group, [{ topic, partition: 0, offset: 0n }]);
  await eventually(list, ({ items }) => items.some(({ groupId }) => groupId === group));
  await command(cluster, (admin) => admin.deleteGroups([group]));
  await eventually(list, ({ items }) => !items.some(({ groupId }) => groupId === group));
});
