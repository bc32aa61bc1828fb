import { dateTime, type Zone } from "../../lib/format.ts";

const INT64_MOST = 2n ** 63n - 1n;
const INT64_LEAST = -(2n ** 63n);
const EXACT_MOST = 2n ** 53n;
/** Digits a double always keeps. */
const DOUBLE_DIGITS = 17;
/** Longer numbers are not counted with; they are above everything. */
const MOST_DIGITS = 400;

/** What a number is quietly marked with: that its digits are exact where most readers would round them. Null: nothing to say. */
export function numberNote(digits: string): string | null {
  const isWhole = /^-?\d+$/.test(digits);
  if (!isWhole) {
    const significant = digits
      .replace(/[eE].*$/, "")
      .replace(/[-.]/g, "")
      .replace(/^0+/, "");
    return significant.length > DOUBLE_DIGITS ? "exact, more digits than a double" : null;
  }
  if (digits.length > MOST_DIGITS) return "exact, above int64";
  const value = BigInt(digits);
  if (value > INT64_MOST) return "exact, above int64";
  if (value < INT64_LEAST) return "exact, below int64";
  if (value > EXACT_MOST) return "exact, above 2^53";
  return value < -EXACT_MOST ? "exact, below −2^53" : null;
}

/** Units of a time since 1970 by its digits, for the years 2001 to 2286. */
const units: Record<number, { name: string; perMillisecond: number }> = {
  10: { name: "seconds", perMillisecond: 0.001 },
  13: { name: "milliseconds", perMillisecond: 1 },
  16: { name: "microseconds", perMillisecond: 1000 },
  19: { name: "nanoseconds", perMillisecond: 1_000_000 },
};

/** The time a number may mean, in the reader's zone; null where it looks like none. */
export function timeNote(digits: string, zone: Zone): string | null {
  const unit = /^[1-9]\d+$/.test(digits) ? units[digits.length] : undefined;
  if (!unit) return null;
  // A time within a millisecond: what is cut off below it is not shown.
  const milliseconds = Math.floor(Number(digits) / unit.perMillisecond);
  if (milliseconds > Date.UTC(2100, 0)) return null;
  return `As ${unit.name} since 1970: ${dateTime(milliseconds, zone)}`;
}
