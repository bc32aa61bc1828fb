import type { Message } from "../../lib/api/messages.ts";
import { messageKey } from "../../lib/client/stream-totals.ts";

/** A record that was found, in the order of time over all topics. `after`: milliseconds since the one before; null: unknown, or none. */
export type Hop = { message: Message; after: bigint | null };

const timeOf = ({ timestamp }: Message): bigint | null => (timestamp === null ? null : BigInt(timestamp));

/** By time, then by topic, partition and offset, so that the order does not depend on which was found first. */
function compare(a: Message, b: Message): number {
  const [left, right] = [timeOf(a), timeOf(b)];
  if (left !== right) {
    if (left === null || right === null) return left === null ? 1 : -1;
    return left < right ? -1 : 1;
  }
  if (a.topic !== b.topic) return a.topic < b.topic ? -1 : 1;
  if (a.partition !== b.partition) return a.partition - b.partition;
  const [first, second] = [BigInt(a.offset), BigInt(b.offset)];
  return first < second ? -1 : first > second ? 1 : 0;
}

/** The records found as steps of one way, the oldest first; records without a time come last. */
export function hopsOf(messages: readonly Message[]): Hop[] {
  const sorted = [...messages].sort(compare);
  return sorted.map((message, at) => {
    const before = sorted[at - 1];
    const [time, earlier] = [timeOf(message), before ? timeOf(before) : null];
    return { message, after: time === null || earlier === null ? null : time - earlier };
  });
}

export const hopKey = ({ message }: Hop): string => messageKey(message);

/** How many records each topic has, in the order in which the way first comes to it. */
export function hitsByTopic(hops: readonly Hop[]): { topic: string; hits: number }[] {
  const counts = new Map<string, number>();
  for (const { message } of hops) counts.set(message.topic, (counts.get(message.topic) ?? 0) + 1);
  return [...counts].map(([topic, hits]) => ({ topic, hits }));
}
