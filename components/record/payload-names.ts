import type { PayloadFormat } from "@/lib/api/payloads";

export const formatNames: Record<PayloadFormat, string> = {
  json: "JSON",
  text: "Text",
  xml: "XML",
  "consumer-offsets": "Consumer offsets",
  "transaction-state": "Transaction state",
  messagepack: "MessagePack",
  cbor: "CBOR",
  protobuf: "Protobuf",
  uuid: "UUID",
  int32: "int32",
  int64: "int64",
  float32: "float32",
  float64: "float64",
  base64: "Base64",
  hex: "Hex",
};

/** Formats of Kafka's own topics, and the topic each is for. */
const ownTopics: Partial<Record<PayloadFormat, string>> = {
  "consumer-offsets": "__consumer_offsets",
  "transaction-state": "__transaction_state",
};

export const isOfKafka = (format: PayloadFormat): boolean => ownTopics[format] !== undefined;

/** The format of a choice: `protobuf:shop.Order` is Protobuf. */
export const formatOf = (choice: string): string => choice.split(":", 1)[0] ?? choice;

/** What can be chosen for a payload of a topic; `types` are the Protobuf messages the cluster's descriptors name. */
export function formatOptions(
  topic: string,
  detected: PayloadFormat | null,
  types: readonly string[],
  choice: string,
): { value: string; label: string }[] {
  const formats = Object.keys(formatNames) as PayloadFormat[];
  const options = formats
    .filter((format) => ownTopics[format] === undefined || ownTopics[format] === topic || format === choice)
    .flatMap((format) => [
      { value: format as string, label: format === "protobuf" ? "Protobuf, raw fields" : formatNames[format] },
      ...(format === "protobuf"
        ? types.map((type) => ({ value: `protobuf:${type}`, label: `Protobuf: ${type}` }))
        : []),
    ]);
  return [
    { value: "", label: detected === null ? "Auto" : `${formatNames[detected]} (auto)` },
    ...options,
    // What the address asks for stays in sight, also where this cluster does not know it.
    ...(choice === "" || options.some(({ value }) => value === choice) ? [] : [{ value: choice, label: choice }]),
  ];
}
