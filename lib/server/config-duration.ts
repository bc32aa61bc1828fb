import { z } from "zod";

const UNITS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
type Unit = keyof typeof UNITS;

/** The longest that is taken: more than any history is kept. */
const MOST_MS = 400 * UNITS.d;

/** `90s`, `5m`, `2h`, `14d`, `500ms` as milliseconds; null for anything else. */
export function durationMs(text: string): number | null {
  const [, digits, unit] = /^(\d{1,9})(ms|s|m|h|d)$/.exec(text) ?? [];
  if (digits === undefined) return null;
  const milliseconds = Number(digits) * UNITS[unit as Unit];
  return milliseconds <= MOST_MS ? milliseconds : null;
}

/** A duration in the configuration: text with its unit, given on as milliseconds. */
export const duration = z
  .string()
  .refine((text) => durationMs(text) !== null, "must be a duration such as 30s, 5m, 2h or 14d")
  .transform((text) => durationMs(text) ?? 0);
