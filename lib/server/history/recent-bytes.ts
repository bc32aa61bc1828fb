import type { Recent } from "./recent.ts";
import { bytesOf } from "./track.ts";

/** What JavaScript takes for one of each beside its changes, measured. */
const LOG_BYTES = 400;
const COMMIT_BYTES = 450;
const GROUP_BYTES = 6_000;

/** Bytes that all of it takes: changes as they lie there, the rest by a table. */
export function bytesOfRecent(recent: Recent): number {
  let bytes = recent.times.length * 8;
  for (const { logs } of recent.topics.values())
    for (const { ends, marks } of logs.values()) bytes += LOG_BYTES + bytesOf(ends) + bytesOf(marks);
  for (const { commits, watch } of recent.groups.values()) {
    bytes += GROUP_BYTES + bytesOf(watch.lags) + bytesOf(watch.timeLags);
    for (const { offsets } of commits.values()) bytes += COMMIT_BYTES + bytesOf(offsets);
  }
  return bytes;
}
