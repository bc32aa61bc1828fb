import type * as Kafka from "@platformatic/kafka";
import type { Api } from "./apis.ts";

export type Left = { errorCode: number; errorMessage: string | null };

type Args = [groupId: string, memberId: string];
type Writer = Kafka.Writer;

/** The member epoch by which a member says that it leaves for good. Static members have -2 too, by which they only pause. */
const LEAVES = -1;

/**
 * The heartbeat of groups whose coordinator assigns partitions, with the one thing that is needed here: the member leaves. Of the
 * answer only the verdict is read.
 */
const leaveBy = (
  key: number,
  name: string,
  versions: number[],
  appendRest: (writer: Writer, version: number) => Writer,
): Api<Args, Left> => ({
  key,
  name,
  versions,
  send: (kafka, version, connection, args) => {
    const create = (groupId: string, memberId: string) => {
      const head = kafka.Writer.create().appendString(groupId).appendString(memberId).appendInt32(LEAVES);
      return appendRest(head, version).appendTaggedFields();
    };
    const parse = (_correlationId: number, _key: number, _version: number, reader: Kafka.Reader): Left => {
      reader.readInt32(); // throttle time
      return { errorCode: reader.readInt16(), errorMessage: reader.readNullableString() };
    };
    return kafka.createAPI<Args, Left>(key, version, create, parse).async(connection, ...args);
  },
});

const none = (writer: Writer): Writer => writer.appendString(null);
const nothing = (writer: Writer): Writer => writer.appendArray<never>(null, () => {});

/** ConsumerGroupHeartbeat (KIP-848, Kafka 3.7). */
export const leaveConsumerGroup = leaveBy(68, "ConsumerGroupHeartbeat", [1, 0], (writer, version) => {
  const head = nothing(none(none(writer)).appendInt32(-1)); // instance, rack, time to rebalance, topics
  const regex = version >= 1 ? none(head) : head;
  return nothing(none(regex)); // assignor, partitions
});

/** ShareGroupHeartbeat (KIP-932, Kafka 4.1). */
export const leaveShareGroup = leaveBy(76, "ShareGroupHeartbeat", [1], (writer) => nothing(none(writer)));

/** StreamsGroupHeartbeat (KIP-1071, Kafka 4.1). A null structure is an int8 of -1. */
export const leaveStreamsGroup = leaveBy(88, "StreamsGroupHeartbeat", [0], (writer) => {
  const head = none(none(writer.appendInt32(0)))
    .appendInt32(-1)
    .appendInt8(-1); // endpoints' epoch, instance, rack, time, topology
  const tasks = nothing(nothing(nothing(head)));
  const process = none(tasks).appendInt8(-1); // process, endpoint
  return nothing(nothing(nothing(process))).appendBoolean(false); // tags, offsets, end offsets; the application goes on
});
