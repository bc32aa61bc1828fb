import type { GroupSummary, HistoryState, LagVerdict } from "../api/groups.ts";

type TimeLag = Pick<GroupSummary, "timeLagMs" | "timeLagIs">;

/** What the history says of a group. */
export type GroupTrend = TimeLag & { verdict: LagVerdict; trend: GroupSummary["trend"] };

/** What it says of one partition of a group. `lastCommitAt` in epoch ms; null: no new commit was seen. */
export type PartitionTrend = TimeLag & { lastCommitAt: number | null; trend: GroupSummary["trend"] };

/**
 * What is known of the groups of one cluster beyond this moment. Whoever keeps the history hands it in: nothing here knows how it
 * is kept. Keys of partitions are `topic/partition`.
 */
export type Trends = {
  state: () => HistoryState;
  /** null: the group was never sampled. */
  group: (groupId: string) => GroupTrend | null;
  partitions: (groupId: string) => Promise<Map<string, PartitionTrend>>;
};
