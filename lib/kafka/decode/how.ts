/** The parts of a record that are read as payloads. */
export type PayloadPart = "key" | "value" | "header";

/** Protobuf of one cluster as configured. Plain data: it travels to the workers, which read the files themselves. */
export type ProtobufSettings = {
  /** Absolute paths of FileDescriptorSets, as `protoc --include_imports --descriptor_set_out` writes them. */
  descriptors: string[];
  /** The first whose pattern takes the topic says its types; `*` stands for any characters. null: that part is not Protobuf. */
  topics: { topic: string; key: string | null; value: string | null }[];
};

/** How the records of one topic are read, as a job tells it to a worker. Plain data. */
export type DecodeSettings = {
  topic: string;
  /** A `formatChoice` of the contract; null: as the bytes speak. */
  keyFormat: string | null;
  valueFormat: string | null;
  /** null: the cluster has no descriptor files. */
  protobuf: ProtobufSettings | null;
};

/** How one payload is read. Made once a job and part by `howOf`, not once a record; `ofRecord` adds what one record knows. */
export type PayloadHow = {
  part: PayloadPart;
  topic: string;
  format: string | null;
  protobuf: ProtobufSettings | null;
  /** The key of the same record: in Kafka's own topics it says what the value is. Absent: not known. */
  key?: Uint8Array | null;
};

/** Where Kafka's coordinators keep what they know. */
export const CONSUMER_OFFSETS = "__consumer_offsets";
export const TRANSACTION_STATE = "__transaction_state";

/** The settings of a job's part. Formats that are forced are forced on keys and values; headers always speak for themselves. */
export function howOf(settings: DecodeSettings, part: PayloadPart): PayloadHow {
  const { topic, keyFormat, valueFormat, protobuf } = settings;
  return { part, topic, format: { key: keyFormat, value: valueFormat, header: null }[part], protobuf };
}

/** Call it for each value that is read: it costs nothing where the key says nothing about the value. */
export function ofRecord(how: PayloadHow, key: Uint8Array | null): PayloadHow {
  const told = how.topic === CONSUMER_OFFSETS || how.format === "consumer-offsets";
  return told && how.part === "value" ? { ...how, key } : how;
}

/** The type that the configuration gives to a part of the topic's records; null: none. */
export function configuredType(settings: ProtobufSettings | null, topic: string, part: PayloadPart): string | null {
  if (!settings || part === "header") return null;
  return settings.topics.find((one) => takes(one.topic, topic))?.[part] ?? null;
}

/** Whether a pattern, in which `*` stands for any characters, takes a name. */
function takes(pattern: string, name: string): boolean {
  const [first = "", ...rest] = pattern.split("*");
  const last = rest.pop();
  if (last === undefined) return pattern === name;
  if (!name.startsWith(first) || !name.endsWith(last) || name.length < first.length + last.length) return false;
  const end = name.length - last.length;
  let at = first.length;
  for (const part of rest) {
    const found = name.indexOf(part, at);
    if (found < 0 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}

/** Bytes of which nothing is known: no topic, no choice, no descriptors. */
export const UNTOLD: PayloadHow = { part: "value", topic: "", format: null, protobuf: null };
