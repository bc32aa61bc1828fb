import type { GroupState, GroupType } from "../api/groups.ts";
import type { Problem } from "../api/problem.ts";

/** A committed offset as the coordinator keeps it. Of a share group: its start offset. `offset` may be negative or beyond the log. */
export type Committed = {
  topic: string;
  partition: number;
  offset: bigint;
  metadata: string | null;
  leaderEpoch: number | null;
  problem: Problem | null;
};

/** A group as one reading of the whole cluster knows it. What could not be asked is null, and a problem says why. */
export type GroupReading = {
  groupId: string;
  type: GroupType;
  state: GroupState;
  protocolType: string | null;
  assignor: string | null;
  coordinator: number | null;
  members: number | null;
  /** Topics that members hold partitions of or subscribe to; sorted. */
  memberTopics: string[];
  /** Only partitions with a commit. null: could not be asked. */
  committed: Committed[] | null;
  problems: Problem[];
};

/** Every group of a cluster, and both ends of the log of every partition that one of them has a commit for. */
export type GroupsReading = {
  /** Epoch ms when the ends were read: they are asked for after the commits, so that lag is never negative by the way of asking. */
  at: number;
  groups: GroupReading[];
  /** By `topic/partition`; a partition that could not be asked is missing here, and `problems` says why. */
  logs: Map<string, { start: bigint; end: bigint }>;
  /** Topics with a commit that are not in the cluster any more. */
  gone: Set<string>;
  problems: Problem[];
};
