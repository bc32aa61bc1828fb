import { digitGroups, type Whole } from "@/lib/format";

const DIGIT = 8.2;
const GAP = 2.6;
const LETTER = 7;
/** The cell's padding, and room for the arrow of the sorted column. */
const AROUND = 36;

/** Pixels for a column of whole numbers: that of its longest value or of its header. `extra` is for a mark before the number. */
export function numberWidth(header: string, values: (Whole | null)[], extra = 0): number {
  let longest = 0;
  for (const value of values) {
    if (value === null) continue;
    const groups = digitGroups(value);
    longest = Math.max(longest, groups.join("").length * DIGIT + (groups.length - 1) * GAP);
  }
  return Math.ceil(Math.max(longest + extra, header.length * LETTER) + AROUND);
}
