import { z } from "zod";

/**
 * How bytes are read. `json`, `text` and `xml` are the text itself, never re-printed; `hex` is two digits a byte without gaps; the
 * binary formats are shown as JSON text, which keeps the order of fields, repeated keys and the exact digits of every number.
 */
export const payloadFormats = [
  "json",
  "text",
  "xml",
  "consumer-offsets",
  "transaction-state",
  "messagepack",
  "cbor",
  "protobuf",
  "uuid",
  "int32",
  "int64",
  "float32",
  "float64",
  "base64",
  "hex",
] as const;
export type PayloadFormat = (typeof payloadFormats)[number];

/** What the text of a format is written in, so that it can be folded and coloured. */
export const syntaxOf: Record<PayloadFormat, "json" | "xml" | "plain"> = {
  json: "json",
  text: "plain",
  xml: "xml",
  "consumer-offsets": "json",
  "transaction-state": "json",
  messagepack: "json",
  cbor: "json",
  protobuf: "json",
  uuid: "plain",
  int32: "plain",
  int64: "plain",
  float32: "plain",
  float64: "plain",
  base64: "plain",
  hex: "plain",
};

/** A key, value or header value. A payload that is null in Kafka is null here; an empty one has size 0. */
export const payload = z.object({
  format: z.enum(payloadFormats),
  text: z.string(),
  size: z.number().int().describe("Bytes in the record, also where `text` is only the beginning"),
  truncated: z.boolean().describe("true: `text` ends at the display limit"),
  packed: z.literal("gzip").optional().describe("The payload itself is gzip; `text` is what was in it"),
  type: z
    .string()
    .optional()
    .describe("The Protobuf message type it was read by. Absent: raw fields, or another format"),
});
export type Payload = z.infer<typeof payload>;

/** How one format takes the bytes of a payload. */
export const formatVerdict = z.object({ format: z.enum(payloadFormats), fits: z.boolean(), why: z.string() });
export type FormatVerdict = z.infer<typeof formatVerdict>;

/** A format by name, or `protobuf:` and a message type of the cluster's descriptors. */
export const formatChoice = z
  .string()
  .regex(
    new RegExp(`^(${payloadFormats.join("|")}|protobuf:[A-Za-z_][A-Za-z0-9_.]{0,200})$`),
    `must be ${payloadFormats.join(", ")}, or protobuf: and a message type.`,
  );

/**
 * Bytes as they travel in JSON, exactly: a text is its UTF-8, anything else base64, null is a null. Export writes it, produce reads it.
 */
const base64 = z.object({ base64: z.base64("must be base64: A-Z, a-z, 0-9, + and /, with = at its end.") });
export const exactBytes = z.union([z.string(), base64, z.null()], 'must be a text, {"base64": "…"} or null.');
export type ExactBytes = z.infer<typeof exactBytes>;

/** The name of a header, which is never null. Kafka means it to be UTF-8, but takes any bytes. */
export const exactName = z.union([z.string(), base64], 'must be a text or {"base64": "…"}.');
export type ExactName = z.infer<typeof exactName>;
