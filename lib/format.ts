/**
 * Numbers, sizes, durations and times as text. Pure, and the same in every locale. A whole number may be given as decimal
 * digits (an int64 of the contract), a bigint or a safe JavaScript number; nothing here rounds an offset.
 */

/** A whole number: digits of an int64, a bigint, or a number that is safe. */
export type Whole = string | bigint | number;
/** Where times are shown: UTC, or the zone the browser is set to. */
export type Zone = "utc" | "browser";

const minus = "\u2212";
/** Between a number and its unit, so that a line never breaks there. */
const gap = "\u00a0";

const toBigInt = (value: Whole): bigint => (typeof value === "number" ? BigInt(Math.trunc(value)) : BigInt(value));
const absolute = (value: bigint): bigint => (value < 0n ? -value : value);

/** Digits in groups of three from the right; a minus (U+2212) leads the first group. `"-9007"` gives `["−9", "007"]`. */
export function digitGroups(value: Whole): string[] {
  const whole = toBigInt(value);
  const digits = absolute(whole).toString();
  const lead = digits.length % 3;
  const groups = (lead > 0 ? [digits.slice(0, lead)] : []).concat(digits.slice(lead).match(/\d{3}/g) ?? []);
  return whole < 0n ? [minus + (groups[0] ?? ""), ...groups.slice(1)] : groups;
}

/** For plain text (a sentence, a tooltip): groups joined by a narrow no-break space. On screen use `<Int>`, which copies as digits. */
export const integer = (value: Whole): string => digitGroups(value).join("\u202f");

/** `1 partition`, `1 842 partitions`. The plural is the singular and an s unless given. */
export const counted = (value: Whole, singular: string, plural = `${singular}s`): string =>
  `${integer(value)} ${absolute(toBigInt(value)) === 1n ? singular : plural}`;

/** Order of two whole numbers of any size, for sorting; null comes last. */
export function compareWhole(a: Whole | null, b: Whole | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  const [left, right] = [toBigInt(a), toBigInt(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** A pixel may be rounded, a label may not: only charts may turn an int64 into a number. */
export const chartNumber = (value: Whole): number => Number(value);

/** Three significant figures at most: one decimal below 100 of a unit, none above. `whole` drops it below the first step. */
function scaled(value: bigint, step: bigint, units: readonly string[], decimalBelow: bigint): string {
  const size = absolute(value);
  const sign = value < 0n ? minus : "";
  if (size < step) return `${sign}${integer(size)}${units[0] ? gap + units[0] : ""}`;
  let unit = 1n;
  for (let i = 1; i < units.length; i++) {
    unit *= step;
    const last = i === units.length - 1;
    const tenths = (size * 10n + unit / 2n) / unit;
    if (tenths < decimalBelow * 10n) return `${sign}${tenths / 10n}.${tenths % 10n}${gap}${units[i]}`;
    const ones = (size + unit / 2n) / unit;
    if (ones < step || last) return `${sign}${ones}${gap}${units[i]}`;
  }
  return `${sign}${size}`;
}

/** For axes and tiles, with the exact number on hover: `1.2 M`, `300 k`, `812`. */
export const compact = (value: Whole): string =>
  scaled(toBigInt(value), 1000n, ["", "k", "M", "G", "T", "P", "E"], 100n).replace(".0", "");

/** `1.2 GiB`, `812 B`: one decimal below 100. */
export const bytes = (value: Whole): string =>
  scaled(toBigInt(value), 1024n, ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"], 100n);

/** `1 288 490 188 bytes`, what a tooltip shows. */
export const exactBytes = (value: Whole): string => counted(value, "byte");

/** A rate by the second of records: `2 310 records/s`, `1 record/s`; below 10 one decimal, and what rounds to none is `under 0.1`. */
export function rate(perSecond: number): string {
  if (perSecond > 0 && perSecond < 0.05) return `under 0.1${gap}records/s`;
  const shown = perSecond < 10 ? perSecond.toFixed(1).replace(/\.0$/, "") : integer(Math.round(perSecond));
  return `${shown}${gap}${shown === "1" ? "record" : "records"}/s`;
}

/** `2.9 MiB/s`. */
export const byteRate = (perSecond: number): string => `${bytes(Math.round(perSecond))}/s`;

const durationUnits = [
  ["d", 86_400_000n],
  ["h", 3_600_000n],
  ["min", 60_000n],
  ["s", 1000n],
] as const;

/** Milliseconds as two units at most: `38 ms`, `0.4 s`, `5 min 21 s`, `3 h 12 min`, `7 d`. Cut, not rounded: an age never runs ahead. */
export function duration(milliseconds: Whole): string {
  const value = toBigInt(milliseconds);
  const size = absolute(value);
  const sign = value < 0n ? minus : "";
  if (size === 0n) return `0${gap}ms`;
  if (size < 100n) return `${sign}${size}${gap}ms`;
  if (size < 10_000n) return `${sign}${size / 1000n}.${(size % 1000n) / 100n}${gap}s`;
  const first = durationUnits.findIndex(([, unit]) => size >= unit);
  const [name, unit] = durationUnits[first] ?? durationUnits[3];
  const next = durationUnits[first + 1];
  const rest = next ? (size % unit) / next[1] : 0n;
  return `${sign}${integer(size / unit)}${gap}${name}${next && rest > 0n ? ` ${rest}${gap}${next[0]}` : ""}`;
}

/** One unit, for an age: `4 s ago`, `4 min ago`; under a second `now`. */
export function age(milliseconds: number): string {
  const span = shortAge(milliseconds);
  return span === "now" ? span : `${span} ago`;
}

/** `4 s`, `4 min`; under a second `now`. What is in the future counts as now (clocks differ). */
export function shortAge(milliseconds: number): string {
  const size = BigInt(Math.max(0, Math.trunc(milliseconds)));
  const [name, unit] = durationUnits.find(([, step]) => size >= step) ?? [null, 1n];
  return name === null ? "now" : `${size / unit}${gap}${name}`;
}

/** A fraction (0.986) as `98.6 %`. Nothing that is not all is shown as 100 %, and nothing that is not none as 0 %. */
export function share(fraction: number, decimals = 1): string {
  const step = 10 ** -decimals;
  const percent = fraction * 100;
  const rounded = Math.round(percent / step) * step;
  const honest = rounded >= 100 && fraction < 1 ? 100 - step : rounded <= 0 && fraction > 0 ? step : rounded;
  const text = honest === 0 || honest === 100 ? String(honest) : honest.toFixed(decimals);
  return `${text.replace("-", minus)}${gap}%`;
}

/** A difference: `+0.4 %`, `−4.4 %`, `0 %`. */
export function signedShare(fraction: number, decimals = 1): string {
  const text = Math.abs(fraction * 100).toFixed(decimals);
  if (Number(text) === 0) return `0${gap}%`;
  return `${fraction < 0 ? minus : "+"}${text}${gap}%`;
}

const two = (value: number): string => String(value).padStart(2, "0");

/** `UTC`, or `UTC+02:00` for minutes east of Greenwich. */
export function zoneName(offsetMinutes: number): string {
  if (offsetMinutes === 0) return "UTC";
  const size = Math.abs(offsetMinutes);
  return `UTC${offsetMinutes < 0 ? minus : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

const offsetOf = (epoch: number, zone: Zone): number => (zone === "utc" ? 0 : -new Date(epoch).getTimezoneOffset());

/** A time in parts: `2026-11-22`, `18:17:50.493`, `UTC`. `epoch` is milliseconds; `offsetMinutes` is for tests. Null where no calendar reaches. */
export function timeParts(
  epoch: number,
  zone: Zone,
  offsetMinutes = offsetOf(epoch, zone),
): { date: string; time: string; zone: string } | null {
  const shifted = new Date(epoch + offsetMinutes * 60_000);
  if (Number.isNaN(shifted.getTime())) return null;
  const [date = "", time = ""] = shifted.toISOString().replace("Z", "").split("T");
  return { date, time, zone: zoneName(offsetMinutes) };
}

/** `2026-11-22 18:17:50.493 UTC`; without milliseconds when they are not wanted. What no calendar reaches is shown as milliseconds. */
export function dateTime(epoch: number, zone: Zone, milliseconds = true, offsetMinutes?: number): string {
  const parts = timeParts(epoch, zone, offsetMinutes);
  if (parts === null) return `${integer(epoch)}${gap}ms`;
  return `${parts.date} ${milliseconds ? parts.time : parts.time.replace(/\.\d+$/, "")} ${parts.zone}`;
}

/** `18:17:50 UTC`, for a sentence about something that happened today. */
export function clock(epoch: number, zone: Zone, offsetMinutes?: number): string {
  const parts = timeParts(epoch, zone, offsetMinutes);
  return parts === null ? dateTime(epoch, zone) : `${parts.time.slice(0, 8)} ${parts.zone}`;
}

/** What a column of times carries in its head: `UTC`, or the offset of the browser's zone now. */
export const zoneLabel = (zone: Zone): string =>
  zone === "utc" ? "UTC" : (timeParts(Date.now(), zone)?.zone ?? "local");
