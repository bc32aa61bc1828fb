import type * as Kafka from "@platformatic/kafka";
import type { Api } from "./apis.ts";

type Reader = Kafka.Reader;
type Args = [groupIds: string[], includeAuthorizedOperations: boolean];

export type TopicPartitions = { topicId: string; topic: string; partitions: number[] };

type Described<Member> = {
  errorCode: number;
  errorMessage: string | null;
  groupId: string;
  state: string;
  groupEpoch: number;
  assignmentEpoch: number;
  members: Member[];
  /** A bit field (KIP-430); -2147483648 where it was not asked for. */
  operations: number;
};

export type ConsumerMember = {
  memberId: string;
  instanceId: string | null;
  rackId: string | null;
  memberEpoch: number;
  clientId: string;
  host: string;
  subscribed: string[];
  subscribedRegex: string | null;
  assignment: TopicPartitions[];
  target: TopicPartitions[];
  /** 0 of a classic member, 1 of a consumer's (KIP-1099, v1); -1: not told. */
  memberType: number;
};

export type ShareMember = Omit<ConsumerMember, "instanceId" | "subscribedRegex" | "target" | "memberType">;

export type StreamsTasks = { subtopology: string; partitions: number[] }[];
export type StreamsAssignment = { active: StreamsTasks; standby: StreamsTasks; warmup: StreamsTasks };

export type StreamsMember = {
  memberId: string;
  memberEpoch: number;
  instanceId: string | null;
  rackId: string | null;
  clientId: string;
  host: string;
  topologyEpoch: number;
  processId: string;
  endpoint: { host: string; port: number } | null;
  tags: { key: string; value: string }[];
  assignment: StreamsAssignment;
  target: StreamsAssignment;
  isClassic: boolean;
};

export type Subtopology = {
  id: string;
  sourceTopics: string[];
  repartitionSinkTopics: string[];
  changelogTopics: string[];
  repartitionSourceTopics: string[];
};
export type Topology = { epoch: number; subtopologies: Subtopology[] };

export type DescribedConsumerGroup = Described<ConsumerMember> & { assignor: string };
export type DescribedShareGroup = Described<ShareMember> & { assignor: string };
export type DescribedStreamsGroup = Described<StreamsMember> & { topology: Topology | null };

/** All three ask the same and answer a list of groups; every structure is flexible (KIP-482). */
function describing<Group>(
  key: number,
  name: string,
  versions: number[],
  readGroup: (reader: Reader, version: number) => Group,
): Api<Args, Group[]> {
  return {
    key,
    name,
    versions,
    send: (kafka, version, connection, args) => {
      const create = (groupIds: string[], includeAuthorizedOperations: boolean) =>
        kafka.Writer.create()
          .appendArray(groupIds, (each, groupId) => each.appendString(groupId), true, false)
          .appendBoolean(includeAuthorizedOperations)
          .appendTaggedFields();
      const parse = (_correlationId: number, _key: number, _version: number, reader: Reader): Group[] => {
        reader.readInt32(); // throttle time
        return reader.readArray((each) => readGroup(each, version));
      };
      return kafka.createAPI<Args, Group[]>(key, version, create, parse).async(connection, ...args);
    },
  };
}

const readHead = (reader: Reader) => ({
  errorCode: reader.readInt16(),
  errorMessage: reader.readNullableString(),
  groupId: reader.readString(),
  state: reader.readString(),
  groupEpoch: reader.readInt32(),
  assignmentEpoch: reader.readInt32(),
});

const readStrings = (reader: Reader): string[] => reader.readArray((each) => each.readString(), true, false);
const readNumbers = (reader: Reader): number[] => reader.readArray((each) => each.readInt32(), true, false);

/** A structure that stands alone is followed by its tagged fields; those inside a list are skipped by `readArray`. */
function ended<T>(reader: Reader, value: T): T {
  reader.readTaggedFields();
  return value;
}

const readAssignment = (reader: Reader): TopicPartitions[] =>
  ended(
    reader,
    reader.readArray((each) => ({
      topicId: each.readUUID(),
      topic: each.readString(),
      partitions: readNumbers(each),
    })),
  );

function readConsumerMember(reader: Reader, version: number): ConsumerMember {
  return {
    memberId: reader.readString(),
    instanceId: reader.readNullableString(),
    rackId: reader.readNullableString(),
    memberEpoch: reader.readInt32(),
    clientId: reader.readString(),
    host: reader.readString(),
    subscribed: readStrings(reader),
    subscribedRegex: reader.readNullableString(),
    assignment: readAssignment(reader),
    target: readAssignment(reader),
    memberType: version >= 1 ? reader.readInt8() : -1,
  };
}

/** ConsumerGroupDescribe (KIP-848, Kafka 3.7); @platformatic/kafka lacks v1 (Kafka 4.1), which tells classic members apart. */
export const describeConsumerGroups = describing<DescribedConsumerGroup>(
  69,
  "ConsumerGroupDescribe",
  [1, 0],
  (reader, version) => ({
    ...readHead(reader),
    assignor: reader.readString(),
    members: reader.readArray((each) => readConsumerMember(each, version)),
    operations: reader.readInt32(),
  }),
);

/** ShareGroupDescribe (KIP-932). v0 was only in the preview of Kafka 4.0. */
export const describeShareGroups = describing<DescribedShareGroup>(77, "ShareGroupDescribe", [1], (reader) => ({
  ...readHead(reader),
  assignor: reader.readString(),
  members: reader.readArray((each) => ({
    memberId: each.readString(),
    rackId: each.readNullableString(),
    memberEpoch: each.readInt32(),
    clientId: each.readString(),
    host: each.readString(),
    subscribed: readStrings(each),
    assignment: readAssignment(each),
  })),
  operations: reader.readInt32(),
}));

/** StreamsGroupDescribe (KIP-1071, Kafka 4.1). */
export const describeStreamsGroups = describing<DescribedStreamsGroup>(89, "StreamsGroupDescribe", [0], (reader) => ({
  ...readHead(reader),
  topology: reader.readNullableStruct(() => readTopology(reader)),
  members: reader.readArray(readStreamsMember),
  operations: reader.readInt32(),
}));

function readTopology(reader: Reader): Topology {
  const epoch = reader.readInt32();
  const subtopologies = reader.readArray((each) => ({
    id: each.readString(),
    sourceTopics: readStrings(each),
    repartitionSinkTopics: readStrings(each),
    changelogTopics: readTopicNames(each),
    repartitionSourceTopics: readTopicNames(each),
  }));
  return ended(reader, { epoch, subtopologies });
}

/** Their partitions, replication factor and configs are in the topics themselves. */
function readTopicNames(reader: Reader): string[] {
  return reader.readArray((each) => {
    const name = each.readString();
    each.readInt32();
    each.readInt16();
    readPairs(each);
    return name;
  });
}

const readPairs = (reader: Reader) =>
  reader.readArray((each) => ({ key: each.readString(), value: each.readString() }));

function readStreamsMember(reader: Reader): StreamsMember {
  const head = {
    memberId: reader.readString(),
    memberEpoch: reader.readInt32(),
    instanceId: reader.readNullableString(),
    rackId: reader.readNullableString(),
    clientId: reader.readString(),
    host: reader.readString(),
    topologyEpoch: reader.readInt32(),
    processId: reader.readString(),
    endpoint: reader.readNullableStruct(() =>
      ended(reader, { host: reader.readString(), port: reader.readUnsignedInt16() }),
    ),
    tags: readPairs(reader),
  };
  skipTaskOffsets(reader);
  skipTaskOffsets(reader);
  return { ...head, assignment: readTasks(reader), target: readTasks(reader), isClassic: reader.readBoolean() };
}

/** Where tasks are in their changelogs: members report them, brokers as of 4.3 do not fill them in. */
function skipTaskOffsets(reader: Reader): void {
  reader.readArray((each) => {
    each.readString();
    each.readInt32();
    each.readInt64();
  });
}

function readTasks(reader: Reader): StreamsAssignment {
  const tasks = () => reader.readArray((each) => ({ subtopology: each.readString(), partitions: readNumbers(each) }));
  return ended(reader, { active: tasks(), standby: tasks(), warmup: tasks() });
}
