import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { groupParams, groupSummary, historyState, lagStatus } from "./groups.ts";
import { clusterParams, listOf } from "./lists.ts";
import { problem } from "./problem.ts";
import { instant, int64 } from "./scalars.ts";

/** Ranges that a picker offers; any other is given by `from` and `until`. */
export const lagRanges = {
  "15m": 900_000,
  "1h": 3_600_000,
  "6h": 21_600_000,
  "24h": 86_400_000,
  "14d": 1_209_600_000,
} as const;
export type LagRange = keyof typeof lagRanges;

const rangeQuery = z.object({
  range: z
    .enum(Object.keys(lagRanges) as [LagRange, ...LagRange[]])
    .optional()
    .describe("Until now. Nothing given, nor `from`: 1h"),
  from: instant.optional().describe("ISO 8601 with its zone, in place of `range`"),
  until: instant.optional().describe("Nothing given: now"),
  step: z
    .string()
    .regex(/^\d{1,9}$/, "must be a whole number of milliseconds.")
    .optional()
    .describe("Milliseconds between points. Nothing given: such that there are at most 360; never finer than was kept"),
});

/** One line of a chart; its points stand at the answer's `times`. null: no sample then. */
export const lagSeries = z.object({
  topic: z.string().nullable().describe("null: the whole group"),
  partition: z.number().int().nullable().describe("null: the whole topic, or group"),
  lag: z.array(int64.nullable()),
  timeLagMs: z.array(z.number().nullable()),
  written: z.array(z.number().nullable()).describe("Records a second since the point before"),
  read: z
    .array(z.number().nullable())
    .describe("Records a second by which commits moved on; negative where they were set back"),
});
export type LagSeries = z.infer<typeof lagSeries>;

const timeline = {
  from: instant,
  until: instant,
  stepMs: z.number().int(),
  times: z.array(z.number().int()).describe("Epoch ms of each point, the oldest first"),
};

export const statusSpan = z.object({
  from: instant,
  until: instant.nullable().describe("null: it still is"),
  status: lagStatus,
  reason: z.string(),
});
export type StatusSpan = z.infer<typeof statusSpan>;

export const groupLagHistory = z.object({
  ...timeline,
  series: z.array(lagSeries),
  statuses: z.array(statusSpan).describe("What the group's status was, the oldest first"),
  history: historyState,
  warnings: z.array(problem),
});
export type GroupLagHistory = z.infer<typeof groupLagHistory>;

export const getGroupLag = endpoint("GET", "/api/clusters/{cluster}/groups/{group}/lag", {
  permission: "groups.read",
  summary: "A group's lag, time lag and rates over time",
  params: groupParams,
  query: rangeQuery.extend({
    by: z
      .enum(["group", "topic", "partition"])
      .optional()
      .describe("A series for each. Nothing given: group. Partitions are kept for 24 hours"),
    topic: z.string().optional().describe("Only this topic's, where `by` is topic or partition"),
  }),
  response: groupLagHistory,
});

/** A group on the board: how it is now, and its worst over the range. */
export const boardGroup = groupSummary
  .pick({
    groupId: true,
    type: true,
    state: true,
    status: true,
    verdict: true,
    lag: true,
    timeLagMs: true,
    timeLagIs: true,
  })
  .extend({
    worstLag: int64.nullable(),
    worstAt: instant.nullable(),
    worstTimeLagMs: z.number().nullable(),
    lagSeries: z.array(int64.nullable()).describe("At the answer's `times`"),
    timeLagSeries: z.array(z.number().nullable()),
  });
export type BoardGroup = z.infer<typeof boardGroup>;

export const lagBoard = listOf(boardGroup).extend({
  ...timeline,
  total: z.number().int().describe("Groups that were sampled in the range"),
  totalLag: z.array(int64.nullable()).describe("Of all groups together, at `times`"),
  history: historyState,
});
export type LagBoard = z.infer<typeof lagBoard>;

export const getLagBoard = endpoint("GET", "/api/clusters/{cluster}/lag", {
  permission: "groups.read",
  summary: "The groups that were furthest behind over a range of time, the worst first",
  params: clusterParams,
  query: rangeQuery.extend({
    by: z.enum(["lag", "timeLag"]).optional().describe("What counts as worst. Nothing given: lag"),
    limit: z
      .string()
      .regex(/^\d{1,3}$/, "must be a whole number of at most 3 digits.")
      .optional()
      .describe("Groups in the answer. Nothing given: 20"),
  }),
  response: lagBoard,
});
