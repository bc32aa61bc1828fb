import type { DeleteGroupPlan, OffsetChange, SetOffsetsBody } from "../api/group-offsets.ts";
import { makeProblem, type Problem } from "../api/problem.ts";
import { toInt64 } from "../api/scalars.ts";
import { askAny } from "./ask.ts";
import type { Cluster } from "./cluster.ts";
import { askCoordinator } from "./coordinators.ts";
import { throwKafkaError } from "./failures.ts";
import { existing, type GroupNow, liveMembers, liveProblem, readGroupNow, refuseLive } from "./group-now.ts";
import { readLogs } from "./log-ranges.ts";
import { findTopicsMetadata, type TopicMetadata } from "./metadata.ts";
import { realCommit } from "./plan/reset.ts";
import * as apis from "./protocol/apis.ts";
import { lackedRight, refusalWords } from "./rights.ts";
import { forgetSnapshots } from "./snapshots.ts";

/**
 * Deletes a group of any type with its commits, or with `validateOnly` says what would go. Throws group-not-found, group-not-empty
 * (the plan says that as its `problem`), not-authorized, no-coordinator.
 */
export async function deleteGroup(
  cluster: Cluster,
  groupId: string,
  { validateOnly = false }: { validateOnly?: boolean | undefined },
  signal?: AbortSignal,
): Promise<DeleteGroupPlan> {
  const now = existing(await readGroupNow(cluster, groupId, signal));
  if (!validateOnly) refuseLive(now);
  const commits = [...now.committed.values()].filter(({ problem }) => problem === null);
  const known = await findTopicsMetadata(cluster, [...new Set(commits.map(({ topic }) => topic))], signal);
  const { lag, problems } = await lagOf(cluster, now, known, signal);
  const untold = await untoldOf(cluster, signal);
  if (!validateOnly) await remove(cluster, groupId);
  const partitions = commits
    .map(({ topic, partition, offset }): OffsetChange => {
      const topicId = known.get(topic)?.id ?? null;
      return { topic, topicId, partition, before: toInt64(offset), after: null };
    })
    .sort((a, b) => (a.topic === b.topic ? a.partition - b.partition : a.topic < b.topic ? -1 : 1));
  return {
    validateOnly,
    groupId,
    type: now.type,
    state: now.state,
    live: liveMembers(now),
    problem: liveProblem(now) ?? lackedRight("group", now.operations, ["Delete", groupId]),
    partitions,
    lag: lag === null ? null : toInt64(lag),
    undo: undoOf(now, partitions),
    warnings: [...problems, ...lossesOf(now), ...untold],
  };
}

const GROUP_ID_NOT_FOUND = 69;

async function remove(cluster: Cluster, groupId: string): Promise<void> {
  try {
    const { answer } = await askCoordinator(cluster, groupId, apis.deleteGroups, [[groupId]], ({ results }) =>
      results.map(({ errorCode }) => errorCode),
    );
    // It was there a moment ago: a first answer may have been lost, and it is gone either way.
    const codes = answer.results.map(({ errorCode }) => errorCode).filter((code) => code !== GROUP_ID_NOT_FOUND);
    for (const code of codes) throwKafkaError(code, refusalWords(code, { group: ["Delete", groupId] }));
  } finally {
    forgetSnapshots(cluster);
  }
}

async function lagOf(cluster: Cluster, now: GroupNow, known: Map<string, TopicMetadata>, signal?: AbortSignal) {
  const logs = await readLogs(cluster, [...known.values()], signal);
  const lags = [...now.committed.values()].flatMap(({ topic, partition, offset }) => {
    const log = logs.get(topic, partition);
    return log && offset >= log.start && offset <= log.end ? [log.end - offset] : [];
  });
  return { lag: lags.length === 0 ? null : lags.reduce((sum, lag) => sum + lag, 0n), problems: logs.problems };
}

/** A share group is not made by setting its start offsets: its first member makes it. */
function undoOf({ type, committed }: GroupNow, partitions: OffsetChange[]): SetOffsetsBody | null {
  if (type === "share") return null;
  const back = partitions.flatMap(({ topic, topicId, partition, before }): OffsetChange[] => {
    const real = realCommit(before === null ? null : BigInt(before));
    if (real === null) return [];
    const metadata = committed.get(`${topic}/${partition}`)?.metadata;
    return [{ topic, topicId, partition, before: null, after: toInt64(real), ...(metadata ? { metadata } : {}) }];
  });
  return back.length === 0 ? null : { partitions: back };
}

/** CLUSTER_ACTION: only brokers, super users and whoever may do everything have it. */
const CLUSTER_ACTION = 1 << 9;
const OF_BROKERS = 1;

/** Kafka leaves commits of topics that the user may not describe out, without a word; they are deleted all the same. */
async function untoldOf(cluster: Cluster, signal?: AbortSignal): Promise<Problem[]> {
  const { sasl, tls } = cluster.settings;
  if (!sasl && !tls?.cert) return [];
  const mayDoAll = await askAny(cluster, apis.describeCluster, [true, OF_BROKERS], signal).then(
    ({ clusterAuthorizedOperations: operations }) => operations > 0 && (operations & CLUSTER_ACTION) !== 0,
    () => false,
  );
  if (mayDoAll) return [];
  const detail =
    "Kafka shows only commits of topics that this user may Describe. Where the group has others, they are deleted too, and no undo brings them back.";
  return [makeProblem("undo-incomplete", detail)];
}

/** What an undo does not bring back. */
const lossesOf = ({ type }: GroupNow): Problem[] =>
  type === "share"
    ? [
        makeProblem(
          "undo-incomplete",
          "A share group is made by its first member, not by its offsets: its deletion cannot be undone.",
          { todo: "Save the start offsets, and set them again once a member has made the group anew and left." },
        ),
      ]
    : [];
