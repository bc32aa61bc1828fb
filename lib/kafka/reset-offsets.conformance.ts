import { describe, expect, test } from "vitest";
import { createTopics } from "../../scripts/kafka/topics.ts";
import type { OffsetsPlan, Reset } from "../api/group-offsets.ts";
import { type Int64, toInt64 } from "../api/scalars.ts";
import { setOffsets } from "./set-offsets.ts";
import { eventually, measured } from "./testing.ts";
import { commit, fresh } from "./testing-groups.ts";
import { NOON, refusal, resetsOn } from "./testing-resets.ts";

const { signal, makeTopic, produce, judged, cluster, client, admin, plan } = resetsOn(1);
const int64 = (value: number | bigint): Int64 => toInt64(BigInt(value));

/** A group without members that has committed 5 in the first partition. */
async function makeGroup(topic: string, name = fresh("group")): Promise<string> {
  await commit(cluster(), name, [{ topic, partition: 0, offset: 5n, metadata: "mine" }]);
  return name;
}
const apply = (group: string, { partitions }: Pick<OffsetsPlan, "partitions">) =>
  setOffsets(cluster(), group, { partitions: partitions.filter(({ problem }) => !problem) }, signal);
const rows = ({ partitions }: OffsetsPlan) =>
  partitions.map(({ partition, before, after }) => [partition, before, after]);

test("each kind of reset sets what its plan shows, as Kafka's own tool reads it", async () => {
  const topic = await makeTopic();
  const model = await makeGroup(topic, fresh("model"));
  const kinds: [Reset, [string, string]][] = [
    [{ to: "earliest" }, ["0", "0"]],
    [{ to: "latest" }, ["10", "10"]],
    [{ to: "offset", offset: int64(7) }, ["7", "7"]],
    [{ to: "offset", offset: int64(99) }, ["10", "10"]],
    [{ to: "time", time: new Date(NOON + 3 * 60_000).toISOString() }, ["3", "3"]],
    [{ to: "time", time: "2999-01-01T00:00:00Z" }, ["10", "10"]],
    [{ to: "duration", milliseconds: 50 * 365 * 86_400_000 }, ["0", "0"]],
    [{ to: "shift", by: int64(-2) }, ["3", "-"]],
    [{ to: "group", group: model }, ["5", "-"]],
    [{ to: "file", text: `${topic},1,4\n` }, ["5", "4"]],
  ];
  const groups = await Promise.all(kinds.map(() => makeGroup(topic)));
  for (const [index, [reset]] of kinds.entries()) {
    const group = groups[index] ?? "";
    const planned = await plan(group, { reset });
    const done = await apply(group, planned);
    expect(done).toMatchObject({ failed: 0, groupId: group });
    expect(done.partitions.every(({ after, readBack }) => after === readBack)).toBe(true);
  }
  const said = await judged(...groups);
  expect(groups.map((group) => said[group])).toEqual(
    kinds.map(([, [first, second]]) => ({
      [`${topic}/0`]: first,
      ...(second === "-" ? {} : { [`${topic}/1`]: second }),
    })),
  );
});

describe("a plan", () => {
  test("tells what is read again, the first record of it, and how long it will take", async () => {
    const topic = await makeTopic();
    const group = await makeGroup(topic);
    const back = await plan(group, { reset: { to: "offset", offset: int64(2) } }, 9);
    expect(back).toMatchObject({
      type: "classic",
      state: "Empty",
      live: [],
      problem: null,
      changes: 2,
      readAgain: "3",
      skipped: "0",
      lagAfter: "16",
      readAgainMs: Math.round((16 / 9) * 1000),
      warnings: [],
    });
    expect(back.partitions).toMatchObject([
      { topic, partition: 0, before: "5", after: "2", start: "0", end: "10", records: "-3", note: null },
      { topic, partition: 1, before: null, after: "2", records: "0", note: "new", lagAfter: "8" },
    ]);
    expect(back.partitions[0]?.first).toEqual({ offset: "2", timestamp: `${NOON + 2 * 60_000}`, key: "k2" });
    const on = await plan(group, { reset: { to: "latest" } });
    expect(on).toMatchObject({ skipped: "5", readAgain: "0", lagAfter: "0", readAgainMs: null });
    expect(on.partitions.map(({ first }) => first)).toEqual([null, null]);
    expect((await judged(group))[group]).toEqual({ [`${topic}/0`]: "5" });
  });

  test("names what is clamped, and what there is not", async () => {
    const topic = await makeTopic();
    const group = await makeGroup(topic);
    const far = await plan(group, { reset: { to: "shift", by: int64(-(1n << 62n)) }, topics: [{ topic }] });
    expect(far.partitions).toMatchObject([
      { after: "0", wanted: int64(5n - (1n << 62n)), note: "clamped-to-start", problem: null },
      { partition: 1, before: null, after: null, problem: { code: "bad-request", field: "reset.by" } },
    ]);
    const odd = await plan(group, {
      reset: { to: "earliest" },
      topics: [{ topic: "reset-none" }, { topic, partitions: [0, 7] }],
    });
    expect(odd.warnings).toMatchObject([{ code: "topic-not-found", topic: "reset-none" }]);
    expect(odd.partitions).toMatchObject([
      { partition: 0, problem: null },
      { partition: 7, problem: { code: "partition-not-found" } },
    ]);
    expect(odd.changes).toBe(1);
    expect(await refusal(plan(group, { reset: { to: "group", group: "no-such" } }))).toMatchObject({
      code: "group-not-found",
    });
    expect(await refusal(plan(group, { reset: { to: "time", time: "noon" } }))).toMatchObject({ code: "bad-request" });
    expect(await refusal(plan(group, { reset: { to: "file", text: "what?" } }))).toMatchObject({
      code: "offsets-unreadable",
    });
  });

  test("costs the same number of requests for one partition and for forty", async () => {
    const [one, many] = [await makeTopic(1), await makeTopic(40)];
    const asked = async (topic: string) => {
      const { requests } = await measured(() => plan(fresh("none"), { reset: { to: "latest" }, topics: [{ topic }] }));
      return requests;
    };
    await asked(one);
    expect(await asked(many)).toBe(await asked(one));
  });

  test("of a group without commits asks for topics, and setting offsets makes a group that is not there", async () => {
    const topic = await makeTopic();
    const group = fresh("born");
    expect(await plan(group, { reset: { to: "latest" } })).toMatchObject({
      type: null,
      state: null,
      partitions: [],
      problem: { code: "bad-request", field: "topics" },
    });
    const planned = await plan(group, {
      reset: { to: "offset", offset: int64(4) },
      topics: [{ topic, partitions: [1] }],
    });
    expect(planned).toMatchObject({ type: null, problem: null, changes: 1 });
    expect(await apply(group, planned)).toMatchObject({ set: 1 });
    expect((await judged(group))[group]).toEqual({ [`${topic}/1`]: "4" });
  });
});

describe("nothing is written", () => {
  test("while members are live, who are named, in the plan and when they join after it", async () => {
    const topic = await makeTopic();
    const group = await makeGroup(topic);
    const planned = await plan(group, { reset: { to: "earliest" } });
    const consumer = client().consumer({ groupId: group, allowAutoTopicCreation: false });
    await consumer.connect();
    await consumer.subscribe({ topic });
    await consumer.run({ autoCommit: false, eachMessage: async () => {} });
    try {
      const live = await eventually(
        () => plan(group, { reset: { to: "earliest" } }),
        ({ state }) => state === "Stable",
      );
      expect(live.problem).toMatchObject({ code: "group-not-empty", detail: expect.stringContaining("kafkajs on ") });
      expect(live.live).toMatchObject([{ clientId: "kafkajs", host: expect.stringContaining("127.0.0.1") }]);
      expect(await refusal(apply(group, planned))).toMatchObject({
        code: "group-not-empty",
        status: 409,
        detail: expect.stringContaining("kafkajs on "),
      });
    } finally {
      await consumer.disconnect();
    }
    expect((await judged(group))[group]).toEqual({ [`${topic}/0`]: "5" });
  });

  test("where a commit moved since the plan, and the answer names it", async () => {
    const topic = await makeTopic();
    const group = await makeGroup(topic);
    const planned = await plan(group, { reset: { to: "earliest" } });
    await commit(cluster(), group, [{ topic, partition: 1, offset: 8n }]);
    expect(await refusal(apply(group, planned))).toMatchObject({
      code: "plan-outdated",
      status: 409,
      detail: `Partition 1 of ${topic} was without a commit in the plan and is 8 now.`,
      errors: [{ field: "partitions.1.before" }],
    });
    expect((await judged(group))[group]).toEqual({ [`${topic}/0`]: "5", [`${topic}/1`]: "8" });
  });

  test("where the topic was deleted, or made anew under its name", async () => {
    const topic = await makeTopic();
    const group = await makeGroup(topic);
    const other = await makeTopic();
    await commit(cluster(), group, [{ topic: other, partition: 0, offset: 5n }]);
    const planned = await plan(group, { reset: { to: "earliest" }, topics: [{ topic }, { topic: other }] });
    await admin().deleteTopics({ topics: [topic] });
    await eventually(
      () => admin().listTopics(),
      (topics) => !topics.includes(topic),
    );
    expect(await refusal(apply(group, planned))).toMatchObject({ code: "plan-outdated", topic });
    await createTopics(admin(), [{ topic, numPartitions: 2 }]);
    await produce(topic, 2);
    expect(await refusal(apply(group, planned))).toMatchObject({ code: "plan-outdated", topic });
    const asFile = await plan(group, { reset: { to: "file", text: JSON.stringify(planned) } });
    expect(asFile.partitions.filter((row) => row.topic === topic)).toMatchObject([
      { before: null, after: null, problem: { code: "topic-not-found" } },
      { before: null, after: null, problem: { code: "topic-not-found" } },
    ]);
    expect(asFile.changes).toBe(2);
    expect((await judged(group))[group]).toEqual({ [`${other}/0`]: "5" });
  });

  test("of an offset that is none, of a partition given twice, and of a plan that is only checked", async () => {
    const topic = await makeTopic();
    const group = await makeGroup(topic);
    const change = { topic, partition: 0, before: int64(5), after: int64(0) };
    const asked = (...partitions: object[]) =>
      refusal(setOffsets(cluster(), group, { partitions: partitions as (typeof change)[] }, signal));
    for (const after of ["-1", "-2", "9223372036854775808"])
      expect(await asked({ ...change, after })).toMatchObject({ code: "bad-request", field: "partitions.0.after" });
    expect(await asked(change, change)).toMatchObject({ code: "bad-request", field: "partitions.1" });
    const checked = await setOffsets(cluster(), group, { partitions: [change], validateOnly: true }, signal);
    expect(checked).toMatchObject({ validateOnly: true, set: 0, undo: null, partitions: [{ outcome: "planned" }] });
    expect((await judged(group))[group]).toEqual({ [`${topic}/0`]: "5" });
  });
});

describe("what was", () => {
  test("is put back exactly by the undo, with what was stored beside the commit, and the undo can be undone", async () => {
    const topic = await makeTopic();
    const group = await makeGroup(topic);
    const done = await apply(group, await plan(group, { reset: { to: "latest" } }));
    expect(done.set).toBe(2);
    expect(done.undo?.partitions).toMatchObject([
      { partition: 0, before: "10", after: "5", metadata: "mine" },
      { partition: 1, before: "10", after: null },
    ]);
    if (!done.undo) throw new Error("no undo");
    const undone = await setOffsets(cluster(), group, done.undo, signal);
    expect(undone).toMatchObject({ set: 2, failed: 0, partitions: [{ readBack: "5" }, { readBack: null }] });
    expect((await judged(group))[group]).toEqual({ [`${topic}/0`]: "5" });
    const stored = await plan(group, { reset: { to: "earliest" } });
    expect(rows(stored)).toEqual([
      [0, "5", "0"],
      [1, null, "0"],
    ]);
    const again = await apply(group, stored);
    expect(again.undo?.partitions[0]).toMatchObject({ after: "5", metadata: "mine" });
  });

  test("may be sent twice: what is set already is left as it is", async () => {
    const topic = await makeTopic();
    const group = await makeGroup(topic);
    const planned = await plan(group, { reset: { to: "earliest" } });
    await apply(group, planned);
    expect(await apply(group, planned)).toMatchObject({
      set: 0,
      failed: 0,
      undo: null,
      partitions: [{ outcome: "unchanged" }, { outcome: "unchanged" }],
    });
  });

  test("was a sign or an offset beyond the end: it is reset, and undone as far as it was an offset", async () => {
    const topic = await makeTopic();
    const group = fresh("signs");
    await commit(cluster(), group, [
      { topic, partition: 0, offset: -2n },
      { topic, partition: 1, offset: 99n },
    ]);
    const planned = await plan(group, { reset: { to: "offset", offset: int64(3) } });
    expect(planned.partitions).toMatchObject([
      { before: "-2", after: "3", records: "0" },
      { before: "99", after: "3", records: "-7" },
    ]);
    const done = await apply(group, planned);
    expect(done).toMatchObject({ set: 2, warnings: [{ code: "undo-incomplete", partition: 0 }] });
    expect(done.undo?.partitions).toMatchObject([{ after: null }, { after: "99" }]);
    if (!done.undo) throw new Error("no undo");
    const undone = await setOffsets(cluster(), group, done.undo, signal);
    expect(undone).toMatchObject({ set: 2, warnings: [{ code: "offset-out-of-range", partition: 1 }] });
    expect((await judged(group))[group]).toEqual({ [`${topic}/1`]: "99" });
  });
});

test("a group may have any name", async () => {
  const topic = await makeTopic();
  for (const name of ["a/b", "100%", "two words", 'it\'s "quoted"', "🙂", ".."]) {
    const group = await makeGroup(topic, `${name}-${fresh("odd")}`);
    const done = await apply(group, await plan(group, { reset: { to: "latest" } }));
    expect(done).toMatchObject({ groupId: group, set: 2, failed: 0 });
  }
});
