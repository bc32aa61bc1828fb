import { z } from "zod";
import { DEFAULT_LIMITS, type SearchLimits } from "../kafka/settings.ts";
import { ConfigurationError } from "./configuration-error.ts";

const SLOWEST = 1_024;
const MOST_SCANS = 32;

/** `limits`, for all clusters or for one: what searches may take. */
export const limitsConfig = z.strictObject({
  scanBytesPerSecond: z
    .number()
    .int()
    .refine((given) => given >= SLOWEST, `must be at least ${SLOWEST}`)
    .optional(),
  scansPerCluster: z
    .number()
    .int()
    .refine((given) => given >= 1 && given <= MOST_SCANS, `must be from 1 to ${MOST_SCANS}`)
    .optional(),
});
type Given = z.infer<typeof limitsConfig> | undefined;

/** What a cluster says goes before what is said for all. */
export const toLimits = (own: Given, all: Given): SearchLimits => ({ ...DEFAULT_LIMITS, ...all, ...own });

const variables = {
  KAFDECK_SCAN_BYTES_PER_SECOND: "scanBytesPerSecond",
  KAFDECK_SCANS_PER_CLUSTER: "scansPerCluster",
} as const;

/** Throws ConfigurationError naming the variable that is wrong. */
export function limitsOfEnvironment(env: Record<string, string | undefined>): SearchLimits {
  const limits = { ...DEFAULT_LIMITS };
  for (const [variable, name] of Object.entries(variables)) {
    const given = env[variable];
    if (given === undefined) continue;
    const parsed = limitsConfig.shape[name].safeParse(/^\d{1,15}$/.test(given) ? Number(given) : Number.NaN);
    if (!parsed.success || parsed.data === undefined)
      throw new ConfigurationError(variable, [
        name === "scansPerCluster"
          ? `must be a number from 1 to ${MOST_SCANS}`
          : `must be a number of bytes, at least ${SLOWEST}`,
      ]);
    limits[name] = parsed.data;
  }
  return limits;
}
