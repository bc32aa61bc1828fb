import type * as Kafka from "@platformatic/kafka";
import type { Api } from "./apis.ts";

export type ShareStateOf = { groupId: string; topics: { topicId: string; partitions: number[] }[] };

type Row = { topicId: string; partition: number; errorCode: number; errorMessage: string | null };

export type ShareState = Row & {
  /** -1: not made ready yet. */
  startOffset: bigint;
  /** From the start offset on. `state` 0: available, 2: acknowledged, 4: archived. */
  batches: { first: bigint; last: bigint; state: number; deliveries: number }[];
};

/** `done`: records from the start offset on that are done with (KIP-1226, v1); -1: not told. */
export type ShareSummary = Row & { startOffset: bigint; done: number };

type Args = [wanted: ShareStateOf];

/** In place of a leader's epoch: any other number would be written down as the leader's newest. */
const NOT_A_LEADER = -1;

function stateApi<Result>(
  key: number,
  name: string,
  versions: number[],
  readRow: (reader: Kafka.Reader, version: number) => Omit<Result, "topicId">,
): Api<Args, Result[]> {
  return {
    key,
    name,
    versions,
    send: (kafka, version, connection, args) => {
      const parse = (_correlationId: number, _key: number, _version: number, reader: Kafka.Reader) =>
        reader
          .readArray((each) => {
            const topicId = each.readUUID();
            return each.readArray((row) => ({ topicId, ...readRow(row, version) }) as Result);
          })
          .flat();
      const create = (wanted: ShareStateOf) => writeRequest(kafka, wanted);
      return kafka.createAPI<Args, Result[]>(key, version, create, parse).async(connection, ...args);
    },
  };
}

const writeRequest = (kafka: typeof Kafka, { groupId, topics }: ShareStateOf) =>
  kafka.Writer.create()
    .appendString(groupId)
    .appendArray(topics, (each, { topicId, partitions }) => {
      each.appendUUID(topicId);
      each.appendArray(partitions, (row, partition) => row.appendInt32(partition).appendInt32(NOT_A_LEADER));
    })
    .appendTaggedFields();

/** ReadShareGroupState (KIP-932, Kafka 4.1), at the share coordinator: what became of each record. Needs ClusterAction. */
export const readShareState = stateApi<ShareState>(84, "ReadShareGroupState", [0], (reader) => {
  const partition = reader.readInt32();
  const errorCode = reader.readInt16();
  const errorMessage = reader.readNullableString();
  reader.readInt32(); // state epoch
  const startOffset = reader.readInt64();
  const batches = reader.readArray((each) => ({
    first: each.readInt64(),
    last: each.readInt64(),
    state: each.readInt8(),
    deliveries: each.readInt16(),
  }));
  return { partition, errorCode, errorMessage, startOffset, batches };
});

/** ReadShareGroupStateSummary (KIP-932, Kafka 4.1), at the share coordinator: how much is done with. Needs ClusterAction. */
export const readShareSummary = stateApi<ShareSummary>(87, "ReadShareGroupStateSummary", [1, 0], (reader, version) => {
  const partition = reader.readInt32();
  const errorCode = reader.readInt16();
  const errorMessage = reader.readNullableString();
  reader.readInt32(); // state epoch
  reader.readInt32(); // leader epoch
  const startOffset = reader.readInt64();
  return { partition, errorCode, errorMessage, startOffset, done: version >= 1 ? reader.readInt32() : -1 };
});
