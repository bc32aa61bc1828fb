import { getMessageKey, getMessageValue } from "@/lib/api/messages";
import { addressOf } from "@/lib/client/call";

const endpoints = { key: getMessageKey, value: getMessageValue } as const;

/** Which payload of which record; `place` is `partition:offset`. */
export type PayloadPlace = { cluster: string; topic: string; place: string; part: "key" | "value" };

/** Where the bytes of a key or value are, exactly as they are in the log. */
export function payloadAddress({ cluster, topic, place, part }: PayloadPlace): string {
  const [partition = "", offset = ""] = place.split(":");
  return addressOf(endpoints[part].path, { cluster, topic, partition, offset });
}
