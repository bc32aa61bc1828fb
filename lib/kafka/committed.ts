import type { GroupType } from "../api/groups.ts";
import { type Problem, problemOf } from "../api/problem.ts";
import { ask } from "./ask.ts";
import type { Cluster } from "./cluster.ts";
import { inTurns } from "./coordinators.ts";
import { kafkaProblem } from "./failures.ts";
import type { Committed } from "./group-readings.ts";
import * as apis from "./protocol/apis.ts";
import { describeShareOffsets } from "./protocol/share-offsets.ts";
import { refusal } from "./rights.ts";

/** The commits of one group. `errorCode` not 0: they could not be read, and `problem` says why. */
export type GroupCommits = { groupId: string; errorCode: number; problem: Problem | null; committed: Committed[] };

/**
 * Every commit of groups at their coordinator: in one request (Kafka 3.0), before that one a group, a few at once. Of share groups
 * their start offsets. Partitions without a commit are not in the answer. Throws what `ask` throws.
 */
export async function readCommitsAt(
  cluster: Cluster,
  broker: number,
  type: GroupType,
  groupIds: string[],
  signal?: AbortSignal,
): Promise<GroupCommits[]> {
  if (type === "share") return readShareStarts(cluster, broker, groupIds, signal);
  try {
    const asked = groupIds.map((groupId) => ({ groupId, memberId: null, memberEpoch: -1, topics: null }));
    const { groups } = await ask(cluster, broker, apis.offsetFetch, [asked, false], signal);
    return groups.map((group) => commitsOf(group.groupId, group.errorCode, group.topics));
  } catch (error) {
    if (problemOf(error)?.code !== "api-unsupported") throw error;
  }
  return inTurns(groupIds, async (groupId) => {
    const { errorCode, topics } = await ask(
      cluster,
      broker,
      apis.offsetFetchOne,
      [[{ groupId, topics: null }], false],
      signal,
    );
    return commitsOf(groupId, errorCode, topics);
  });
}

type Topics = Awaited<ReturnType<(typeof apis.offsetFetch)["send"]>>["groups"][number]["topics"];

/** What OffsetFetch says where there is no commit. */
const NO_COMMIT = -1n;

function commitsOf(groupId: string, errorCode: number, topics: Topics): GroupCommits {
  const committed = topics.flatMap(({ name, partitions }) =>
    partitions
      .filter((row) => row.errorCode !== 0 || row.committedOffset !== NO_COMMIT)
      .map((row) => ({
        topic: name,
        partition: row.partitionIndex,
        offset: row.committedOffset,
        metadata: row.metadata || null,
        leaderEpoch: row.committedLeaderEpoch < 0 ? null : row.committedLeaderEpoch,
        lag: null,
        problem: refusal(row.errorCode, { topic: ["Describe", name] }, null, {
          topic: name,
          partition: row.partitionIndex,
        }),
      })),
  );
  return { groupId, errorCode, problem: refusal(errorCode, { group: ["Describe", groupId] }), committed };
}

async function readShareStarts(
  cluster: Cluster,
  broker: number,
  groupIds: string[],
  signal?: AbortSignal,
): Promise<GroupCommits[]> {
  const asked = groupIds.map((groupId) => ({ groupId, topics: null }));
  const groups = await ask(cluster, broker, describeShareOffsets, [asked], signal);
  return groups.map(({ groupId, errorCode, errorMessage, topics }) => ({
    groupId,
    errorCode,
    problem: refusal(errorCode, { group: ["Describe", groupId] }, errorMessage),
    committed: topics.flatMap(({ topic, partitions }) =>
      partitions
        .filter((row) => row.errorCode !== 0 || row.startOffset !== NO_COMMIT)
        .map((row) => ({
          topic,
          partition: row.partition,
          offset: row.startOffset,
          metadata: null,
          leaderEpoch: row.leaderEpoch < 0 ? null : row.leaderEpoch,
          lag: row.lag < 0n ? null : row.lag,
          problem: kafkaProblem(row.errorCode, row.errorMessage, { topic, partition: row.partition }),
        })),
    ),
  }));
}
