import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, copyFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, expect, test } from "vitest";
import { closeKeeper, keptOf } from "./keeper.ts";
import { openKeeper } from "./keeper-file.ts";
import { madeSample, optionsFor, scratch } from "./testing.ts";
import { askThread, closeThread, makeThread } from "./thread.ts";

type Line = { owner: string; leads: boolean; at: number; lastAt: number | null; trouble: string | null };
const NOBODY = 65_534;

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

function place() {
  const made = scratch();
  ends.push(made.remove);
  return made;
}

/** A replica in a process of its own, and what it printed. */
function startReplica(file: string, owner: string, from: number, uid?: number) {
  const child: ChildProcess = spawn(
    process.execPath,
    [join(import.meta.dirname, "testing-replica.ts"), file, owner, String(from)],
    { stdio: ["ignore", "pipe", "inherit"], ...(uid === undefined ? {} : { uid }) },
  );
  ends.push(() => child.kill("SIGKILL"));
  const lines: Line[] = [];
  let rest = "";
  child.stdout?.on("data", (bytes: Buffer) => {
    const parts = (rest + bytes).split("\n");
    rest = parts.pop() ?? "";
    lines.push(...parts.map((text) => JSON.parse(text) as Line));
  });
  return {
    lines,
    exited: new Promise((resolve) => child.once("exit", resolve)),
    kill: (signal: NodeJS.Signals) => child.kill(signal),
    until: async (done: (lines: Line[]) => boolean) => {
      const limit = Date.now() + 20_000;
      while (!done(lines)) {
        if (Date.now() > limit) throw new Error(`Not so; the last lines: ${JSON.stringify(lines.slice(-3))}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
  };
}

test("what was written is there after kill -9, and the file is sound", async () => {
  const { file } = place();
  const from = Date.now();
  const replica = startReplica(file, "one", from);
  await replica.until((lines) => lines.filter(({ leads }) => leads).length >= 30);
  replica.kill("SIGKILL");
  await replica.exited;
  const last = replica.lines.at(-1)?.at ?? 0;
  const keeper = openKeeper(optionsFor(file), last);
  const { recent } = keptOf(keeper, "c", 10_000, last);
  expect(recent.times.at(-1)).toBeGreaterThanOrEqual(last);
  expect(recent.times.length).toBeGreaterThanOrEqual(30);
  expect([...recent.groups.values()].map(({ groupId }) => groupId)).toEqual(["billing"]);
  expect(keeper).toMatchObject({ trouble: null, remark: null });
  await closeKeeper(keeper);
  const database = new DatabaseSync(file);
  expect(Object.values(database.prepare("PRAGMA quick_check").get() ?? {})).toEqual(["ok"]);
  database.close();
});

test("of two processes that share a file one samples; the other reads on, and takes over when that one is killed", async () => {
  const { file } = place();
  const from = Date.now();
  const one = startReplica(file, "one", from);
  await one.until((lines) => lines.some(({ leads }) => leads));
  const two = startReplica(file, "two", from);
  await two.until((lines) => lines.length >= 15);
  expect(two.lines.filter(({ leads }) => leads)).toEqual([]);
  const known = two.lines.at(-1)?.lastAt ?? 0;
  expect(one.lines.map(({ at }) => at)).toContain(known);
  one.kill("SIGKILL");
  await two.until((lines) => lines.at(-1)?.leads === true);
  const three = startReplica(file, "three", from);
  await three.until((lines) => lines.length >= 3);
  expect(three.lines.some(({ leads }) => leads)).toBe(false);
  // One that ends in order gives its lease back.
  two.kill("SIGTERM");
  await two.exited;
  await three.until((lines) => lines.at(-1)?.leads === true);
  expect(three.lines.every(({ trouble }) => trouble === null)).toBe(true);
});

test("a file that may only be read is left alone: each replica samples for itself, in memory, and says why", async () => {
  const { file, folder } = place();
  const from = Date.now();
  const first = startReplica(file, "one", from);
  await first.until((lines) => lines.length >= 3);
  first.kill("SIGTERM");
  await first.exited;
  copyFileSync(file, `${file}.before`);
  chmodSync(file, 0o444);
  chmodSync(folder, 0o555);
  const reader = startReplica(file, "two", from, process.getuid?.() === 0 ? NOBODY : undefined);
  await reader.until((lines) => lines.length >= 5);
  expect(reader.lines.every(({ leads, trouble }) => leads && /read-only|cannot be used/.test(trouble ?? ""))).toBe(
    true,
  );
  chmodSync(folder, 0o755);
});

test("the thread keeps samples and answers questions; a group, a board, partitions, notes", async () => {
  const { file } = place();
  const thread = makeThread(optionsFor(file));
  const now = Math.floor(Date.now() / 10_000) * 10_000;
  const { leads, told } = await askThread(thread, "turn", ["c", 10_000]);
  expect([leads, told]).toEqual([true, null]);
  for (let i = 6; i >= 0; i--) {
    const end = 1_000n - BigInt(i) * 100n;
    const sample = madeSample(now - i * 10_000, { "orders/0": end }, [
      { groupId: "billing", commits: { "orders/0": 0n } },
    ]);
    await askThread(thread, "record", ["c", 10_000, sample]);
  }
  const range = { from: now - 60_000, until: now, stepMs: null };
  const lag = await askThread(thread, "groupLag", [
    "c",
    10_000,
    { ...range, groupId: "billing", by: "topic", topic: null },
  ]);
  expect(lag?.series.map(({ topic, lag: lags }) => [topic, lags.at(-1)])).toEqual([["orders", "1000"]]);
  const worst = await askThread(thread, "board", ["c", 10_000, { ...range, by: "timeLag", limit: 3 }]);
  expect(worst?.groups.map(({ groupId, worstLag }) => [groupId, worstLag])).toEqual([["billing", "1000"]]);
  expect((await askThread(thread, "partitions", ["c", 10_000, "billing"])).map(([place]) => place)).toEqual([
    "orders/0",
  ]);
  expect(await askThread(thread, "keepNote", ["c", 10_000, "key", "text"])).toBe(true);
  expect(await askThread(thread, "note", ["c", 10_000, "key"])).toBe("text");
  await closeThread(thread);
  await expect(askThread(thread, "note", ["c", 10_000, "key"])).rejects.toMatchObject({ code: "server-stopping" });
});
