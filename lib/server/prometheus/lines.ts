import { type LagStatus, lagStatuses } from "../../api/groups.ts";
import type { LagSeries, StatusSpan } from "../../api/lag.ts";
import { type Int64, toInt64 } from "../../api/scalars.ts";
import type { Line } from "./ask.ts";

/** What a line is at each of the times; null where it is nothing, and everywhere for a line that is not there. */
export const valuesAt = (line: Line | undefined, times: number[]): (number | null)[] =>
  times.map((time) => line?.points.get(time) ?? null);

/** A double of Prometheus as a whole number. */
export const wholeOrNull = (value: number | null): Int64 | null =>
  value === null ? null : toInt64(BigInt(Math.round(value)));

/** Change by the second since the point before; null without one. */
const rateOf = (values: (number | null)[], stepMs: number): (number | null)[] =>
  values.map((value, i) => {
    const before = values[i - 1] ?? null;
    return value === null || before === null ? null : (value - before) / (stepMs / 1_000);
  });

/**
 * A series from lag and committed offsets: the commits moved by what was read, and what was written is that and the growth of the
 * lag. Where that were less than nothing, partitions came or went, and nothing is known.
 */
export function seriesOf(
  place: Pick<LagSeries, "topic" | "partition">,
  lag: (number | null)[],
  committed: (number | null)[],
  stepMs: number,
): LagSeries {
  const read = rateOf(committed, stepMs);
  const growth = rateOf(lag, stepMs);
  const written = read.map((rate, i) => {
    const sum = rate === null || growth[i] == null ? null : rate + growth[i];
    return sum !== null && sum < 0 ? null : sum;
  });
  return { ...place, lag: lag.map(wholeOrNull), timeLagMs: lag.map(() => null), written, read };
}

const isStatus = (text: string | undefined): text is LagStatus => lagStatuses.some((status) => status === text);

/** Stretches of one status. The worst counts where replicas do not agree; a time without any ends a stretch. */
export function spansOf(lines: Line[], times: number[], stepMs: number): StatusSpan[] {
  const spans: (StatusSpan & { last: number })[] = [];
  for (const time of times) {
    const found = lines.flatMap(({ labels, points }) =>
      points.has(time) && isStatus(labels.status) ? labels.status : [],
    );
    const status = lagStatuses.find((one) => found.includes(one));
    if (!status) continue;
    const open = spans.at(-1);
    if (open?.status === status && time - open.last === stepMs) open.last = time;
    else spans.push({ from: iso(time), until: null, status, reason: REASON, last: time });
  }
  const newest = times.at(-1);
  return spans.map(({ last, ...span }) => ({ ...span, until: last === newest ? null : iso(last + stepMs) }));
}

const REASON = "As Prometheus keeps it, which keeps no reasons.";
const iso = (time: number): string => new Date(time).toISOString();
