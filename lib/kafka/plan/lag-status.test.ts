import fc from "fast-check";
import { expect, test } from "vitest";
import { lagStatuses } from "../../api/groups.ts";
import { judge, type LagFacts, PATIENCE_MS, patienceOf, presentVerdict, type Standing } from "./lag-status.ts";
import type { LagPoint } from "./lag-window.ts";

const NOW = Date.parse("2026-11-22T18:00:00Z");
const TICK = 10_000;
/** Gaps between words are of several kinds: a test reads them all as one. */
const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, " ");

/** A consumer second by second: what is written, and when which offset is committed. Gives what a sampler saw. */
function watch(
  ticks: number,
  {
    written,
    read,
    every = 1,
    lag = 0,
  }: { written: (tick: number) => number; read: (tick: number) => number; every?: number; lag?: number },
): LagPoint[] {
  const points: LagPoint[] = [];
  let [end, position, committed] = [lag, 0, 0];
  for (let tick = 0; tick < ticks; tick++) {
    const arrived = tick === 0 ? 0 : written(tick);
    end += arrived;
    position = Math.min(end, position + read(tick));
    const before = committed;
    if (tick % every === 0) committed = position;
    points.push({
      at: NOW - (ticks - 1 - tick) * TICK,
      lag: end - committed,
      written: tick === 0 ? null : arrived,
      read: tick === 0 ? null : committed - before,
      moved: tick > 0 && committed > before,
    });
  }
  return points;
}

function factsOf(window: LagPoint[], more: Partial<LagFacts> = {}): LagFacts {
  const last = window.at(-1);
  return {
    at: last?.at ?? NOW,
    members: 2,
    lag: last?.lag === null || last === undefined ? null : BigInt(last.lag),
    lagUnknown: 0,
    window,
    hour: [],
    waitingMs: 0,
    isWaiting: last !== undefined && last.lag !== 0,
    usualWaitMs: null,
    standalone: false,
    stuck: null,
    heaviest: null,
    severalTopics: false,
    unreadLag: 0n,
    ...more,
  };
}

const statusOf = (facts: LagFacts, before: Standing | null = null) => judge(facts, before).verdict.status;

test("each status has its case", () => {
  const cases: [string, LagFacts][] = [
    ["keeping-up", factsOf(watch(60, { written: () => 100, read: () => 100 }))],
    ["keeping-up", factsOf(watch(60, { written: () => 0, read: () => 0 }))],
    ["falling-behind", factsOf(watch(60, { written: () => 23_100, read: () => 20_720, lag: 100_000 }))],
    ["catching-up", factsOf(watch(60, { written: () => 1_000, read: () => 9_000, lag: 9_000_000 }))],
    ["stalled", factsOf(watch(60, { written: () => 100, read: () => 0, lag: 500 }), { waitingMs: PATIENCE_MS })],
    [
      "stopped",
      factsOf(watch(60, { written: () => 100, read: () => 0, lag: 500 }), { members: 0, waitingMs: PATIENCE_MS }),
    ],
    ["no-data", factsOf(watch(3, { written: () => 100, read: () => 0, lag: 500 }))],
    ["no-data", factsOf([{ at: NOW, lag: null, written: null, read: null, moved: false }], { lagUnknown: 3 })],
  ];
  expect(cases.map(([, facts]) => statusOf(facts))).toEqual(cases.map(([status]) => status));
});

test("a group that falls behind is told with both rates, what that makes in an hour, and the partition that holds most of it", () => {
  const window = watch(60, { written: () => 23_100, read: () => 20_720, lag: 100_000 });
  const facts = factsOf(window, { heaviest: { topic: "payments", partition: 5, share: 0.41 } });
  const { verdict } = judge(facts, { status: "falling-behind", since: NOW - 18 * 60_000 - 4_000, next: null });
  expect(plain(verdict.reason)).toBe(
    "For 18 min: 2 310 records/s arrive, 2 072 records/s are read. At these rates it does not catch up: lag grows by about 857 000 an hour. Partition 5 holds 41 % of it.",
  );
  expect(verdict).toMatchObject({ written: 2310, read: 2072, catchUpMs: null, since: "2026-11-22T17:41:56.000Z" });
});

test("a group that catches up says when it will have", () => {
  const window = watch(60, { written: () => 1_000, read: () => 9_000, lag: 9_000_000 });
  const { verdict } = judge(factsOf(window), null);
  expect(plain(verdict.reason)).toBe(
    "In the last 9 min: 100 records/s arrive, 900 records/s are read. At these rates it has caught up in about 2 h 57 min.",
  );
  expect(verdict.catchUpMs).toBe(Math.round((Number(factsOf(window).lag) / 800) * 1000));
});

test("a consumer that commits every few minutes keeps up: its saw is no trend, and its waiting no stall", () => {
  for (const every of [6, 18, 30, 42]) {
    const waitMs = every * TICK;
    for (let ticks = 60; ticks < 60 + every; ticks++) {
      const window = watch(ticks, { written: () => 1_000, read: () => 1_000, every }).slice(-60);
      const waitingMs = ((ticks - 1) % every) * TICK;
      expect(statusOf(factsOf(window, { usualWaitMs: waitMs, waitingMs }))).toBe("keeping-up");
    }
  }
});

test("the patience with commits follows what is usual, between three minutes and half an hour", () => {
  expect([null, 5_000, 120_000, 36e5].map(patienceOf)).toEqual([180_000, 180_000, 360_000, 1_800_000]);
});

test("a consumer that assigns partitions to itself is no group without members", () => {
  const window = watch(60, { written: () => 100, read: () => 100, lag: 0, every: 2 });
  expect(statusOf(factsOf(window, { members: 0, standalone: true }))).toBe("keeping-up");
  expect(statusOf(factsOf(window.slice(0, -1), { members: 0, lag: 100n }))).toBe("stopped");
});

test("one partition without commits stalls its group, by name", () => {
  const window = watch(60, { written: () => 1_000, read: () => 990, lag: 10 });
  const stuck = { topic: "orders", partition: 5, lag: 102_740n, waitingMs: 14 * 60_000 };
  const { verdict } = judge(factsOf(window, { stuck, severalTopics: true }), null);
  expect(verdict.status).toBe("stalled");
  expect(plain(verdict.reason)).toBe(
    "Partition 5 of orders has had no commit for 14 min, and 102 740 records wait in it; the others are read.",
  );
});

test("without a history only what is there now is told", () => {
  const reasons = [
    presentVerdict({ members: 2, lag: 0n, lagUnknown: 0 }),
    presentVerdict({ members: 0, lag: 12_003n, lagUnknown: 0 }),
    presentVerdict({ members: 2, lag: 1n, lagUnknown: 0 }),
    presentVerdict({ members: 2, lag: null, lagUnknown: 3 }),
    presentVerdict({ members: 2, lag: null, lagUnknown: 0 }),
    presentVerdict({ members: 0, lag: null, lagUnknown: 0 }),
  ].map(({ status, reason }) => `${status}: ${plain(reason)}`);
  expect(reasons).toEqual([
    "keeping-up: It has read all there is.",
    "stopped: No member reads it. 12 003 records are left.",
    "no-data: 1 record waits. Without a history it cannot be told whether they are read.",
    "no-data: The lag of none of its 3 partitions is known: no commit, one outside the log, or no answer.",
    "no-data: 2 members, but no committed offset yet.",
    "no-data: It has no committed offset.",
  ]);
});

test("a rolling restart, or one sample that failed, is not told; what lasts is, since it began", () => {
  const window = watch(60, { written: () => 100, read: () => 100, every: 2 }).slice(0, -1);
  const before: Standing = { status: "keeping-up", since: null, next: null };
  const gone = factsOf(window, { members: 0, lag: 100n });
  const first = judge(gone, before).standing;
  expect(first).toEqual({ ...before, next: { status: "stopped", from: gone.at } });
  expect(judge(factsOf(window), first).standing).toEqual(before);
  const later = { ...gone, at: gone.at + 20_000 };
  expect(judge(later, first).standing).toEqual({ status: "stopped", since: gone.at, next: null });
});

test("a stall began with its last commit, not when the patience ended", () => {
  const window = watch(60, { written: () => 100, read: () => 0, lag: 500 });
  const facts = factsOf(window, { waitingMs: 200_000 });
  const { standing } = judge(facts, { status: "keeping-up", since: null, next: null });
  expect(standing).toEqual({ status: "stalled", since: facts.at - 200_000, next: null });
});

test("lag of topics that nobody reads is said beside, and makes no stall", () => {
  const window = watch(60, { written: () => 100, read: () => 100 });
  const { verdict } = judge(factsOf(window, { unreadLag: 1_500n }), null);
  expect(verdict.status).toBe("keeping-up");
  expect(plain(verdict.reason)).toContain("1 500 records more are in topics that no member reads.");
});

test("a consumer whose jitter is large but level does not flap in an hour", () => {
  let standing: Standing | null = null;
  const told = new Set<string>();
  let seed = 7;
  const random = () => {
    seed = (seed * 16_807) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  const all = watch(420, { written: () => 500 + random() * 1_000, read: () => 2_000, every: 1, lag: 3_000 }).map(
    (point) => ({
      ...point,
      lag: (point.lag ?? 0) + Math.round(random() * 900),
    }),
  );
  for (let i = 60; i <= all.length; i++) {
    const result = judge(factsOf(all.slice(i - 60, i)), standing);
    standing = result.standing;
    told.add(standing.status);
  }
  expect([...told]).toEqual(["keeping-up"]);
});

const point = fc.record({
  lag: fc.option(fc.nat(1_000_000)),
  written: fc.option(fc.nat(100_000)),
  read: fc.option(fc.integer({ min: -100_000, max: 100_000 })),
  moved: fc.boolean(),
});
const anyFacts = fc
  .record({
    points: fc.array(point, { maxLength: 60 }),
    members: fc.option(fc.nat(3)),
    lag: fc.option(fc.bigInt({ min: 0n, max: (1n << 63n) - 1n })),
    lagUnknown: fc.nat(3),
    hour: fc.array(fc.option(fc.nat(1_000_000)), { maxLength: 60 }),
    waitingMs: fc.nat(10_000_000),
    isWaiting: fc.boolean(),
    usualWaitMs: fc.option(fc.nat(1_000_000)),
    standalone: fc.boolean(),
    stuck: fc.option(
      fc.record({
        topic: fc.string(),
        partition: fc.nat(9),
        lag: fc.bigInt({ min: 1n, max: 1n << 62n }),
        waitingMs: fc.nat(1e9),
      }),
    ),
    heaviest: fc.option(
      fc.record({ topic: fc.string(), partition: fc.nat(9), share: fc.double({ min: 0, max: 1, noNaN: true }) }),
    ),
    severalTopics: fc.boolean(),
    unreadLag: fc.bigInt({ min: 0n, max: 1n << 62n }),
  })
  .map(
    ({ points, ...rest }): LagFacts => ({
      ...rest,
      at: NOW,
      window: points.map((one, i) => ({ ...one, at: NOW - (points.length - 1 - i) * TICK })),
    }),
  );
const anyStanding = fc.option(
  fc.record({
    status: fc.constantFrom(...lagStatuses),
    since: fc.option(fc.integer({ min: NOW - 1e9, max: NOW })),
    next: fc.option(
      fc.record({ status: fc.constantFrom(...lagStatuses), from: fc.integer({ min: NOW - 1e9, max: NOW }) }),
    ),
  }),
);

test("whatever was sampled, there is a status with a whole sentence, and time never runs backwards", () => {
  fc.assert(
    fc.property(anyFacts, anyStanding, (facts, before) => {
      const { verdict, standing } = judge(facts, before);
      expect(lagStatuses).toContain(verdict.status);
      expect(verdict.reason).toMatch(/^\S.*\.$/s);
      expect(verdict.reason).not.toMatch(/NaN|Infinity|undefined|null/);
      expect(standing.since ?? 0).toBeLessThanOrEqual(NOW);
      if (facts.lag === 0n) expect(verdict).toMatchObject({ status: "keeping-up", catchUpMs: 0 });
      if (verdict.catchUpMs !== null) expect(verdict.catchUpMs).toBeGreaterThanOrEqual(0);
    }),
  );
});

test("what stays as it is, is told as it is: judging the same facts again changes nothing", () => {
  fc.assert(
    fc.property(anyFacts, (facts) => {
      const first = judge(facts, null);
      expect(judge(facts, first.standing).standing.status).toBe(first.standing.status);
    }),
  );
});
