import { orUnknown } from "../../kafka/plan/time-lag.ts";
import type { PartitionTrend } from "../../kafka/trends.ts";
import type { Kept } from "./kept.ts";
import { lastAt, tickAt, timeOf } from "./recent.ts";
import { valuesAt } from "./track.ts";
import { MINUTES, scaled } from "./watch.ts";

const MINUTE = 60_000;

/** What is known of each partition of a group, by `topic/partition`: its age, its last commit, and its lag of the last hour. */
export function partitionTrends({ recent }: Kept, groupId: string): [string, PartitionTrend][] {
  const group = recent.groups.get(recent.groupIds.get(groupId) ?? -1);
  const now = lastAt(recent);
  if (!group || now === null) return [];
  const ticks: (number | null)[] = [];
  for (let minute = MINUTES - 1; minute >= 0; minute--) {
    const at = now - minute * MINUTE;
    const tick = tickAt(recent, at);
    ticks.push(tick !== null && at - (timeOf(recent, tick) ?? 0) < MINUTE ? tick : null);
  }
  const known = ticks.filter((tick) => tick !== null);
  return [...group.commits.values()].map(({ log, offsets, timeLag, movedAt }) => {
    const [ends, committed] = [valuesAt(log.ends, known), valuesAt(offsets, known)];
    let k = 0;
    const lags = ticks.map((tick) => {
      if (tick === null) return null;
      const [end, offset] = [ends[k] ?? null, committed[k++] ?? null];
      // A line of 60 steps is a drawing: its distances may be rounded.
      return end === null || offset === null ? null : Number(end - offset);
    });
    return [
      `${log.topic.name}/${log.partition}`,
      { ...orUnknown(timeLag), lastCommitAt: movedAt, trend: scaled(lags) },
    ];
  });
}
