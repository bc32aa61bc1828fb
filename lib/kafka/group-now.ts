import type { GroupState, GroupType } from "../api/groups.ts";
import { makeProblem, type Problem, ProblemError, problemOf } from "../api/problem.ts";
import type { Cluster } from "./cluster.ts";
import type { DescribedMember } from "./describe-groups.ts";
import { findGroup } from "./find-group.ts";
import type { Committed } from "./group-readings.ts";
import { placeKey } from "./peek.ts";

/** A group at this moment, as whoever changes it must know it: read at its coordinator, never from a snapshot. */
export type GroupNow = {
  groupId: string;
  /** null: there is no such group. */
  type: GroupType | null;
  state: GroupState | null;
  members: DescribedMember[];
  /** What this user may do with it, a bit field (KIP-430); null: not told. */
  operations: number | null;
  /** By `topic/partition`; only what has a commit, or a problem. Of a share group its start offsets. */
  committed: Map<string, Committed>;
};

/**
 * Reads a group anew: its type, its members and its commits. Throws no-coordinator, not-authorized and what `ask` throws; that there
 * is no such group is an answer.
 */
export async function readGroupNow(cluster: Cluster, groupId: string, signal?: AbortSignal): Promise<GroupNow> {
  const found = await findGroup(cluster, groupId, { withOperations: true, signal }).catch((error: unknown) => {
    if (problemOf(error)?.code === "group-not-found") return null;
    throw error;
  });
  if (!found) return { groupId, type: null, state: null, members: [], operations: null, committed: new Map() };
  const { group, commits } = found;
  if (commits.problem) throw new ProblemError(commits.problem.code, commits.problem.detail, commits.problem);
  return {
    groupId,
    type: group.type,
    state: group.state,
    members: group.members,
    operations: group.operations,
    committed: new Map(commits.committed.map((commit) => [placeKey(commit), commit])),
  };
}

/** Throws group-not-found where there is none. */
export function existing(now: GroupNow): GroupNow & { type: GroupType; state: GroupState } {
  const { type, state } = now;
  if (type === null || state === null) throw new ProblemError("group-not-found", now.groupId);
  return { ...now, type, state };
}

/** Members as plans name them: those that must be stopped first. */
export const liveMembers = ({ members }: Pick<GroupNow, "members">) =>
  members.map(({ memberId, clientId, host, instanceId }) => ({ memberId, clientId, host, instanceId }));

const NAMED = 5;

/** Why nothing of a group with members can be changed; null where it has none. */
export function liveProblem({ groupId, members }: Pick<GroupNow, "groupId" | "members">): Problem | null {
  if (members.length === 0) return null;
  const names = members.slice(0, NAMED).map(({ clientId, host }) => `${clientId} on ${host}`);
  const more = members.length > NAMED ? ` and ${members.length - NAMED} more` : "";
  const verb = members.length === 1 ? "member is" : "members are";
  return makeProblem("group-not-empty", `${members.length} ${verb} in ${groupId}: ${names.join(", ")}${more}.`);
}

/** Throws group-not-empty, naming the members. */
export function refuseLive(now: Pick<GroupNow, "groupId" | "members">): void {
  const problem = liveProblem(now);
  if (problem) throw new ProblemError(problem.code, problem.detail);
}

/** What setting or deleting start offsets of a share group forgets for good; nothing of other groups. */
export const forgotten = ({ type }: Pick<GroupNow, "type">): Problem[] =>
  type === "share"
    ? [
        makeProblem(
          "undo-incomplete",
          "A share group also keeps which records above its start offset are done with. That is forgotten: they are delivered again, after an undo too.",
        ),
      ]
    : [];
