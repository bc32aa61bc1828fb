import { expect, test } from "vitest";
import type { GroupPartition } from "../../lib/api/groups.ts";
import { toInt64 } from "../../lib/api/scalars.ts";
import { heaviest, topicsOf } from "./group-topic-list.ts";

const row = (
  topic: string,
  partition: number,
  lag: bigint | null,
  more: Partial<GroupPartition> = {},
): GroupPartition => ({
  topic,
  topicId: null,
  partition,
  leader: 1,
  committed: null,
  metadata: null,
  leaderEpoch: null,
  start: null,
  end: null,
  lag: lag === null ? null : toInt64(lag),
  unknown: lag === null ? "no-commit" : null,
  timeLagMs: null,
  timeLagIs: null,
  memberId: null,
  lastCommitAt: null,
  trend: [],
  share: null,
  problem: null,
  ...more,
});

test("a topic takes its partitions together: lag adds up, the oldest next record counts, members count once", () => {
  const [orders, returns] = topicsOf([
    row("orders", 0, 9_007_199_254_740_993n, { timeLagMs: 5, timeLagIs: "exact", memberId: "a" }),
    row("orders", 1, 2n, { timeLagMs: 9, timeLagIs: "at-least", memberId: "a" }),
    row("orders", 2, null),
    row("returns", 0, null),
  ]);
  expect(orders).toEqual({
    topic: "orders",
    partitions: 3,
    lag: 9_007_199_254_740_995n,
    unknown: 1,
    timeLagMs: 9,
    timeLagIs: "at-least",
    members: 1,
  });
  expect(returns?.lag).toBeNull();
});

test("a partition is named only where it holds far more than its even share", () => {
  const even = [0, 1, 2, 3].map((partition) => row("orders", partition, 10n));
  expect(heaviest(even, 40n)).toBeNull();
  expect(heaviest([...even, row("orders", 4, 60n)], 100n)).toMatchObject({ row: { partition: 4 }, share: 0.6 });
  expect(heaviest([row("orders", 0, 5n)], 5n)).toBeNull();
  expect(heaviest([], 0n)).toBeNull();
});
