import {
  apiVersionsV3,
  Connection,
  describeConfigsV4,
  describeGroupsV5,
  describeLogDirsV4,
  findCoordinatorV4,
  listGroupsV5,
  listOffsetsV9,
  metadataV12,
  offsetCommitV8,
  offsetFetchV8,
} from "@platformatic/kafka";

/** The least that a topic list must wait for: the same requests, one connection, nothing made of the answers. */
async function connected<T>(bootstrap: string, work: (connection: Connection) => Promise<T>): Promise<T> {
  const [host = "127.0.0.1", port] = (bootstrap.split(",")[0] ?? "").split(":");
  const connection = new Connection("bench", { maxInflights: 20 });
  await connection.connect(host, Number(port));
  await apiVersionsV3.api.async(connection, "bench", "1");
  try {
    return await work(connection);
  } finally {
    await connection.close();
  }
}

export const rawMetadata = (bootstrap: string) =>
  connected(bootstrap, (connection) => metadataV12.api.async(connection, null, false, false));

/** Metadata, ListOffsets twice, DescribeLogDirs and DescribeConfigs of every topic, on one broker. */
export function rawTopicList(bootstrap: string): Promise<unknown> {
  return connected(bootstrap, async (connection) => {
    const { topics } = await metadataV12.api.async(connection, null, false, false);
    const offsets = (timestamp: bigint) =>
      topics.map(({ name, partitions }) => ({
        name: name ?? "",
        partitions: partitions.map(({ partitionIndex }) => ({ partitionIndex, currentLeaderEpoch: -1, timestamp })),
      }));
    const resources = topics.map(({ name }) => ({
      resourceType: 2 as const,
      resourceName: name ?? "",
      configurationKeys: ["cleanup.policy", "retention.ms", "retention.bytes", "min.insync.replicas"],
    }));
    return Promise.all([
      listOffsetsV9.api.async(connection, -1, 0, offsets(-2n)),
      listOffsetsV9.api.async(connection, -1, 0, offsets(-1n)),
      describeLogDirsV4.api.async(connection, null),
      describeConfigsV4.api.async(connection, resources, false, false),
    ]);
  });
}

type Commits = { groupId: string; topics: Parameters<typeof offsetCommitV8.createRequest>[4] };

/** Commits of groups without members, one request a group; the groups are made by it. */
export function commitOffsets(bootstrap: string, groups: Commits[]): Promise<unknown> {
  return connected(bootstrap, async (connection) => {
    const commit = ({ groupId, topics }: Commits) =>
      offsetCommitV8.api.async(connection, groupId, -1, "", null, topics);
    // The first question for a coordinator makes the topic that groups are kept in, and that takes a moment.
    for (let attempt = 1; ; attempt++) {
      try {
        await findCoordinatorV4.api.async(
          connection,
          0,
          groups.slice(0, 1).map(({ groupId }) => groupId),
        );
        await Promise.all(groups.slice(0, 1).map(commit));
        break;
      } catch (error) {
        if (attempt === 100) throw error;
        await new Promise((resume) => setTimeout(resume, 100));
      }
    }
    for (let at = 0; at < groups.length; at += 20) await Promise.all(groups.slice(at, at + 20).map(commit));
  });
}

/** ListGroups, DescribeGroups, OffsetFetch of every group and both ends of every partition with a commit, on one broker. */
export function rawGroupList(bootstrap: string): Promise<unknown> {
  return connected(bootstrap, async (connection) => {
    const { groups } = await listGroupsV5.api.async(connection, [], []);
    const names = groups.map(({ groupId }) => groupId);
    const asked = names.map((groupId) => ({ groupId, memberEpoch: -1, topics: null }));
    const [, fetched] = await Promise.all([
      describeGroupsV5.api.async(connection, names, false),
      offsetFetchV8.api.async(connection, asked, false),
    ]);
    const partitions = new Map<string, Set<number>>();
    for (const { name, partitions: own } of fetched.groups.flatMap(({ topics }) => topics)) {
      const known = partitions.get(name) ?? new Set();
      for (const { partitionIndex } of own) known.add(partitionIndex);
      partitions.set(name, known);
    }
    const ends = (timestamp: bigint) =>
      [...partitions].map(([name, own]) => ({
        name,
        partitions: [...own].map((partitionIndex) => ({ partitionIndex, currentLeaderEpoch: -1, timestamp })),
      }));
    return Promise.all([
      listOffsetsV9.api.async(connection, -1, 0, ends(-2n)),
      listOffsetsV9.api.async(connection, -1, 0, ends(-1n)),
    ]);
  });
}
