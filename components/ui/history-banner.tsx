import { Banner } from "@/components/ui/banner";
import type { HistoryState } from "@/lib/api/groups";

/** Why lag has no past here: the history is off, or has a problem. Nothing where all is well, or not known yet. */
export function HistoryBanner({ of: history }: { of: HistoryState | undefined }) {
  if (history === undefined) return null;
  const { problem, source } = history;
  if (problem !== null && problem.code !== "history-off")
    return (
      <Banner tone="warn">
        <b>{problem.title}.</b> {problem.detail} {problem.todo}
      </Banner>
    );
  // Kept, with something to tell: a file that was set aside, a disk that takes nothing. Before the first sample that is only that.
  if (source !== "off")
    return problem?.detail && history.lastSampleAt !== null ? <Banner tone="warn">{problem.detail}</Banner> : null;
  return (
    <Banner tone="plain">
      <b>There is no history of lag.</b> {problem?.detail ?? "It is switched off."} Lag now is right; its course, time
      lag and most statuses are not known.
    </Banner>
  );
}
