import type { SentLines } from "../../lib/client/sent-lines.ts";
import { counted, integer } from "../../lib/format.ts";

/** Lines named one by one in a sentence; beyond it their number is told. */
const NAMED = 6;

/** Which of the lines up to the next one were written: `Lines 1 to 4 000 were written except 12 and 80.` */
export function refusedWords({ refused, next, written }: SentLines): string {
  const upTo = next - 1;
  if (written === 0) return upTo === 1 ? "Line 1 was not written." : `None of lines 1 to ${integer(upTo)} was written.`;
  const which = upTo === 1 ? "Line 1 was written" : `Lines 1 to ${integer(upTo)} were written`;
  // Lines that were skipped or hold nothing were never counted.
  const aside = written + refused.length < upTo ? ", lines without a record aside" : "";
  if (refused.length === 0) return `${which}${aside}.`;
  const names = refused.slice(0, NAMED).map(({ line }) => integer(line));
  const more = refused.length - names.length;
  const list =
    more > 0 ? `${names.join(", ")} and ${counted(more, "other")}` : names.join(", ").replace(/, ([^,]+)$/, " and $1");
  return `${which} except ${list}${aside}.`;
}
