import type * as Kafka from "@platformatic/kafka";
import type { Api } from "./apis.ts";

export type OffsetCommitRequest = {
  groupId: string;
  /** `topic`: its id from v10 on, its name before. */
  topics: { topic: string; partitions: { partition: number; offset: bigint; metadata: string | null }[] }[];
};

/** `topic`: as it was asked for. */
export type OffsetCommitted = { topic: string; partitions: { partition: number; errorCode: number }[] }[];

/** Whoever is no member has no generation and no leader epoch to tell: the broker then takes commits only while the group is empty. */
const NONE = -1;

/**
 * OffsetCommit of an administrator: no member id and no generation. @platformatic/kafka knows no v10 (KIP-848, Kafka 4.1), which
 * names topics by their ids and so cannot commit for another topic of the name.
 */
const commitOf = (versions: number[]): Api<[OffsetCommitRequest], OffsetCommitted> => ({
  key: 8,
  name: "OffsetCommit",
  versions,
  send: (kafka, version, connection, [request]) => {
    const create = ({ groupId, topics }: OffsetCommitRequest) =>
      kafka.Writer.create()
        .appendString(groupId)
        .appendInt32(NONE)
        .appendString("")
        .appendString(null)
        .appendArray(topics, (each, { topic, partitions }) => {
          if (version >= 10) each.appendUUID(topic);
          else each.appendString(topic);
          each.appendArray(partitions, (row, { partition, offset, metadata }) =>
            row.appendInt32(partition).appendInt64(offset).appendInt32(NONE).appendString(metadata),
          );
        })
        .appendTaggedFields();
    const parse = (_correlationId: number, _key: number, _version: number, reader: Kafka.Reader): OffsetCommitted => {
      reader.readInt32(); // throttle time
      return reader.readArray((each) => ({
        topic: version >= 10 ? each.readUUID() : each.readString(),
        partitions: each.readArray((row) => ({ partition: row.readInt32(), errorCode: row.readInt16() })),
      }));
    };
    return kafka
      .createAPI<[OffsetCommitRequest], OffsetCommitted>(8, version, create, parse)
      .async(connection, request);
  },
});

export const commitById = commitOf([10]);
/** Back to Kafka 2.4. */
export const commitByName = commitOf([9, 8]);
