import type { ConfigEntry, ConfigFormat } from "../api/configs.ts";
import { bytes, duration, integer } from "../format.ts";

/** A value as people read it, and as Kafka holds it where that says more. */
export type ReadableValue = { text: string; raw: string | null };

const MAX_LONG = "9223372036854775807";
const wholeNumber = /^-?\d{1,19}$/;

const perUnit = {
  ms: 1n,
  seconds: 1_000n,
  minutes: 60_000n,
  hours: 3_600_000n,
  days: 86_400_000n,
  bytes: 1n,
  kilobytes: 1024n,
} as const satisfies Record<NonNullable<ConfigFormat["unit"]>, bigint>;

/** What one of the raw number counts, in milliseconds or bytes. */
const factorOf = (format: ConfigFormat): bigint => (format.unit ? perUnit[format.unit] : 1n);

const rawText = (value: string): string => (value === MAX_LONG ? "max int64" : integer(value));

/** `7 d` with `604 800 000`; `no limit` with `-1`; text as it is. */
export function readable(format: ConfigFormat, value: string): ReadableValue {
  const word = format.words.find((known) => known.value === value)?.word;
  if (word !== undefined) return { text: word, raw: rawText(value) };
  if (!wholeNumber.test(value)) return { text: value, raw: null };
  const amount = BigInt(value) * factorOf(format);
  if (format.kind === "duration" && amount >= 0n) return withRaw(duration(amount), value);
  if (format.kind === "size" && amount >= 0n) return withRaw(bytes(amount), value);
  return { text: format.kind === "text" || format.kind === "list" ? value : integer(value), raw: null };
}

/** The raw number is left out where the text is the number itself. */
const withRaw = (text: string, value: string): ReadableValue => ({
  text,
  raw: text.replace(/\D/g, "") === value ? null : rawText(value),
});

export type Unit = { id: string; label: string; size: bigint };

const durationUnits: Unit[] = [
  { id: "ms", label: "ms", size: 1n },
  { id: "s", label: "seconds", size: 1_000n },
  { id: "min", label: "minutes", size: 60_000n },
  { id: "h", label: "hours", size: 3_600_000n },
  { id: "d", label: "days", size: 86_400_000n },
];
const sizeUnits: Unit[] = [
  { id: "B", label: "bytes", size: 1n },
  { id: "KiB", label: "KiB", size: 1024n },
  { id: "MiB", label: "MiB", size: 1024n ** 2n },
  { id: "GiB", label: "GiB", size: 1024n ** 3n },
  { id: "TiB", label: "TiB", size: 1024n ** 4n },
];

/** The units a value may be typed in; none for what has no unit. Nothing smaller than what the raw number counts. */
export function unitsOf(format: ConfigFormat): Unit[] {
  const all = format.kind === "duration" ? durationUnits : format.kind === "size" ? sizeUnits : [];
  return all.filter(({ size }) => size >= factorOf(format));
}

/** An amount as typed and the unit it counts. */
export type Amount = { amount: string; unit: string };

/** A raw number in the largest unit that it is a whole number of, so that nothing is rounded. */
export function toAmount(format: ConfigFormat, value: string): Amount {
  const units = unitsOf(format);
  const smallest = units[0]?.id ?? "";
  if (!wholeNumber.test(value)) return { amount: value, unit: smallest };
  const total = BigInt(value) * factorOf(format);
  const unit = total === 0n ? units[0] : units.findLast(({ size }) => total % size === 0n);
  return unit ? { amount: (total / unit.size).toString(), unit: unit.id } : { amount: value, unit: smallest };
}

/** The raw number of an amount; a decimal (`1.5` hours) where it comes out whole. Null where it does not, or is no number. */
export function fromAmount(format: ConfigFormat, { amount, unit }: Amount): string | null {
  const match = /^(-?)(\d{1,19})(?:[.,](\d{1,9}))?$/.exec(amount.replace(/[\s\u00a0\u202f]/g, ""));
  const size = unitsOf(format).find(({ id }) => id === unit)?.size;
  if (!match || size === undefined) return null;
  const [, sign = "", whole = "", fraction = ""] = match;
  const scale = 10n ** BigInt(fraction.length) * factorOf(format);
  const total = BigInt(whole + fraction) * size;
  return total % scale === 0n ? `${total === 0n ? "" : sign}${total / scale}` : null;
}

const ranges = {
  short: [-32_768n, 32_767n],
  int: [-2_147_483_648n, 2_147_483_647n],
  long: [-9_223_372_036_854_775_808n, 9_223_372_036_854_775_807n],
} as const;
type Checked = Pick<ConfigEntry, "format" | "type">;

/** What is wrong with a raw value, as far as its type tells; null where only the broker can say. */
export function mistakeIn({ format, type }: Checked, value: string): string | null {
  const { kind, choices } = format;
  const isNumber = kind === "integer" || kind === "duration" || kind === "size";
  if (isNumber && !/^-?\d+$/.test(value)) return "This must be a whole number.";
  if (isNumber && type in ranges) {
    const [low, high] = ranges[type as keyof typeof ranges];
    const number = BigInt(value);
    if (number < low || number > high) return `This must be between ${integer(low)} and ${integer(high)}.`;
  }
  if (kind === "decimal" && !/^-?(\d+\.?\d*|\.\d+)(e-?\d+)?$/i.test(value)) return "This must be a number.";
  if ((kind === "choice" || kind === "boolean" || kind === "level") && !choices.includes(value))
    return `This must be one of ${choices.join(", ")}.`;
  const unknown =
    kind === "list" && choices.length > 0 ? listItems(value).find((item) => !choices.includes(item)) : undefined;
  return unknown === undefined ? null : `${unknown} is none of ${choices.join(", ")}.`;
}

/** The items of a list as Kafka reads it: between commas, without the space around them. */
export const listItems = (value: string): string[] =>
  value.split(",").flatMap((item) => (item.trim() === "" ? [] : [item.trim()]));

/** The first sentence of a documentation, for one line. */
export const firstSentence = (text: string): string => /^.*?[.!?](?=\s+[A-Z(]|$)/s.exec(text)?.[0] ?? text;
