import type { Message } from "../../lib/api/messages.ts";
import { timeParts, type Zone } from "../../lib/format.ts";

/** What the columns need to know of all rows: the one day they are of (null for several, or none) and the longest offset. */
export type TableFacts = { day: string | null; offsetDigits: number };

/** The day of a record in the reader's zone; null where it carries no time, or none of a calendar. */
export const dayOf = ({ timestamp }: Message, zone: Zone): string | null =>
  timestamp === null ? null : (timeParts(Number(timestamp), zone)?.date ?? null);

type Seen = { first: Message | undefined; count: number; day: string | null; offsetDigits: number; zone: Zone };

/**
 * Facts of a growing list, told by what is new in it: a list that begins with the same record and is no shorter has only grown. The
 * same object is returned while nothing changed.
 */
export function createTableFacts(): (messages: readonly Message[], zone: Zone) => TableFacts {
  let seen: Seen = { first: undefined, count: 0, day: null, offsetDigits: 0, zone: "utc" };
  let facts: TableFacts = { day: null, offsetDigits: 0 };
  return (messages, zone) => {
    const hasGrown = seen.zone === zone && messages.length >= seen.count && messages[0] === seen.first;
    if (!hasGrown) seen = { first: messages[0], count: 0, day: null, offsetDigits: 0, zone };
    let { day, offsetDigits } = seen;
    for (let at = seen.count; at < messages.length; at++) {
      const message = messages[at];
      if (message === undefined) continue;
      const own = dayOf(message, zone);
      // The empty text stands for "several": no day is written so.
      day = at === 0 ? (own ?? "") : day === own ? day : "";
      offsetDigits = Math.max(offsetDigits, message.offset.length);
    }
    seen = { first: messages[0], count: messages.length, day, offsetDigits, zone };
    if (facts.day !== (day || null) || facts.offsetDigits !== offsetDigits) facts = { day: day || null, offsetDigits };
    return facts;
  };
}
