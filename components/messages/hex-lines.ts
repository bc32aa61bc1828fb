export type HexLine = { at: string; bytes: string; text: string };

/** Bytes in a line: what fits into the panel beside the table. */
const WIDTH = 8;

/** Hex digits as lines of 8 bytes: the offset, the bytes in pairs, and their printable ASCII with a dot for the rest. */
export function hexLines(digits: string): HexLine[] {
  const rows = digits.match(new RegExp(`.{1,${2 * WIDTH}}`, "g")) ?? [];
  return rows.map((row, index) => {
    const pairs = row.match(/../g) ?? [];
    const chars = pairs.map((pair) => Number.parseInt(pair, 16));
    return {
      at: (index * WIDTH).toString(16).padStart(8, "0"),
      bytes: pairs.join(" ").padEnd(3 * WIDTH - 1),
      text: chars.map((code) => (code >= 0x20 && code < 0x7f ? String.fromCharCode(code) : ".")).join(""),
    };
  });
}
