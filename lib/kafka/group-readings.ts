import type { GroupState, GroupType } from "../api/groups.ts";
import { makeProblem, type Problem, ProblemError } from "../api/problem.ts";
import type { Cluster } from "./cluster.ts";
import { timeLeft, withCost } from "./cost.ts";
import { distinctProblems } from "./failures.ts";
import { readGroupsAtCoordinators } from "./groups-at-coordinators.ts";
import { type ClusterMetadata, readMetadata } from "./metadata.ts";
import { readOffsets } from "./offsets.ts";
import { shared, type Taken } from "./snapshots.ts";

/** A committed offset as the coordinator keeps it. Of a share group: its start offset. `offset` may be negative or beyond the log. */
export type Committed = {
  topic: string;
  partition: number;
  offset: bigint;
  metadata: string | null;
  leaderEpoch: number | null;
  /** Of a share group, as the broker counts it: records above the start may be done with (KIP-1226). null: not told. */
  lag: bigint | null;
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
  /** How many members hold partitions of each topic; null: not known of all of them. */
  holders: Map<string, number> | null;
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
  /** Partitions of each topic that a group reads or has a commit of. */
  topics: Map<string, number>;
  problems: Problem[];
};

/** Of the time for an answer, what coordinators may take: a silent one must leave time to ask the leaders. */
const SHARE_OF_COORDINATORS = 0.55;

/**
 * Reads every group anew. A broker is asked for its groups, for the description of those of each type, for their commits, and for
 * both ends of the logs it leads: the same number of requests for 20 groups and for 500. A broker that does not answer takes
 * nothing from the others; its groups, where an earlier reading knew them, have the state Unknown. Throws only where no broker
 * can be reached at all, and cancelled.
 */
export function readGroups(cluster: Cluster, signal?: AbortSignal): Promise<GroupsReading> {
  return withCost(async () => {
    const { data: metadata } = await readMetadata(cluster, signal, 0);
    const { groups, problems } = await withCost(
      () => readGroupsAtCoordinators(cluster, signal),
      timeLeft() * SHARE_OF_COORDINATORS,
    );
    if (signal?.aborted) throw new ProblemError("cancelled");
    const { wanted, gone, topics } = await placesOf(cluster, groups, metadata, signal);
    const [first, last] = await Promise.all([
      readOffsets(cluster, wanted, "earliest", signal),
      readOffsets(cluster, wanted, "latest", signal),
    ]);
    if (signal?.aborted) throw new ProblemError("cancelled");
    const logs: GroupsReading["logs"] = new Map();
    const failed: Problem[] = [];
    for (const { name, partitions } of wanted) {
      for (const { partition } of partitions) {
        const [start, end] = [first.get(name, partition), last.get(name, partition)];
        if (start && end) logs.set(`${name}/${partition}`, { start: start.offset, end: end.offset });
        else
          failed.push(last.problemOf(name, partition) ?? first.problemOf(name, partition) ?? makeProblem("no-leader"));
      }
    }
    return {
      at: Date.now(),
      groups,
      logs,
      gone,
      topics,
      problems: distinctProblems([...problems, ...last.problems, ...first.problems, ...unled(failed)]),
    };
  }, timeLeft());
}

/** Those that a silent broker explains are told once, for the broker. */
const unled = (failed: Problem[]): Problem[] => failed.filter(({ broker }) => broker === undefined);

/** The partitions with a commit and their leaders. Topics that Metadata did not name are looked for again: they may be new. */
async function placesOf(cluster: Cluster, groups: GroupReading[], metadata: ClusterMetadata, signal?: AbortSignal) {
  const committed = new Map<string, Set<number>>();
  for (const group of groups) {
    for (const { topic, partition } of group.committed ?? []) {
      const partitions = committed.get(topic);
      if (partitions) partitions.add(partition);
      else committed.set(topic, new Set([partition]));
    }
  }
  const named = new Set([...committed.keys(), ...groups.flatMap(({ memberTopics }) => memberTopics)]);
  let known = new Map(metadata.topics.map((topic) => [topic.name, topic]));
  if ([...committed.keys()].some((topic) => !known.has(topic))) {
    const { data } = await readMetadata(cluster, signal, 0);
    known = new Map(data.topics.map((topic) => [topic.name, topic]));
  }
  const wanted = [...committed].flatMap(([name, partitions]) => {
    const topic = known.get(name);
    return topic ? [{ name, partitions: topic.partitions.filter(({ partition }) => partitions.has(partition)) }] : [];
  });
  return {
    wanted,
    gone: new Set([...committed.keys()].filter((topic) => !known.has(topic))),
    topics: new Map(
      [...named].flatMap((name) => {
        const topic = known.get(name);
        return topic ? [[name, topic.partitions.length] as const] : [];
      }),
    ),
  };
}

/** The newest reading of all groups, if it is not older than this; else a new one, shared by all who ask meanwhile. */
export function sharedGroups(cluster: Cluster, maxAgeMs: number, signal?: AbortSignal): Promise<Taken<GroupsReading>> {
  signal?.throwIfAborted();
  return shared(cluster, "groups", maxAgeMs, () => readGroups(cluster));
}
