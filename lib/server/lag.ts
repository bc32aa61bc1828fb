import type { z } from "zod";
import type { GroupSummary } from "../api/groups.ts";
import {
  type BoardGroup,
  type GroupLagHistory,
  type getGroupLag,
  type getLagBoard,
  type LagBoard,
  lagRanges,
} from "../api/lag.ts";
import { makeProblem, type Problem, ProblemError, problemOf } from "../api/problem.ts";
import type { Cluster } from "../kafka/cluster.ts";
import { listGroups } from "../kafka/groups.ts";
import { presentVerdict } from "../kafka/plan/lag-status.ts";
import { timelineOf } from "./history/grid.ts";
import type { BoardRow, Timeline } from "./history/source.ts";
import { type History, historyOf } from "./history.ts";

type Query<E extends { query: unknown }> = z.output<NonNullable<E["query"]> & z.ZodType>;
type RangeQuery = Pick<Query<typeof getGroupLag>, "range" | "from" | "until" | "step">;

const DEFAULT_RANGE = "1h";
const DEFAULT_LIMIT = 20;
const MINUTE_MS = 60_000;

/** What a chart is of, in epoch ms. Throws bad-request, which names the field. */
export function rangeOf({ range, from, until, step }: RangeQuery, now: number) {
  if (range !== undefined && from !== undefined)
    throw new ProblemError("bad-request", "In the query: range and from cannot be given together.", { field: "range" });
  const end = until === undefined ? now : instantOf(until, "until");
  const start = from === undefined ? end - lagRanges[range ?? DEFAULT_RANGE] : instantOf(from, "from");
  if (start >= end)
    throw new ProblemError(
      "bad-request",
      "In the query, from: must be before until, which is now where it is not given.",
      {
        field: "from",
      },
    );
  if (step !== undefined && Number(step) === 0)
    throw new ProblemError("bad-request", "In the query, step: must be at least 1.", { field: "step" });
  return { from: start, until: end, stepMs: step === undefined ? null : Number(step) };
}

/** A time without a zone could be any of a day. */
const ZONED = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/;

function instantOf(text: string, field: string): number {
  const at = ZONED.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at))
    throw new ProblemError("bad-request", `In the query, ${field}: must be a time as 2026-11-22T18:00:00Z.`, { field });
  return at;
}

const toTimeline = ({ from, until, stepMs, times }: Timeline) => ({
  from: new Date(from).toISOString(),
  until: new Date(until).toISOString(),
  stepMs,
  times,
});

/**
 * A group's lag, ages and rates over time. Of a group that was never sampled there is no line. Throws bad-request, and what the
 * source could not do; where the history is off, that is told beside an empty answer.
 */
export async function readGroupLag(
  cluster: Cluster,
  groupId: string,
  query: Query<typeof getGroupLag>,
  signal: AbortSignal,
): Promise<GroupLagHistory> {
  const history = historyOf(cluster);
  const range = rangeOf(query, Date.now());
  if (history.kind === "off") return { ...nothing(range, history), series: [], statuses: [] };
  const question = { groupId, ...range, by: query.by ?? "group", topic: query.topic ?? null };
  const { series, statuses, ...timeline } = await history.groupLag(question, signal);
  return { ...toTimeline(timeline), series, statuses, history: history.state(), warnings: [] };
}

const nothing = (range: ReturnType<typeof rangeOf>, history: History) => ({
  ...toTimeline({ ...timelineOf(range.from, range.until, range.stepMs, MINUTE_MS), times: [] }),
  history: history.state(),
  warnings: [] as Problem[],
});

/** The groups that were furthest behind, with how they are now. A cluster that does not answer is told as a warning. */
export async function readLagBoard(
  cluster: Cluster,
  query: Query<typeof getLagBoard>,
  signal: AbortSignal,
): Promise<LagBoard> {
  const history = historyOf(cluster);
  const range = rangeOf(query, Date.now());
  if (history.kind === "off") return { ...nothing(range, history), items: [], total: 0, totalLag: [] };
  const limit = query.limit === undefined ? DEFAULT_LIMIT : Number(query.limit);
  const [board, now] = await Promise.all([
    history.board({ ...range, by: query.by ?? "lag", limit }, signal),
    groupsNow(cluster, history, signal),
  ]);
  const { groups, total, totalLag, ...timeline } = board;
  return {
    ...toTimeline(timeline),
    items: groups.map((row) => toItem(row, now.groups.get(row.groupId))),
    warnings: now.warnings,
    total,
    totalLag,
    history: history.state(),
  };
}

async function groupsNow(cluster: Cluster, history: History, signal: AbortSignal) {
  try {
    const { items, warnings } = await listGroups(cluster, {}, history.trends, signal);
    return { groups: new Map(items.map((group) => [group.groupId, group])), warnings };
  } catch (error) {
    const problem = problemOf(error);
    if (!problem || problem.code === "cancelled") throw error;
    return { groups: new Map<string, GroupSummary>(), warnings: [makeProblem(problem.code, problem.detail)] };
  }
}

/** A group that is not there any more, or cannot be asked, has only its past. */
function toItem(
  { groupId, worstLag, worstAt, worstTimeLagMs, lagSeries, timeLagSeries }: BoardRow,
  group: GroupSummary | undefined,
): BoardGroup {
  const past = {
    worstLag,
    worstAt: worstAt === null ? null : new Date(worstAt).toISOString(),
    worstTimeLagMs,
    lagSeries,
    timeLagSeries,
  };
  if (!group) {
    const verdict = {
      ...presentVerdict({ members: null, lag: null, lagUnknown: 0 }),
      reason: "The group is not there now.",
    };
    return {
      groupId,
      type: "classic",
      state: "Unknown",
      status: verdict.status,
      verdict,
      lag: null,
      timeLagMs: null,
      timeLagIs: null,
      ...past,
    };
  }
  const { type, state, status, verdict, lag, timeLagMs, timeLagIs } = group;
  return { groupId, type, state, status, verdict, lag, timeLagMs, timeLagIs, ...past };
}
