import { z } from "zod";
import { compileFilter } from "../api/filter.ts";
import type { Secret } from "../kafka/settings.ts";
import { secretConfig, toSecret } from "./config-secret.ts";

/** What `/metrics` tells, and whom. */
export type MetricsSettings = {
  /** What scrapers must send as `Authorization: Bearer`; null: nothing. */
  token: Secret | null;
  /** The groups that get series of their own. */
  matches: (groupId: string) => boolean;
  /** Whether each partition of a group gets its own. */
  partitions: boolean;
  /** Series of one cluster at most. */
  series: number;
};

const DEFAULT_SERIES = 50_000;
const FEWEST = 100;
const MOST = 1_000_000;

/** `metrics`: who may scrape, and how many series there may be. */
export const metricsConfig = z.strictObject({
  token: secretConfig.optional(),
  groups: z
    .string()
    .superRefine((text, context) => {
      const { problem } = compileFilter(text);
      if (problem !== null) context.addIssue(problem);
    })
    .optional(),
  partitions: z.boolean().optional(),
  series: z
    .number()
    .int()
    .refine((given) => given >= FEWEST && given <= MOST, `must be from ${FEWEST} to ${MOST}`)
    .optional(),
});

/** `KAFDECK_METRICS_TOKEN` goes before the file's. The token's file is relative to `base`. */
export function toMetrics(
  given: z.infer<typeof metricsConfig> | undefined,
  base: string,
  env: Record<string, string | undefined>,
): MetricsSettings {
  const inFile = given?.token === undefined ? null : toSecret(given.token, base);
  return {
    token: env.KAFDECK_METRICS_TOKEN ? { value: env.KAFDECK_METRICS_TOKEN } : inFile,
    matches: compileFilter(given?.groups ?? "").matches,
    partitions: given?.partitions ?? false,
    series: given?.series ?? DEFAULT_SERIES,
  };
}
