import type { HistoryState } from "../../api/groups.ts";
import type { LagSeries } from "../../api/lag.ts";
import { type Problem, problemOf } from "../../api/problem.ts";
import type { Trends } from "../../kafka/trends.ts";
import type { PrometheusSettings } from "../config-prometheus.ts";
import { timelineOf } from "../history/grid.ts";
import type { BoardAnswer, BoardQuestion, GroupLagAnswer, GroupLagQuestion, HistorySource } from "../history/source.ts";
import type { FamilyName } from "../metrics/families.ts";
import { askAt, askRange, type Line, type Span } from "./ask.ts";
import { seriesOf, spansOf, valuesAt, wholeOrNull } from "./lines.ts";
import { matchersOf, oneOf, selector } from "./promql.ts";

/** What this process itself keeps in memory beside: the newest samples, for lists and alerts. */
export type Sampler = { state: () => HistoryState; trends: Trends };

const milliseconds = (seconds: number | null) => (seconds === null ? null : seconds * 1_000);

/**
 * The history of one cluster as a Prometheus keeps it that scrapes `/metrics`. Lags are doubles there, exact up to 2^53. Time lag is
 * kept of whole groups only; partitions only where `metrics.partitions` is true.
 */
export function prometheusSource(settings: PrometheusSettings, cluster: string, sampler: Sampler): HistorySource {
  const matchers = matchersOf(settings, cluster);
  let problem: Problem | null = null;
  /** Keeps in mind whether the last question was answered, for `state`. */
  const noting = async <T>(work: Promise<T>): Promise<T> => {
    try {
      const answer = await work;
      problem = null;
      return answer;
    } catch (error) {
      const found = problemOf(error);
      if (found && found.code !== "cancelled") problem = found;
      throw error;
    }
  };
  const range = (expression: string, span: Span, signal?: AbortSignal) => askRange(settings, expression, span, signal);
  const of = (family: FamilyName, labels: string[], more: Record<string, string | string[]> = {}) =>
    oneOf(labels, selector(family, { ...matchers, ...more }));

  async function groupLag(question: GroupLagQuestion, signal?: AbortSignal): Promise<GroupLagAnswer> {
    const { groupId, by, topic } = question;
    const timeline = timelineOf(question.from, question.until, question.stepMs, settings.intervalMs);
    const { times, stepMs } = timeline;
    const span = spanOf(times, stepMs);
    if (!span) return { ...timeline, series: [], statuses: [] };
    const group = { group: groupId };
    const statuses = range(of("kafdeck_group_status", ["status"], group), span, signal);
    const series =
      by === "group"
        ? wholeGroup(group, span, times, signal)
        : parts(by, { ...group, ...(topic === null ? {} : { topic }) }, span, times, signal);
    const [lines, found] = await Promise.all([statuses, series]);
    return { ...timeline, series: found, statuses: spansOf(lines, times, stepMs) };
  }

  async function wholeGroup(
    group: { group: string },
    span: Span,
    times: number[],
    signal?: AbortSignal,
  ): Promise<LagSeries[]> {
    const ask = (family: FamilyName) => range(of(family, ["group"], group), span, signal);
    const [lag, age, written, read] = await Promise.all([
      ask("kafdeck_group_lag"),
      ask("kafdeck_group_time_lag_seconds"),
      ask("kafdeck_group_written_per_second"),
      ask("kafdeck_group_read_per_second"),
    ]);
    return [
      {
        topic: null,
        partition: null,
        lag: valuesAt(lag[0], times).map(wholeOrNull),
        timeLagMs: valuesAt(age[0], times).map(milliseconds),
        written: valuesAt(written[0], times),
        read: valuesAt(read[0], times),
      },
    ];
  }

  async function parts(
    by: "topic" | "partition",
    which: Record<string, string>,
    span: Span,
    times: number[],
    signal?: AbortSignal,
  ): Promise<LagSeries[]> {
    const labels = by === "topic" ? ["topic"] : ["topic", "partition"];
    const [lags, commits] = await Promise.all([
      range(of(`kafdeck_group_${by}_lag`, labels, which), span, signal),
      range(of(`kafdeck_group_${by}_committed_offset`, labels, which), span, signal),
    ]);
    const key = (line: Line) => JSON.stringify([line.labels.topic, line.labels.partition]);
    const committed = new Map(commits.map((line) => [key(line), line]));
    return lags
      .map((line) => {
        const { topic = "", partition } = line.labels;
        const place = { topic, partition: partition === undefined ? null : Number(partition) };
        const moved = valuesAt(committed.get(key(line)), times);
        return seriesOf(place, valuesAt(line, times), moved, span.stepMs);
      })
      .sort(byPlace);
  }

  async function board(question: BoardQuestion, signal?: AbortSignal): Promise<BoardAnswer> {
    const timeline = timelineOf(question.from, question.until, question.stepMs, settings.intervalMs);
    const { times, stepMs } = timeline;
    const span = spanOf(times, stepMs);
    if (!span) return { ...timeline, total: 0, totalLag: [], groups: [] };
    const lag = of("kafdeck_group_lag", ["group"]);
    const ranked = question.by === "lag" ? lag : of("kafdeck_group_time_lag_seconds", ["group"]);
    // Prometheus itself finds the worst: only their series travel.
    const over = `[${span.until - span.from + Math.floor(stepMs / 2)}ms:${stepMs}ms]`;
    const [worst, count, totals] = await Promise.all([
      askAt(settings, `topk(${question.limit}, max_over_time((${ranked})${over}))`, span.until, signal),
      askAt(settings, `count(max_over_time((${lag})${over}))`, span.until, signal),
      range(`sum(${lag})`, span, signal),
    ]);
    const order = worst
      .map(({ labels, points }) => ({ group: labels.group ?? "", value: points.values().next().value ?? 0 }))
      .sort((a, b) => b.value - a.value || (a.group < b.group ? -1 : 1));
    const names = { group: order.map(({ group }) => group) };
    const [lags, ages] =
      order.length === 0
        ? [[], []]
        : await Promise.all([
            range(of("kafdeck_group_lag", ["group"], names), span, signal),
            range(of("kafdeck_group_time_lag_seconds", ["group"], names), span, signal),
          ]);
    return {
      ...timeline,
      total: count[0]?.points.values().next().value ?? 0,
      totalLag: valuesAt(totals[0], times).map(wholeOrNull),
      groups: names.group.map((group) => rowOf(group, lags, ages, times)),
    };
  }

  const state = (): HistoryState => {
    const own = sampler.state();
    return { ...own, source: "prometheus", since: null, problem: problem ?? own.problem };
  };
  return {
    kind: "prometheus",
    state,
    trends: { ...sampler.trends, state },
    groupLag: (question, signal) => noting(groupLag(question, signal)),
    board: (question, signal) => noting(board(question, signal)),
  };
}

/** null: there is no point in it. */
function spanOf(times: number[], stepMs: number): Span | null {
  const [from, until] = [times[0], times.at(-1)];
  return from === undefined || until === undefined ? null : { from, until, stepMs };
}

const byPlace = (a: LagSeries, b: LagSeries): number =>
  a.topic === b.topic ? (a.partition ?? 0) - (b.partition ?? 0) : (a.topic ?? "") < (b.topic ?? "") ? -1 : 1;

function rowOf(group: string, lags: Line[], ages: Line[], times: number[]): BoardAnswer["groups"][number] {
  const lag = valuesAt(
    lags.find(({ labels }) => labels.group === group),
    times,
  );
  const age = valuesAt(
    ages.find(({ labels }) => labels.group === group),
    times,
  );
  const worst = worstOf(lag);
  return {
    groupId: group,
    worstLag: wholeOrNull(worst),
    worstAt: worst === null ? null : (times[lag.indexOf(worst)] ?? null),
    worstTimeLagMs: milliseconds(worstOf(age)),
    lagSeries: lag.map(wholeOrNull),
    timeLagSeries: age.map(milliseconds),
  };
}

const worstOf = (values: (number | null)[]): number | null =>
  values.reduce((worst, value) => (value !== null && (worst === null || value > worst) ? value : worst), null);
