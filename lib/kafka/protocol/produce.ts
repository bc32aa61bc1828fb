import type * as Kafka from "@platformatic/kafka";
import type { Api } from "./apis.ts";

/**
 * A client id of its own: a Kafka quota can be set on what Kafdeck writes, and a broker that waits for replicas, during which it
 * answers nothing else on that connection, holds up no page.
 */
export const PRODUCE_CLIENT_ID = "kafdeck-produce";

export type ProduceRequest = {
  /** -1: all in-sync replicas; 1: the leader alone. */
  acks: -1 | 1;
  /** How long the broker may wait for the replicas. */
  timeoutMs: number;
  /** The topic's id from v13 on, its name before. */
  topic: string;
  /** One record batch (magic 2) for each partition: brokers take no more. */
  partitions: { partition: number; batch: Buffer }[];
  /** Called when the request leaves: what fails from then on may have been written. */
  onSend: () => void;
};

export type ProducedPartition = {
  partition: number;
  errorCode: number;
  /** -1 where nothing was written. */
  baseOffset: bigint;
  /** -1 with message.timestamp.type=CreateTime. */
  logAppendTime: bigint;
  /** The records that made the broker refuse the batch, by their place in it (KIP-467); none before v8. */
  recordErrors: { index: number; message: string | null }[];
  errorMessage: string | null;
};

export type Produced = { throttleMs: number; partitions: ProducedPartition[] };

type Reader = InstanceType<typeof Kafka.Reader>;

/**
 * Produce with batches that are packed already: the client's own functions take records in a form that keeps neither the order of
 * headers nor repeated ones.
 */
const produceOf = (versions: number[]): Api<[ProduceRequest], Produced> => ({
  key: 0,
  name: "Produce",
  versions,
  clientId: PRODUCE_CLIENT_ID,
  send: (kafka, version, connection, [request]) => {
    const flexible = version >= 9;
    const create = (asked: ProduceRequest) => writeRequest(kafka, version, asked);
    const api = kafka.createAPI<[ProduceRequest], Produced>(0, version, create, readAnswer, flexible, flexible);
    request.onSend();
    return api.async(connection, request);
  },
});

/** For topics with an id (KIP-516), on brokers from Kafka 4.0 on: records never go into another topic of the same name. */
export const produceById = produceOf([13]);
/** Back to Kafka 0.11, whose v3 is the first with record batches of magic 2. Kafka 4 still takes them. */
export const produceByName = produceOf([12, 11, 10, 9, 8, 7, 6, 5, 4, 3]);

function writeRequest(kafka: typeof Kafka, version: number, { acks, timeoutMs, topic, partitions }: ProduceRequest) {
  const compact = version >= 9;
  const writer = kafka.Writer.create().appendString(null, compact).appendInt16(acks).appendInt32(timeoutMs);
  writer.appendArray(
    [topic],
    (each, nameOrId) => {
      if (version >= 13) each.appendUUID(nameOrId);
      else each.appendString(nameOrId, compact);
      each.appendArray(
        partitions,
        (inner, { partition, batch }) => inner.appendInt32(partition).appendBytes(batch, compact),
        compact,
        compact,
      );
    },
    compact,
    compact,
  );
  return compact ? writer.appendTaggedFields() : writer;
}

function readAnswer(_correlation: number, _key: number, version: number, reader: Reader): Produced {
  const compact = version >= 9;
  const topics = reader.readArray(
    (each) => {
      if (version >= 13) each.readUUID();
      else each.readString(compact);
      return each.readArray((inner) => readPartition(inner, version), compact, compact);
    },
    compact,
    compact,
  );
  return { throttleMs: reader.readInt32(), partitions: topics.flat() };
}

function readPartition(reader: Reader, version: number): ProducedPartition {
  const compact = version >= 9;
  const partition = reader.readInt32();
  const errorCode = reader.readInt16();
  const baseOffset = reader.readInt64();
  const logAppendTime = reader.readInt64();
  if (version >= 5) reader.readInt64(); // log start offset
  if (version < 8) return { partition, errorCode, baseOffset, logAppendTime, recordErrors: [], errorMessage: null };
  const recordErrors = reader.readArray(
    (each) => ({ index: each.readInt32(), message: each.readNullableString(compact) }),
    compact,
    compact,
  );
  return {
    partition,
    errorCode,
    baseOffset,
    logAppendTime,
    recordErrors,
    errorMessage: reader.readNullableString(compact),
  };
}
