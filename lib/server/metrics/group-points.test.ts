import { describe, expect, test } from "vitest";
import type { GroupReading, GroupsReading } from "../../kafka/group-readings.ts";
import type { Trends } from "../../kafka/trends.ts";
import { offSource } from "../history/off.ts";
import { families } from "./families.ts";
import { type EarlierEnds, groupPoints, nextEnds } from "./group-points.ts";
import { metricsText } from "./text.ts";

const group = (groupId: string, offsets: Record<string, bigint>): GroupReading => ({
  groupId,
  type: "classic",
  state: "Empty",
  protocolType: "consumer",
  assignor: null,
  coordinator: 1,
  members: 0,
  memberTopics: [],
  holders: new Map(),
  committed: Object.entries(offsets).map(([place, offset]) => ({
    topic: place.split("/")[0] ?? "",
    partition: Number(place.split("/")[1]),
    offset,
    metadata: null,
    leaderEpoch: null,
    lag: null,
    problem: null,
  })),
  problems: [],
});
const reading = (groups: GroupReading[], ends: Record<string, bigint>, at = 0): GroupsReading => ({
  at,
  groups,
  logs: new Map(Object.entries(ends).map(([place, end]) => [place, { start: 0n, end }])),
  gone: new Set(),
  topics: new Map(),
  problems: [],
});
const { trends } = offSource("no history");
const options = { matches: () => true, partitions: false, series: 1_000 };
const figure = (points: ReturnType<typeof groupPoints>, family: string, labels: Record<string, string> = {}) =>
  points.find(
    (point) => point.family === family && Object.entries(labels).every(([name, value]) => point.labels[name] === value),
  )?.value;

describe("the series of a reading", () => {
  const one = reading([group("g", { "a/0": 5n, "a/1": 7n, "b/0": 99n })], { "a/0": 10n, "a/1": 7n, "b/0": 50n });

  test("have gaps where a partition did not answer, in place of sums that are too small", () => {
    const half = { ...reading([group("g", { "a/0": 5n, "a/1": 7n, "b/0": 1n })], { "a/0": 10n, "b/0": 50n }) };
    const points = groupPoints(
      "c",
      {
        ...half,
        topics: new Map([
          ["a", 2],
          ["b", 1],
        ]),
      },
      trends,
      new Map(),
      options,
    );
    expect(figure(points, "kafdeck_group_lag")).toBeUndefined();
    expect(figure(points, "kafdeck_group_lag_unknown_partitions")).toBe(1);
    expect(figure(points, "kafdeck_group_topic_lag", { topic: "a" })).toBeUndefined();
    expect(figure(points, "kafdeck_topic_end_offset", { topic: "a" })).toBeUndefined();
    expect(figure(points, "kafdeck_group_topic_lag", { topic: "b" })).toBe(49);
  });

  test("hold lag and commits of the partitions whose lag is known", () => {
    const points = groupPoints("c", one, trends, new Map([["a", 2.5]]), options);
    expect(figure(points, "kafdeck_group_lag", { group: "g" })).toBe(5);
    expect(figure(points, "kafdeck_group_lag_unknown_partitions")).toBe(1);
    expect(figure(points, "kafdeck_group_topic_lag", { topic: "a" })).toBe(5);
    expect(figure(points, "kafdeck_group_topic_committed_offset", { topic: "a" })).toBe(12);
    expect(figure(points, "kafdeck_group_topic_lag", { topic: "b" })).toBeUndefined();
    expect(figure(points, "kafdeck_topic_end_offset", { topic: "a" })).toBe(17);
    expect(figure(points, "kafdeck_topic_written_per_second", { topic: "a" })).toBe(2.5);
    expect(figure(points, "kafdeck_group_members")).toBe(0);
    expect(figure(points, "kafdeck_group_state", { type: "classic", state: "Empty" })).toBe(1);
    expect(figure(points, "kafdeck_group_time_lag_seconds")).toBeUndefined();
    expect(points.some(({ family }) => family === "kafdeck_group_partition_lag")).toBe(false);
  });

  test("of partitions are there where they are wanted", () => {
    const points = groupPoints("c", one, trends, new Map(), { ...options, partitions: true });
    expect(figure(points, "kafdeck_group_partition_lag", { topic: "a", partition: "0" })).toBe(5);
    expect(figure(points, "kafdeck_group_partition_committed_offset", { topic: "a", partition: "1" })).toBe(7);
  });

  test("say what the history knows", () => {
    const verdict = { status: "stalled", since: null, reason: "", written: 3, read: 0, catchUpMs: null } as const;
    const told: Trends = { ...trends, group: () => ({ timeLagMs: 1_500, timeLagIs: "estimate", verdict, trend: [] }) };
    const points = groupPoints("c", one, told, new Map(), options);
    expect(figure(points, "kafdeck_group_time_lag_seconds")).toBe(1.5);
    expect(figure(points, "kafdeck_group_written_per_second")).toBe(3);
    expect(figure(points, "kafdeck_group_read_per_second")).toBe(0);
    expect(figure(points, "kafdeck_group_status", { status: "stalled" })).toBe(1);
  });

  test("are bounded: whole groups first, the same ones every time, and what is left out is counted", () => {
    const many = reading(
      Array.from({ length: 40 }, (_, i) => group(`g${String(i).padStart(2, "0")}`, { "a/0": 1n })),
      { "a/0": 10n },
    );
    const points = groupPoints("c", many, trends, new Map(), { ...options, series: 100 });
    const kept = points.filter(({ family }) => family !== "kafdeck_omitted");
    expect(kept.length).toBeLessThanOrEqual(100);
    const named = [...new Set(kept.flatMap(({ labels }) => labels.group ?? []))];
    expect(named.slice(0, 3)).toEqual(["g00", "g01", "g02"]);
    expect(named.length + (figure(points, "kafdeck_omitted", { kind: "group" }) ?? 0)).toBe(40);
    expect(figure(points, "kafdeck_omitted", { kind: "group_topic" })).toBeGreaterThan(30);
  });
});

describe("records a second of a topic", () => {
  const step = (earlier: EarlierEnds | null, at: number, ends: Record<string, bigint>) =>
    nextEnds(earlier, reading([], ends, at));
  test("are of the partitions that both readings know, and of logs that were not made anew", () => {
    const first = step(null, 0, { "a/0": 100n, "b/0": 500n });
    expect(first.rates.size).toBe(0);
    const second = step(first, 10_000, { "a/0": 150n, "a/1": 9_999n, "b/0": 3n });
    expect([...second.rates]).toEqual([["a", 5]]);
  });
  test("are those of before where the readings are one, or near to each other; a clock set back begins anew", () => {
    const first = step(null, 0, { "a/0": 100n });
    const second = step(first, 10_000, { "a/0": 150n });
    expect(step(second, 12_000, { "a/0": 990n })).toBe(second);
    expect(step(second, 1_000, { "a/0": 150n }).rates.size).toBe(0);
  });
});

test("the text has no family without points, and every name is one that Prometheus takes", async () => {
  const text = await metricsText([
    { family: "kafdeck_group_lag", labels: { cluster: "c", group: 'a"\\\n' }, value: 3 },
    { family: "kafdeck_broker_requests_total", labels: { cluster: "c" }, value: 0 },
  ]);
  expect(text).toContain('kafdeck_group_lag{cluster="c",group="a\\"\\\\\\n"} 3');
  expect(text).toContain('kafdeck_broker_requests_total{cluster="c"} 0');
  expect(text.match(/^# TYPE/gm)).toHaveLength(2);
  for (const name of Object.keys(families)) expect(name).toMatch(/^[a-z][a-z0-9_]*$/);
});
