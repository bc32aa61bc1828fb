import { expect, test } from "vitest";
import { board } from "./board.ts";
import { keepNote, keptOf, noteOf, record, turn } from "./keeper.ts";
import type { Keeper } from "./keeper-file.ts";
import { partitionTrends } from "./partitions.ts";
import { madeSample } from "./testing.ts";
import { ask, EVERY, HOUR, keepers, MINUTE, run, START, sampleAt } from "./testing-keeper.ts";

const { keeperOf, close } = keepers();

test("a chart holds what was sampled: exact lags, rates between samples, ages", async () => {
  const keeper = keeperOf();
  const now = START + 20 * MINUTE;
  const last = await run(keeper, START, now);
  const answer = ask(keeper, now, { from: now - 15 * MINUTE });
  expect(answer.stepMs).toBe(EVERY);
  expect(answer.times).toHaveLength(90);
  const [line] = answer.series;
  expect(line?.lag.at(-1)).toBe(String(1_000 + 10 * 1_200));
  expect([line?.written.at(-1), line?.read.at(-1)]).toEqual([150, 140]);
  // 13,000 behind of 100 a second.
  expect(line?.timeLagMs.at(-1)).toBeGreaterThan(129_000);
  expect(line?.timeLagMs.at(-1)).toBeLessThan(131_000);
  expect(last?.told?.groups[0]).toMatchObject({ groupId: "billing", lag: 13_000n, whole: true });
  expect(last?.told?.groups[0]?.verdict).toMatchObject({ status: "falling-behind", written: 150, read: 140 });
  const partitions = ask(keeper, now, { from: now - 15 * MINUTE, by: "partition" }).series;
  expect(partitions.map(({ topic, partition, lag }) => [topic, partition, lag.at(-1)])).toEqual([
    ["orders", 0, "13000"],
    ["orders", 1, "0"],
  ]);
  expect(ask(keeper, now, { by: "partition", topic: "other" }).series).toEqual([]);
  expect(ask(keeper, now, { groupId: "nobody" }).series).toEqual([]);
  const trends = new Map(partitionTrends(keptOf(keeper, "c", EVERY, now), "billing"));
  expect(trends.get("orders/1")).toMatchObject({ timeLagMs: 0, lastCommitAt: now });
  expect(trends.get("orders/0")?.trend.slice(-3)).toEqual([86, 93, 100].map(() => expect.any(Number)));
});

test("hours that are over are kept by the minute and by ten minutes, with the same lags and rates", async () => {
  const keeper = keeperOf();
  const now = START + 5 * HOUR + 30 * MINUTE;
  await run(keeper, START, now);
  const day = ask(keeper, now, { from: now - 5 * HOUR, stepMs: 10 * MINUTE });
  const at = (time: number) => day.times.indexOf(time);
  for (const hour of [1, 2, 3, 4, 5]) {
    const i = at(START + hour * HOUR);
    expect(day.series[0]?.lag[i]).toBe(String(1_000 + 10 * 3_600 * hour));
    expect([day.series[0]?.written[i], day.series[0]?.read[i]]).toEqual([150, 140]);
  }
  const long = ask(keeper, now, { from: now - 3 * 24 * HOUR });
  expect(long.stepMs).toBe(20 * MINUTE);
  expect(long.series[0]?.lag[long.times.indexOf(START + 2 * HOUR)]).toBe(String(1_000 + 10 * 7_200));
  expect(long.series[0]?.written[long.times.indexOf(START + 2 * HOUR)]).toBe(150);
  const partitions = ask(keeper, now, { from: now - 5 * HOUR, by: "partition", stepMs: MINUTE * 20 });
  expect(partitions.series.map(({ lag }) => lag[partitions.times.indexOf(START + 3 * HOUR)])).toEqual([
    String(1_000 + 10 * 10_800),
    "0",
  ]);
  const found = board(
    keeper.store,
    keptOf(keeper, "c", EVERY, now),
    keeper.options.keep,
    { from: now - 5 * HOUR, until: now, stepMs: null, by: "lag", limit: 5 },
    now,
  );
  expect(found).toMatchObject({
    total: 1,
    groups: [{ groupId: "billing", worstLag: String(1_000 + 10 * 19_800), worstAt: now }],
  });
  expect(found.totalLag.at(-1)).toBe(found.groups[0]?.lagSeries.at(-1));
}, 60_000);

test("after a restart everything is as it was: lines, ages, and since when a status is", async () => {
  const first = keeperOf();
  const now = START + 90 * MINUTE;
  const before = await run(first, START, now);
  const asked = { from: now - 80 * MINUTE, by: "partition", stepMs: MINUTE } as const;
  const answer = ask(first, now, asked);
  await close(first);
  const second = keeperOf();
  expect(ask(second, now, asked)).toEqual(answer);
  const after = await run(second, now + EVERY, now + EVERY);
  expect(after?.told?.groups[0]?.verdict).toMatchObject({
    status: "falling-behind",
    since: before?.told?.groups[0]?.verdict.since,
  });
  expect(after?.told?.groups[0]?.timeLagIs).toBe("estimate");
});

test("what is older than it is kept is removed, each kind after its time", async () => {
  const keep = { samplesMs: HOUR, minutesMs: 3 * HOUR, partitionsMs: HOUR, daysMs: 24 * HOUR };
  const keeper = keeperOf({ keep });
  await run(keeper, START, START + 8 * HOUR);
  const rows = keeper.store.database
    .prepare(
      "SELECT tier, kind, min(start) AS first, count(*) AS n FROM chunks WHERE grp > 0 GROUP BY tier, kind ORDER BY tier, kind",
    )
    .all()
    .map((row) => [Number(row.tier), Number(row.kind), (Number(row.first) - START) / HOUR, Number(row.n)]);
  expect(rows).toEqual([
    [1, 0, 4, 4],
    [1, 1, 4, 4],
    [1, 2, 6, 2],
    [2, 0, -8, 1],
    [2, 1, -8, 1],
  ]);
  const oldest = keeper.store.database.prepare("SELECT min(at) AS at FROM frames WHERE key = 0").get();
  expect(Number(oldest?.at)).toBeGreaterThan(START + 6 * HOUR);
}, 60_000);

test("a gap is a gap: no lag, no rate over it", async () => {
  const keeper = keeperOf();
  await run(keeper, START, START + 10 * MINUTE);
  const now = START + 40 * MINUTE;
  await run(keeper, START + 30 * MINUTE, now);
  const { series, times } = ask(keeper, now, { stepMs: MINUTE });
  const at = (minute: number) => times.indexOf(START + minute * MINUTE);
  expect(series[0]?.lag.slice(at(12), at(30))).toEqual(new Array(18).fill(null));
  expect(series[0]?.lag[at(10)]).toBe("7000");
  expect(series[0]?.written[at(35)]).toBe(150);
});

test("a clock that is set back breaks no order and gives no negative rate, and the line goes on", async () => {
  const keeper = keeperOf();
  await run(keeper, START, START + 30 * MINUTE);
  // From here on the clock says 20 minutes less; the log goes on all the same.
  const shift = 20 * MINUTE;
  const until = START + 45 * MINUTE;
  for (let real = START + 30 * MINUTE + EVERY; real <= until; real += EVERY) {
    const at = real - shift;
    turn(keeper, "c", EVERY, at);
    record(keeper, "c", EVERY, { ...sampleAt(real), at }, at);
  }
  const now = until - shift;
  const check = (asked: Keeper) => {
    const { series } = ask(asked, now, { from: now - 24 * MINUTE });
    for (const rate of series[0]?.written ?? []) expect(rate ?? 0).toBeGreaterThanOrEqual(0);
    expect(series[0]?.lag.at(-1)).toBe(String(1_000 + 10 * 45 * 60));
    expect(series[0]?.written.at(-1)).toBe(150);
    const { times } = keptOf(asked, "c", EVERY, now).recent;
    expect(times).toEqual([...times].sort((a, b) => a - b));
  };
  check(keeper);
  await close(keeper);
  check(keeperOf({}, now));
});

test("offsets that are set back are read negatively once", async () => {
  const keeper = keeperOf();
  const now = START + 5 * MINUTE;
  await run(keeper, START, now);
  const at = now + EVERY;
  const sample = sampleAt(at);
  sample.committed[0] = 0n;
  record(keeper, "c", EVERY, sample, at);
  await run(keeper, at + EVERY, at + EVERY);
  const { series } = ask(keeper, at + EVERY, { from: now - MINUTE });
  expect(series[0]?.read.slice(-3).map((rate) => Math.sign(rate ?? 0))).toEqual([1, -1, 1]);
});

test("of two replicas on one file one leads; the other knows the same, and goes on when the first ends or falls silent", async () => {
  const [one, two] = [keeperOf({ owner: "one" }), keeperOf({ owner: "two" })];
  for (let at = START; at <= START + 5 * MINUTE; at += EVERY) {
    expect(turn(one, "c", EVERY, at).leads).toBe(true);
    const said = record(one, "c", EVERY, sampleAt(at), at);
    const heard = turn(two, "c", EVERY, at + 1);
    expect(heard.leads).toBe(false);
    expect(heard.told).toEqual(said.told);
  }
  const now = START + 5 * MINUTE;
  expect(ask(two, now)).toEqual(ask(one, now));
  // Silent for longer than its lease.
  const later = now + 31_000;
  expect(turn(two, "c", EVERY, later).leads).toBe(true);
  record(two, "c", EVERY, sampleAt(later), later);
  const lost = record(one, "c", EVERY, sampleAt(later + 1), later + 1);
  expect(lost.leads).toBe(false);
  expect(turn(one, "c", EVERY, later + 2).leads).toBe(false);
  expect(ask(one, later)).toEqual(ask(two, later));
  await close(two);
  expect(turn(one, "c", EVERY, later + EVERY).leads).toBe(true);
});

test("notes are kept for all who share the file, and outlive a restart", async () => {
  const keeper = keeperOf();
  expect(noteOf(keeper, "c", EVERY, "silences", START)).toBeNull();
  expect(keepNote(keeper, "c", EVERY, "silences", '{"a":1}', START)).toBe(true);
  await close(keeper);
  expect(noteOf(keeperOf(), "c", EVERY, "silences", START)).toBe('{"a":1}');
});

test("what status a group had is told in spans that follow each other", async () => {
  const keeper = keeperOf();
  const middle = START + 10 * MINUTE;
  await run(keeper, START, middle);
  const now = middle + 10 * MINUTE;
  await run(keeper, middle + EVERY, now, (at) => {
    const { groupId, ...rest } = {
      groupId: "billing",
      members: 0,
      commits: { "orders/0": 54_000n, "orders/1": 1n << 60n },
    };
    return madeSample(at, { "orders/0": 61_000n + BigInt(at - middle) / 10n, "orders/1": 1n << 60n }, [
      { groupId, ...rest },
    ]);
  });
  const { statuses } = ask(keeper, now);
  expect(statuses.map(({ status }) => status)).toEqual(["no-data", "keeping-up", "falling-behind", "stopped"]);
  expect(statuses.slice(1).map(({ from }) => from)).toEqual(statuses.slice(0, -1).map(({ until }) => until));
  expect(statuses.at(-1)?.until).toBeNull();
});
