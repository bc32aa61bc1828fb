import { chartNumber } from "../../../lib/format.ts";
import type { ChartData } from "./chart-model.ts";

/** A point of a chart as it is drawn: its time, and by `s0`, `s1` … the pixels' figure of each line. */
export type ChartRow = { at: number } & Record<string, number | null>;

/** One row a point. A sample that stands alone between gaps is given a twin beside it: a line needs two points to be seen. */
export function rowsOf({ times, series, from, until }: ChartData): ChartRow[] {
  const twin = (until - from) / 400;
  return times.flatMap((at, place) => {
    const row: ChartRow = { at };
    let alone = false;
    for (const [index, { values }] of series.entries()) {
      const value = values[place] ?? null;
      row[`s${index}`] = value === null ? null : chartNumber(value);
      if (value !== null && (values[place - 1] ?? null) === null && (values[place + 1] ?? null) === null) alone = true;
    }
    return alone ? [row, { ...row, at: at + twin }] : [row];
  });
}
