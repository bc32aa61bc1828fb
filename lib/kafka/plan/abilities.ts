/**
 * What Kafdeck can do with a cluster, as data: the requests a thing needs (by API key and lowest version), the right it needs on
 * the cluster (its ACL operation code, where Kafka tells it), and whether it changes anything.
 */
type Need = {
  text: string;
  apis: { key: number; name: string; from: number }[];
  operation?: Operation;
  writes?: boolean;
};

/** Kafka's AclOperation codes, which are also the bits of `clusterAuthorizedOperations` (KIP-430). */
const operations = {
  create: 5,
  alter: 7,
  describe: 8,
  "cluster-action": 9,
  "describe-configs": 10,
  "alter-configs": 11,
} as const;
type Operation = keyof typeof operations;
const operationNames = {
  create: "Create",
  alter: "Alter",
  describe: "Describe",
  "cluster-action": "ClusterAction",
  "describe-configs": "DescribeConfigs",
  "alter-configs": "AlterConfigs",
} as const satisfies Record<Operation, string>;

const api = (key: number, name: string, from = 0) => ({ key, name, from });

export const needs = {
  "topics-list": { text: "List and describe topics", apis: [api(3, "Metadata", 9)] },
  "topic-ids": { text: "Tell topics apart by id", apis: [api(3, "Metadata", 10)] },
  offsets: { text: "Show offsets and spans", apis: [api(2, "ListOffsets", 5)] },
  "latest-record": { text: "Show when the newest record was written", apis: [api(2, "ListOffsets", 7)] },
  records: { text: "Read records", apis: [api(1, "Fetch", 4)] },
  sizes: { text: "Show sizes on disk", apis: [api(35, "DescribeLogDirs", 2)], operation: "describe" },
  "free-space": { text: "Show free disk space", apis: [api(35, "DescribeLogDirs", 4)], operation: "describe" },
  configs: { text: "Show configs", apis: [api(32, "DescribeConfigs", 1)] },
  "broker-configs": {
    text: "Show configs of brokers",
    apis: [api(32, "DescribeConfigs", 1)],
    operation: "describe-configs",
  },
  quorum: { text: "Show the KRaft quorum", apis: [api(55, "DescribeQuorum")], operation: "describe" },
  acls: { text: "Show ACLs", apis: [api(29, "DescribeAcls", 1)], operation: "describe" },
  groups: {
    text: "List groups, their members and their lag",
    apis: [api(16, "ListGroups", 3), api(15, "DescribeGroups", 3), api(9, "OffsetFetch", 5)],
  },
  "groups-batched": {
    text: "Read the commits of many groups at once",
    apis: [api(9, "OffsetFetch", 8), api(10, "FindCoordinator", 4)],
  },
  "groups-consumer": { text: "Describe groups of the new protocol", apis: [api(69, "ConsumerGroupDescribe")] },
  "groups-share": {
    text: "Describe share groups",
    apis: [api(77, "ShareGroupDescribe", 1), api(90, "DescribeShareGroupOffsets")],
  },
  "groups-share-delivery": {
    text: "Show what became of the records of share groups",
    apis: [api(84, "ReadShareGroupState"), api(87, "ReadShareGroupStateSummary")],
    operation: "cluster-action",
  },
  "groups-streams": { text: "Describe streams groups", apis: [api(89, "StreamsGroupDescribe")] },
  "offsets-set": { text: "Reset offsets of groups", apis: [api(8, "OffsetCommit", 8)], writes: true },
  "offsets-delete": { text: "Delete offsets of groups", apis: [api(47, "OffsetDelete")], writes: true },
  "groups-delete": { text: "Delete groups", apis: [api(42, "DeleteGroups")], writes: true },
  "members-remove": { text: "Remove members of groups", apis: [api(13, "LeaveGroup", 3)], writes: true },
  "share-offsets-set": {
    text: "Reset the start offsets of share groups",
    apis: [api(91, "AlterShareGroupOffsets")],
    writes: true,
  },
  "topics-create": { text: "Create topics", apis: [api(19, "CreateTopics", 5)], writes: true },
  "topics-delete": { text: "Delete topics", apis: [api(20, "DeleteTopics", 1)], writes: true },
  "partitions-add": { text: "Add partitions", apis: [api(37, "CreatePartitions", 1)], writes: true },
  "records-delete": { text: "Purge and delete records", apis: [api(21, "DeleteRecords", 1)], writes: true },
  "configs-alter": { text: "Change configs of topics", apis: [api(44, "IncrementalAlterConfigs")], writes: true },
  "broker-configs-alter": {
    text: "Change configs and loggers of brokers",
    apis: [api(44, "IncrementalAlterConfigs")],
    operation: "alter-configs",
    writes: true,
  },
  "features-alter": {
    text: "Raise and lower feature levels",
    apis: [api(57, "UpdateFeatures", 1)],
    operation: "alter",
    writes: true,
  },
  "leaders-elect": {
    text: "Elect preferred leaders",
    apis: [api(43, "ElectLeaders", 1)],
    operation: "alter",
    writes: true,
  },
} as const satisfies Record<string, Need>;

export type Versions = Map<number, { min: number; max: number }>;
export type Ability = { text: string; able: boolean; reason: string | null };

/**
 * Whether each thing can be done, and why not: the brokers lack the request, the user lacks the right (null: Kafka did not tell the
 * rights), or Kafdeck is read-only.
 */
export function abilities(
  versions: Versions,
  authorized: number | null,
  readOnlyReason: string | null,
): Record<string, Ability> {
  return Object.fromEntries(
    Object.entries<Need>(needs).map(([id, need]) => {
      const reason =
        missingApi(need, versions) ?? missingRight(need, authorized) ?? (need.writes ? readOnlyReason : null);
      return [id, { text: need.text, able: reason === null, reason }];
    }),
  );
}

function missingApi({ apis }: Need, versions: Versions): string | null {
  const missing = apis.find(({ key, from }) => (versions.get(key)?.max ?? -1) < from);
  if (!missing) return null;
  return versions.has(missing.key)
    ? `The brokers offer ${missing.name} only up to version ${versions.get(missing.key)?.max}; version ${missing.from} is needed.`
    : `The brokers do not offer ${missing.name}.`;
}

function missingRight({ operation }: Need, authorized: number | null): string | null {
  if (!operation || authorized === null) return null;
  return (authorized >>> operations[operation]) & 1 ? null : `Needs ${operationNames[operation]} on the cluster.`;
}
