import { expect, test } from "vitest";
import { createTopics } from "../../scripts/kafka/topics.ts";
import { problemOf } from "../api/problem.ts";
import { toInt64 } from "../api/scalars.ts";
import { closeCluster } from "./cluster.ts";
import { readGroup } from "./group.ts";
import { readGroups } from "./group-readings.ts";
import { listTopicGroups } from "./groups.ts";
import { deleteRecords } from "./records.ts";
import { clusterAt, eventually, measured } from "./testing.ts";
import { groupBroker, toldOf } from "./testing-group-broker.ts";
import { commit, fresh, joinAs, noTrends } from "./testing-groups.ts";

const { signal } = new AbortController();
const { kafka, cluster, client, admin, producer, detail, listed, makeTopic, judged } = groupBroker();
const refusal = (work: Promise<unknown>) => work.then(() => null).catch((error: unknown) => problemOf(error));

test("a classic group of a real consumer is told as Kafka's own tool tells it", async () => {
  const [topic, group] = [await makeTopic(), fresh("classic")];
  const consumer = client().consumer({ groupId: group });
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
    expect(toldOf(read)).toEqual(await judged(group));
    const [row] = (await listTopicGroups(cluster(), topic, noTrends, signal)).items;
    expect(row).toMatchObject({ groupId: group, topicLag: "0", topicLagUnknown: 0, topicMembers: 1, partitions: 3 });
  } finally {
    await consumer.disconnect();
  }
  expect(await detail(group)).toMatchObject({ state: "Empty", members: 0, memberList: [], lag: "0" });
});

test("the age of the next record is read from the record itself", async () => {
  const [topic, group] = [fresh("aged"), fresh("aged")];
  await createTopics(admin(), [{ topic, numPartitions: 2 }]);
  const written = Date.now() - 3_600_000;
  await producer().send({ topic, messages: [{ partition: 0, value: "old", timestamp: `${written}` }] });
  await commit(
    cluster(),
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
    await commit(cluster(), name, [{ topic, partition: 1, offset: 4n, metadata: "ünï" }]);
    expect((await listed()).find(({ groupId }) => groupId === name)).toMatchObject({ lag: "6", state: "Empty" });
    const { partitions } = await detail(name);
    expect(partitions).toMatchObject([
      { topic, partition: 1, committed: "4", start: "0", end: "10", lag: "6", metadata: "ünï", unknown: null },
    ]);
  },
);

test("a commit outside the log has no lag, says why, and takes nothing from its neighbours", async () => {
  const [topic, group] = [await makeTopic(), fresh("outside")];
  await commit(cluster(), group, [
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
  await commit(cluster(), group, [{ topic, partition: 0, offset: 2n }]);
  await deleteRecords(cluster(), topic, { offsets: [{ partition: 0, offset: toInt64(5n) }] }, signal);
  expect((await detail(group)).partitions).toMatchObject([
    { committed: "2", start: "5", end: "10", lag: null, unknown: "before-start" },
  ]);
});

test("a partition that a member holds and never committed is unknown, not zero", async () => {
  const [topic, group] = [await makeTopic(), fresh("uncommitted")];
  const consumer = client().consumer({ groupId: group });
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
    cluster(),
    group,
    [topic, kept].map((name) => ({ topic: name, partition: 0, offset: 1n })),
  );
  await admin().deleteTopics({ topics: [topic] });
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
  await joinAs(cluster(), broken, { protocolType: "consumer", metadata: subscription, assignment: hostile });
  await joinAs(cluster(), connect, {
    protocolType: "connect",
    metadata: Buffer.from("x"),
    assignment: Buffer.from("abc"),
  });
  await joinAs(cluster(), fixed, {
    protocolType: "consumer",
    metadata: subscription,
    assignment: Buffer.alloc(0),
    instanceId: "worker-1",
  });
  await commit(cluster(), fresh("other"), [{ topic, partition: 0, offset: 0n }]);
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
  expect(await refusal(listTopicGroups(cluster(), fresh("no-topic"), noTrends, signal))).toMatchObject({
    code: "topic-not-found",
  });
});

test("500 groups cost the requests of 20", async () => {
  const topic = await makeTopic();
  const some = fresh("many");
  const make = async (from: number, to: number) => {
    for (let index = from; index < to; index++)
      await commit(
        cluster(),
        `${some}-${index}`,
        [0, 1, 2].map((partition) => ({ topic, partition, offset: 1n })),
      );
  };
  await make(0, 20);
  await readGroups(cluster(), signal);
  const few = await measured(() => readGroups(cluster(), signal));
  await make(20, 500);
  const many = await measured(() => readGroups(cluster(), signal));
  expect(many.requests).toBe(few.requests);
  expect(many.result.groups.filter(({ groupId }) => groupId.startsWith(some))).toHaveLength(500);
  expect(many.milliseconds).toBeLessThan(2_000);
});

test("a broker that takes one group at a time is asked group by group", async () => {
  const topic = await makeTopic();
  const names = Array.from({ length: 12 }, () => fresh("single"));
  for (const name of names) await commit(cluster(), name, [{ topic, partition: 0, offset: 4n }]);
  const older = clusterAt(kafka().bootstrap);
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
