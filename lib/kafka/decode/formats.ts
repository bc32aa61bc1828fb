import { cbor } from "./cbor.ts";
import type { Format } from "./format.ts";
import type { PayloadHow } from "./how.ts";
import { consumerOffsetsFormat, transactionStateFormat } from "./kafka-internal.ts";
import { messagepack } from "./messagepack.ts";
import { float32, float64, int32, int64, uuid } from "./numbers.ts";
import { protobuf, typeFor } from "./protobuf.ts";
import { base64, hex, json, text, xml } from "./text.ts";

/**
 * In the order of preference: the first that is likely is shown. A new format is a `Format` in a file of its family, a row here and
 * its name in `payloadFormats` of the contract. Where the row belongs: what the topic or the bytes say for certain comes first (Kafka's
 * own records; a frame with a magic byte and a schema id goes beside them), then text, then binary formats by how much they prove;
 * hex takes anything, so it is the last one that is ever likely.
 */
const formats: readonly Format[] = [
  consumerOffsetsFormat,
  transactionStateFormat,
  json,
  xml,
  text,
  messagepack,
  cbor,
  int32,
  int64,
  protobuf,
  hex,
  base64,
  uuid,
  float32,
  float64,
];

const typedFirst = [protobuf, ...formats.filter((format) => format !== protobuf)];

/** The order for one payload: where it has a Protobuf type, that was said by somebody who knows, and it is tried first. */
export const formatsFor = (how: PayloadHow): readonly Format[] => (typeFor(how) === null ? formats : typedFirst);

/** What was chosen by name; `protobuf:Type` is Protobuf. undefined: a name that is not known. */
export const formatNamed = (choice: string): Format | undefined =>
  formats.find(({ name }) => name === choice.replace(/^protobuf:.*$/, "protobuf"));
