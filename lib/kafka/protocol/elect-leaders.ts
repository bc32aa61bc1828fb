import type * as Kafka from "@platformatic/kafka";
import { forwarded } from "./apis.ts";

export type ElectionTopic = { topic: string; partitions: number[] };

export type ElectionAnswer = {
  errorCode: number;
  results: { topic: string; partitions: { partition: number; errorCode: number; errorMessage: string | null }[] }[];
};

type Args = [electionType: number, topics: ElectionTopic[], timeoutMs: number];

/** The replica that stands first in a partition's list leads again. */
export const PREFERRED = 0;

type KafkaModule = typeof Kafka;

/** v1 has plain arrays and strings, v2 compact ones and tagged fields. */
function requestOf(kafka: KafkaModule, version: number) {
  const compact = version >= 2;
  const create = (electionType: number, topics: ElectionTopic[], timeoutMs: number) => {
    const writer = kafka.Writer.create().appendInt8(electionType);
    writer.appendArray(
      topics,
      (each, { topic, partitions }) => {
        each.appendString(topic, compact);
        each.appendArray(partitions, (inner, partition) => inner.appendInt32(partition), compact, false);
      },
      compact,
      compact,
    );
    writer.appendInt32(timeoutMs);
    return compact ? writer.appendTaggedFields() : writer;
  };
  const parse = (_correlationId: number, _key: number, _version: number, reader: Kafka.Reader): ElectionAnswer => {
    reader.readInt32();
    const errorCode = reader.readInt16();
    const results = reader.readArray(
      (each) => ({
        topic: each.readString(compact),
        partitions: each.readArray(
          (inner) => ({
            partition: inner.readInt32(),
            errorCode: inner.readInt16(),
            errorMessage: inner.readNullableString(compact),
          }),
          compact,
          compact,
        ),
      }),
      compact,
      compact,
    );
    return { errorCode, results };
  };
  return kafka.createAPI<Args, ElectionAnswer>(43, version, create, parse, compact, compact);
}

/** ElectLeaders (KIP-460, Kafka 2.4): moves the leadership of partitions. @platformatic/kafka has no function for it. */
export const electLeaders = forwarded<Args, ElectionAnswer>({
  key: 43,
  name: "ElectLeaders",
  versions: [2, 1],
  send: (kafka, version, connection, args) => requestOf(kafka, version).async(connection, ...args),
});
