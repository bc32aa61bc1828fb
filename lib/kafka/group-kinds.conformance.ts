import { expect, test } from "vitest";
import { startWordCount, wordCountTopics } from "../../scripts/kafka/streams.ts";
import { eventually } from "./testing.ts";
import { groupBroker, toldOf } from "./testing-group-broker.ts";
import { fresh, startConsole } from "./testing-groups.ts";

const { kafka, producer, isOld, detail, listed, makeTopic, judged } = groupBroker();

test("a group of the new protocol is told with its epochs, with members and without", async ({ skip }) => {
  if (isOld()) skip();
  const [topic, group] = [await makeTopic(), fresh("kip848")];
  const console = await startConsole(kafka(), "consumer", [
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
    if (read) expect(toldOf(read)).toEqual(await judged(group));
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
  await kafka().run("kafka-configs", [
    ...["--alter", "--group", group, "--add-config", "share.auto.offset.reset=earliest"],
  ]);
  const console = await startConsole(kafka(), "share", ["--topic", topic, "--group", group]);
  try {
    const read = await eventually(
      () => detail(group).catch(() => null),
      (found) => found?.lag === "0" && found.lagUnknown === 0 && found.partitions.length === 3 && found.members === 1,
    );
    expect(read).toMatchObject({ type: "share", state: "Stable", members: 1, lagUnknown: 0, warnings: [] });
    expect(read?.memberList[0]).toMatchObject({ assignment: [{ topic, partitions: [0, 1, 2] }], target: null });
    expect(read?.partitions.map(({ share }) => share)).toMatchObject(
      Array(3).fill({ inFlight: null, states: expect.any(Array) }),
    );
  } finally {
    await console.stop();
  }
  await producer().send({ topic, messages: [{ partition: 1, value: "one more" }] });
  const left = await eventually(
    () => detail(group),
    ({ members }) => members === 0,
  );
  expect(left).toMatchObject({ state: "Empty", lag: "1" });
  const { stdout } = await kafka().run("kafka-share-groups", ["--describe", "--group", group, "--offsets"]);
  for (const row of left.partitions)
    expect(stdout).toMatch(new RegExp(`${group}\\s+${topic}\\s+${row.partition}\\s+${row.committed}\\s+${row.lag}\\b`));
  expect((await listed(group))[0]).toMatchObject({ type: "share", lag: "1", topics: [topic] });
});

test("a streams group is told with its topology, its tasks and the partitions they read", async ({ skip }) => {
  if (isOld()) skip();
  const group = fresh("streams");
  const app = await startWordCount(kafka().bootstrap, group);
  try {
    await eventually(
      () => detail(group).catch(() => null),
      (found) => found?.state === "Stable",
      60_000,
    );
    await producer().send({ topic: wordCountTopics.input, messages: [{ value: "to be or not to be" }] });
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
