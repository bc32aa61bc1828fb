import type { GroupSummary, LagStatus } from "../api/groups.ts";
import type { Cluster } from "../kafka/cluster.ts";
import { offSource } from "./history/off.ts";
import type { HistorySource } from "./history/source.ts";

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

const nothing: History = {
  ...offSource("No sample was taken yet."),
  leads: () => false,
  onSample: () => () => {},
  notes: { read: async () => null, write: async () => false },
};

/** The history of a cluster; one that says why where there is none. */
export function historyOf(_cluster: Cluster): History {
  return nothing;
}
