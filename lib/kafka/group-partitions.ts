import type { GroupMember, GroupPartition } from "../api/groups.ts";
import { type Int64, toInt64 } from "../api/scalars.ts";
import type { DescribedGroup, DescribedMember } from "./describe-groups.ts";
import type { Committed } from "./group-readings.ts";
import type { TopicMetadata } from "./metadata.ts";
import type { OffsetTable } from "./offsets.ts";
import { lagOf, sumLags } from "./plan/lag.ts";
import { type TimeLag, UNKNOWN, worstTimeLag } from "./plan/time-lag.ts";
import { refusal } from "./rights.ts";
import type { PartitionTrend } from "./trends.ts";

export type Topics = Map<string, TopicMetadata>;

/** Partitions by topic. */
export type Places = Map<string, Set<number>>;

/** What is known of partitions beside the commits. Maps are keyed by `topic/partition`. */
export type Sources = {
  topics: Topics;
  first: OffsetTable;
  last: OffsetTable;
  trends: Map<string, PartitionTrend>;
  share: Map<string, NonNullable<GroupPartition["share"]>>;
};

type Group = Pick<DescribedGroup, "type" | "members">;

/** Every partition the group has a commit of, holds, or subscribes to. */
export function placesOf(group: Group, committed: Committed[], topics: Topics): Places {
  const places: Places = new Map();
  const add = (topic: string, partition: number) => {
    const partitions = places.get(topic);
    if (partitions) partitions.add(partition);
    else places.set(topic, new Set([partition]));
  };
  for (const { topic, partition } of committed) add(topic, partition);
  for (const member of group.members) {
    for (const { topic, partitions } of heldBy(member, group, topics))
      for (const partition of partitions) add(topic, partition);
    for (const topic of member.subscribed ?? [])
      for (const { partition } of topics.get(topic)?.partitions ?? []) add(topic, partition);
  }
  return places;
}

/** A streams task N reads partition N only of those of its topics that have it. */
function heldBy(member: DescribedMember, { type }: Group, topics: Topics): NonNullable<DescribedMember["assignment"]> {
  const held = member.assignment ?? [];
  if (type !== "streams") return held;
  return held.map(({ topic, partitions }) => {
    const count = topics.get(topic)?.partitions.length ?? 0;
    return { topic, partitions: partitions.filter((partition) => partition < count) };
  });
}

/** A row for each place, by topic and partition. */
export function partitionRows(
  group: Group,
  committed: Committed[],
  places: Places,
  sources: Sources,
): GroupPartition[] {
  const commits = new Map(committed.map((commit) => [`${commit.topic}/${commit.partition}`, commit]));
  const holders = holdersByPlace(group, sources.topics);
  return [...places]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([topic, partitions]) =>
      [...partitions]
        .sort((a, b) => a - b)
        .map((partition) => {
          const key = `${topic}/${partition}`;
          return partitionRow(topic, partition, commits.get(key) ?? null, holders.get(key) ?? null, sources);
        }),
    );
}

/** null: several members hold it, as those of share groups do. */
function holdersByPlace(group: Group, topics: Topics): Map<string, string | null> {
  const holders = new Map<string, string | null>();
  for (const member of group.members) {
    for (const { topic, partitions } of heldBy(member, group, topics)) {
      for (const partition of partitions) {
        const key = `${topic}/${partition}`;
        holders.set(key, holders.has(key) ? null : member.memberId);
      }
    }
  }
  return holders;
}

function partitionRow(
  topic: string,
  partition: number,
  commit: Committed | null,
  memberId: string | null,
  { topics, first, last, trends, share }: Sources,
): GroupPartition {
  const key = `${topic}/${partition}`;
  const known = topics.get(topic);
  const place = known?.partitions.find((one) => one.partition === partition) ?? null;
  const [start, end] = [first.get(topic, partition)?.offset ?? null, last.get(topic, partition)?.offset ?? null];
  const log = start === null || end === null ? null : { start, end };
  const refused = refusal(known?.errorCode ?? 0, { topic: ["Describe", topic] }, null, { topic });
  const told = lagOf(commit, log, !known || (known.errorCode === 0 && place === null));
  // Kafka leaves commits of what may not be described out, as if there were none.
  const { lag, unknown } = refused?.code === "not-authorized" ? ({ lag: null, unknown: "not-asked" } as const) : told;
  const trend = trends.get(key) ?? null;
  return {
    topic,
    topicId: known?.id ?? null,
    partition,
    leader: place?.leader ?? null,
    committed: commit === null || commit.problem !== null ? null : toInt64(commit.offset),
    metadata: commit?.metadata ?? null,
    leaderEpoch: commit?.leaderEpoch ?? null,
    start: orNull(start),
    end: orNull(end),
    lag: orNull(lag),
    unknown,
    ...(lag === 0n ? ALL_READ : lag === null ? UNKNOWN : timeLagIn(trend)),
    memberId,
    lastCommitAt: trend?.lastCommitAt == null ? null : new Date(trend.lastCommitAt).toISOString(),
    trend: trend?.trend ?? [],
    share: share.get(key) ?? null,
    problem: commit?.problem ?? refused ?? last.problemOf(topic, partition) ?? first.problemOf(topic, partition),
  };
}

const orNull = (value: bigint | null): Int64 | null => (value === null ? null : toInt64(value));

const ALL_READ: TimeLag = { timeLagMs: 0, timeLagIs: "exact" };

const timeLagIn = (trend: PartitionTrend | null): TimeLag =>
  trend ? { timeLagMs: trend.timeLagMs, timeLagIs: trend.timeLagIs } : UNKNOWN;

/** The rows with the age of the next record where it was read: `written` in epoch ms, by `topic/partition`. */
export const withAges = (rows: GroupPartition[], written: Map<string, number>, now: number): GroupPartition[] =>
  rows.map((row) => {
    const at = written.get(`${row.topic}/${row.partition}`);
    return at === undefined ? row : { ...row, timeLagMs: Math.max(0, now - at), timeLagIs: "exact" };
  });

/** The age of the oldest of all next records; at least that, where one of a partition that lags is not known. */
export function groupTimeLag(rows: Pick<GroupPartition, "lag" | "timeLagMs" | "timeLagIs">[]): TimeLag {
  const lagging = rows.filter(({ lag }) => lag !== null && lag !== "0");
  if (lagging.length === 0) return rows.length > 0 && rows.every(({ lag }) => lag === "0") ? ALL_READ : UNKNOWN;
  const worst = worstTimeLag(lagging.map(({ timeLagMs, timeLagIs }) => ({ timeLagMs, timeLagIs })));
  const isWhole = lagging.every(({ timeLagMs }) => timeLagMs !== null);
  return worst.timeLagMs === null || isWhole ? worst : { ...worst, timeLagIs: "at-least" };
}

/** The members, each with the lag of what it holds. */
export function memberRows(group: Group, rows: GroupPartition[], topics: Topics): GroupMember[] {
  const lags = new Map(rows.map(({ topic, partition, lag }) => [`${topic}/${partition}`, lag]));
  return group.members.map((member) => {
    const held = heldBy(member, group, topics);
    const { lag } = sumLags(
      held.flatMap(({ topic, partitions }) =>
        partitions.map((partition) => {
          const found = lags.get(`${topic}/${partition}`) ?? null;
          return { lag: found === null ? null : BigInt(found) };
        }),
      ),
    );
    return { ...member, assignment: member.assignment === null ? null : held, lag: orNull(lag) };
  });
}
