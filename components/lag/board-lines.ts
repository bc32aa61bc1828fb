import type { BoardGroup, LagBoard } from "../../lib/api/lag.ts";
import { chartNumber } from "../../lib/format.ts";
import { type ChartData, mostLines } from "../ui/chart/chart-model.ts";

type Board = Pick<LagBoard, "from" | "until" | "times" | "items" | "totalLag">;

const range = ({ from, until, times }: Board) => ({ from: Date.parse(from), until: Date.parse(until), times });

/** Lag of all groups together. */
export const totalOf = (board: Board): ChartData => ({
  ...range(board),
  series: [{ id: "total", label: "all groups", values: board.totalLag }],
});

/** The groups that were worst, as many as are told apart by colour; in the order of the board. */
export const worstOf = (board: Board, by: "lag" | "timeLag"): ChartData => ({
  ...range(board),
  series: board.items.slice(0, mostLines).map((group) => ({
    id: group.groupId,
    label: group.groupId,
    values: by === "lag" ? group.lagSeries : group.timeLagSeries,
  })),
});

const sparkPoints = 56;

/**
 * A series in few points on its own scale, 100 the largest, as a sparkline draws it: each is the largest of its stretch, so that no
 * peak is lost; null where there was no sample in it.
 */
export function sparkOf({ lagSeries, timeLagSeries }: BoardGroup, by: "lag" | "timeLag"): (number | null)[] {
  const values =
    by === "lag" ? lagSeries.map((value) => (value === null ? null : chartNumber(value))) : [...timeLagSeries];
  const known = values.filter((value) => value !== null);
  const largest = Math.max(0, ...known);
  const length = Math.min(sparkPoints, values.length);
  return Array.from({ length }, (_, at) => {
    const [first, end] = [at, at + 1].map((place) => Math.floor((place * values.length) / length));
    const part = values.slice(first, end).filter((value) => value !== null);
    if (part.length === 0) return null;
    return largest === 0 ? 0 : Math.round((Math.max(...part) / largest) * 100);
  });
}
