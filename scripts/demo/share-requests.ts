import * as Kafka from "@platformatic/kafka";

/** Neither Node client speaks for members of share groups (KIP-932). This is as much of it as the demo's members need. */

/** How a member is done with a record: it worked, another is to try, nobody is to try again. */
export const acknowledged = { accept: 1, release: 2, reject: 3 } as const;
export type Acknowledged = (typeof acknowledged)[keyof typeof acknowledged];

export type Batch = { first: bigint; last: bigint };
/** Records of one partition that a member was given, `deliveries` times so far with this one. */
export type Acquired = Batch & { partition: number; deliveries: number };
/** An answer for every record of a batch, in order. */
export type Acknowledgement = Batch & { partition: number; types: Acknowledged[] };

export type Heartbeat = { epoch: number; intervalMs: number; partitions: number[] | null };

const heartbeatKey = 76;
const fetchKey = 78;
/** Version 0 of both was a preview in Kafka 4.0. */
const version = 1;

/** Throws the broker's own words; whoever asked starts again from the beginning. */
function check(request: string, errorCode: number, message: string | null): void {
  if (errorCode !== 0) throw new Error(`${request} was answered with error ${errorCode}: ${message}`);
}

/** Whether a broker offers share groups: Kafka 4.1 with share.version 1, which clusters made by 4.2 or later have. */
export async function offersShareGroups(connection: Kafka.Connection): Promise<boolean> {
  const { apiKeys } = await Kafka.apiVersionsV3.api.async(connection, "kafdeck-demo", "1");
  const fetch = apiKeys.find(({ apiKey }) => apiKey === fetchKey);
  return fetch !== undefined && fetch.minVersion <= version && fetch.maxVersion >= version;
}

/**
 * ShareGroupHeartbeat, of a member of one topic.
 * @param epoch 0 joins, -1 leaves, else what the last answer said.
 * @returns Its partitions; null where they are still the same.
 */
export const shareHeartbeat = Kafka.createAPI<[group: string, member: string, epoch: number, topic: string], Heartbeat>(
  heartbeatKey,
  version,
  (group: string, member: string, epoch: number, topic: string) =>
    Kafka.Writer.create()
      .appendString(group)
      .appendString(member)
      .appendInt32(epoch)
      .appendString(null)
      .appendArray(epoch === 0 ? [topic] : null, (writer, name) => writer.appendString(name), true, false)
      .appendTaggedFields(),
  (_correlation, _key, _version, reader) => {
    reader.readInt32();
    check("ShareGroupHeartbeat", reader.readInt16(), reader.readNullableString());
    reader.readNullableString();
    const epoch = reader.readInt32();
    const intervalMs = reader.readInt32();
    const topics = reader.readNullableStruct(() =>
      reader.readArray((topic) => {
        topic.readUUID();
        return topic.readArray((partition) => partition.readInt32(), true, false);
      }),
    );
    return { epoch, intervalMs, partitions: topics?.flat() ?? null };
  },
);

/** What a member asks one leader for. `epoch`: 0 opens the session, -1 closes it, between them it counts up. */
export type ShareFetch = {
  group: string;
  member: string;
  epoch: number;
  topicId: string;
  partitions: number[];
  acknowledgements: Acknowledgement[];
  maxWaitMs: number;
  maxRecords: number;
};

const writeAcknowledgement = (writer: Kafka.Writer, { first, last, types }: Acknowledgement) =>
  writer
    .appendInt64(first)
    .appendInt64(last)
    .appendArray(types, (each, type) => each.appendInt8(type), true, false);

function writeFetch({ acknowledgements, partitions, ...wanted }: ShareFetch): Kafka.Writer {
  const writer = Kafka.Writer.create()
    .appendString(wanted.group)
    .appendString(wanted.member)
    .appendInt32(wanted.epoch)
    .appendInt32(wanted.maxWaitMs)
    .appendInt32(1)
    .appendInt32(65_536)
    .appendInt32(wanted.maxRecords)
    .appendInt32(wanted.maxRecords);
  const writePartition = (each: Kafka.Writer, partition: number) => {
    const own = acknowledgements.filter((one) => one.partition === partition);
    each.appendInt32(partition).appendArray(own, writeAcknowledgement);
  };
  return writer
    .appendArray([wanted.topicId], (topic, id) => topic.appendUUID(id).appendArray(partitions, writePartition))
    .appendArray([], () => {})
    .appendTaggedFields();
}

function readAcquired(reader: Kafka.Reader): Acquired[] {
  const partition = reader.readInt32();
  check("ShareFetch", reader.readInt16(), reader.readNullableString());
  check("The acknowledgement", reader.readInt16(), reader.readNullableString());
  reader.readInt32();
  reader.readInt32();
  reader.readTaggedFields();
  // Nobody looks into the records of the demo.
  reader.readNullableBytes();
  return reader.readArray((each) => ({
    partition,
    first: each.readInt64(),
    last: each.readInt64(),
    deliveries: each.readInt16(),
  }));
}

/** ShareFetch: acknowledges what was acquired before, and acquires more. */
export const shareFetch = Kafka.createAPI<[ShareFetch], Acquired[]>(
  fetchKey,
  version,
  writeFetch,
  (_correlation, _key, _version, reader) => {
    reader.readInt32();
    check("ShareFetch", reader.readInt16(), reader.readNullableString());
    reader.readInt32();
    const topics = reader.readArray((topic) => {
      topic.readUUID();
      return topic.readArray(readAcquired).flat();
    });
    return topics.flat();
  },
);
