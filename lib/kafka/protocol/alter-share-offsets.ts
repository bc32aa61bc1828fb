import type * as Kafka from "@platformatic/kafka";
import type { Api } from "./apis.ts";

export type ShareStarts = { topic: string; partitions: { partition: number; offset: bigint }[] }[];

/** `errorCode` of the whole: nothing was set. */
export type AlteredShareOffsets = {
  errorCode: number;
  errorMessage: string | null;
  topics: { topic: string; partitions: { partition: number; errorCode: number; errorMessage: string | null }[] }[];
};

export type DeletedShareOffsets = {
  errorCode: number;
  errorMessage: string | null;
  topics: { topic: string; errorCode: number; errorMessage: string | null }[];
};

const readError = (reader: Kafka.Reader) => ({
  errorCode: reader.readInt16(),
  errorMessage: reader.readNullableString(),
});

/** AlterShareGroupOffsets (KIP-932, Kafka 4.1): the start offsets of a share group without members. */
export const alterShareOffsets: Api<[groupId: string, starts: ShareStarts], AlteredShareOffsets> = {
  key: 91,
  name: "AlterShareGroupOffsets",
  versions: [0],
  send: (kafka, version, connection, args) => {
    const create = (groupId: string, starts: ShareStarts) =>
      kafka.Writer.create()
        .appendString(groupId)
        .appendArray(starts, (each, { topic, partitions }) =>
          each
            .appendString(topic)
            .appendArray(partitions, (row, { partition, offset }) => row.appendInt32(partition).appendInt64(offset)),
        )
        .appendTaggedFields();
    const parse = (_correlationId: number, _key: number, _version: number, reader: Kafka.Reader) => {
      reader.readInt32(); // throttle time
      return {
        ...readError(reader),
        topics: reader.readArray((each) => {
          const topic = each.readString();
          each.readUUID();
          return { topic, partitions: each.readArray((row) => ({ partition: row.readInt32(), ...readError(row) })) };
        }),
      };
    };
    return kafka
      .createAPI<[string, ShareStarts], AlteredShareOffsets>(91, version, create, parse)
      .async(connection, ...args);
  },
};

/** DeleteShareGroupOffsets (KIP-932, Kafka 4.1): of whole topics; the group must have no members. */
export const deleteShareOffsets: Api<[groupId: string, topics: string[]], DeletedShareOffsets> = {
  key: 92,
  name: "DeleteShareGroupOffsets",
  versions: [0],
  send: (kafka, version, connection, args) => {
    const create = (groupId: string, topics: string[]) =>
      kafka.Writer.create()
        .appendString(groupId)
        .appendArray(topics, (each, topic) => each.appendString(topic))
        .appendTaggedFields();
    const parse = (_correlationId: number, _key: number, _version: number, reader: Kafka.Reader) => {
      reader.readInt32(); // throttle time
      return {
        ...readError(reader),
        topics: reader.readArray((each) => {
          const topic = each.readString();
          each.readUUID();
          return { topic, ...readError(each) };
        }),
      };
    };
    return kafka
      .createAPI<[string, string[]], DeletedShareOffsets>(92, version, create, parse)
      .async(connection, ...args);
  },
};
