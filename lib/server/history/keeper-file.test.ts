import { closeSync, openSync, readdirSync, rmSync, statSync, writeFileSync, writeSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { keepNote, keptOf, turn } from "./keeper.ts";
import { madeSample } from "./testing.ts";
import { ask, EVERY, HOUR, keepers, MINUTE, run, START } from "./testing-keeper.ts";

const { place, keeperOf, close } = keepers();

test("a full disk: samples go on in memory, it is said, and what is missing is written once there is room", async () => {
  const keeper = keeperOf({ pages: 60 });
  const wide = (at: number) => {
    const keys = Array.from({ length: 400 }, (_, i) => `topic-with-a-long-name-${i}/0`);
    const ends = Object.fromEntries(keys.map((key, i) => [key, BigInt(at - START) * BigInt(i + 1)]));
    return madeSample(at, ends, [{ groupId: "billing", commits: Object.fromEntries(keys.map((key) => [key, 0n])) }]);
  };
  const middle = START + 20 * MINUTE;
  const last = await run(keeper, START, middle, wide);
  expect(last?.status.trouble).toContain("the disk is full");
  expect(last?.told?.groups).toHaveLength(1);
  expect(ask(keeper, middle).series[0]?.lag.at(-1)).not.toBeNull();
  keeper.store.database.exec("PRAGMA max_page_count = 100000");
  const after = await run(keeper, middle + EVERY, middle + 3 * EVERY, wide);
  expect(after?.status.trouble).toBeNull();
  await close(keeper);
  const again = keeperOf();
  expect(keptOf(again, "c", EVERY, middle).recent.groups.size).toBe(1);
});

test("a file that is no database is set aside, and a new one begun", async () => {
  writeFileSync(place().file, "this is no database, but long enough to be looked at as one ".repeat(50));
  const keeper = keeperOf();
  const { status } = turn(keeper, "c", EVERY, START);
  expect(status).toMatchObject({ trouble: null, remark: expect.stringContaining("set aside as") });
  expect(readdirSync(place().folder).filter((name) => name.includes(".corrupt-"))).toEqual([
    "history.db.corrupt-20261122T080000Z",
  ]);
  await run(keeper, START, START + MINUTE);
  expect(ask(keeper, START + MINUTE).series).toHaveLength(1);
});

test("a file that breaks while it is used is set aside; what is in memory stays and is written anew", async () => {
  const keeper = keeperOf();
  const middle = START + 65 * MINUTE;
  await run(keeper, START, middle);
  keeper.store.database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  // All but the first page, which says that it is a database.
  const { size } = statSync(place().file);
  const handle = openSync(place().file, "r+");
  writeSync(handle, Buffer.alloc(size - 4_096, 0x5a), 0, size - 4_096, 4_096);
  closeSync(handle);
  keeper.store.database.exec("PRAGMA shrink_memory");
  const after = await run(keeper, middle + EVERY, middle + 3 * EVERY);
  expect(after?.status).toMatchObject({ trouble: null, remark: expect.stringContaining("set aside as") });
  const now = middle + 3 * EVERY;
  expect(ask(keeper, now, { from: now - 50 * MINUTE }).series[0]?.lag.filter((lag) => lag === null)).toEqual([]);
  await close(keeper);
  expect(ask(keeperOf(), now).series).toHaveLength(1);
});

test("a file of a newer Kafdeck is left as it is; samples are kept in memory", async () => {
  const newer = new DatabaseSync(place().file);
  newer.exec("PRAGMA user_version = 99");
  newer.close();
  const keeper = keeperOf();
  const last = await run(keeper, START, START + 2 * MINUTE);
  expect(last?.leads).toBe(true);
  expect(last?.status.trouble).toContain("newer Kafdeck");
  expect(ask(keeper, START + 2 * MINUTE).series[0]?.lag.at(-1)).toBe("2200");
  expect(keepNote(keeper, "c", EVERY, "silences", "{}", START)).toBe(false);
  expect(readdirSync(place().folder)).toEqual(["history.db"]);
});

test("a place where no file can be made keeps samples in memory, and says so", async () => {
  const keeper = keeperOf({ file: "/proc/kafdeck/history.db" });
  const last = await run(keeper, START, START + MINUTE);
  expect(last?.status.trouble).toContain("cannot be used");
  expect(ask(keeper, START + MINUTE).series).toHaveLength(1);
});

test("a file that is removed is begun anew", async () => {
  const keeper = keeperOf();
  await run(keeper, START, START + 5 * MINUTE);
  for (const name of readdirSync(place().folder)) rmSync(`${place().folder}/${name}`);
  const last = await run(keeper, START + 5 * MINUTE + EVERY, START + 6 * MINUTE);
  expect(last?.status).toMatchObject({ trouble: null, remark: expect.stringContaining("removed or replaced") });
  await close(keeper);
  expect(ask(keeperOf(), START + 6 * MINUTE).series).toHaveLength(1);
});

test("bytes of a chunk that are broken are points that are not known, and nothing else", async () => {
  const keeper = keeperOf();
  const now = START + 4 * HOUR;
  await run(keeper, START, now);
  keeper.store.database.prepare("UPDATE chunks SET data = x'01ffffff' WHERE kind = 0 AND start = ?").run(START + HOUR);
  const { series, times } = ask(keeper, now, { from: START + 30 * MINUTE, stepMs: 10 * MINUTE });
  const at = (minutes: number) => series[0]?.lag[times.indexOf(START + minutes * MINUTE)];
  expect([at(50), at(100), at(130)]).toEqual(["31000", null, "79000"]);
}, 60_000);

test("without a file the last hour is kept, and nothing is written", async () => {
  const keeper = keeperOf({ file: null });
  const now = START + 2 * HOUR;
  const last = await run(keeper, START, now);
  expect(last).toMatchObject({ leads: true, status: { trouble: null } });
  expect(ask(keeper, now).series[0]?.lag.filter((lag) => lag === null)).toEqual([]);
  expect(readdirSync(place().folder)).toEqual([]);
});
