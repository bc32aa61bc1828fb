import { type GroupState, type GroupType, groupTypes } from "../api/groups.ts";
import { makeProblem, type Problem, ProblemError } from "../api/problem.ts";
import type { Cluster } from "./cluster.ts";
import { readCommitsAt } from "./committed.ts";
import { askCoordinator, hasMoved } from "./coordinators.ts";
import { timeLeft } from "./cost.ts";
import { type DescribedMember, describeGroupsAt } from "./describe-groups.ts";
import type { Committed } from "./group-readings.ts";
import { placeKey } from "./peek.ts";
import * as apis from "./protocol/apis.ts";

/** A group at this moment, as whoever changes it must know it: read at its coordinator, never from a snapshot. */
export type GroupNow = {
  groupId: string;
  /** null: there is no such group. */
  type: GroupType | null;
  state: GroupState | null;
  coordinator: number;
  members: DescribedMember[];
  /** By `topic/partition`; only what has a commit, or a problem. Of a share group its start offsets. */
  committed: Map<string, Committed>;
};

const GROUP_ID_NOT_FOUND = 69;
/** Between two looks at a group that is moving. */
const SETTLE_MS = 300;

/**
 * Reads a group anew: its type, its members and its commits. Throws no-coordinator, not-authorized and what `ask` throws; that there
 * is no such group is an answer.
 */
export async function readGroupNow(cluster: Cluster, groupId: string, signal?: AbortSignal): Promise<GroupNow> {
  const found = await readOnce(cluster, groupId, signal);
  if (!("moved" in found)) return found;
  if (timeLeft() > SETTLE_MS) await new Promise((resume) => setTimeout(resume, SETTLE_MS));
  const again = await readOnce(cluster, groupId, signal);
  if ("moved" in again)
    throw new ProblemError("no-coordinator", again.moved.detail, { broker: again.moved.broker ?? -1 });
  return again;
}

async function readOnce(
  cluster: Cluster,
  groupId: string,
  signal?: AbortSignal,
): Promise<GroupNow | { moved: Problem }> {
  const { broker, answer } = await askCoordinator(
    cluster,
    groupId,
    apis.listGroups,
    [[], []],
    ({ errorCode }) => [errorCode],
    signal,
  );
  const listed = answer.groups.find((group) => group.groupId === groupId);
  // What a broker without types (before Kafka 3.8) keeps can be classic groups only.
  const type = listed ? (groupTypes.find((name) => name === listed.groupType?.toLowerCase()) ?? "classic") : null;
  const [described, commits] = await Promise.all([
    type === null ? null : describeGroupsAt(cluster, broker, type, [groupId], { signal }).then(([one]) => one ?? null),
    // Commits can be there without a group that is listed: the user may not describe it.
    readCommitsAt(cluster, broker, type ?? "classic", [groupId], signal).then(([one]) => one ?? null),
  ]);
  for (const part of [described, commits]) {
    if (!part?.problem || part.errorCode === GROUP_ID_NOT_FOUND) continue;
    if (hasMoved(part.errorCode)) return { moved: { ...part.problem, broker } };
    throw new ProblemError(part.problem.code, part.problem.detail, part.problem);
  }
  const isGone = described === null || described.errorCode === GROUP_ID_NOT_FOUND;
  return {
    groupId,
    type: isGone ? null : type,
    state: isGone ? null : described.state,
    coordinator: broker,
    members: isGone ? [] : described.members,
    committed: new Map((commits?.committed ?? []).map((commit) => [placeKey(commit), commit])),
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
