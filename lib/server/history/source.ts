import type { HistoryState } from "../../api/groups.ts";
import type { LagSeries, StatusSpan } from "../../api/lag.ts";
import type { Int64 } from "../../api/scalars.ts";
import type { Trends } from "../../kafka/trends.ts";

/** Times in epoch ms; points stand at multiples of `stepMs`, from the first after `from` to the last at or before `until`. */
export type Timeline = { from: number; until: number; stepMs: number; times: number[] };

/** What a chart of one group asks. */
export type GroupLagQuestion = {
  groupId: string;
  from: number;
  until: number;
  /** null: such that there are at most 360 points; never finer than was kept. */
  stepMs: number | null;
  by: "group" | "topic" | "partition";
  /** Only of this topic; null: of all. Not for `by: "group"`. */
  topic: string | null;
};
export type GroupLagAnswer = Timeline & { series: LagSeries[]; statuses: StatusSpan[] };

export type BoardQuestion = {
  from: number;
  until: number;
  stepMs: number | null;
  by: "lag" | "timeLag";
  /** Groups in the answer, the worst first. */
  limit: number;
};
export type BoardRow = {
  groupId: string;
  worstLag: Int64 | null;
  /** Epoch ms. */
  worstAt: number | null;
  worstTimeLagMs: number | null;
  lagSeries: (Int64 | null)[];
  timeLagSeries: (number | null)[];
};
export type BoardAnswer = Timeline & { total: number; totalLag: (Int64 | null)[]; groups: BoardRow[] };

/**
 * Where the history of one cluster is read from. Made by whoever keeps it: SQLite (lib/server/history) or Prometheus. Questions
 * reject with a ProblemError: `history-off` where there is none, `history-busy` where it does not answer yet, and whatever the keeper
 * could not do.
 */
export type HistorySource = {
  kind: HistoryState["source"];
  state: () => HistoryState;
  trends: Trends;
  groupLag: (question: GroupLagQuestion, signal?: AbortSignal) => Promise<GroupLagAnswer>;
  board: (question: BoardQuestion, signal?: AbortSignal) => Promise<BoardAnswer>;
};
