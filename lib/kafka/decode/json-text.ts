import { cut, type Shown } from "./format.ts";

/** JSON text as it is written from left to right: fields in the order they come, also twice, and numbers digit by digit. */
export type JsonText = {
  /** Characters that are still shown. 0: what is written from here on is dropped. */
  room(): number;
  /** A whole value as JSON text, or the opening of something whose content is written next. */
  value(json: string): void;
  open(text: string): void;
  close(text: string): void;
  /** The name of a field, as JSON text with its quotes. */
  key(json: string): void;
  done(): Shown;
};

/** A text of at most `limit` characters. */
export function jsonText(limit: number): JsonText {
  let text = "";
  let comma = false;
  const put = (piece: string, next: boolean) => {
    if (text.length <= limit) text += comma ? `,${piece}` : piece;
    comma = next;
  };
  return {
    room: () => Math.max(0, limit + 1 - text.length),
    value: (json) => put(json, true),
    open: (piece) => put(piece, false),
    key: (json) => put(`${json}:`, false),
    close: (piece) => {
      comma = false;
      put(piece, true);
    },
    done: () => cut(text, limit),
  };
}

/** Text as a JSON string: no more of it than `room` characters need. */
export function quoted(bytes: Buffer, room: number): string {
  if (room <= 0) return '""';
  return JSON.stringify(bytes.length > 4 * room ? bytes.toString("utf8", 0, 4 * room) : bytes.toString());
}

/** Bytes that are no text, marked as the contract marks them elsewhere. */
export function bytesJson(bytes: Buffer, room: number, before = ""): string {
  return room <= 0 ? '""' : `{${before}"base64":"${bytes.toString("base64", 0, Math.min(bytes.length, room))}"}`;
}

/**
 * The shortest digits that read back as the same float; a whole number keeps its `.0`, so that it can be told from an integer.
 * NaN and infinities are words.
 */
export function floatText(value: number, bits: 16 | 32 | 64): string {
  if (!Number.isFinite(value)) return value.toString();
  if (Object.is(value, -0)) return "-0.0";
  let digits = value.toString();
  if (bits < 64)
    for (let precision = 1; precision <= 9; precision++) {
      const shorter = Number(value.toPrecision(precision));
      if (Math.fround(shorter) !== value) continue;
      digits = shorter.toString();
      break;
    }
  return /^-?\d+$/.test(digits) ? `${digits}.0` : digits;
}

/** The same as a JSON value: JSON has no words for NaN and infinities, so they are strings. */
export function floatJson(value: number, bits: 16 | 32 | 64): string {
  return Number.isFinite(value) ? floatText(value, bits) : `"${value}"`;
}

/** ISO 8601 with as many digits behind the second as are needed; null outside the years a date can have. */
export function instantJson(seconds: bigint, nanoseconds: number): string | null {
  if (seconds < -62_135_596_800n || seconds > 253_402_300_799n || nanoseconds < 0 || nanoseconds > 999_999_999)
    return null;
  const whole = new Date(Number(seconds) * 1000).toISOString().slice(0, 19);
  const part =
    nanoseconds === 0
      ? ""
      : `.${nanoseconds
          .toString()
          .padStart(9, "0")
          .replace(/(000){1,2}$/, "")}`;
  return `"${whole}${part}Z"`;
}
