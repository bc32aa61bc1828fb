import { describe, expect, test } from "vitest";
import { startWordCount, wordCountTopics } from "../../scripts/kafka/streams.ts";
import { type Int64, toInt64 } from "../api/scalars.ts";
import { deleteGroup } from "./delete-group.ts";
import { deleteOffsets } from "./delete-offsets.ts";
import { readGroupNow } from "./group-now.ts";
import { findTopicsMetadata } from "./metadata.ts";
import { removeMember } from "./remove-member.ts";
import { setOffsets } from "./set-offsets.ts";
import { eventually } from "./testing.ts";
import { commit, fresh, startConsole } from "./testing-groups.ts";
import { refusal, resetsOn } from "./testing-resets.ts";
import { writeOffsets } from "./write-offsets.ts";

const { signal, makeTopic, judged, kafka, cluster, client, plan } = resetsOn(1);
const int64 = (value: number): Int64 => toInt64(BigInt(value));
const isOld = () => kafka().version.startsWith("3.");
const now = (group: string) => readGroupNow(cluster(), group, signal);

async function makeGroup(...topics: string[]): Promise<string> {
  const group = fresh("group");
  await commit(
    cluster(),
    group,
    topics.map((topic) => ({ topic, partition: 0, offset: 5n, metadata: "mine" })),
  );
  return group;
}

/** A real consumer that is a stable member of the group until it is stopped. */
async function consume(group: string, topic: string) {
  const consumer = client().consumer({ groupId: group, sessionTimeout: 30_000 });
  await consumer.connect();
  await consumer.subscribe({ topic });
  await consumer.run({ autoCommit: false, eachMessage: async () => {} });
  const live = await eventually(
    () => now(group),
    ({ state, members }) => state === "Stable" && members.length === 1,
  );
  return { live, stop: () => consumer.disconnect() };
}

describe("the commits of one topic", () => {
  test("go by a plan, one topic at a time, and come back by its undo", async () => {
    const [one, two] = [await makeTopic(), await makeTopic()];
    const group = await makeGroup(one, two);
    const planned = await deleteOffsets(cluster(), group, one, { validateOnly: true }, signal);
    expect(planned).toMatchObject({
      validateOnly: true,
      set: 0,
      partitions: [{ topic: one, partition: 0, before: "5", after: null, outcome: "planned" }],
    });
    const done = await deleteOffsets(cluster(), group, one, { partitions: planned.partitions }, signal);
    expect(done).toMatchObject({ set: 1, failed: 0, partitions: [{ readBack: null, outcome: "set" }] });
    expect((await judged(group))[group]).toEqual({ [`${two}/0`]: "5" });
    if (!done.undo) throw new Error("no undo");
    expect(await setOffsets(cluster(), group, done.undo, signal)).toMatchObject({ set: 1 });
    expect([...(await now(group)).committed.values()]).toMatchObject([
      { topic: expect.any(String), offset: 5n, metadata: "mine" },
      { topic: expect.any(String), offset: 5n, metadata: "mine" },
    ]);
  });

  test("stay where one moved since the plan, and where members read the topic", async () => {
    const [one, two] = [await makeTopic(), await makeTopic()];
    const group = await makeGroup(one, two);
    const partitions = [{ partition: 0, before: int64(4) }];
    expect(await refusal(deleteOffsets(cluster(), group, one, { partitions }, signal))).toMatchObject({
      code: "plan-outdated",
    });
    const member = await consume(group, one);
    try {
      expect(await refusal(deleteOffsets(cluster(), group, one, {}, signal))).toMatchObject({
        code: "group-subscribed",
        detail: expect.stringContaining("kafkajs on "),
      });
      // Kafka lets go of a topic that no member reads.
      expect(await deleteOffsets(cluster(), group, two, {}, signal)).toMatchObject({ set: 1, failed: 0 });
    } finally {
      await member.stop();
    }
    expect((await judged(group))[group]).toEqual({ [`${one}/0`]: "5" });
    expect(await refusal(deleteOffsets(cluster(), "no-such", one, {}, signal))).toMatchObject({
      code: "group-not-found",
    });
  });
});

test("members that join between the look and the write are told by the broker, and nothing is written", async () => {
  const topic = await makeTopic();
  const group = await makeGroup(topic);
  const before = await now(group);
  const member = await consume(group, topic);
  const known = await findTopicsMetadata(cluster(), [topic], signal);
  const change = { topic, partition: 0, before: int64(5), after: int64(0) };
  try {
    const verdicts = await writeOffsets(cluster(), before, [change], known);
    expect(verdicts.get(`${topic}/0`)).toMatchObject({ done: false, problem: { code: "group-not-empty" } });
    const verdict = await writeOffsets(cluster(), before, [{ ...change, after: null }], known);
    expect(verdict.get(`${topic}/0`)).toMatchObject({ done: false, problem: { code: "group-subscribed" } });
  } finally {
    await member.stop();
  }
  expect((await now(group)).committed.get(`${topic}/0`)).toMatchObject({ offset: 5n });
});

describe("a group", () => {
  test("is deleted by a plan that lists its commits, and made anew by the undo", async () => {
    const topic = await makeTopic();
    const group = await makeGroup(topic);
    const planned = await deleteGroup(cluster(), group, { validateOnly: true }, signal);
    expect(planned).toMatchObject({
      validateOnly: true,
      type: "classic",
      state: "Empty",
      live: [],
      problem: null,
      lag: "5",
      partitions: [{ topic, partition: 0, before: "5", after: null }],
      undo: { partitions: [{ topic, before: null, after: "5", metadata: "mine" }] },
    });
    expect(await deleteGroup(cluster(), group, {}, signal)).toMatchObject({ validateOnly: false });
    const { stdout } = await kafka().run("kafka-consumer-groups", ["--list"]);
    expect(stdout.split("\n")).not.toContain(group);
    expect(await refusal(deleteGroup(cluster(), group, {}, signal))).toMatchObject({ code: "group-not-found" });
    if (!planned.undo) throw new Error("no undo");
    expect(await setOffsets(cluster(), group, planned.undo, signal)).toMatchObject({ set: 1, failed: 0 });
    expect((await judged(group))[group]).toEqual({ [`${topic}/0`]: "5" });
  });

  test("with members stays; one of them can be removed, and comes back if it still runs", async () => {
    const topic = await makeTopic();
    const group = await makeGroup(topic);
    const member = await consume(group, topic);
    try {
      const [{ memberId = "" } = {}] = member.live.members;
      expect(await deleteGroup(cluster(), group, { validateOnly: true }, signal)).toMatchObject({
        problem: { code: "group-not-empty" },
        live: [{ memberId, clientId: "kafkajs" }],
      });
      expect(await refusal(deleteGroup(cluster(), group, {}, signal))).toMatchObject({ code: "group-not-empty" });
      expect(await removeMember(cluster(), group, memberId, { validateOnly: true }, signal)).toMatchObject({
        validateOnly: true,
        partitions: 2,
        remaining: 0,
      });
      expect((await now(group)).members).toHaveLength(1);
      expect(await removeMember(cluster(), group, memberId, {}, signal)).toMatchObject({ memberId, remaining: 0 });
      expect(await refusal(removeMember(cluster(), group, memberId, {}, signal))).toMatchObject({
        code: "member-not-found",
      });
      const back = await eventually(
        () => now(group),
        ({ members }) => members.length === 1,
      );
      expect(back.members[0]?.memberId).not.toBe(memberId);
    } finally {
      await member.stop();
    }
  });
});

test("of a group of the new protocol members leave, offsets move once it is empty, and it is deleted", async ({
  skip,
}) => {
  if (isOld()) skip();
  const [topic, group] = [await makeTopic(), fresh("kip848")];
  const console = await startConsole(kafka(), "consumer", [
    ...["--topic", topic, "--group", group, "--from-beginning"],
    ...["--consumer-property", "group.protocol=consumer"],
  ]);
  try {
    const live = await eventually(
      () => now(group),
      ({ state, committed }) =>
        state === "Stable" && committed.size === 2 && [...committed.values()].every(({ offset }) => offset === 10n),
    );
    const [{ memberId = "" } = {}] = live.members;
    expect(live.type).toBe("consumer");
    const change = { topic, partition: 0, before: int64(10), after: int64(0) };
    const verdicts = await writeOffsets(
      cluster(),
      live,
      [change],
      await findTopicsMetadata(cluster(), [topic], signal),
    );
    expect(verdicts.get(`${topic}/0`)).toMatchObject({ done: false, problem: { code: "group-not-empty" } });
    expect(await removeMember(cluster(), group, memberId, {}, signal)).toMatchObject({ remaining: 0, partitions: 2 });
  } finally {
    await console.stop();
  }
  await eventually(
    () => now(group),
    ({ members }) => members.length === 0,
  );
  const planned = await plan(group, { reset: { to: "shift", by: int64(-4) } });
  expect(planned).toMatchObject({ type: "consumer", state: "Empty", problem: null, readAgain: "8" });
  const done = await setOffsets(cluster(), group, { partitions: planned.partitions }, signal);
  expect(done).toMatchObject({ set: 2, failed: 0 });
  expect((await judged(group))[group]).toEqual({ [`${topic}/0`]: "6", [`${topic}/1`]: "6" });
  expect(await deleteOffsets(cluster(), group, topic, {}, signal)).toMatchObject({ set: 2, failed: 0 });
  await deleteGroup(cluster(), group, {}, signal);
  expect(await now(group)).toMatchObject({ type: null });
});

test("start offsets of a share group move, go and come back as commits do, while it has no members", async ({
  skip,
}) => {
  if (isOld()) skip();
  const [topic, group] = [await makeTopic(), fresh("share")];
  await kafka().run("kafka-configs", [
    ...["--alter", "--group", group, "--add-config", "share.auto.offset.reset=earliest"],
  ]);
  const console = await startConsole(kafka(), "share", ["--topic", topic, "--group", group]);
  const live = await eventually(
    () => now(group),
    ({ members, committed }) =>
      // The broker keeps what is done with beside the start offset, and moves that only now and then.
      members.length === 1 && committed.size === 2,
  );
  expect(live.type).toBe("share");
  const asked = { partitions: [{ topic, partition: 0, before: int64(0), after: int64(4) }] };
  expect(await refusal(setOffsets(cluster(), group, asked, signal))).toMatchObject({
    code: "group-not-empty",
    detail: expect.stringContaining(" on 127.0.0.1"),
  });
  const [{ memberId = "" } = {}] = live.members;
  expect(await removeMember(cluster(), group, memberId, {}, signal)).toMatchObject({ remaining: 0 });
  await console.stop();
  const empty = await eventually(
    () => now(group),
    ({ members }) => members.length === 0,
  );
  expect(empty.state).toBe("Empty");
  const planned = await plan(group, { reset: { to: "offset", offset: int64(4) } });
  expect(planned).toMatchObject({ type: "share", problem: null, changes: 2 });
  const done = await setOffsets(cluster(), group, { partitions: planned.partitions }, signal);
  expect(done).toMatchObject({
    set: 2,
    failed: 0,
    partitions: [{ readBack: "4" }, { readBack: "4" }],
    warnings: [{ code: "undo-incomplete" }],
  });
  const { stdout } = await kafka().run("kafka-share-groups", ["--describe", "--group", group]);
  expect(stdout).toMatch(new RegExp(`${topic}\\s+0\\s+4\\s`));
  if (!done.undo) throw new Error("no undo");
  expect(await setOffsets(cluster(), group, done.undo, signal)).toMatchObject({ set: 2, failed: 0 });
  const part = await deleteOffsets(
    cluster(),
    group,
    topic,
    { partitions: [{ partition: 0, before: done.undo.partitions[0]?.after ?? null }] },
    signal,
  );
  expect(part).toMatchObject({ set: 0, failed: 1, partitions: [{ outcome: "not-set" }] });
  const deleted = await deleteOffsets(cluster(), group, topic, {}, signal);
  expect(deleted).toMatchObject({ set: 2, failed: 0 });
  if (!deleted.undo) throw new Error("no undo");
  expect(await setOffsets(cluster(), group, deleted.undo, signal)).toMatchObject({ set: 2, failed: 0 });
  const gone = await deleteGroup(cluster(), group, {}, signal);
  expect(gone).toMatchObject({ type: "share", undo: null, warnings: [{ code: "undo-incomplete" }] });
  expect(await now(group)).toMatchObject({ type: null });
});

test("a member of a streams group is removed, and its offsets move once it is empty", async ({ skip }) => {
  if (isOld()) skip();
  const group = fresh("streams");
  const application = await startWordCount(kafka().bootstrap, group);
  try {
    const live = await eventually(
      () => now(group),
      ({ state }) => state === "Stable",
    );
    expect(live.type).toBe("streams");
    const [{ memberId = "" } = {}] = live.members;
    expect(await removeMember(cluster(), group, memberId, {}, signal)).toMatchObject({ memberId });
  } finally {
    await application.stop();
  }
  await eventually(
    () => now(group),
    ({ members }) => members.length === 0,
  );
  const topics = [{ topic: wordCountTopics.input }];
  const planned = await plan(group, { reset: { to: "latest" }, topics });
  expect(planned).toMatchObject({ type: "streams", problem: null });
  const done = await setOffsets(cluster(), group, { partitions: planned.partitions }, signal);
  expect(done.failed).toBe(0);
  await deleteGroup(cluster(), group, {}, signal);
  expect(await now(group)).toMatchObject({ type: null });
});
