import { compileGroupFilter } from "../../api/group-filter.ts";
import {
  type GroupSummary,
  type groupSortKeys,
  groupStates,
  groupTypes,
  type LagStatus,
  lagStatuses,
} from "../../api/groups.ts";

type SortKey = (typeof groupSortKeys)[number];
type Arrangement = {
  search?: string | undefined;
  state?: string | undefined;
  type?: string | undefined;
  status?: string | undefined;
  sort?: string | undefined;
  limit?: string | undefined;
};

/** What each column sorts by: a number, a bigint or a text; null is unknown. */
const keys: Record<SortKey, (group: GroupSummary) => number | bigint | string | null> = {
  groupId: ({ groupId }) => groupId,
  status: ({ status }) => lagStatuses.indexOf(status),
  lag: ({ lag }) => (lag === null ? null : BigInt(lag)),
  timeLagMs: ({ timeLagMs }) => timeLagMs,
  state: ({ state }) => groupStates.indexOf(state),
  type: ({ type }) => groupTypes.indexOf(type),
  members: ({ members }) => members,
  topics: ({ topics }) => topics.length,
};

/**
 * Filtered, sorted and cut to `limit`. Where no order is given the worst status comes first, then the most lag; among equals the
 * name decides. What is unknown comes last, both ways.
 */
export function arrangeGroups(groups: GroupSummary[], query: Arrangement): GroupSummary[] {
  const filter = compileGroupFilter(query.search ?? "");
  const kept = groups.filter(
    (group) =>
      (query.state === undefined || group.state === query.state) &&
      (query.type === undefined || group.type === query.type) &&
      (query.status === undefined || group.status === query.status) &&
      filter.matches(group),
  );
  const order = query.sort === undefined ? worstFirst : by(query.sort);
  const sorted = kept.sort((a, b) => order(a, b) || (a.groupId < b.groupId ? -1 : 1));
  return query.limit === undefined ? sorted : sorted.slice(0, Number(query.limit));
}

type Order = (a: GroupSummary, b: GroupSummary) => number;

const by = (sort: string): Order => {
  const key = keys[sort.replace(/^-/, "") as SortKey];
  const descending = sort.startsWith("-");
  return (a, b) => {
    const [left, right] = [key(a), key(b)];
    if (left === null || right === null) return left === right ? 0 : left === null ? 1 : -1;
    const order = left < right ? -1 : left > right ? 1 : 0;
    return descending ? -order : order;
  };
};

const byStatus = by("status");
const byLag = by("-lag");
const worstFirst: Order = (a, b) => byStatus(a, b) || byLag(a, b);

/** How many groups have each status, those that none has too. */
export function countStatuses(groups: Pick<GroupSummary, "status">[]): Record<LagStatus, number> {
  const counts = Object.fromEntries(lagStatuses.map((status) => [status, 0])) as Record<LagStatus, number>;
  for (const { status } of groups) counts[status]++;
  return counts;
}
