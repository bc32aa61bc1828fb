import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { ToolName } from "../scripts/kafka/tools.ts";
import type { Reset } from "./api/group-offsets.ts";
import { type Int64, toInt64 } from "./api/scalars.ts";
import { commit, fresh } from "./kafka/testing-groups.ts";
import { NOON, resetsOn } from "./kafka/testing-resets.ts";
import {
  deleteGroupCommand,
  deleteOffsetsCommand,
  describeGroupCommand,
  resetCommand,
  setOffsetsCommand,
} from "./shell-groups.ts";

const { makeTopic, judged, kafka, cluster, plan } = resetsOn(1);
const int64 = (value: number): Int64 => toInt64(BigInt(value));

/** Gives Kafka's own tool the words of a line as it is shown; a file it names is written before. */
async function run(line: string) {
  const [, text, rest = line] = /^cat > offsets\.csv <<'END'\n(.*?)\nEND\n(.*)$/s.exec(line) ?? [];
  const file = join(tmpdir(), `${fresh("offsets")}.csv`);
  if (text !== undefined) writeFileSync(file, `${text}\n`);
  const [script = "", , , ...words] = rest
    .replaceAll("\\\n", " ")
    .trim()
    .split(/\s+/)
    .map((word) => (word === "offsets.csv" ? file : word));
  return kafka().run(script.replace(".sh", "") as ToolName, words);
}

test("Kafka's own tool takes each line, and comes to the offsets of the plan", async () => {
  const topic = await makeTopic();
  const groupId = fresh("shell");
  await commit(cluster(), groupId, [
    { topic, partition: 0, offset: 5n },
    { topic, partition: 1, offset: 5n },
  ]);
  const group = { groupId, type: "classic" as const };
  const resets: Reset[] = [
    { to: "time", time: new Date(NOON + 3 * 60_000).toISOString() },
    { to: "duration", milliseconds: Date.now() - (NOON + 3 * 60_000) + 30_000 },
    { to: "shift", by: int64(-3) },
    { to: "offset", offset: int64(7) },
  ];
  for (const reset of resets) {
    const planned = await plan(groupId, { reset, topics: [{ topic, partitions: [0] }] });
    const line = resetCommand(group, { reset, topics: [{ topic, partitions: [0] }] }, { execute: false });
    const { stdout, code } = await run(line ?? "");
    expect(code).toBe(0);
    expect(stdout).toMatch(new RegExp(`${groupId}\\s+${topic}\\s+0\\s+${planned.partitions[0]?.after}\\s`));
  }
  expect((await judged(groupId))[groupId]).toEqual({ [`${topic}/0`]: "5", [`${topic}/1`]: "5" });
  const executed = await run(resetCommand(group, { reset: { to: "earliest" } }, { execute: true }) ?? "");
  expect(executed.code).toBe(0);
  expect((await judged(groupId))[groupId]).toEqual({ [`${topic}/0`]: "0", [`${topic}/1`]: "0" });
});

test("the offsets of a plan are set from a file, then deleted, and the group too", async () => {
  const topic = await makeTopic();
  const group = { groupId: fresh("shell"), type: null };
  const changes = [0, 1].map((partition) => ({ topic, partition, after: int64(4 + partition) }));
  expect((await run(setOffsetsCommand(group, changes, { execute: true }) ?? "")).code).toBe(0);
  expect((await judged(group.groupId))[group.groupId]).toEqual({ [`${topic}/0`]: "4", [`${topic}/1`]: "5" });
  const gone = setOffsetsCommand(group, [{ topic, partition: 1, after: null }], { execute: true });
  expect((await run(gone ?? "")).stdout).toMatch(new RegExp(`${topic}\\s+1\\s+Successful`));
  expect((await run(describeGroupCommand(group))).stdout).toMatch(new RegExp(`${topic}\\s+0\\s+4\\s`));
  expect((await run(deleteOffsetsCommand(group, [topic]))).stdout).toMatch(new RegExp(`${topic}\\s+0\\s+Successful`));
  await commit(cluster(), group.groupId, [{ topic, partition: 0, offset: 5n }]);
  expect((await run(deleteGroupCommand(group))).stdout).toContain("successful");
});
