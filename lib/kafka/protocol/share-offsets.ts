import type * as Kafka from "@platformatic/kafka";
import type { Api } from "./apis.ts";

/** `topics` null: every partition the group has a start offset of. */
export type ShareOffsetsOf = { groupId: string; topics: { topic: string; partitions: number[] }[] | null };

export type DescribedShareOffsets = {
  groupId: string;
  topics: {
    topic: string;
    topicId: string;
    partitions: {
      partition: number;
      /** -1: no share-partition has been made ready yet. */
      startOffset: bigint;
      leaderEpoch: number;
      /** KIP-1226, v1 (Kafka 4.2): records that are not done with; -1: not told. */
      lag: bigint;
      errorCode: number;
      errorMessage: string | null;
    }[];
  }[];
  errorCode: number;
  errorMessage: string | null;
};

type Args = [groups: ShareOffsetsOf[]];

/** DescribeShareGroupOffsets (KIP-932, Kafka 4.1): the start offsets of share groups, which have no commits. */
export const describeShareOffsets: Api<Args, DescribedShareOffsets[]> = {
  key: 90,
  name: "DescribeShareGroupOffsets",
  versions: [1, 0],
  send: (kafka, version, connection, args) => {
    const create = (groups: ShareOffsetsOf[]) =>
      kafka.Writer.create()
        .appendArray(groups, (each, { groupId, topics }) => {
          each.appendString(groupId);
          each.appendArray(topics, (inner, { topic, partitions }) => {
            inner.appendString(topic);
            inner.appendArray(partitions, (row, partition) => row.appendInt32(partition), true, false);
          });
        })
        .appendTaggedFields();
    const parse = (_correlationId: number, _key: number, _version: number, reader: Kafka.Reader) => {
      reader.readInt32(); // throttle time
      return reader.readArray((each) => readGroup(each, version));
    };
    return kafka.createAPI<Args, DescribedShareOffsets[]>(90, version, create, parse).async(connection, ...args);
  },
};

const readGroup = (reader: Kafka.Reader, version: number): DescribedShareOffsets => ({
  groupId: reader.readString(),
  topics: reader.readArray((each) => ({
    topic: each.readString(),
    topicId: each.readUUID(),
    partitions: each.readArray((row) => ({
      partition: row.readInt32(),
      startOffset: row.readInt64(),
      leaderEpoch: row.readInt32(),
      lag: version >= 1 ? row.readInt64() : -1n,
      errorCode: row.readInt16(),
      errorMessage: row.readNullableString(),
    })),
  })),
  errorCode: reader.readInt16(),
  errorMessage: reader.readNullableString(),
});
