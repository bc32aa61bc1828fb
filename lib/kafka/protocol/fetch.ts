import type * as Kafka from "@platformatic/kafka";
import type { Api } from "./apis.ts";

/** A client id of its own, so that a Kafka quota can be set on what Kafdeck reads. */
export const SCAN_CLIENT_ID = "kafdeck-scan";

export type FetchRequest = {
  maxWaitMs: number;
  maxBytes: number;
  isolation: "read_committed" | "read_uncommitted";
  /** In order: the broker fills the answer from the first one on until `maxBytes`. `topic`: its id from v13 on, its name before. */
  partitions: { topic: string; partition: number; offset: bigint; maxBytes: number }[];
  /** Where we are, so that a leader may name a nearer replica (KIP-392, v11). Nothing given: it names none. */
  rack?: string | null;
};

export type FetchedPartition = {
  /** As it was asked for: id or name. */
  topic: string;
  partition: number;
  errorCode: number;
  highWatermark: bigint;
  lastStableOffset: bigint;
  /** null before v5. */
  logStartOffset: bigint | null;
  /** null: asked for with read_uncommitted. */
  aborted: { producerId: bigint; firstOffset: bigint }[] | null;
  /** The replica to ask instead, as it is in our rack; the answer then holds no records. null: the leader itself. */
  preferredReplica: number | null;
  /** The record batches as they are in the log, in a buffer of their own. */
  records: Uint8Array<ArrayBuffer>;
};

export type Fetched = { throttleMs: number; errorCode: number; partitions: FetchedPartition[] };

type Reader = InstanceType<typeof Kafka.Reader>;
type Version = 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 13 | 14 | 15 | 16 | 17;

/**
 * Fetch with the records left raw: the client's own parser would decode every record on the main thread.
 * Requests are the client's, answers are read here.
 */
const fetchOf = (versions: Version[]): Api<[FetchRequest], Fetched> => ({
  key: 1,
  name: "Fetch",
  versions,
  clientId: SCAN_CLIENT_ID,
  send: (kafka, version, connection, [request]) => {
    const flexible = version >= 12;
    const offered = kafka[`fetchV${version as Version}`] as { createRequest: (...args: unknown[]) => unknown };
    const api = kafka.createAPI(1, version, createWith(offered.createRequest), readAnswer, flexible, flexible);
    return (
      api as unknown as { async: (connection: Kafka.Connection, request: FetchRequest) => Promise<Fetched> }
    ).async(connection, request);
  },
});

/** For topics with an id (Kafka 2.8, KIP-516). */
export const fetchById = fetchOf([17, 16, 15, 14, 13]);
/** For brokers without topic ids, back to Kafka 0.11. */
export const fetchByName = fetchOf([12, 11, 10, 9, 8, 7, 6, 5, 4]);

function createWith(createRequest: (...args: unknown[]) => unknown) {
  return (({ maxWaitMs, maxBytes, isolation, partitions, rack }: FetchRequest) =>
    createRequest(
      maxWaitMs,
      maxWaitMs === 0 ? 0 : 1,
      maxBytes,
      isolation === "read_committed" ? 1 : 0,
      0, // no fetch session: each request stands alone
      -1,
      byTopic(partitions),
      [],
      rack ?? "",
    )) as never;
}

/** Neighbours of one topic together; the order stays, a topic may come again. */
function byTopic(partitions: FetchRequest["partitions"]) {
  const topics: { topicId: string; partitions: object[] }[] = [];
  for (const { topic, partition, offset, maxBytes } of partitions) {
    const asked = {
      partition,
      currentLeaderEpoch: -1,
      fetchOffset: offset,
      lastFetchedEpoch: -1,
      partitionMaxBytes: maxBytes,
    };
    const last = topics.at(-1);
    if (last?.topicId === topic) last.partitions.push(asked);
    else topics.push({ topicId: topic, partitions: [asked] });
  }
  return topics;
}

function readAnswer(_correlation: number, _key: number, version: number, reader: Reader): Fetched {
  const compact = version >= 12;
  const throttleMs = reader.readInt32();
  const errorCode = version >= 7 ? reader.readInt16() : 0;
  if (version >= 7) reader.readInt32(); // session id
  const topics = reader.readArray(
    (r) => {
      const topic = version >= 13 ? r.readUUID() : r.readString(compact);
      return r.readArray((each) => readPartition(each, version, topic), compact, compact);
    },
    compact,
    compact,
  );
  return { throttleMs, errorCode, partitions: topics.flat() };
}

function readPartition(reader: Reader, version: number, topic: string): FetchedPartition {
  const compact = version >= 12;
  const partition = reader.readInt32();
  const errorCode = reader.readInt16();
  const highWatermark = reader.readInt64();
  const lastStableOffset = reader.readInt64();
  const logStartOffset = version >= 5 ? reader.readInt64() : null;
  const aborted = reader.readNullableArray(
    (r) => ({ producerId: r.readInt64(), firstOffset: r.readInt64() }),
    compact,
    compact,
  );
  const replica = version >= 11 ? reader.readInt32() : -1;
  const size = compact ? reader.readUnsignedVarInt() - 1 : reader.readInt32();
  const records = takeBytes(reader, size);
  const preferredReplica = replica < 0 ? null : replica;
  return {
    topic,
    partition,
    errorCode,
    highWatermark,
    lastStableOffset,
    logStartOffset,
    aborted,
    preferredReplica,
    records,
  };
}

/** One copy into a buffer that can be handed to a worker; what was received is shared with other answers. */
function takeBytes(reader: Reader, size: number): Uint8Array<ArrayBuffer> {
  const own = new Uint8Array(Math.max(0, size));
  if (size <= 0) return own;
  let at = 0;
  for (const piece of reader.buffer.subarray(reader.position, reader.position + size).buffers) {
    own.set(piece, at);
    at += piece.length;
  }
  reader.skip(size);
  return own;
}
