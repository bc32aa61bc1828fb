import {
  apiVersionsV3,
  Connection,
  describeConfigsV4,
  describeLogDirsV4,
  listOffsetsV9,
  metadataV12,
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
