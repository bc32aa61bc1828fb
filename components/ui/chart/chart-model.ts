import { chartNumber, compact, duration, integer, timeParts, type Whole, type Zone } from "../../../lib/format.ts";

/** What a chart measures: whole records, records a second, or milliseconds. */
export type ChartUnit = "records" | "rate" | "time";

/** One line. Digits of an int64 stay digits: a pixel may be rounded, a label may not. */
export type ChartSeries = {
  id: string;
  label: string;
  /** At the chart's times; null: no sample, a gap in the line. */
  values: readonly (Whole | null)[];
  /** Which of the eight colours (1 to 8), or 0 for what stands for many. Nothing given: its place among the lines. */
  colour?: number;
};

/** A stretch of time that is marked behind the lines. `until` null: it goes on. Epoch ms. */
export type ChartBand = { from: number; until: number | null; tone: "warn" | "bad"; word: string };

/** Lines of a chart, with the times of its points in epoch ms. */
export type ChartData = { from: number; until: number; times: readonly number[]; series: readonly ChartSeries[] };

/** The first line is whole, the others are dashed each in its own way: colour is never the only difference. */
export const dashes = [undefined, "4 3", "8 3", "2 2", "9 3 2 3", "12 4", "1 3", "6 2 1 2 1 2"] as const;
const othersDash = "1 2";

export type LineLook = { stroke: string; dash: string | undefined };

/** How the line at a place of a chart is drawn. */
export function lineLook({ colour }: ChartSeries, at: number): LineLook {
  if (colour === 0) return { stroke: "var(--muted)", dash: othersDash };
  return { stroke: `var(--s${colour ?? (at % dashes.length) + 1})`, dash: dashes[at % dashes.length] };
}

const rateFigure = (value: number): string =>
  Math.abs(value) < 10 && !Number.isInteger(value)
    ? value.toFixed(1).replace("-", "\u2212")
    : integer(Math.round(value));

/** Nothing behind is so in seconds, as in every table. */
const span = (milliseconds: number): string => (milliseconds === 0 ? "0\u00a0s" : duration(milliseconds));

/** A figure in full, as legends and tables have it. */
export const figure = {
  records: (value: Whole) => integer(value),
  rate: (value: Whole) => rateFigure(chartNumber(value)),
  time: (value: Whole) => span(Math.round(chartNumber(value))),
} as const satisfies Record<ChartUnit, (value: Whole) => string>;

const small = (value: number): string => String(Number(value.toFixed(2)));

/** The same short, for the axis. */
export const axisFigure = {
  records: (value: number) => compact(Math.round(value)),
  rate: (value: number) => (value < 10 ? small(value) : compact(Math.round(value))),
  time: (value: number) => (value === 0 ? "0" : duration(Math.round(value)).replace(".0", "")),
} as const satisfies Record<ChartUnit, (value: number) => string>;

const roundSteps = [1, 1.5, 2, 3, 4, 5, 6, 8, 10];
const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const timeSteps = [
  ...[10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 20, 30].map((count) => count * second),
  ...[1, 2, 5, 10, 20, 30].map((count) => count * minute),
  ...[1, 2, 4, 8].map((count) => count * hour),
  ...[1, 2, 3, 5, 10, 20, 50, 100, 200, 500, 1000, 5000].map((count) => count * day),
];
/** Steps between the lines; with the one at 0 there are four. */
const steps = 3;

function stepFor(largest: number, unit: ChartUnit): number {
  const least = largest / steps;
  if (unit === "time") return timeSteps.find((step) => step >= least) ?? least;
  if (unit === "records" && least <= 1) return 1;
  const power = 10 ** Math.floor(Math.log10(least));
  const round = roundSteps.find((step) => step * power >= least * (1 - 1e-9)) ?? 10;
  // Half a record is no place on an axis of records.
  const step = Number((round * power).toPrecision(3));
  return unit === "records" ? Math.ceil(step) : step;
}

/** Where the four lines of the grid are: from 0 up to a round figure that the largest value does not pass. */
export function axisTicks(largest: number, unit: ChartUnit): number[] {
  const step = largest > 0 ? stepFor(largest, unit) : unit === "time" ? second : 1;
  return Array.from({ length: steps + 1 }, (_, at) => Number((at * step).toPrecision(12)));
}

/** The largest value of all lines; 0 where there is none. */
export function largestOf(series: readonly ChartSeries[]): number {
  let largest = 0;
  for (const { values } of series)
    for (const value of values) if (value !== null) largest = Math.max(largest, chartNumber(value));
  return largest;
}

const clockSteps = [
  ...[1, 5, 10, 15, 30].map((count) => count * second),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * minute),
  ...[1, 2, 3, 6, 12].map((count) => count * hour),
  ...[1, 2, 3, 4, 7, 14, 30].map((count) => count * day),
];
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** `22 Nov` of a date such as 2026-11-22. */
function dayWord(date: string): string {
  const [, month = "1", day = "1"] = date.split("-");
  return `${Number(day)} ${months[Number(month) - 1]}`;
}

/** A moment among words, as short as a chart from `from` to `until` lets it be understood: `18:00`, `22 Nov 18:00`, `22 Nov`. */
export function momentWord(at: number, { from, until }: { from: number; until: number }, zone: Zone): string {
  const parts = timeParts(at, zone);
  if (parts === null) return "";
  const dates = [from, until].map((each) => timeParts(each, zone)?.date);
  const time = parts.time.slice(0, 5);
  if (dates.every((date) => date === parts.date)) return time;
  return until - from > 3 * day ? dayWord(parts.date) : `${dayWord(parts.date)} ${time}`;
}

/** Minutes east of Greenwich at a moment. */
const offsetAt = (epoch: number, zone: Zone): number => (zone === "utc" ? 0 : -new Date(epoch).getTimezoneOffset());

/**
 * Round times of the clock between two moments, at most `most`, with what to write below each: the time, or the day where
 * it begins. `offsetMinutes` is for tests.
 */
export function timeTicks(
  { from, until }: { from: number; until: number },
  most: number,
  zone: Zone,
  offsetMinutes = offsetAt(until, zone),
): { at: number; label: string }[] {
  const step = clockSteps.find((each) => (until - from) / each <= most) ?? 30 * day;
  const shift = offsetMinutes * minute;
  const first = Math.ceil((from + shift) / step) * step - shift;
  const count = Math.max(0, Math.floor((until - first) / step) + 1);
  return Array.from({ length: count }, (_, place) => {
    const at = first + place * step;
    return { at, label: tickWord(at, step, zone, offsetMinutes) };
  });
}

function tickWord(at: number, step: number, zone: Zone, offsetMinutes: number): string {
  const parts = timeParts(at, zone, offsetMinutes);
  if (parts === null) return "";
  if (step >= day || parts.time.startsWith("00:00:00")) return dayWord(parts.date);
  return parts.time.slice(0, step < minute ? 8 : 5);
}

/** The point next to a moment: its place in `times`, which rise. -1 where there is none. */
export function nearest(times: readonly number[], at: number): number {
  let low = 0;
  let high = times.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  const [before = Number.NEGATIVE_INFINITY, after = Number.NEGATIVE_INFINITY] = [times[low - 1], times[low]];
  return low > 0 && at - before < after - at ? low - 1 : times.length === 0 ? -1 : low;
}

/** The newest sample of a line; a last point or two that are still being taken are passed over. Null: there is none. */
export const lastValue = ({ values }: ChartSeries): Whole | null =>
  values.slice(-3).findLast((value) => value !== null) ?? null;

/** How many lines are told apart by colour. */
export const mostLines = dashes.length;

/**
 * The lines with the largest newest value (or, without one, the largest ever), and one that none of the rest passes: their sum would
 * dwarf the lines beside it.
 */
export function worstLines(series: readonly ChartSeries[], most = mostLines): ChartSeries[] {
  if (series.length <= most) return [...series];
  const newest = new Map(series.map((line) => [line, chartNumber(lastValue(line) ?? -1)]));
  const peak = new Map(series.map((line) => [line, largestOf([line])]));
  const by = (key: Map<ChartSeries, number>, a: ChartSeries, b: ChartSeries) => (key.get(b) ?? 0) - (key.get(a) ?? 0);
  const ranked = [...series].sort((a, b) => by(newest, a, b) || by(peak, a, b));
  const rest = ranked.slice(most - 1);
  const values = (series[0]?.values ?? []).map((_, at) => largestAt(rest, at));
  return [
    ...ranked.slice(0, most - 1),
    { id: "others", label: `largest of ${integer(rest.length)} others`, values, colour: 0 },
  ];
}

function largestAt(series: readonly ChartSeries[], at: number): Whole | null {
  let largest: Whole | null = null;
  for (const { values } of series) {
    const value = values[at] ?? null;
    if (value !== null && (largest === null || chartNumber(value) > chartNumber(largest))) largest = value;
  }
  return largest;
}
