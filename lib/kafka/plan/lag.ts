import type { GroupPartition } from "../../api/groups.ts";
import type { Committed, GroupReading, GroupsReading } from "../group-readings.ts";

/** Both ends of a partition's log: its first offset, and the one the next record will get (high watermark). */
export type Log = { start: bigint; end: bigint };
export type UnknownLag = NonNullable<GroupPartition["unknown"]>;
export type PartitionLag = { lag: bigint; unknown: null } | { lag: null; unknown: UnknownLag };

type Commit = Pick<Committed, "offset" | "lag" | "problem">;

/**
 * How many records of a partition a group has yet to read. No commit, or one outside the log, has no lag, and says why: never zero
 * for unknown. `log` null: it could not be asked, or with `gone` there is no such partition any more. Of a share group the broker's
 * own count goes first: records above the start may be done with.
 */
export function lagOf(commit: Commit | null, log: Log | null, gone = false): PartitionLag {
  const unknown = whyUnknown(commit, log, gone);
  if (unknown !== null || commit === null || log === null) return { lag: null, unknown: unknown ?? "not-asked" };
  return { lag: commit.lag ?? log.end - commit.offset, unknown: null };
}

function whyUnknown(commit: Commit | null, log: Log | null, gone: boolean): UnknownLag | null {
  if (gone) return "no-topic";
  if (commit === null) return "no-commit";
  if (commit.problem !== null) return "not-asked";
  if (commit.offset < 0n) return "negative";
  if (log === null) return "not-asked";
  if (commit.offset < log.start) return "before-start";
  return commit.offset > log.end ? "beyond-end" : null;
}

/** Lag over several partitions: `lag` of those where it is known, null where it is of none; `unknown` counts the others. */
export type LagSum = { lag: bigint | null; unknown: number };

export function sumLags(lags: Iterable<Pick<PartitionLag, "lag">>): LagSum {
  const sum: LagSum = { lag: null, unknown: 0 };
  for (const { lag } of lags) {
    if (lag === null) sum.unknown++;
    else sum.lag = (sum.lag ?? 0n) + lag;
  }
  return sum;
}

/** One topic in one group: its lag, and how many of its partitions have a commit. */
export type TopicLag = LagSum & { committed: number };

/**
 * A group's lag, and that of each topic it has commits of or members reading; the names sorted. `unanswered`: its topics of which a
 * partition is there and could not be asked just now, so that sums over them are too small.
 */
export type GroupLag = LagSum & { byTopic: Map<string, TopicLag>; unanswered: Set<string> };

/**
 * The lag of a group as a reading of the cluster knows it. Partitions that members are there to read and that have no commit count
 * as unknown. Without its commits nothing is known.
 */
export function groupLag(group: GroupReading, reading: Pick<GroupsReading, "logs" | "gone" | "topics">): GroupLag {
  const byTopic = new Map<string, TopicLag>();
  const unanswered = new Set<string>();
  const at = (topic: string) => {
    const known = byTopic.get(topic) ?? { lag: null, unknown: 0, committed: 0 };
    byTopic.set(topic, known);
    return known;
  };
  for (const commit of group.committed ?? []) {
    const sum = at(commit.topic);
    const log = reading.logs.get(`${commit.topic}/${commit.partition}`) ?? null;
    const { lag, unknown } = lagOf(commit, log, reading.gone.has(commit.topic));
    // A topic that was made anew with fewer partitions leaves commits of some that will never answer.
    const isThere = commit.partition < (reading.topics.get(commit.topic) ?? 0);
    if (unknown === "not-asked" && isThere) unanswered.add(commit.topic);
    sum.committed++;
    if (lag === null) sum.unknown++;
    else sum.lag = (sum.lag ?? 0n) + lag;
  }
  for (const topic of group.memberTopics) {
    const sum = at(topic);
    sum.unknown += Math.max(0, (reading.topics.get(topic) ?? 0) - sum.committed);
  }
  const total: GroupLag = {
    lag: null,
    unknown: 0,
    byTopic: new Map([...byTopic].sort(([a], [b]) => (a < b ? -1 : 1))),
    unanswered,
  };
  for (const { lag, unknown } of byTopic.values()) {
    total.unknown += unknown;
    if (lag !== null) total.lag = (total.lag ?? 0n) + lag;
  }
  return total;
}

const summed = new WeakMap<GroupsReading, Map<string, GroupLag>>();

/** The lag of every group of a reading, worked out once for all who ask. */
export function lagsOf(reading: GroupsReading): Map<string, GroupLag> {
  const known = summed.get(reading);
  if (known) return known;
  const lags = new Map(reading.groups.map((group) => [group.groupId, groupLag(group, reading)]));
  summed.set(reading, lags);
  return lags;
}

/** A topic over all groups: how many read it or have commits of it, and their lag in it together; null where none is known. */
export type TopicReaders = { groups: number; lag: bigint | null };

const readers = new WeakMap<GroupsReading, Map<string, TopicReaders>>();

/** Every topic that a group is about, worked out once a reading. */
export function readersOf(reading: GroupsReading): Map<string, TopicReaders> {
  const known = readers.get(reading);
  if (known) return known;
  const byTopic = new Map<string, TopicReaders>();
  for (const group of lagsOf(reading).values()) {
    for (const [topic, { lag }] of group.byTopic) {
      const sum = byTopic.get(topic) ?? { groups: 0, lag: null };
      sum.groups++;
      if (lag !== null) sum.lag = (sum.lag ?? 0n) + lag;
      byTopic.set(topic, sum);
    }
  }
  readers.set(reading, byTopic);
  return byTopic;
}
