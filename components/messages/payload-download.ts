import { getMessageKey, getMessageValue } from "@/lib/api/messages";
import { addressOf } from "@/lib/client/call";
import type { PayloadPlace } from "./payload-view";

const endpoints = { key: getMessageKey, value: getMessageValue } as const;

/** Where the bytes of a key or value are, exactly as they are in the log. */
export function payloadAddress({ cluster, topic, place, part }: PayloadPlace): string {
  const [partition = "", offset = ""] = place.split(":");
  return addressOf(endpoints[part].path, { cluster, topic, partition, offset });
}
