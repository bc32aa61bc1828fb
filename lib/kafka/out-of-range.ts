import type { ReadablePartition } from "../api/messages.ts";
import { ProblemError } from "../api/problem.ts";
import type { Place } from "../api/range.ts";
import { LAST_OFFSET, placeUnasked } from "./plan/places.ts";
import { larger, smaller } from "./scan/bytes.ts";
import type { Direction } from "./scan/cursor.ts";

/** The offset is in no record of the partition; the detail has the range that is. */
export const outOfRange = (
  { topic, partition, start, end }: { topic: string; partition: number; start: bigint | null; end: bigint | null },
  offset: bigint,
): ProblemError =>
  new ProblemError(
    "offset-out-of-range",
    `Offset ${offset} is not in partition ${partition}${start === null || end === null ? "" : `, which begins at ${start} and ends before ${end}`}.`,
    { topic, partition },
  );

/** Throws offset-out-of-range where no partition holds the offset that reading begins from; the end of one is allowed. */
export function mustBegin(
  partitions: ReadablePartition[],
  { from, until, direction }: { from: Place; until: Place | null; direction: Direction },
): void {
  const begin = direction === "older" ? until : from;
  if (begin?.kind !== "offset" && begin?.kind !== "offsets") return;
  const logs = partitions.map(({ topic, partition, start, end }) => {
    const wanted = placeUnasked(begin, partition) ?? LAST_OFFSET;
    // What could not be asked may hold it.
    const holds = start === null || end === null || (wanted >= BigInt(start) && wanted <= BigInt(end));
    return { topic, partition, start: BigInt(start ?? 0), end: BigInt(end ?? 0), wanted, holds };
  });
  const [first, second] = logs;
  if (!first || logs.some(({ holds }) => holds)) return;
  if (!second) throw outOfRange(first, first.wanted);
  const lowest = logs.map(({ start }) => start).reduce(smaller);
  const highest = logs.map(({ end }) => end).reduce(larger);
  throw new ProblemError(
    "offset-out-of-range",
    `${begin.kind === "offset" ? `Offset ${begin.offset} is` : "The offsets are"} in none of the ${logs.length} partitions: the first begins at ${lowest}, the last ends before ${highest}.`,
    { topic: first.topic },
  );
}
