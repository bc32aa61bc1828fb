import type { GroupPartition } from "../../lib/api/groups.ts";

/** A topic of a group: its partitions taken together. `unknown`: how many of them have no known lag. */
export type GroupTopic = {
  topic: string;
  partitions: number;
  lag: bigint | null;
  unknown: number;
  timeLagMs: number | null;
  timeLagIs: GroupPartition["timeLagIs"];
  members: number;
};

/** The topics in the order they come; the time lag of a topic is that of its oldest next record. */
export function topicsOf(partitions: readonly GroupPartition[]): GroupTopic[] {
  const topics = new Map<string, GroupTopic & { held: Set<string> }>();
  for (const { topic, lag, timeLagMs, timeLagIs, memberId } of partitions) {
    const found = topics.get(topic) ?? {
      topic,
      partitions: 0,
      lag: null,
      unknown: 0,
      timeLagMs: null,
      timeLagIs: null,
      members: 0,
      held: new Set<string>(),
    };
    found.partitions++;
    if (lag === null) found.unknown++;
    else found.lag = (found.lag ?? 0n) + BigInt(lag);
    if (timeLagMs !== null && (found.timeLagMs === null || timeLagMs > found.timeLagMs))
      Object.assign(found, { timeLagMs, timeLagIs });
    if (memberId !== null) found.held.add(memberId);
    topics.set(topic, found);
  }
  return [...topics.values()].map(({ held, ...topic }) => ({ ...topic, members: held.size }));
}

/** The partition that holds far more than its even share of the lag: at least a quarter, and twice as much. Null: none does. */
export function heaviest(
  partitions: readonly GroupPartition[],
  total: bigint,
): { row: GroupPartition; share: number } | null {
  const known = partitions.filter(({ lag }) => lag !== null);
  const row = known.reduce<GroupPartition | null>(
    (most, each) => (most === null || BigInt(each.lag ?? 0) > BigInt(most.lag ?? 0) ? each : most),
    null,
  );
  if (row === null || total === 0n || known.length < 2) return null;
  const share = Number((BigInt(row.lag ?? 0) * 10_000n) / total) / 10_000;
  return share >= Math.max(0.25, 2 / known.length) ? { row, share } : null;
}
