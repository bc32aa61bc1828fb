import {
  type Assigned,
  type GroupDetail,
  type GroupMember,
  type GroupState,
  type GroupType,
  groupState,
} from "../api/groups.ts";
import type { Problem } from "../api/problem.ts";
import { ask } from "./ask.ts";
import type { Cluster } from "./cluster.ts";
import { readAssignment, readSubscription } from "./plan/assignment.ts";
import { assignedOfTasks, readTopics } from "./plan/streams-tasks.ts";
import * as apis from "./protocol/apis.ts";
import {
  type ConsumerMember,
  describeConsumerGroups,
  describeShareGroups,
  describeStreamsGroups,
  type ShareMember,
  type StreamsMember,
  type TopicPartitions,
  type Topology,
} from "./protocol/describe-group.ts";
import { refusal } from "./rights.ts";

/** A member as its group's coordinator describes it. */
export type DescribedMember = Omit<GroupMember, "lag">;

/** A group as its coordinator describes it. */
export type DescribedGroup = {
  groupId: string;
  type: GroupType;
  state: GroupState;
  errorCode: number;
  problem: Problem | null;
  protocolType: string | null;
  assignor: string | null;
  groupEpoch: number | null;
  assignmentEpoch: number | null;
  members: DescribedMember[];
  topology: GroupDetail["topology"];
  /** A bit field (KIP-430); null where it was not told. */
  operations: number | null;
};

type Describe = (
  cluster: Cluster,
  broker: number,
  groupIds: string[],
  withOperations: boolean,
  signal?: AbortSignal,
) => Promise<DescribedGroup[]>;

const NOT_TOLD = -2_147_483_648;
const told = (operations: number): number | null => (operations === NOT_TOLD ? null : operations);

/** The states of all types as Kafka writes them; older and newer ones are Unknown. */
export const stateOf = (text: string): GroupState => groupState.safeParse(text).data ?? "Unknown";

/** Member epochs below this are marks of members that are leaving or joining again, not epochs. */
const epochOf = (epoch: number): number | null => (epoch < 0 ? null : epoch);

const describers: Record<GroupType, Describe> = {
  classic: async (cluster, broker, groupIds, withOperations, signal) => {
    const { groups } = await ask(cluster, broker, apis.describeGroups, [groupIds, withOperations], signal);
    return groups.map((group) => ({
      groupId: group.groupId,
      type: "classic",
      state: stateOf(group.groupState),
      errorCode: group.errorCode,
      problem: refusal(group.errorCode, { group: ["Describe", group.groupId] }),
      protocolType: group.protocolType || null,
      assignor: group.protocolData || null,
      groupEpoch: null,
      assignmentEpoch: null,
      members: group.members.map((member) => classicMember(member, group.protocolType, group.groupState)),
      topology: null,
      operations: told(group.authorizedOperations),
    }));
  },
  consumer: async (cluster, broker, groupIds, withOperations, signal) =>
    (await ask(cluster, broker, describeConsumerGroups, [groupIds, withOperations], signal)).map((group) => ({
      ...headOf("consumer", group),
      assignor: group.assignor || null,
      members: group.members.map(consumerMember),
      topology: null,
    })),
  share: async (cluster, broker, groupIds, withOperations, signal) =>
    (await ask(cluster, broker, describeShareGroups, [groupIds, withOperations], signal)).map((group) => ({
      ...headOf("share", group),
      assignor: group.assignor || null,
      members: group.members.map(shareMember),
      topology: null,
    })),
  streams: async (cluster, broker, groupIds, withOperations, signal) =>
    (await ask(cluster, broker, describeStreamsGroups, [groupIds, withOperations], signal)).map((group) => ({
      ...headOf("streams", group),
      assignor: null,
      members: group.members.map((member) => streamsMember(member, group.topology)),
      topology: group.topology && {
        epoch: group.topology.epoch,
        subtopologies: group.topology.subtopologies.map(shown),
      },
    })),
};

/**
 * Groups of one type at their coordinator, in one request. A group that it does not know comes with its error code, a classic one
 * with the state Dead. Throws what `ask` throws.
 */
export const describeGroupsAt = (
  cluster: Cluster,
  broker: number,
  type: GroupType,
  groupIds: string[],
  { withOperations = false, signal }: { withOperations?: boolean; signal?: AbortSignal | undefined } = {},
): Promise<DescribedGroup[]> => describers[type](cluster, broker, groupIds, withOperations, signal);

function headOf(
  type: GroupType,
  group: {
    groupId: string;
    state: string;
    errorCode: number;
    errorMessage: string | null;
    groupEpoch: number;
    assignmentEpoch: number;
    operations: number;
  },
) {
  const { groupId, errorCode, errorMessage, groupEpoch, assignmentEpoch, operations } = group;
  return {
    groupId,
    type,
    state: stateOf(group.state),
    errorCode,
    problem: refusal(errorCode, { group: ["Describe", groupId] }, errorMessage),
    protocolType: type === "streams" || type === "share" ? type : "consumer",
    groupEpoch: errorCode === 0 ? groupEpoch : null,
    assignmentEpoch: errorCode === 0 ? assignmentEpoch : null,
    operations: told(operations),
  };
}

const bare = {
  instanceId: null,
  rack: null,
  protocol: null,
  memberEpoch: null,
  subscribed: null,
  subscribedRegex: null,
  undecodable: null,
  target: null,
  streams: null,
};

type ClassicMember = Awaited<ReturnType<(typeof apis.describeGroups)["send"]>>["groups"][number]["members"][number];

/** What classic members say to each other is bytes that only they need to understand; those of consumers are known. */
function classicMember(member: ClassicMember, protocolType: string, state: string): DescribedMember {
  const isConsumer = protocolType === "consumer";
  return {
    ...bare,
    memberId: member.memberId,
    instanceId: member.groupInstanceId ?? null,
    clientId: member.clientId,
    host: shownHost(member.clientHost),
    subscribed: isConsumer ? subscriptionOf(member.memberMetadata) : null,
    ...assignmentOf(member.memberAssignment, protocolType, state),
  };
}

/** Nothing is told while the group rebalances; a stable member without bytes was given nothing. */
function assignmentOf(bytes: Uint8Array, protocolType: string, state: string) {
  if (bytes.length === 0) return { assignment: state === "Stable" ? [] : null, undecodable: null };
  const unread = (why: string) => ({ assignment: null, undecodable: { bytes: bytes.length, why } });
  if (protocolType !== "consumer")
    return unread(`Members of the protocol type “${protocolType}” have a format of their own.`);
  try {
    return { assignment: readAssignment(bytes), undecodable: null };
  } catch (error) {
    return unread((error as Error).message);
  }
}

function subscriptionOf(bytes: Uint8Array): string[] | null {
  if (bytes.length === 0) return null;
  try {
    return readSubscription(bytes);
  } catch {
    return null;
  }
}

const memberTypes: Record<number, DescribedMember["protocol"]> = { 0: "classic", 1: "consumer" };

const consumerMember = (member: ConsumerMember): DescribedMember => ({
  ...bare,
  memberId: member.memberId,
  instanceId: member.instanceId,
  clientId: member.clientId,
  host: shownHost(member.host),
  rack: member.rackId || null,
  protocol: memberTypes[member.memberType] ?? null,
  memberEpoch: epochOf(member.memberEpoch),
  subscribed: [...member.subscribed].sort(),
  subscribedRegex: member.subscribedRegex || null,
  assignment: assignedOf(member.assignment),
  target: assignedOf(member.target),
});

const shareMember = (member: ShareMember): DescribedMember => ({
  ...bare,
  memberId: member.memberId,
  clientId: member.clientId,
  host: shownHost(member.host),
  rack: member.rackId || null,
  memberEpoch: epochOf(member.memberEpoch),
  subscribed: [...member.subscribed].sort(),
  assignment: assignedOf(member.assignment),
});

const streamsMember = (member: StreamsMember, topology: Topology | null): DescribedMember => ({
  ...bare,
  memberId: member.memberId,
  instanceId: member.instanceId,
  clientId: member.clientId,
  host: shownHost(member.host),
  rack: member.rackId || null,
  protocol: member.isClassic ? "classic" : null,
  memberEpoch: epochOf(member.memberEpoch),
  subscribed: topology && readTopics(topology),
  assignment: topology && assignedOfTasks(member.assignment.active, topology),
  target: topology && assignedOfTasks(member.target.active, topology),
  streams: {
    processId: member.processId,
    endpoint: member.endpoint && `${member.endpoint.host}:${member.endpoint.port}`,
    tags: Object.fromEntries(member.tags.map(({ key, value }) => [key, value])),
    topologyEpoch: member.topologyEpoch,
    ...member.assignment,
  },
});

const assignedOf = (topics: TopicPartitions[]): Assigned =>
  topics
    .map(({ topic, partitions }) => ({ topic, partitions: [...partitions].sort((a, b) => a - b) }))
    .sort((a, b) => (a.topic < b.topic ? -1 : 1));

const shown = ({
  id,
  sourceTopics,
  repartitionSinkTopics,
  repartitionSourceTopics,
  changelogTopics,
}: Topology["subtopologies"][number]) => ({
  id,
  sourceTopics,
  sinkTopics: repartitionSinkTopics,
  repartitionTopics: repartitionSourceTopics,
  changelogTopics,
});

/** Java puts a slash before an address without a name. */
const shownHost = (host: string): string => host.replace(/^\//, "");
