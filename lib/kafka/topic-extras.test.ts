import { expect, test } from "vitest";
import type { TopicMetadata } from "./metadata.ts";
import type { OffsetTable } from "./offsets.ts";
import { newestOf } from "./topic-extras.ts";

const topic = (name: string, partitions: number): Pick<TopicMetadata, "name" | "partitions"> => ({
  name,
  partitions: Array.from({ length: partitions }, (_, partition) => ({
    partition,
    leader: 1,
    leaderEpoch: 0,
    replicas: [1],
    isr: [1],
    offline: [],
  })),
});
const table = (times: Record<string, bigint>): OffsetTable => ({
  get: (name, partition) => {
    const timestamp = times[`${name}/${partition}`];
    return timestamp === undefined ? null : { offset: 0n, timestamp, leaderEpoch: null };
  },
  problemOf: () => null,
  problems: [],
});

test("the newest record of a topic is that of any partition; without one, or with a time that is none, it is not told", () => {
  const topics = [topic("busy", 2), topic("empty", 1), topic("asked-in-part", 2), topic("absurd", 1), topic("none", 0)];
  const times = { "busy/0": 1_000n, "busy/1": 2_000n, "empty/0": -1n, "asked-in-part/0": 5n, "absurd/0": 2n ** 62n };
  expect([...newestOf(topics, table(times))]).toEqual([["busy", "1970-01-01T00:00:02.000Z"]]);
});
