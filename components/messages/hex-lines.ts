export type HexLine = { at: string; bytes: string; text: string };

/** Hex digits as lines of 16 bytes: the offset, the bytes in pairs, and their printable ASCII with a dot for the rest. */
export function hexLines(digits: string): HexLine[] {
  const rows = digits.match(/.{1,32}/g) ?? [];
  return rows.map((row, index) => {
    const pairs = row.match(/../g) ?? [];
    const chars = pairs.map((pair) => Number.parseInt(pair, 16));
    return {
      at: (index * 16).toString(16).padStart(8, "0"),
      bytes: pairs.join(" "),
      text: chars.map((code) => (code >= 0x20 && code < 0x7f ? String.fromCharCode(code) : ".")).join(""),
    };
  });
}
