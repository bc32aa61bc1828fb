import { isMisread, type Place, parsePlace } from "../../lib/api/range.ts";
import { counted, dateTime, integer, type Zone } from "../../lib/format.ts";

/** Where reading begins and ends as words, and the direction as the address has it (empty: the usual one). */
export type Range = { from: string; until: string; direction: string };

const spans = { s: "second", m: "minute", h: "hour", d: "day", w: "week" } as const;

/** `-15m` as `15 minutes ago`, a moment as its date and time in the reader's zone. */
function timeWords(time: string, zone: Zone): string {
  if (time === "now") return "now";
  const [, count = "", unit = "s"] = /^-(\d+)([smhdw])$/.exec(time) ?? [];
  if (count !== "") return `${counted(count, spans[unit as keyof typeof spans])} ago`;
  const epoch = /^\d+$/.test(time) ? Number(time) : Date.parse(time);
  return dateTime(epoch, zone).replace(/(:00)?\.000 /, " ");
}

function offsetsWords(offsets: Map<number, bigint>): string {
  const [first] = offsets;
  if (offsets.size === 1 && first) return `offset ${integer(first[1])} of partition ${first[0]}`;
  return `an offset in each of ${counted(offsets.size, "partition")}`;
}

/** A place in words; what cannot be understood stays as it is written. */
export function placeWords(text: string, zone: Zone): string {
  const place = parsePlace(text);
  return isMisread(place) ? text : words(place, zone);
}

function words(place: Place, zone: Zone): string {
  if (place.kind === "time") return timeWords(place.time, zone);
  if (place.kind === "offset") return `offset ${integer(place.offset)}`;
  if (place.kind === "offsets") return offsetsWords(place.offsets);
  if (place.kind === "end") return place.back === 0n ? "the end" : `${counted(place.back, "offset")} before the end`;
  if (place.kind === "start")
    return place.forward === 0n ? "the start" : `${counted(place.forward, "offset")} after the start`;
  return place.kind;
}

/** A range in the few words of its button: `newest`, `1 hour ago`, `offset 1 000 to offset 2 000`. */
export function rangeWords({ from, until }: Pick<Range, "from" | "until">, zone: Zone): string {
  const begin = placeWords(from, zone);
  return until === "" ? begin : `${begin} to ${placeWords(until, zone)}`;
}

/** Which way a range is read: backwards only where it begins at the newest record, or is told to. */
export const isBackwards = ({ from, direction }: Pick<Range, "from" | "direction">): boolean =>
  direction === "" ? from === "newest" : direction === "older";

/** What will be read, as a sentence. */
export function rangeSentence(range: Range, zone: Zone): string {
  const order = isBackwards(range) ? "newest first" : "oldest first";
  const end = range.until === "" ? "the end as it is when it is asked" : `just before ${placeWords(range.until, zone)}`;
  if (range.from === "newest") {
    return range.until === ""
      ? "Every record, from the newest back to the start."
      : `Every record before ${placeWords(range.until, zone)}, ${order}.`;
  }
  const begin = range.from === "oldest" ? "the start" : placeWords(range.from, zone);
  const which = parsePlace(range.from);
  const only = !isMisread(which) && which.kind === "offsets" ? " Only the partitions named are read." : "";
  return `From ${begin} to ${end}, ${order}.${only}`;
}
