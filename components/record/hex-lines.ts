import type { Payload } from "../../lib/api/payloads.ts";

/** A line of a hex dump: where it begins, and its bytes as two digits each with the places of their first digits. */
export type HexLine = { at: string; bytes: { digits: string; place: number; char: string }[] };

/** Bytes in a line: 16 where they fit, 8 beside the table. */
export const hexWidth = (columns: number): 8 | 16 => (columns >= 10 + 16 * 4 + 2 ? 16 : 8);

export const hexLineCount = (digits: string, width: number): number => Math.ceil(digits.length / (2 * width));

/** One line of hex digits. Bytes that are no printable ASCII are a dot among the characters. */
export function hexLine(digits: string, width: number, index: number): HexLine {
  const start = index * 2 * width;
  const count = Math.min(width, Math.ceil((digits.length - start) / 2));
  return {
    at: (index * width).toString(16).padStart(8, "0"),
    bytes: Array.from({ length: count }, (_, byte) => {
      const place = start + 2 * byte;
      const pair = digits.slice(place, place + 2);
      const code = Number.parseInt(pair, 16);
      return { digits: pair, place, char: code >= 0x20 && code < 0x7f ? String.fromCharCode(code) : "." };
    }),
  };
}

/** Formats whose text is the bytes themselves, read as UTF-8. */
const texts: readonly Payload["format"][] = ["json", "text", "xml"];

/** The bytes of a short payload as hex digits; null where its text does not say them all. */
export function headerHex({ format, text, packed, truncated }: Payload): string | null {
  if (format === "hex") return text;
  if (packed || truncated || !texts.includes(format)) return null;
  return Array.from(new TextEncoder().encode(text), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
