import {
  field,
  int32s,
  key,
  listOf,
  type RecordTypes,
  type Schema,
  strings,
  type Type,
  value,
} from "./kafka-schema.ts";

const int16s: Type = { list: "int16" };
const group = field("groupId", "string");
const member = field("memberId", "string");
const epochs = [field("memberEpoch", "int32"), field("previousMemberEpoch", "int32")];
const metadataHash = field("metadataHash", "int64");
const assignmentEpoch = [field("assignmentEpoch", "int32"), field("assignmentTimestamp", "int64", { tag: 0 })];
const assignmentEpochs = field("assignmentEpochs", { list: "int32" }, { tag: 0 });
const topicPartitions = [field("topicId", "uuid"), field("partitions", int32s)];
const settings = listOf(field("key", "string"), field("value", "string"));
const client = [field("clientId", "string"), field("clientHost", "string")];
const memberState: Type = { names: { 0: "STABLE", 1: "UNREVOKED_PARTITIONS", 2: "UNRELEASED_PARTITIONS" } };
const streamsState: Type = { names: { 1: "STABLE", 2: "UNREVOKED_TASKS", 3: "UNRELEASED_TASKS" } };

const offsetKey = key(field("group", "string"), field("topic", "string"), field("partition", "int32"));
const offsetValue: Schema = {
  newest: 4,
  flexible: 4,
  fields: [
    field("offset", "int64"),
    field("leaderEpoch", "int32", { since: 3 }),
    field("metadata", "string"),
    field("commitTimestamp", "int64"),
    field("expireTimestamp", "int64", { since: 1, until: 1 }),
    field("topicId", "uuid", { tag: 0 }),
  ],
};

const groupValue: Schema = {
  newest: 4,
  flexible: 4,
  fields: [
    field("protocolType", "string"),
    field("generation", "int32"),
    field("protocol", "string"),
    field("leader", "string"),
    field("currentStateTimestamp", "int64", { since: 2 }),
    field(
      "members",
      listOf(
        member,
        field("groupInstanceId", "string", { since: 3 }),
        ...client,
        field("rebalanceTimeout", "int32", { since: 1 }),
        field("sessionTimeout", "int32"),
        field("subscription", { embedded: "subscription" }),
        field("assignment", { embedded: "assignment" }),
      ),
    ),
  ],
};

const task = listOf(field("subtopologyId", "string"), field("partitions", int32s));
const taskWithEpochs = listOf(field("subtopologyId", "string"), field("partitions", int32s), assignmentEpochs);
const tasks = (after: string, type: Type) =>
  ["activeTasks", "standbyTasks", "warmupTasks"].map((name) => field(`${name}${after}`, type));
const internalTopic = listOf(
  field("name", "string"),
  field("partitions", "int32"),
  field("replicationFactor", "int16"),
  field("topicConfigs", settings),
);
const namedPartitions = listOf(field("topicId", "uuid"), field("topicName", "string"), field("partitions", int32s));

/** Of `__consumer_offsets`, by the type at the beginning of a key (what were its versions 0 to 2 are types since Kafka 4). */
export const consumerOffsets: RecordTypes = {
  0: { name: "LegacyOffsetCommit", key: offsetKey, value: offsetValue },
  1: { name: "OffsetCommit", key: offsetKey, value: offsetValue },
  2: { name: "GroupMetadata", key: key(field("group", "string")), value: groupValue },
  // KIP-848: consumer groups.
  3: {
    name: "ConsumerGroupMetadata",
    key: key(group),
    value: value(field("epoch", "int32"), field("metadataHash", "int64", { tag: 0 })),
  },
  4: {
    name: "ConsumerGroupPartitionMetadata",
    key: key(group),
    value: value(
      field(
        "topics",
        listOf(
          field("topicId", "uuid"),
          field("topicName", "string"),
          field("numPartitions", "int32"),
          field("partitionMetadata", listOf(field("partition", "int32"), field("racks", strings))),
        ),
      ),
    ),
  },
  5: {
    name: "ConsumerGroupMemberMetadata",
    key: key(group, member),
    value: value(
      field("instanceId", "string"),
      field("rackId", "string"),
      ...client,
      field("subscribedTopicNames", strings),
      field("subscribedTopicRegex", "string"),
      field("rebalanceTimeoutMs", "int32"),
      field("serverAssignor", "string"),
      field(
        "classicMemberMetadata",
        {
          struct: [
            field("sessionTimeoutMs", "int32"),
            field(
              "supportedProtocols",
              listOf(field("name", "string"), field("metadata", { embedded: "subscription" })),
            ),
          ],
          orNull: true,
        },
        { tag: 0 },
      ),
    ),
  },
  6: { name: "ConsumerGroupTargetAssignmentMetadata", key: key(group), value: value(...assignmentEpoch) },
  7: {
    name: "ConsumerGroupTargetAssignmentMember",
    key: key(group, member),
    value: value(field("topicPartitions", listOf(...topicPartitions))),
  },
  8: {
    name: "ConsumerGroupCurrentMemberAssignment",
    key: key(group, member),
    value: value(
      ...epochs,
      field("state", memberState),
      field("assignedPartitions", listOf(...topicPartitions, assignmentEpochs)),
      field("partitionsPendingRevocation", listOf(...topicPartitions, assignmentEpochs)),
    ),
  },
  // KIP-932: share groups. 9 was only in previews.
  10: {
    name: "ShareGroupMemberMetadata",
    key: key(group, member),
    value: value(field("rackId", "string"), ...client, field("subscribedTopicNames", strings)),
  },
  11: { name: "ShareGroupMetadata", key: key(group), value: value(field("epoch", "int32"), metadataHash) },
  12: { name: "ShareGroupTargetAssignmentMetadata", key: key(group), value: value(...assignmentEpoch) },
  13: {
    name: "ShareGroupTargetAssignmentMember",
    key: key(group, member),
    value: value(field("topicPartitions", listOf(...topicPartitions))),
  },
  14: {
    name: "ShareGroupCurrentMemberAssignment",
    key: key(group, member),
    value: value(...epochs, field("state", memberState), field("assignedPartitions", listOf(...topicPartitions))),
  },
  15: {
    name: "ShareGroupStatePartitionMetadata",
    key: key(group),
    value: value(
      field("initializingTopics", namedPartitions),
      field("initializedTopics", namedPartitions),
      field("deletingTopics", listOf(field("topicId", "uuid"), field("topicName", "string"))),
    ),
  },
  16: {
    name: "ConsumerGroupRegularExpression",
    key: key(group, field("regularExpression", "string")),
    value: value(field("topics", strings), field("version", "int64"), field("timestamp", "int64")),
  },
  // KIP-1071: streams groups. 18 was only in previews.
  17: {
    name: "StreamsGroupMetadata",
    key: key(group),
    value: value(
      field("epoch", "int32"),
      metadataHash,
      field("validatedTopologyEpoch", "int32", { tag: 0 }),
      field("lastAssignmentConfigs", settings, { tag: 1 }),
    ),
  },
  19: {
    name: "StreamsGroupMemberMetadata",
    key: key(group, member),
    value: value(
      field("instanceId", "string"),
      field("rackId", "string"),
      ...client,
      field("rebalanceTimeoutMs", "int32"),
      field("topologyEpoch", "int32"),
      field("processId", "string"),
      field("userEndpoint", { struct: [field("host", "string"), field("port", "uint16")], orNull: true }),
      field("clientTags", settings),
    ),
  },
  20: { name: "StreamsGroupTargetAssignmentMetadata", key: key(group), value: value(...assignmentEpoch) },
  21: { name: "StreamsGroupTargetAssignmentMember", key: key(group, member), value: value(...tasks("", task)) },
  22: {
    name: "StreamsGroupCurrentMemberAssignment",
    key: key(group, member),
    value: value(
      ...epochs,
      field("state", streamsState),
      ...tasks("", taskWithEpochs),
      ...tasks("PendingRevocation", taskWithEpochs),
    ),
  },
  23: {
    name: "StreamsGroupTopology",
    key: key(group),
    value: value(
      field("epoch", "int32"),
      field(
        "subtopologies",
        listOf(
          field("subtopologyId", "string"),
          field("sourceTopics", strings),
          field("sourceTopicRegex", strings),
          field("stateChangelogTopics", internalTopic),
          field("repartitionSinkTopics", strings),
          field("repartitionSourceTopics", internalTopic),
          field(
            "copartitionGroups",
            listOf(
              field("sourceTopics", int16s),
              field("sourceTopicRegex", int16s),
              field("repartitionSourceTopics", int16s),
            ),
          ),
        ),
      ),
    ),
  },
};
