import type * as Kafka from "@platformatic/kafka";

type KafkaModule = typeof Kafka;
type VersionedName = {
  [Name in keyof KafkaModule]: KafkaModule[Name] extends { api: unknown } ? Name : never;
}[keyof KafkaModule];
type RequestOf<Name extends VersionedName> = KafkaModule[Name] extends { api: infer Request } ? Request : never;

/** The arguments and the answer of a request, as its newest version has them; the older ones listed are compatible with it. */
type Arguments<Request> = Request extends {
  async: (connection: Kafka.Connection, ...args: infer Args) => Promise<unknown>;
}
  ? Args
  : never;
type Answer<Request> = Request extends { async: (...args: never[]) => Promise<infer Result> } ? Result : never;

export type Api<Args extends unknown[] = unknown[], Result = unknown> = {
  key: number;
  name: string;
  /** Newest first. */
  versions: number[];
  /** Nothing given: kafdeck's ordinary one. Each client id has connections of its own. */
  clientId?: string;
  /** Connections of its own under that client id. Nothing given: shared by all who ask under it. */
  line?: string;
  /** The broker only passes it on to the controller: silence then says nothing about the broker. */
  forwarded?: boolean;
  send: (kafka: KafkaModule, version: number, connection: Kafka.Connection, args: Args) => Promise<Result>;
};

/** A request that @platformatic/kafka offers, in the versions we speak, the newest first. */
function offered<Name extends VersionedName>(key: number, name: string, names: [Name, ...VersionedName[]]) {
  const byVersion = new Map(names.map((versioned) => [Number(/V(\d+)$/.exec(versioned)?.[1]), versioned]));
  return {
    key,
    name,
    versions: [...byVersion.keys()],
    send: async (kafka, version, connection, args) => {
      const versioned = byVersion.get(version);
      if (!versioned) throw new Error(`${name} has no version ${version}`);
      const request = kafka[versioned] as unknown as {
        api: { async: (connection: Kafka.Connection, ...args: unknown[]) => Promise<Answer<RequestOf<Name>>> };
      };
      return request.api.async(connection, ...args);
    },
  } satisfies Api<Arguments<RequestOf<Name>>, Answer<RequestOf<Name>>>;
}

/**
 * Marks a request that brokers pass on to the controller. While no controller answers, the broker answers nothing else on that
 * connection (it takes one request after the other), so such requests have connections of their own.
 */
export const forwarded = <Args extends unknown[], Result>(api: Api<Args, Result>): Api<Args, Result> => ({
  ...api,
  clientId: "kafdeck-controller",
  forwarded: true,
});

/** Feature levels from v3; v4 (Kafka 3.9) also names those whose lowest level is 0. */
export const apiVersions = offered(18, "ApiVersions", ["apiVersionsV4", "apiVersionsV3"]);
/** Topic ids from v10 (Kafka 2.8). */
export const metadata = offered(3, "Metadata", ["metadataV12", "metadataV11", "metadataV10", "metadataV9"]);
/** -3 (the offset with the largest timestamp) from v7; -4 (local log start, tiered) from v8. */
export const listOffsets = offered(2, "ListOffsets", [
  "listOffsetsV9",
  "listOffsetsV8",
  "listOffsetsV7",
  "listOffsetsV6",
  "listOffsetsV5",
]);
/** For -3, which makes brokers look into the logs: on a connection of its own, so that it holds up nothing else. */
export const newestOffsets = {
  ...offered(2, "ListOffsets", ["listOffsetsV9", "listOffsetsV8", "listOffsetsV7"]),
  line: "newest",
};
/** Type and documentation from v3 (Kafka 2.6). */
export const describeConfigs = offered(32, "DescribeConfigs", [
  "describeConfigsV4",
  "describeConfigsV3",
  "describeConfigsV2",
  "describeConfigsV1",
]);
export const incrementalAlterConfigs = forwarded(
  offered(44, "IncrementalAlterConfigs", ["incrementalAlterConfigsV1", "incrementalAlterConfigsV0"]),
);
/** Total and usable bytes of the volume from v4 (KIP-827, Kafka 3.3). */
export const describeLogDirs = offered(35, "DescribeLogDirs", [
  "describeLogDirsV4",
  "describeLogDirsV3",
  "describeLogDirsV2",
]);
/** KIP-595; the last fetch and caught-up times from v1 (Kafka 3.3). */
export const describeQuorum = forwarded(
  offered(55, "DescribeQuorum", ["describeQuorumV2", "describeQuorumV1", "describeQuorumV0"]),
);
export const describeCluster = offered(60, "DescribeCluster", ["describeClusterV1", "describeClusterV0"]);
/** KIP-584, with validateOnly, which v0 (before Kafka 3.3) has not. */
export const updateFeatures = forwarded(offered(57, "UpdateFeatures", ["updateFeaturesV1"]));
/** Broker defaults by -1 from v4 (KIP-464, Kafka 2.4); what was created is told from v5 (KIP-525). */
export const createTopics = forwarded(
  offered(19, "CreateTopics", ["createTopicsV7", "createTopicsV6", "createTopicsV5"]),
);
/** By topic id from v6 (KIP-516, Kafka 2.8). */
export const deleteTopics = forwarded(offered(20, "DeleteTopics", ["deleteTopicsV6"]));
export const deleteRecords = offered(21, "DeleteRecords", ["deleteRecordsV2", "deleteRecordsV1"]);
/** States from v4 (KIP-518, Kafka 2.6), types from v5 (KIP-848, Kafka 3.8). */
export const listGroups = offered(16, "ListGroups", ["listGroupsV5", "listGroupsV4", "listGroupsV3"]);
/** Of classic groups. Says Dead of groups that do not exist, and of those of other types. */
export const describeGroups = offered(15, "DescribeGroups", [
  "describeGroupsV5",
  "describeGroupsV4",
  "describeGroupsV3",
]);
/** Of many groups by one request (KIP-709, Kafka 3.0). */
export const offsetFetch = offered(9, "OffsetFetch", ["offsetFetchV9", "offsetFetchV8"]);
/** Of one group. */
export const offsetFetchOne = offered(9, "OffsetFetch", ["offsetFetchV7", "offsetFetchV6", "offsetFetchV5"]);
/** Of many keys by one request (KIP-699, Kafka 3.0); share coordinators from v6 (KIP-932). */
export const findCoordinators = offered(10, "FindCoordinator", [
  "findCoordinatorV6",
  "findCoordinatorV5",
  "findCoordinatorV4",
]);
/** Of one key. */
export const findCoordinator = offered(10, "FindCoordinator", ["findCoordinatorV3", "findCoordinatorV2"]);
export const deleteGroups = offered(42, "DeleteGroups", ["deleteGroupsV2", "deleteGroupsV1", "deleteGroupsV0"]);
/** KIP-496, Kafka 2.4. */
export const offsetDelete = offered(47, "OffsetDelete", ["offsetDeleteV0"]);
/** Of other members than oneself from v3 (KIP-345, Kafka 2.4), with a reason from v5 (KIP-800, Kafka 3.2). */
export const leaveGroup = offered(13, "LeaveGroup", ["leaveGroupV5", "leaveGroupV4", "leaveGroupV3"]);
