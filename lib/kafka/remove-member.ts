import type { RemoveMemberResult } from "../api/group-offsets.ts";
import type { GroupType } from "../api/groups.ts";
import { type Problem, ProblemError, problemOf } from "../api/problem.ts";
import type { Cluster } from "./cluster.ts";
import { askCoordinator } from "./coordinators.ts";
import type { DescribedMember } from "./describe-groups.ts";
import { existing, readGroupNow } from "./group-now.ts";
import type { Api } from "./protocol/apis.ts";
import * as apis from "./protocol/apis.ts";
import { type Left, leaveConsumerGroup, leaveShareGroup, leaveStreamsGroup } from "./protocol/leave-heartbeat.ts";
import { refusal } from "./rights.ts";
import { forgetSnapshots } from "./snapshots.ts";

/** Kept in the brokers' logs beside the member. */
const REASON = "removed by an administrator with Kafdeck";

type Leave = (cluster: Cluster, groupId: string, member: DescribedMember) => Promise<Problem | null>;

/**
 * Removes a member from a group, or with `validateOnly` says what it holds. Its partitions go to the others at once. A client that
 * still runs notices with its next heartbeat and joins again. Throws group-not-found, member-not-found, not-authorized,
 * no-coordinator, and api-unsupported where the brokers have no way to do it.
 */
export async function removeMember(
  cluster: Cluster,
  groupId: string,
  memberId: string,
  { validateOnly = false }: { validateOnly?: boolean | undefined },
  signal?: AbortSignal,
): Promise<RemoveMemberResult> {
  const now = existing(await readGroupNow(cluster, groupId, signal));
  const member = now.members.find((one) => one.memberId === memberId);
  if (!member) throw new ProblemError("member-not-found", memberId);
  if (!validateOnly) await remove(cluster, groupId, now.type, member);
  const { instanceId, clientId, host, assignment } = member;
  const left = validateOnly ? null : await membersLeft(cluster, groupId, memberId);
  return {
    validateOnly,
    groupId,
    memberId,
    instanceId,
    clientId,
    host,
    partitions: assignment?.reduce((sum, { partitions }) => sum + partitions.length, 0) ?? null,
    remaining: left ?? now.members.length - 1,
    comesBack: true,
    warnings: [],
  };
}

async function remove(cluster: Cluster, groupId: string, type: GroupType, member: DescribedMember): Promise<void> {
  try {
    let problem: Problem | null = null;
    for (const leave of waysOut(type, member)) {
      problem = await leave(cluster, groupId, member);
      if (problem === null) return;
    }
    if (problem) throw new ProblemError(problem.code, problem.detail, problem);
  } finally {
    forgetSnapshots(cluster);
  }
}

/** Members of KIP-848 leave by their heartbeat. Those of the classic protocol in such a group by LeaveGroup; Kafka 4.0 does not tell which is which. */
function waysOut(type: GroupType, { protocol }: DescribedMember): Leave[] {
  if (type === "share") return [byHeartbeat(leaveShareGroup)];
  if (type === "streams") return [byHeartbeat(leaveStreamsGroup)];
  if (type === "classic" || protocol === "classic") return [byLeaveGroup];
  const ofConsumer = byHeartbeat(leaveConsumerGroup);
  return protocol === "consumer" ? [ofConsumer] : [byLeaveGroup, ofConsumer];
}

const byLeaveGroup: Leave = async (cluster, groupId, { memberId, instanceId }) => {
  const leaving = [{ memberId, groupInstanceId: instanceId, reason: REASON }];
  const { answer } = await askCoordinator(cluster, groupId, apis.leaveGroup, [groupId, leaving], ({ errorCode }) => [
    errorCode,
  ]);
  const codes = [answer.errorCode, ...(answer.members ?? []).map(({ errorCode }) => errorCode)];
  const refused = codes.find((code) => code !== 0) ?? 0;
  return refusal(refused, { group: ["Read", groupId] });
};

const byHeartbeat =
  (api: Api<[groupId: string, memberId: string], Left>): Leave =>
  async (cluster, groupId, { memberId }) => {
    const { answer } = await askCoordinator(cluster, groupId, api, [groupId, memberId], ({ errorCode }) => [errorCode]);
    const { errorCode, errorMessage } = answer;
    return refusal(errorCode, { group: ["Read", groupId] }, errorMessage);
  };

/** null: could not be read; the member is out all the same. */
async function membersLeft(cluster: Cluster, groupId: string, memberId: string): Promise<number | null> {
  try {
    const { members } = await readGroupNow(cluster, groupId);
    return members.filter((member) => member.memberId !== memberId).length;
  } catch (error) {
    if (problemOf(error)) return null;
    throw error;
  }
}
