import type { ConfigEntry } from "@/lib/api/configs";

/** These name partitions and brokers of their own topic, and make no sense on another. */
const bound = /^(leader|follower)\.replication\.throttled\.replicas$/;

type Change = { entry: ConfigEntry; value: string | null };

/** What makes this topic's own values those of another; `reset` takes away what the other does not set. */
export function differences(ours: ReadonlyMap<string, ConfigEntry>, theirs: ConfigEntry[], reset: boolean): Change[] {
  return theirs.flatMap((their): Change[] => {
    const entry = ours.get(their.name);
    if (!entry || bound.test(their.name) || their.sensitive) return [];
    if (their.changed && their.value !== null)
      return entry.changed && entry.value === their.value ? [] : [{ entry, value: their.value }];
    return reset && entry.changed ? [{ entry, value: null }] : [];
  });
}
