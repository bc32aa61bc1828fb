import type { Problem } from "../api/problem.ts";
import type { CopyLine } from "../api/produce.ts";

/** What a copy did over all its legs, each leg being one request that began where the one before stopped. */
export type CopyTotals = {
  /** Offsets looked through, as digits. */
  covered: string;
  copied: number;
  bytes: number;
  /** Goes on after what was copied; null: nothing is left, or it cannot go on. */
  cursor: string | null;
  /** The last offset written to each partition of the target, of the legs that came to their end. */
  last: readonly { partition: number; offset: string }[];
  warnings: readonly Problem[];
};

export const nothingCopied: CopyTotals = { covered: "0", copied: 0, bytes: 0, cursor: null, last: [], warnings: [] };

/** The totals before a leg, with what one of its lines says of the leg so far. */
export function addCopyLine(before: CopyTotals, leg: CopyTotals, line: CopyLine): CopyTotals {
  if (line.type === "plan") return { ...before, cursor: line.cursor ?? before.cursor, warnings: line.warnings };
  // A failure tells what was copied and where to go on; the rest is as the last progress said.
  if (line.type === "error") return { ...leg, copied: before.copied + line.copied, cursor: line.cursor ?? leg.cursor };
  const so = {
    covered: (BigInt(before.covered) + BigInt(line.covered)).toString(),
    copied: before.copied + line.copied,
    bytes: before.bytes + line.bytes,
    cursor: line.cursor,
  };
  if (line.type === "progress") return { ...leg, ...so };
  return { ...so, last: mergeLast(before.last, line.last), warnings: [...leg.warnings, ...line.warnings] };
}

/** The later offset of each partition. */
function mergeLast(before: CopyTotals["last"], found: CopyTotals["last"]): CopyTotals["last"] {
  const offsets = new Map(before.map(({ partition, offset }) => [partition, offset]));
  for (const { partition, offset } of found) {
    const known = offsets.get(partition);
    if (known === undefined || BigInt(offset) > BigInt(known)) offsets.set(partition, offset);
  }
  return [...offsets].map(([partition, offset]) => ({ partition, offset })).sort((a, b) => a.partition - b.partition);
}
