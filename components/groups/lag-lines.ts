import type { LagStatus } from "../../lib/api/groups.ts";
import type { GroupLagHistory, LagSeries, StatusSpan } from "../../lib/api/lag.ts";
import { type ChartBand, type ChartData, type ChartSeries, worstLines } from "../ui/chart/chart-model.ts";

/** What a history tells of each series. */
export type LagMetric = "lag" | "timeLagMs" | "written" | "read";

type History = Pick<GroupLagHistory, "from" | "until" | "times" | "series">;

function nameOf({ topic, partition }: LagSeries, manyTopics: boolean): string {
  if (topic === null) return "all partitions";
  if (partition === null) return topic;
  return manyTopics ? `${topic} ${partition}` : `partition ${partition}`;
}

const range = ({ from, until, times }: History) => ({ from: Date.parse(from), until: Date.parse(until), times });

/** One line for each series of a history. */
export function linesOf(history: History, metric: LagMetric): ChartData {
  const manyTopics = new Set(history.series.map(({ topic }) => topic)).size > 1;
  const lines = history.series.map((series): ChartSeries => {
    const label = nameOf(series, manyTopics);
    return { id: label, label, values: series[metric] };
  });
  return { ...range(history), series: worstLines(lines) };
}

/** What is written and what is read in one chart; for histories of one series. */
export function ratesOf(history: History): ChartData {
  const [series] = history.series;
  return {
    ...range(history),
    series: [
      { id: "written", label: "written", values: series?.written ?? [], colour: 2 },
      { id: "read", label: "read", values: series?.read ?? [], colour: 1 },
    ],
  };
}

const tones: Partial<Record<LagStatus, ChartBand["tone"]>> = {
  stalled: "bad",
  stopped: "bad",
  "falling-behind": "warn",
};

/** The stretches in which something was wrong. */
export const bandsOf = (statuses: readonly StatusSpan[]): ChartBand[] =>
  statuses.flatMap(({ from, until, status }) => {
    const tone = tones[status];
    const end = until === null ? null : Date.parse(until);
    return tone === undefined ? [] : [{ from: Date.parse(from), until: end, tone, word: status.replace("-", " ") }];
  });

/** Whether there is one sample at least. */
export const hasSample = ({ series }: Pick<History, "series">): boolean =>
  series.some(({ lag, written }) => lag.some((value) => value !== null) || written.some((value) => value !== null));

const usualPoints = 360;
const fewestPoints = 60;
/** Points of all lines together: what a browser reads and draws at once without being felt. */
const mostPoints = 40_000;

/** Ms between points for so many series over so long a time; undefined: as the API chooses. */
export function stepFor(series: number, length: number): string | undefined {
  const points = Math.max(fewestPoints, Math.floor(mostPoints / Math.max(1, series)));
  return points >= usualPoints ? undefined : String(Math.ceil(length / points));
}
