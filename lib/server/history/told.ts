import type { GroupSummary, LagVerdict } from "../../api/groups.ts";
import type { TimeLag } from "../../kafka/plan/time-lag.ts";
import type { Recent } from "./recent.ts";
import { lastAt } from "./recent.ts";
import { hourOf, MINUTES, scaled } from "./watch.ts";

/** What the newest sample says of every group, as it goes to the thread that serves the lists. */
export type Told = {
  at: number;
  complete: boolean;
  groups: ToldGroup[];
  /** The small line of each group behind each other, `MINUTES` points each; 255: no sample then. */
  trends: Uint8Array;
};
export type ToldGroup = TimeLag & { groupId: string; lag: bigint | null; verdict: LagVerdict; whole: boolean };

const NOTHING = 255;

/** null: there was no sample yet, or none of it was judged. */
export function toldOf(recent: Recent): Told | null {
  const at = lastAt(recent);
  if (at === null) return null;
  const groups: ToldGroup[] = [];
  const known = [...recent.groups.values()];
  const trends = new Uint8Array(known.length * MINUTES);
  for (const { groupId, watch, whole } of known) {
    if (!watch.verdict) continue;
    const line = scaled(hourOf(watch, at)).map((share) => share ?? NOTHING);
    trends.set(line, groups.length * MINUTES);
    groups.push({ groupId, lag: watch.lag, ...watch.timeLag, verdict: watch.verdict, whole });
  }
  return { at, complete: recent.complete, groups, trends };
}

/** The line of the group at a place in `groups`. */
export const trendAt = ({ trends }: Told, place: number): GroupSummary["trend"] =>
  Array.from(trends.subarray(place * MINUTES, (place + 1) * MINUTES), (share) => (share === NOTHING ? null : share));
