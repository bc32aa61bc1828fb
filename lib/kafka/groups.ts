import type { GroupList, GroupSummary, GroupType, TopicGroup, TopicGroupList } from "../api/groups.ts";
import { ProblemError } from "../api/problem.ts";
import { isOn, toInt64 } from "../api/scalars.ts";
import type { Cluster } from "./cluster.ts";
import { type GroupReading, type GroupsReading, sharedGroups } from "./group-readings.ts";
import { readMetadata } from "./metadata.ts";
import { arrangeGroups, countStatuses } from "./plan/group-list.ts";
import { type GroupLag, type LagSum, lagsOf } from "./plan/lag.ts";
import { presentVerdict } from "./plan/lag-status.ts";
import type { Trends } from "./trends.ts";

/** Lists may be this old: where there is a history, its sampler reads all groups more often than that. */
export const GROUPS_AGE_MS = 15_000;

type Flag = "true" | "false" | "1" | "0" | undefined;
type ListQuery = {
  search?: string | undefined;
  state?: GroupSummary["state"] | undefined;
  type?: GroupType | undefined;
  status?: GroupSummary["status"] | undefined;
  sort?: string | undefined;
  limit?: string | undefined;
  fresh?: Flag;
};

/** The groups of a cluster from the shared reading, with what the history knows of them. Asks no broker where that is young enough. */
export async function listGroups(
  cluster: Cluster,
  query: ListQuery,
  trends: Trends,
  signal?: AbortSignal,
): Promise<GroupList> {
  const { data, snapshot } = await sharedGroups(cluster, isOn(query.fresh) ? 0 : GROUPS_AGE_MS, signal);
  const rows = data.groups.map((group) => summaryOf(group, known(lagIn(data, group)), trends));
  return {
    items: arrangeGroups(rows, query),
    warnings: data.problems,
    snapshot,
    total: rows.length,
    statuses: countStatuses(rows),
    history: trends.state(),
  };
}

const NO_LAG: GroupLag = { lag: null, unknown: 0, byTopic: new Map(), unanswered: new Set() };

const lagIn = (reading: GroupsReading, { groupId }: GroupReading): GroupLag => lagsOf(reading).get(groupId) ?? NO_LAG;

const known = ({ lag, unknown, byTopic }: GroupLag): KnownLag => ({ lag, unknown, topics: [...byTopic.keys()] });

/** A group's lag, and the topics it is about, sorted. */
type KnownLag = LagSum & { topics: string[] };

/** One row. A group that was never sampled has what can be told of the present alone. */
export function summaryOf(group: GroupReading, sum: KnownLag, trends: Trends): GroupSummary {
  const { groupId, type, state, protocolType, assignor, coordinator, members, problems } = group;
  const { lag, unknown, topics } = sum;
  const trend = trends.group(groupId);
  const verdict = trend?.verdict ?? presentVerdict({ members, lag, lagUnknown: unknown });
  return {
    groupId,
    type,
    state,
    protocolType,
    assignor,
    coordinator,
    members,
    topics,
    lag: lag === null ? null : toInt64(lag),
    lagUnknown: unknown,
    ...timeLagNow(sum, trend),
    status: verdict.status,
    verdict,
    trend: trend?.trend ?? [],
    problems,
  };
}

/** Where all was read the next record is not written yet, whatever the last sample saw. */
const timeLagNow = (
  { lag, unknown }: LagSum,
  sampled: Pick<GroupSummary, "timeLagMs" | "timeLagIs"> | null,
): Pick<GroupSummary, "timeLagMs" | "timeLagIs"> =>
  lag === 0n && unknown === 0
    ? { timeLagMs: 0, timeLagIs: "exact" }
    : { timeLagMs: sampled?.timeLagMs ?? null, timeLagIs: sampled?.timeLagIs ?? null };

/**
 * The groups that read a topic, or have commits of it, the one with the most lag in it first. Of a topic that is gone those that
 * still have commits. Throws topic-not-found where neither the cluster nor any group knows it.
 */
export async function listTopicGroups(
  cluster: Cluster,
  topic: string,
  trends: Trends,
  signal?: AbortSignal,
): Promise<TopicGroupList> {
  const [{ data, snapshot }, metadata] = await Promise.all([
    sharedGroups(cluster, GROUPS_AGE_MS, signal),
    readMetadata(cluster, signal),
  ]);
  const items = data.groups.flatMap((group): TopicGroup[] => {
    const lags = lagIn(data, group);
    const own = lags.byTopic.get(topic);
    if (!own) return [];
    return [
      {
        ...summaryOf(group, known(lags), trends),
        topicLag: own.lag === null ? null : toInt64(own.lag),
        topicLagUnknown: own.unknown,
        topicMembers: group.holders === null ? null : (group.holders.get(topic) ?? 0),
        partitions: own.committed,
      },
    ];
  });
  if (items.length === 0 && !metadata.data.topics.some(({ name }) => name === topic))
    throw new ProblemError("topic-not-found", topic, { topic });
  return { items: items.sort(mostLag), warnings: data.problems, snapshot, history: trends.state() };
}

function mostLag(a: TopicGroup, b: TopicGroup): number {
  if (a.topicLag === null || b.topicLag === null)
    return a.topicLag === b.topicLag ? byName(a, b) : a.topicLag === null ? 1 : -1;
  const [left, right] = [BigInt(a.topicLag), BigInt(b.topicLag)];
  return left === right ? byName(a, b) : left > right ? -1 : 1;
}

const byName = (a: TopicGroup, b: TopicGroup): number => (a.groupId < b.groupId ? -1 : 1);
