import kafkajs from "kafkajs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type KafkaCluster, startKafka } from "../../scripts/kafka/cluster.ts";
import { startWordCount, wordCountTopics } from "../../scripts/kafka/streams.ts";
import type { GroupDetail } from "../api/groups.ts";
import { problemOf } from "../api/problem.ts";
import { toInt64 } from "../api/scalars.ts";
import type { Cluster } from "./cluster.ts";
import { closeCluster } from "./cluster.ts";
import { readGroup } from "./group.ts";
import { readGroups } from "./group-readings.ts";
import { listGroups, listTopicGroups } from "./groups.ts";
import { deleteRecords } from "./records.ts";
import { closePool, sharedPool } from "./scan/pool.ts";
import { clusterAt, eventually, measured } from "./testing.ts";
import { commit, fresh, joinAs, noTrends, startConsole } from "./testing-groups.ts";

const { signal } = new AbortController();
let kafka: KafkaCluster;
let cluster: Cluster;
let client: kafkajs.Kafka;
let admin: kafkajs.Admin;
let producer: kafkajs.Producer;

beforeAll(async () => {
  kafka = await startKafka({ brokers: 1 });
  cluster = clusterAt(kafka.bootstrap);
  client = new kafkajs.Kafka({ brokers: [kafka.bootstrap], logLevel: kafkajs.logLevel.NOTHING });
  admin = client.admin();
  producer = client.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner, idempotent: true });
  await admin.connect();
  await producer.connect();
});
afterAll(async () => {
  await producer?.disconnect();
  await admin?.disconnect();
  if (cluster) await closeCluster(cluster);
  await closePool(sharedPool());
  await kafka?.stop();
});

const isOld = () => kafka.version.startsWith("3.");
const detail = (group: string) => readGroup(cluster, group, noTrends, signal);
const refusal = (work: Promise<unknown>) => work.then(() => null).catch((error: unknown) => problemOf(error));
const listed = async (search?: string) =>
  (await listGroups(cluster, { fresh: "true", search }, noTrends, signal)).items;

/** A topic of three partitions with ten records in each. */
async function makeTopic(prefix = "groups"): Promise<string> {
  const topic = fresh(prefix);
  await admin.createTopics({ topics: [{ topic, numPartitions: 3 }], waitForLeaders: true });
  const messages = [0, 1, 2].flatMap((partition) =>
    Array.from({ length: 10 }, (_, index) => ({ partition, key: `k${index}`, value: `v${index}` })),
  );
  await producer.send({ topic, messages });
  return topic;
}

/** What Kafka's own tool says of a group: `topic/partition` to [committed, end, lag], with `-` where it knows none. */
async function judged(group: string): Promise<Map<string, string[]>> {
  const { stdout } = await kafka.run("kafka-consumer-groups", ["--describe", "--group", group]);
  const rows = stdout.split("\n").flatMap((line) => {
    const cells = line.trim().split(/\s+/);
    return cells[0] === group ? [[`${cells[1]}/${cells[2]}`, cells.slice(3, 6)] as const] : [];
  });
  return new Map(rows);
}

const ours = ({ partitions }: GroupDetail) =>
  new Map(
    partitions.map(({ topic, partition, committed, end, lag }) => [
      `${topic}/${partition}`,
      [committed, end, lag].map((value) => value ?? "-"),
    ]),
  );

test("a classic group of a real consumer is told as Kafka's own tool tells it", async () => {
  const [topic, group] = [await makeTopic(), fresh("classic")];
  const consumer = client.consumer({ groupId: group });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  let seen = 0;
  await consumer.run({ eachMessage: async () => void seen++ });
  try {
    await eventually(
      async () => seen,
      (count) => count >= 30,
    );
    const read = await eventually(
      () => detail(group),
      ({ lag }) => lag === "0",
    );
    expect(read).toMatchObject({
      type: "classic",
      state: "Stable",
      protocolType: "consumer",
      assignor: "RoundRobinAssigner",
      members: 1,
      lagUnknown: 0,
      timeLagMs: 0,
      status: "keeping-up",
      topics: [topic],
      groupEpoch: null,
    });
    expect(read.memberList[0]).toMatchObject({
      assignment: [{ topic, partitions: [0, 1, 2] }],
      subscribed: [topic],
      undecodable: null,
      lag: "0",
    });
    expect(read.partitions.map(({ memberId }) => memberId)).toEqual(Array(3).fill(read.memberList[0]?.memberId));
    expect(read.authorizedOperations).toContain("Delete");
    expect(ours(read)).toEqual(await judged(group));
    const [row] = (await listTopicGroups(cluster, topic, noTrends, signal)).items;
    expect(row).toMatchObject({ groupId: group, topicLag: "0", topicLagUnknown: 0, topicMembers: 1, partitions: 3 });
  } finally {
    await consumer.disconnect();
  }
  expect(await detail(group)).toMatchObject({ state: "Empty", members: 0, memberList: [], lag: "0" });
});

test("the age of the next record is read from the record itself", async () => {
  const [topic, group] = [fresh("aged"), fresh("aged")];
  await admin.createTopics({ topics: [{ topic, numPartitions: 2 }], waitForLeaders: true });
  const written = Date.now() - 3_600_000;
  await producer.send({ topic, messages: [{ partition: 0, value: "old", timestamp: `${written}` }] });
  await commit(
    cluster,
    group,
    [0, 1].map((partition) => ({ topic, partition, offset: 0n })),
  );
  const read = await detail(group);
  expect(read).toMatchObject({ lag: "1", lagUnknown: 0, timeLagIs: "exact", status: "stopped" });
  expect(read.timeLagMs).toBeGreaterThanOrEqual(3_600_000);
  expect(read.timeLagMs).toBeLessThan(3_700_000);
  expect(read.partitions[1]).toMatchObject({ lag: "0", timeLagMs: 0 });
});

test.each(["a/b", "50% off", "two words", "\"'quotes'\"", "🦊 grün", ".", "..", "~"])(
  "a group named %s is listed and opened",
  async (name) => {
    const topic = await makeTopic();
    await commit(cluster, name, [{ topic, partition: 1, offset: 4n, metadata: "ünï" }]);
    expect((await listed()).find(({ groupId }) => groupId === name)).toMatchObject({ lag: "6", state: "Empty" });
    const { partitions } = await detail(name);
    expect(partitions).toMatchObject([
      { topic, partition: 1, committed: "4", start: "0", end: "10", lag: "6", metadata: "ünï", unknown: null },
    ]);
  },
);

test("a commit outside the log has no lag, says why, and takes nothing from its neighbours", async () => {
  const [topic, group] = [await makeTopic(), fresh("outside")];
  await commit(cluster, group, [
    { topic, partition: 0, offset: -2n },
    { topic, partition: 1, offset: 99n },
    { topic, partition: 2, offset: 3n },
  ]);
  const read = await detail(group);
  expect(read.partitions).toMatchObject([
    { committed: "-2", lag: null, unknown: "negative" },
    { committed: "99", lag: null, unknown: "beyond-end", end: "10" },
    { committed: "3", lag: "7", unknown: null },
  ]);
  expect(read).toMatchObject({ lag: "7", lagUnknown: 2 });
  expect((await listed(group))[0]).toMatchObject({ lag: "7", lagUnknown: 2, topics: [topic] });
});

test("a commit below a log that was truncated since is marked", async () => {
  const [topic, group] = [await makeTopic(), fresh("truncated")];
  await commit(cluster, group, [{ topic, partition: 0, offset: 2n }]);
  await deleteRecords(cluster, topic, { offsets: [{ partition: 0, offset: toInt64(5n) }] }, signal);
  expect((await detail(group)).partitions).toMatchObject([
    { committed: "2", start: "5", end: "10", lag: null, unknown: "before-start" },
  ]);
});

test("a partition that a member holds and never committed is unknown, not zero", async () => {
  const [topic, group] = [await makeTopic(), fresh("uncommitted")];
  const consumer = client.consumer({ groupId: group });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: false });
  await consumer.run({ autoCommit: false, eachMessage: async () => {} });
  try {
    const read = await eventually(
      () => detail(group).catch(() => null),
      (found) => found?.state === "Stable",
    );
    expect(read).toMatchObject({ lag: null, lagUnknown: 3, timeLagMs: null, status: "no-data" });
    expect(read?.partitions).toMatchObject(Array(3).fill({ committed: null, lag: null, unknown: "no-commit" }));
    expect((await listed(group))[0]).toMatchObject({ lag: null, lagUnknown: 3, topics: [topic] });
  } finally {
    await consumer.disconnect();
  }
});

test("a topic deleted under a group leaves the group readable", async () => {
  const [topic, kept, group] = [await makeTopic(), await makeTopic(), fresh("orphaned")];
  await commit(
    cluster,
    group,
    [topic, kept].map((name) => ({ topic: name, partition: 0, offset: 1n })),
  );
  await admin.deleteTopics({ topics: [topic] });
  const read = await eventually(
    () => detail(group),
    ({ partitions }) => !partitions.some((row) => row.topic === topic && row.unknown !== "no-topic"),
  );
  expect(read.partitions.find((row) => row.topic === kept)).toMatchObject({ lag: "9" });
  expect((await listed(group))[0]).toMatchObject({ lag: "9" });
});

test("bytes that are no assignment are shown as such and break nothing", async () => {
  const topic = await makeTopic();
  const subscription = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  const hostile = Buffer.from("\0\0text that claims a size", "latin1");
  const [broken, connect, fixed] = [fresh("hostile"), fresh("connect"), fresh("static")];
  await joinAs(cluster, broken, { protocolType: "consumer", metadata: subscription, assignment: hostile });
  await joinAs(cluster, connect, {
    protocolType: "connect",
    metadata: Buffer.from("x"),
    assignment: Buffer.from("abc"),
  });
  await joinAs(cluster, fixed, {
    protocolType: "consumer",
    metadata: subscription,
    assignment: Buffer.alloc(0),
    instanceId: "worker-1",
  });
  await commit(cluster, fresh("other"), [{ topic, partition: 0, offset: 0n }]);
  expect((await detail(broken)).memberList).toMatchObject([
    { assignment: null, undecodable: { bytes: hostile.length, why: expect.stringContaining("1952807028 items") } },
  ]);
  expect(await detail(connect)).toMatchObject({
    protocolType: "connect",
    memberList: [
      { assignment: null, subscribed: null, undecodable: { bytes: 3, why: expect.stringContaining("connect") } },
    ],
  });
  expect(await detail(fixed)).toMatchObject({
    memberList: [{ instanceId: "worker-1", assignment: [], undecodable: null }],
  });
  expect((await listed()).filter(({ groupId }) => [broken, connect, fixed].includes(groupId))).toMatchObject([
    { members: 1 },
    { members: 1 },
    { members: 1 },
  ]);
});

test("a group that is not there is not found, also where the coordinator calls it dead", async () => {
  expect(await refusal(detail(fresh("nobody")))).toMatchObject({ code: "group-not-found", status: 404 });
  expect(await refusal(listTopicGroups(cluster, fresh("no-topic"), noTrends, signal))).toMatchObject({
    code: "topic-not-found",
  });
});

test("500 groups cost the requests of 20", async () => {
  const topic = await makeTopic();
  const some = fresh("many");
  const make = async (from: number, to: number) => {
    for (let index = from; index < to; index++)
      await commit(
        cluster,
        `${some}-${index}`,
        [0, 1, 2].map((partition) => ({ topic, partition, offset: 1n })),
      );
  };
  await make(0, 20);
  await readGroups(cluster, signal);
  const few = await measured(() => readGroups(cluster, signal));
  await make(20, 500);
  const many = await measured(() => readGroups(cluster, signal));
  expect(many.requests).toBe(few.requests);
  expect(many.result.groups.filter(({ groupId }) => groupId.startsWith(some))).toHaveLength(500);
  expect(many.milliseconds).toBeLessThan(2_000);
});

test("a broker that takes one group at a time is asked group by group", async () => {
  const topic = await makeTopic();
  const names = Array.from({ length: 12 }, () => fresh("single"));
  for (const name of names) await commit(cluster, name, [{ topic, partition: 0, offset: 4n }]);
  const older = clusterAt(kafka.bootstrap);
  try {
    await readGroups(older, signal);
    // As Kafka 2.8 offers them: OffsetFetch and FindCoordinator for one group each.
    for (const line of older.lines.values()) {
      const { versions } = await line;
      versions.set(9, { min: 0, max: 7 }).set(10, { min: 0, max: 3 });
    }
    const { groups } = await readGroups(older, signal);
    const read = groups.filter(({ groupId }) => names.includes(groupId));
    expect(read.map(({ committed }) => committed)).toMatchObject(
      names.map(() => [{ topic, partition: 0, offset: 4n }]),
    );
    expect(await readGroup(older, names[0] ?? "", noTrends, signal)).toMatchObject({ lag: "6" });
  } finally {
    await closeCluster(older);
  }
});

test("a group of the new protocol is told with its epochs, with members and without", async ({ skip }) => {
  if (isOld()) skip();
  const [topic, group] = [await makeTopic(), fresh("kip848")];
  const console = await startConsole(kafka, "consumer", [
    ...["--topic", topic, "--group", group, "--from-beginning"],
    ...["--consumer-property", "group.protocol=consumer"],
  ]);
  try {
    const read = await eventually(
      () => detail(group).catch(() => null),
      (found) => found?.lag === "0",
    );
    expect(read).toMatchObject({ type: "consumer", state: "Stable", protocolType: "consumer", members: 1 });
    expect(read?.groupEpoch).toBeGreaterThan(0);
    expect(read?.assignmentEpoch).toBe(read?.groupEpoch);
    const held = [{ topic, partitions: [0, 1, 2] }];
    expect(read?.memberList[0]).toMatchObject({
      assignment: held,
      target: held,
      subscribed: [topic],
      protocol: "consumer",
    });
    expect(read?.memberList[0]?.memberEpoch).toBe(read?.groupEpoch);
    if (read) expect(ours(read)).toEqual(await judged(group));
  } finally {
    await console.stop();
  }
  const left = await eventually(
    () => detail(group),
    ({ members }) => members === 0,
  );
  expect(left).toMatchObject({ type: "consumer", state: "Empty", lag: "0" });
  expect((await listed(group))[0]).toMatchObject({ type: "consumer", state: "Empty", members: 0, lag: "0" });
});

test("a share group is told with its start offsets and what became of the records above", async ({ skip }) => {
  if (isOld()) skip();
  const [topic, group] = [await makeTopic(), fresh("share")];
  await kafka.run("kafka-configs", [
    ...["--alter", "--group", group, "--add-config", "share.auto.offset.reset=earliest"],
  ]);
  const console = await startConsole(kafka, "share", ["--topic", topic, "--group", group]);
  try {
    const read = await eventually(
      () => detail(group).catch(() => null),
      (found) => found?.lag === "0" && found.partitions.length === 3 && found.members === 1,
    );
    expect(read).toMatchObject({ type: "share", state: "Stable", members: 1, lagUnknown: 0, warnings: [] });
    expect(read?.memberList[0]).toMatchObject({ assignment: [{ topic, partitions: [0, 1, 2] }], target: null });
    expect(read?.partitions.map(({ share }) => share)).toMatchObject(
      Array(3).fill({ inFlight: null, states: expect.any(Array) }),
    );
  } finally {
    await console.stop();
  }
  await producer.send({ topic, messages: [{ partition: 1, value: "one more" }] });
  const left = await eventually(
    () => detail(group),
    ({ members }) => members === 0,
  );
  expect(left).toMatchObject({ state: "Empty", lag: "1" });
  const { stdout } = await kafka.run("kafka-share-groups", ["--describe", "--group", group, "--offsets"]);
  for (const row of left.partitions)
    expect(stdout).toMatch(new RegExp(`${group}\\s+${topic}\\s+${row.partition}\\s+${row.committed}\\s+${row.lag}\\b`));
  expect((await listed(group))[0]).toMatchObject({ type: "share", lag: "1", topics: [topic] });
});

test("a streams group is told with its topology, its tasks and the partitions they read", async ({ skip }) => {
  if (isOld()) skip();
  const group = fresh("streams");
  const app = await startWordCount(kafka.bootstrap, group);
  try {
    await eventually(
      () => detail(group).catch(() => null),
      (found) => found?.state === "Stable",
      60_000,
    );
    await producer.send({ topic: wordCountTopics.input, messages: [{ value: "to be or not to be" }] });
    const read = await eventually(
      () => detail(group),
      ({ lag, partitions }) =>
        lag === "0" && partitions.some(({ committed }) => committed !== null && committed !== "0"),
    );
    expect(read).toMatchObject({ type: "streams", state: "Stable", protocolType: "streams", members: 1, problems: [] });
    expect(read.topology?.subtopologies).toHaveLength(2);
    expect(read.topology?.subtopologies[0]).toMatchObject({ sourceTopics: [wordCountTopics.input] });
    expect(read.topology?.subtopologies[1]?.changelogTopics).toHaveLength(1);
    const repartition = read.topology?.subtopologies[1]?.repartitionTopics[0] ?? "";
    expect(read.topics).toEqual([repartition, wordCountTopics.input].sort());
    const [member] = read.memberList;
    expect(member).toMatchObject({ streams: { tags: {}, standby: [], warmup: [] }, undecodable: null });
    expect(member?.memberEpoch).toBe(read.groupEpoch);
    expect(member?.streams?.active.map(({ subtopology }) => subtopology)).toEqual(["0", "1"]);
    expect(member?.assignment).toEqual(
      [repartition, wordCountTopics.input].sort().map((topic) => ({ topic, partitions: [0, 1] })),
    );
    const [row] = await listed(group);
    expect(row).toMatchObject({ type: "streams", state: "Stable", members: 1, lag: "0", topics: read.topics });
  } finally {
    await app.stop();
  }
});
