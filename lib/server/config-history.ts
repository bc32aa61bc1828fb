import { resolve } from "node:path";
import { z } from "zod";
import { duration } from "./config-duration.ts";
import { ConfigurationError } from "./configuration-error.ts";
import { DEFAULT_KEEP, type Keep } from "./history/tiers.ts";

/** How the history of lag is kept. */
export type HistorySettings = {
  /** Why it is off; null: it is on. */
  off: string | null;
  file: string;
  sampleEveryMs: number;
  keep: Keep;
};

const DEFAULT_FILE = ".kafdeck/history.db";
const DEFAULT_EVERY_MS = 10_000;
const SECOND = 1_000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const between = (least: number, most: number, words: string) =>
  duration.refine((given) => given >= least && given <= most, `must be from ${words}`);

/** `history`: how often lag is sampled, where it is kept and for how long. */
export const historyConfig = z
  .strictObject({
    off: z.boolean().optional(),
    file: z.string().min(1).optional(),
    sampleEvery: between(2 * SECOND, 300 * SECOND, "2s to 5m").optional(),
    keep: z
      .strictObject({
        samples: between(HOUR / 4, 6 * HOUR, "15m to 6h").optional(),
        minutes: between(HOUR, 7 * DAY, "1h to 7d").optional(),
        partitions: between(HOUR, 7 * DAY, "1h to 7d").optional(),
        tenMinutes: between(DAY, 400 * DAY, "1d to 400d").optional(),
      })
      .optional(),
  })
  .refine((given) => !given.off || Object.keys(given).length === 1, "off: true takes nothing beside it")
  .refine(
    ({ keep }) => (keep?.partitions ?? DEFAULT_KEEP.partitionsMs) <= (keep?.minutes ?? DEFAULT_KEEP.minutesMs),
    "keep.partitions must not be longer than keep.minutes",
  )
  .refine(
    ({ keep }) => (keep?.minutes ?? DEFAULT_KEEP.minutesMs) <= (keep?.tenMinutes ?? DEFAULT_KEEP.daysMs),
    "keep.minutes must not be longer than keep.tenMinutes",
  );
type Given = z.infer<typeof historyConfig>;

/**
 * What the file says, and over it `KAFDECK_HISTORY` (`off` or `on`) and `KAFDECK_HISTORY_FILE`. Paths in the file are relative to
 * its folder `base`, others to `cwd`. Throws ConfigurationError naming the variable that is wrong.
 */
export function toHistory(
  given: Given | undefined,
  base: string,
  env: Record<string, string | undefined>,
  cwd: string,
): HistorySettings {
  const said = env.KAFDECK_HISTORY;
  if (said !== undefined && said !== "off" && said !== "on")
    throw new ConfigurationError("KAFDECK_HISTORY", [`must be on or off, not "${said}"`]);
  const keep = given?.keep;
  return {
    off:
      said === "off" ? "KAFDECK_HISTORY=off is set." : given?.off && said !== "on" ? "history.off: true is set." : null,
    file: env.KAFDECK_HISTORY_FILE
      ? resolve(cwd, env.KAFDECK_HISTORY_FILE)
      : given?.file
        ? resolve(base, given.file)
        : resolve(cwd, DEFAULT_FILE),
    sampleEveryMs: given?.sampleEvery ?? DEFAULT_EVERY_MS,
    keep: {
      samplesMs: keep?.samples ?? DEFAULT_KEEP.samplesMs,
      minutesMs: keep?.minutes ?? DEFAULT_KEEP.minutesMs,
      daysMs: keep?.tenMinutes ?? DEFAULT_KEEP.daysMs,
      partitionsMs: keep?.partitions ?? DEFAULT_KEEP.partitionsMs,
    },
  };
}
