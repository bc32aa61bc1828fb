import type { LagStatus } from "../api/groups.ts";
import type { Cluster } from "../kafka/cluster.ts";
import { offSource } from "./history/off.ts";
import type { HistorySource } from "./history/source.ts";

/** What a sample said of one group. */
export type SampledGroup = {
  groupId: string;
  lag: bigint | null;
  timeLagMs: number | null;
  status: LagStatus;
  reason: string;
};

export type Sampled = { cluster: string; at: number; groups: SampledGroup[] };

/** The history of one cluster's lag. */
export type History = HistorySource & {
  /** Whether this replica samples and alerts; false: another does, or nobody. */
  leads: () => boolean;
  /** Called after each sample that this process took or read; the function it gives ends that. */
  onSample: (told: (sampled: Sampled) => void) => () => void;
};

const nothing: History = { ...offSource("No sample was taken yet."), leads: () => false, onSample: () => () => {} };

/** The history of a cluster; one that says why where there is none. */
export function historyOf(_cluster: Cluster): History {
  return nothing;
}
