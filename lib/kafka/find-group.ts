import { type GroupType, groupTypes } from "../api/groups.ts";
import { ProblemError, problemOf } from "../api/problem.ts";
import type { Cluster } from "./cluster.ts";
import { type GroupCommits, readCommitsAt } from "./committed.ts";
import { atCoordinator } from "./coordinators.ts";
import { type DescribedGroup, describeGroupsAt } from "./describe-groups.ts";

export type FoundGroup = { coordinator: number; group: DescribedGroup; commits: GroupCommits };

/**
 * A group of whatever type and every commit it has, read now from its coordinator. Its type is not known before, so each
 * description is asked for, and the one that knows it counts. Throws group-not-found, not-authorized, no-coordinator.
 */
export async function findGroup(
  cluster: Cluster,
  groupId: string,
  { withOperations = false, signal }: { withOperations?: boolean; signal?: AbortSignal | undefined } = {},
): Promise<FoundGroup> {
  const { broker, result } = await atCoordinator(
    cluster,
    groupId,
    async (coordinator) => {
      const described = await Promise.all(
        groupTypes.map((type) => describedAs(cluster, coordinator, type, groupId, withOperations, signal)),
      );
      const group = described.find(isThere) ?? null;
      const [commits] = group ? await readCommitsAt(cluster, coordinator, group.type, [groupId], signal) : [];
      return { group, commits: commits ?? null, refused: described.find(isRefused) ?? null };
    },
    ({ group, commits, refused }) => (group ? [commits?.errorCode ?? 0] : [refused?.errorCode ?? 0]),
    signal,
  );
  const { group, commits, refused } = result;
  if (group && commits) return { coordinator: broker, group, commits };
  const problem = refused?.problem;
  if (problem) throw new ProblemError(problem.code, problem.detail, { broker });
  throw new ProblemError("group-not-found", groupId);
}

/** null: the brokers do not have such groups. */
async function describedAs(
  cluster: Cluster,
  broker: number,
  type: GroupType,
  groupId: string,
  withOperations: boolean,
  signal?: AbortSignal,
): Promise<DescribedGroup | null> {
  try {
    return (await describeGroupsAt(cluster, broker, type, [groupId], { withOperations, signal }))[0] ?? null;
  } catch (error) {
    if (problemOf(error)?.code === "api-unsupported") return null;
    throw error;
  }
}

/** UNSUPPORTED_VERSION is Kafka 3.9's word where the group type is not enabled; the other one is GROUP_ID_NOT_FOUND. */
const NOT_OF_THIS_TYPE = new Set([35, 69]);

/** DescribeGroups says Dead of what it does not know. */
const isThere = (described: DescribedGroup | null): described is DescribedGroup =>
  described?.errorCode === 0 && described.state !== "Dead";

const isRefused = (described: DescribedGroup | null): described is DescribedGroup =>
  described !== null && described.errorCode !== 0 && !NOT_OF_THIS_TYPE.has(described.errorCode);
