/** How finely points are kept, and for how long. */
export type Tier = {
  id: number;
  stepMs: number;
  keepMs: number;
  /** What one row holds of a group. */
  chunkMs: number;
};

/** What is kept, as the configuration says; durations in ms. Whole samples are kept in memory and as frames. */
export type Keep = { samplesMs: number; minutesMs: number; daysMs: number; partitionsMs: number };

const MINUTE = 60_000;
export const HOUR = 3_600_000;
export const DAY = 86_400_000;

export const DEFAULT_KEEP: Keep = { samplesMs: HOUR, minutesMs: DAY, daysMs: 14 * DAY, partitionsMs: DAY };

/** Points by the minute and by ten minutes, the finer first. */
export const tiersOf = (keep: Keep): { minutes: Tier; tens: Tier } => ({
  minutes: { id: 1, stepMs: MINUTE, keepMs: keep.minutesMs, chunkMs: HOUR },
  tens: { id: 2, stepMs: 10 * MINUTE, keepMs: keep.daysMs, chunkMs: DAY },
});

/** What rows hold: one line of the group, one for each topic, one for each partition. */
export const KINDS = { group: 0, topic: 1, partition: 2 } as const;
export type Kind = keyof typeof KINDS;

/** The group id under which all groups together are kept. */
export const ALL_GROUPS = 0;

/** Beyond what is asked for, so that the minutes of an hour can be written once it is over. */
export const SPARE_MS = 10 * MINUTE;
