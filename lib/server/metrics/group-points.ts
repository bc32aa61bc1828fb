import type { GroupReading, GroupsReading } from "../../kafka/group-readings.ts";
import { type GroupLag, lagOf, lagsOf } from "../../kafka/plan/lag.ts";
import { presentVerdict } from "../../kafka/plan/lag-status.ts";
import type { Trends } from "../../kafka/trends.ts";
import type { MetricsSettings } from "../config-metrics.ts";
import type { FamilyName, Point } from "./families.ts";

type Options = Pick<MetricsSettings, "matches" | "partitions" | "series">;

/** A Prometheus sample is a double, so what is above 2^53 is rounded here and nowhere else. */
const rounded = (value: bigint): number => Number(value);

/** A list of points that takes only whole things, until it is full. */
type Room = { points: Point[]; left: number; omitted: Map<string, number> };

/** All of them, or none where there is no room: a group with half of its series would look healthy. */
function put(room: Room, kind: string, points: Point[]): void {
  if (points.length > room.left) {
    room.omitted.set(kind, (room.omitted.get(kind) ?? 0) + 1);
    return;
  }
  room.left -= points.length;
  room.points.push(...points);
}

const byName =
  <T>(name: (one: T) => string) =>
  (a: T, b: T) =>
    name(a) < name(b) ? -1 : 1;

/**
 * What one reading of the groups says, in series. Where `options.series` are not enough, groups come first, then topics, then
 * topics of groups, then partitions, each in the order of names (so that the same ones are left out every time), and
 * `kafdeck_omitted` counts what is missing. What is not known has no series.
 */
export function groupPoints(
  cluster: string,
  reading: GroupsReading,
  trends: Trends,
  topicRates: ReadonlyMap<string, number>,
  options: Options,
): Point[] {
  const room: Room = { points: [], left: options.series, omitted: new Map() };
  const lags = lagsOf(reading);
  const groups = reading.groups.filter(({ groupId }) => options.matches(groupId)).sort(byName((one) => one.groupId));
  for (const group of groups)
    put(room, "group", pointsOfGroup(cluster, group, lags.get(group.groupId) ?? null, trends));
  const unanswered = new Set([...lags.values()].flatMap((lag) => [...lag.unanswered]));
  for (const [topic, end] of endsOf(reading, unanswered)) {
    const rate = topicRates.get(topic);
    put(room, "topic", [
      { family: "kafdeck_topic_end_offset", labels: { cluster, topic }, value: rounded(end) },
      ...maybe("kafdeck_topic_written_per_second", { cluster, topic }, rate ?? null),
    ]);
  }
  for (const group of groups) putTopics(room, cluster, group, reading, unanswered);
  if (options.partitions) for (const group of groups) putPartitions(room, cluster, group, reading);
  const omitted = [...room.omitted].map(
    ([kind, value]): Point => ({ family: "kafdeck_omitted", labels: { cluster, kind }, value }),
  );
  return [...room.points, ...omitted];
}

const maybe = (family: FamilyName, labels: Record<string, string>, value: number | null): Point[] =>
  value === null ? [] : [{ family, labels, value }];

function pointsOfGroup(cluster: string, group: GroupReading, lag: GroupLag | null, trends: Trends): Point[] {
  const { groupId, members, type, state } = group;
  const labels = { cluster, group: groupId };
  const trend = trends.group(groupId);
  const facts = { members, lag: lag?.lag ?? null, lagUnknown: lag?.unknown ?? 0 };
  const verdict = trend?.verdict ?? presentVerdict(facts);
  return [
    // A gap in a line is seen as one; a sum without what could not be asked looks like records that were read.
    ...maybe("kafdeck_group_lag", labels, facts.lag === null || !isWhole(group, lag) ? null : rounded(facts.lag)),
    { family: "kafdeck_group_lag_unknown_partitions", labels, value: facts.lagUnknown },
    ...maybe("kafdeck_group_time_lag_seconds", labels, trend?.timeLagMs == null ? null : trend.timeLagMs / 1_000),
    ...maybe("kafdeck_group_written_per_second", labels, verdict.written),
    ...maybe("kafdeck_group_read_per_second", labels, verdict.read),
    ...maybe("kafdeck_group_members", labels, members),
    { family: "kafdeck_group_state", labels: { ...labels, type, state }, value: 1 },
    { family: "kafdeck_group_status", labels: { ...labels, status: verdict.status }, value: 1 },
  ];
}

/** Whether all of a group could be asked. */
const isWhole = ({ committed }: GroupReading, lag: GroupLag | null): boolean =>
  committed !== null && lag?.unanswered.size === 0;

/** Over the partitions whose ends are known, by topic in the order of names; without topics of which an end could not be asked. */
function endsOf({ logs }: GroupsReading, unanswered: ReadonlySet<string>): [string, bigint][] {
  const ends = new Map<string, bigint>();
  for (const [place, { end }] of logs) {
    const topic = place.slice(0, place.lastIndexOf("/"));
    if (unanswered.has(topic)) continue;
    ends.set(topic, (ends.get(topic) ?? 0n) + end);
  }
  return [...ends].sort(byName(([topic]) => topic));
}

/** The commits whose lag is known, with it. */
function known({ committed }: GroupReading, { logs, gone }: GroupsReading) {
  return (committed ?? []).flatMap((commit) => {
    const { topic, partition, offset } = commit;
    const { lag } = lagOf(commit, logs.get(`${topic}/${partition}`) ?? null, gone.has(topic));
    return lag === null ? [] : [{ topic, partition, offset, lag }];
  });
}

function putTopics(
  room: Room,
  cluster: string,
  group: GroupReading,
  reading: GroupsReading,
  unanswered: ReadonlySet<string>,
): void {
  const topics = new Map<string, { lag: bigint; offset: bigint }>();
  for (const { topic, lag, offset } of known(group, reading)) {
    if (unanswered.has(topic)) continue;
    const sum = topics.get(topic) ?? { lag: 0n, offset: 0n };
    topics.set(topic, { lag: sum.lag + lag, offset: sum.offset + offset });
  }
  for (const [topic, sum] of [...topics].sort(byName(([name]) => name))) {
    const labels = { cluster, group: group.groupId, topic };
    put(room, "group_topic", [
      { family: "kafdeck_group_topic_lag", labels, value: rounded(sum.lag) },
      { family: "kafdeck_group_topic_committed_offset", labels, value: rounded(sum.offset) },
    ]);
  }
}

function putPartitions(room: Room, cluster: string, group: GroupReading, reading: GroupsReading): void {
  for (const { topic, partition, lag, offset } of known(group, reading)) {
    const labels = { cluster, group: group.groupId, topic, partition: String(partition) };
    put(room, "group_partition", [
      { family: "kafdeck_group_partition_lag", labels, value: rounded(lag) },
      { family: "kafdeck_group_partition_committed_offset", labels, value: rounded(offset) },
    ]);
  }
}

/** What rates are worked out from: the ends of an earlier reading. */
export type EarlierEnds = { at: number; logs: GroupsReading["logs"]; rates: Map<string, number> };

/** Readings that are nearer to each other than this give no rate: one record more would look like many. */
const SHORTEST_MS = 5_000;

/**
 * Records a second by topic between two readings, over the partitions that both know; with only one reading none. A log that was
 * made anew in between has no rate.
 */
export function nextEnds(earlier: EarlierEnds | null, { at, logs }: Pick<GroupsReading, "at" | "logs">): EarlierEnds {
  if (!earlier || at < earlier.at) return { at, logs, rates: new Map() };
  if (at - earlier.at < SHORTEST_MS) return earlier;
  const rates = new Map<string, number>();
  for (const [place, { end }] of logs) {
    const before = earlier.logs.get(place);
    if (!before || end < before.end) continue;
    const topic = place.slice(0, place.lastIndexOf("/"));
    rates.set(topic, (rates.get(topic) ?? 0) + rounded(end - before.end) / ((at - earlier.at) / 1_000));
  }
  return { at, logs, rates };
}
