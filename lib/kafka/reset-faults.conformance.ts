import { isDeepStrictEqual } from "node:util";
import { expect, test } from "vitest";
import type { OffsetChange } from "../api/group-offsets.ts";
import { coordinatorOf } from "./coordinators.ts";
import { withCost } from "./cost.ts";
import { readGroupNow } from "./group-now.ts";
import { findTopicsMetadata } from "./metadata.ts";
import { setOffsets } from "./set-offsets.ts";
import { eventually } from "./testing.ts";
import { commit, fresh } from "./testing-groups.ts";
import { resetsOn } from "./testing-resets.ts";
import { writeOffsets } from "./write-offsets.ts";

const { signal, makeTopic, kafka, cluster, plan, judged } = resetsOn(3);
/** As the routes of writes have it. */
const WRITE_MS = 15_000;

/** A group that another broker than the controller's keeps, so that the rest of the cluster goes on without it. */
async function groupAt(topic: string, unwanted: number): Promise<{ group: string; coordinator: number }> {
  for (;;) {
    const group = fresh("fault");
    const coordinator = (await coordinatorOf(cluster(), "group", [group], signal)).get(group)?.broker ?? unwanted;
    if (coordinator === unwanted) continue;
    await commit(cluster(), group, [{ topic, partition: 0, offset: 5n, metadata: "mine" }]);
    return { group, coordinator };
  }
}

/**
 * What is read is what Kafka's own tool reads. Seen three times: a coordinator that has just taken over acknowledges two commits of one
 * request, and tells of one what was before from then on, to everybody (KAFKA-20634 is of that kind).
 */
async function expectTold(group: string, rows: Pick<OffsetChange, "topic" | "partition" | "before" | "after">[]) {
  const read = async () => {
    const { committed } = await readGroupNow(cluster(), group, signal);
    return Object.fromEntries([...committed.values()].map((row) => [`${row.topic}/${row.partition}`, `${row.offset}`]));
  };
  const { told } = await eventually(
    async () => ({ told: await read(), judge: (await judged(group))[group] }),
    ({ told, judge }) => isDeepStrictEqual(told, judge),
  );
  const found = rows.map((row) => ({ ...row, now: told[`${row.topic}/${row.partition}`] ?? null }));
  expect(found.filter(({ now, before, after }) => now !== after && now !== before)).toEqual([]);
  expect(found.filter(({ now, after }) => now === after)).not.toEqual([]);
}

test("a coordinator that dies between plan and apply, or freezes in the middle, leaves a result that says what was set", async () => {
  const topic = await makeTopic(3, 3);
  for (const how of ["SIGKILL", "SIGSTOP"] as const) {
    const { group, coordinator } = await groupAt(topic, -1);
    const planned = await plan(group, { reset: { to: "latest" } });
    expect(planned.changes).toBe(3);
    const broker = kafka().brokers.find(({ id }) => id === coordinator);
    const write = () => withCost(() => setOffsets(cluster(), group, planned, signal), WRITE_MS);
    const asked = write().catch((error: unknown) => error as Error);
    await broker?.kill(how);
    const first = await asked;
    if (!(first instanceof Error)) {
      // Every row says one thing or the other, and none claims what is not so.
      for (const { outcome, after, readBack } of first.partitions) {
        expect(["set", "not-set", "not-known"]).toContain(outcome);
        if (readBack !== null && outcome === "set") expect(readBack).toBe(after);
      }
    }
    // Another coordinator takes the group over: the same plan may be sent again, whatever became of the first.
    await eventually(
      () => write().catch((error: unknown) => error as Error),
      (result) => !(result instanceof Error) && result.failed === 0,
      90_000,
    );
    await expectTold(group, planned.partitions);
    if (how === "SIGSTOP") broker?.kill("SIGCONT");
    else await broker?.start();
    await broker?.ready([1, 2, 3]);
  }
}, 240_000);

test("a coordinator that dies after the look is looked for again, and the offsets are set where it is then", async () => {
  const topic = await makeTopic(2, 3);
  const { group, coordinator } = await groupAt(topic, -1);
  const { partitions } = await plan(group, { reset: { to: "earliest" } });
  const [before, known] = await Promise.all([
    readGroupNow(cluster(), group, signal),
    findTopicsMetadata(cluster(), [topic], signal),
  ]);
  const broker = kafka().brokers.find(({ id }) => id === coordinator);
  await broker?.kill("SIGKILL");
  try {
    // Longer than a route has: how fast another broker takes over is Kafka's, and the machine's.
    const verdicts = await withCost(() => writeOffsets(cluster(), before, partitions, known), 60_000);
    expect([...verdicts.values()]).toEqual([
      { done: true, problem: null },
      { done: true, problem: null },
    ]);
    await expectTold(group, partitions);
  } finally {
    await broker?.start();
    await broker?.ready([1, 2, 3]);
  }
}, 120_000);
