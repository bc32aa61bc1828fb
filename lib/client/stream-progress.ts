import type { ReadablePartition } from "../api/messages.ts";
import { chartNumber } from "../format.ts";
import type { MessageStreamState } from "./message-stream.ts";
import { partitionKey, type StartLine } from "./stream-totals.ts";

const clamp = (fraction: number) => Math.min(1, Math.max(0, fraction));

/** What of the offsets asked for was passed, 0 to 1; null before it is known how many they are. A range of none is done. */
export function doneShare({ start, totals, end }: Pick<MessageStreamState, "start" | "totals" | "end">): number | null {
  if (end?.reason === "end") return 1;
  if (start === null) return null;
  const all = chartNumber(start.offsets);
  return all === 0 ? 1 : clamp(chartNumber(totals.covered) / all);
}

/** Milliseconds until all is passed at the pace of the last seconds; null where that is not known yet. */
export function timeLeft({
  start,
  totals,
  speed,
}: Pick<MessageStreamState, "start" | "totals" | "speed">): number | null {
  if (start === null || speed === null || speed.offsets <= 0) return null;
  const rest = BigInt(start.offsets) - BigInt(totals.covered);
  return rest <= 0n ? 0 : Math.round((chartNumber(rest) / speed.offsets) * 1000);
}

/** How much of one partition was passed, 0 to 1, from the edge where reading began; null where nothing of it is read. */
export function partitionShare(
  range: ReadablePartition,
  place: string | undefined,
  direction: StartLine["direction"],
): number | null {
  if (range.from === null || range.until === null) return null;
  const whole = BigInt(range.until) - BigInt(range.from);
  if (whole <= 0n) return 1;
  if (place === undefined) return 0;
  const passed = direction === "older" ? BigInt(range.until) - BigInt(place) : BigInt(place) - BigInt(range.from);
  return clamp(chartNumber(passed) / chartNumber(whole));
}

/** The share of each partition, as few as there are bars: of more partitions each bar is the mean of its neighbours. */
export function partitionBars(
  { start, places }: Pick<MessageStreamState, "start" | "places">,
  most: number,
): { name: string; share: number }[] {
  if (start === null) return [];
  const shares = start.partitions.flatMap((range) => {
    const share = partitionShare(range, places.get(partitionKey(range)), start.direction);
    return share === null ? [] : [{ partition: range.partition, share }];
  });
  const each = Math.max(1, Math.ceil(shares.length / most));
  return Array.from({ length: Math.ceil(shares.length / each) }, (_, index) => {
    const group = shares.slice(index * each, (index + 1) * each);
    const [first, last] = [group[0]?.partition ?? 0, group.at(-1)?.partition ?? 0];
    return {
      name: first === last ? `${first}` : `${first} to ${last}`,
      share: group.reduce((sum, { share }) => sum + share, 0) / Math.max(1, group.length),
    };
  });
}

/** The offsets of one partition that were looked at, first and last; null for none. */
export function coveredOffsets(
  range: ReadablePartition,
  place: string | undefined,
  direction: StartLine["direction"],
): { first: string; last: string } | null {
  if (range.from === null || range.until === null || place === undefined) return null;
  const [first, until] =
    direction === "older" ? [BigInt(place), BigInt(range.until)] : [BigInt(range.from), BigInt(place)];
  return until > first ? { first: `${first}`, last: `${until - 1n}` } : null;
}
