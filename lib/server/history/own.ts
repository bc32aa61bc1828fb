import type { HistoryState } from "../../api/groups.ts";
import { makeProblem, ProblemError } from "../../api/problem.ts";
import type { Cluster } from "../../kafka/cluster.ts";
import type { GroupTrend } from "../../kafka/trends.ts";
import type { Sampled } from "../history.ts";
import { log } from "../log.ts";
import type { KeeperStatus, Turn } from "./keeper.ts";
import { startSampler } from "./sampler.ts";
import type { HistorySource } from "./source.ts";
import { askThread, type Thread } from "./thread.ts";
import { type Told, trendAt } from "./told.ts";

/** What this process knows of one cluster's history, and how it comes by it. */
export type Own = {
  source: HistorySource;
  leads: () => boolean;
  onSample: (told: (sampled: Sampled) => void) => () => void;
  readNote: (key: string) => Promise<string | null>;
  keepNote: (key: string, text: string) => Promise<boolean>;
  stop: () => void;
};

/** A thread that does not answer within this is not waited for. */
const PATIENCE_MS = 10_000;
/** What was sampled longer ago, in samples, says nothing of now. */
const STALE_SAMPLES = 6;

/** Samples a cluster from now on. The thread is shared by all clusters. */
export function startOwn(cluster: Cluster, everyMs: number, thread: Thread): Own {
  let leads = false;
  let told: Told | null = null;
  let places = new Map<string, number>();
  let status: KeeperStatus | null = null;
  const listeners = new Set<(sampled: Sampled) => void>();
  const take = (turn: Turn) => {
    leads = turn.leads;
    status = turn.status;
    if (turn.told === null) return;
    told = turn.told;
    places = new Map(told.groups.map(({ groupId }, place) => [groupId, place]));
    const sampled = sampledOf(cluster.name, told);
    for (const listener of listeners) listener(sampled);
  };
  const sampler = startSampler(cluster, everyMs, thread, take);
  const state = () => stateOf(status, leads, everyMs);
  const group = (groupId: string): GroupTrend | null => {
    const place = places.get(groupId);
    if (told === null || place === undefined) return null;
    if (Math.abs(Date.now() - told.at) > STALE_SAMPLES * everyMs) return null;
    const found = told.groups[place];
    return found
      ? { timeLagMs: found.timeLagMs, timeLagIs: found.timeLagIs, verdict: found.verdict, trend: trendAt(told, place) }
      : null;
  };
  const chart = async <T>(asked: Promise<T | null>): Promise<T> => {
    const answer = await patiently(asked);
    if (answer === null)
      throw new ProblemError("history-off", status?.trouble ?? "The history file could not be read.");
    return answer;
  };
  return {
    source: {
      kind: "sqlite",
      state,
      trends: {
        state,
        group,
        partitions: async (groupId) =>
          new Map(await patiently(askThread(thread, "partitions", [cluster.name, everyMs, groupId])).catch(() => [])),
      },
      groupLag: (question) => chart(askThread(thread, "groupLag", [cluster.name, everyMs, question])),
      board: (question) => chart(askThread(thread, "board", [cluster.name, everyMs, question])),
    },
    leads: () => leads,
    onSample: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    readNote: (key) => patiently(askThread(thread, "note", [cluster.name, everyMs, key])).catch(() => null),
    keepNote: (key, text) =>
      patiently(askThread(thread, "keepNote", [cluster.name, everyMs, key, text])).catch(() => false),
    stop: sampler.stop,
  };
}

const sampledOf = (cluster: string, { at, complete, groups }: Told): Sampled => ({
  cluster,
  at,
  complete,
  groups: groups.map(({ groupId, lag, timeLagMs, timeLagIs, verdict, whole }) => ({
    groupId,
    lag,
    timeLagMs,
    timeLagIs,
    status: verdict.status,
    reason: verdict.reason,
    complete: whole,
  })),
});

const instantOf = (at: number | null | undefined) => (at == null ? null : new Date(at).toISOString());

function stateOf(status: KeeperStatus | null, leads: boolean, everyMs: number): HistoryState {
  const why = status === null ? "No sample was taken yet." : (status.trouble ?? status.remark);
  return {
    source: "sqlite",
    sampling: leads,
    sampleEveryMs: everyMs,
    lastSampleAt: instantOf(status?.lastAt),
    since: instantOf(status?.since),
    problem: why === null ? null : makeProblem("history-off", why),
  };
}

/** Rejects with history-busy where the thread does not answer, and history-off where it failed: a page shows what it has. */
async function patiently<T>(asked: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new ProblemError("history-busy")), PATIENCE_MS);
  try {
    return await Promise.race([asked, late]);
  } catch (error) {
    if (error instanceof Error && "code" in error && typeof error.code === "string" && "problem" in error) throw error;
    log("error", "The history could not be asked.", { error: error instanceof Error ? error.stack : String(error) });
    throw new ProblemError("history-off", "The history failed; the log says why.", undefined, error);
  } finally {
    clearTimeout(timer);
    asked.catch(() => {});
  }
}
