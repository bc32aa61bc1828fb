import type { HistoryState } from "../../api/groups.ts";
import { makeProblem, ProblemError } from "../../api/problem.ts";
import type { HistorySource } from "./source.ts";

/** A source that knows nothing, and says why. */
export function offSource(why: string): HistorySource {
  const state: HistoryState = {
    source: "off",
    sampling: false,
    sampleEveryMs: null,
    lastSampleAt: null,
    since: null,
    problem: makeProblem("history-off", why),
  };
  const refuse = () => Promise.reject(new ProblemError("history-off", why));
  return {
    kind: "off",
    state: () => state,
    trends: { state: () => state, group: () => null, partitions: async () => new Map() },
    groupLag: refuse,
    board: refuse,
  };
}
