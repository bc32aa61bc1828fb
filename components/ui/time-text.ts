import type { Zone } from "../../lib/format.ts";

/**
 * A time as a person types it, in epoch milliseconds as digits: milliseconds themselves, `2026-11-22 18:17:50.493` in the zone that
 * is shown (seconds and their fraction may be left out), or ISO 8601 with its own zone. Null for anything else.
 */
export function epochOfText(text: string, zone: Zone): string | null {
  const typed = text.trim();
  if (/^\d{1,16}$/.test(typed)) return BigInt(typed).toString();
  const parts =
    /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?\s*(Z|UTC|[+-]\d{2}:\d{2})?$/.exec(typed);
  if (parts === null) return null;
  const [, year, month, day, hour, minute, second = "00", fraction = "", named] = parts;
  const written = `${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction.padEnd(3, "0")}`;
  // A day that no month has (30 February) would be read as one of the next.
  const asUtc = new Date(`${written}Z`);
  if (Number.isNaN(asUtc.getTime()) || asUtc.toISOString() !== `${written}Z`) return null;
  const suffix = named === undefined ? (zone === "utc" ? "Z" : "") : named === "UTC" ? "Z" : named;
  const epoch = new Date(`${written}${suffix}`).getTime();
  return Number.isNaN(epoch) || epoch < 0 ? null : String(epoch);
}
