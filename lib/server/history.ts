import { randomUUID } from "node:crypto";
import type { GroupSummary, LagStatus } from "../api/groups.ts";
import type { Cluster } from "../kafka/cluster.ts";
import { offSource } from "./history/off.ts";
import { startOwn } from "./history/own.ts";
import type { HistorySource } from "./history/source.ts";
import { closeThread, makeThread, type Thread } from "./history/thread.ts";
import { prometheusSource } from "./prometheus/source.ts";
import { state } from "./state.ts";

/** What samples of the last hour may take in memory, over all clusters. */
const MEMORY_BYTES = 32 * 1024 * 1024;

/** What a sample said of one group. */
export type SampledGroup = {
  groupId: string;
  lag: bigint | null;
  timeLagMs: number | null;
  timeLagIs: GroupSummary["timeLagIs"];
  status: LagStatus;
  reason: string;
  /** false: its coordinator or a leader did not answer for all of it, so there may be more lag than this. */
  complete: boolean;
};

export type Sampled = {
  cluster: string;
  at: number;
  groups: SampledGroup[];
  /** false: a broker could not be asked for its groups, so some may be missing. */
  complete: boolean;
};

/**
 * Small texts that are kept where the history is kept, for all replicas that share it: silences and what alert rules remember. With
 * no place to write, nothing is kept.
 */
export type Notes = {
  /** null: nothing is kept under this key, or it cannot be read. */
  read: (key: string) => Promise<string | null>;
  /** false: it could not be kept. */
  write: (key: string, text: string) => Promise<boolean>;
};

/** The history of one cluster's lag. */
export type History = HistorySource & {
  /** Whether this replica samples and alerts; false: another does, or nobody. */
  leads: () => boolean;
  /** Called after each sample that this process took or read; the function it gives ends that. */
  onSample: (told: (sampled: Sampled) => void) => () => void;
  notes: Notes;
};

const KEY = Symbol.for("kafdeck.history");
type Running = { thread: Thread; clusters: Map<string, History>; stops: (() => void)[] };
// On globalThis: a bundler may copy this module, and the copies must share what runs.
const holder = globalThis as { [KEY]?: Running };

const without = (why: string): History => ({
  ...offSource(why),
  leads: () => false,
  onSample: () => () => {},
  notes: { read: async () => null, write: async () => false },
});
const notStarted = without("No sample was taken yet.");

/** The history of a cluster; one that says why where there is none. */
export function historyOf(cluster: Cluster): History {
  return holder[KEY]?.clusters.get(cluster.name) ?? notStarted;
}

/** Begins to sample every cluster, unless the configuration says not to. */
export function startHistory(): void {
  const { clusters, configuration } = state();
  if (holder[KEY]) return;
  const { history, prometheus } = configuration;
  const thread = makeThread({
    // Where a Prometheus keeps the history, only the last hour is kept here, in memory: lists and alerts are told from it.
    file: prometheus ? null : history.file,
    keep: history.keep,
    owner: randomUUID(),
    pages: null,
    memoryBytes: MEMORY_BYTES,
  });
  const running: Running = { thread, clusters: new Map(), stops: [] };
  for (const cluster of clusters.values()) {
    if (history.off) {
      running.clusters.set(cluster.name, without(history.off));
      continue;
    }
    const own = startOwn(cluster, history.sampleEveryMs, thread);
    running.stops.push(own.stop);
    running.clusters.set(cluster.name, {
      ...(prometheus ? prometheusSource(prometheus, cluster.name, own.source) : own.source),
      leads: own.leads,
      onSample: own.onSample,
      notes: { read: own.readNote, write: own.keepNote },
    });
  }
  holder[KEY] = running;
}

/** Takes no more samples, and closes the file. */
export async function stopHistory(): Promise<void> {
  for (const stop of holder[KEY]?.stops ?? []) stop();
  if (holder[KEY]) await closeThread(holder[KEY].thread);
}
