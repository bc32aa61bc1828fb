import { resolve } from "node:path";
import { z } from "zod";
import type { ProtobufSettings } from "../kafka/decode/how.ts";

const typeName = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_.]{0,200}$/, "must be the full name of a message type, such as shop.v1.Order");

/** `protobuf` of a cluster: descriptor files, and which topics hold which of their types. */
export const protobufConfig = z.strictObject({
  descriptors: z.array(z.string().min(1)).min(1),
  topics: z
    .array(
      z
        .strictObject({ topic: z.string().min(1).max(249), key: typeName.optional(), value: typeName.optional() })
        .refine(({ key, value }) => key !== undefined || value !== undefined, "must have a key or a value"),
    )
    .optional(),
});

/** Paths are relative to `base`. The files are read when they are needed, so that one which is missing stops nothing. */
export function toProtobuf(given: z.infer<typeof protobufConfig> | undefined, base: string): ProtobufSettings | null {
  if (!given) return null;
  const topics = given.topics ?? [];
  return {
    descriptors: given.descriptors.map((file) => resolve(base, file)),
    topics: topics.map(({ topic, key, value }) => ({ topic, key: key ?? null, value: value ?? null })),
  };
}
