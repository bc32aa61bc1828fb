import type { Recent } from "./recent.ts";
import { bytesOf } from "./track.ts";

/** A track, and what JavaScript needs around it, where it never changed. */
const TRACK_BYTES = 160;
const COMMIT_BYTES = 2 * TRACK_BYTES;
const GROUP_BYTES = 6_000;

/** Bytes that all of it takes: changes as they lie there, the rest by a table. */
export function bytesOfRecent(recent: Recent): number {
  let bytes = recent.times.length * 8;
  for (const { logs } of recent.topics.values())
    for (const { ends, marks } of logs.values()) bytes += 3 * TRACK_BYTES + bytesOf(ends) + bytesOf(marks);
  for (const { commits, watch } of recent.groups.values()) {
    bytes += GROUP_BYTES + bytesOf(watch.lags) + bytesOf(watch.timeLags);
    for (const { offsets } of commits.values()) bytes += COMMIT_BYTES + bytesOf(offsets);
  }
  return bytes;
}
