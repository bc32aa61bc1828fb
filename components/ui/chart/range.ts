import { type LagRange, lagRanges } from "../../../lib/api/lag.ts";
import type { AskedRange } from "../../../lib/client/lag.ts";
import { timeParts, type Zone, zoneName } from "../../../lib/format.ts";

/** What an address says of the time that charts show: `range` up to now, or between two moments (ISO 8601), which come first. */
export const rangeUrl = { range: "1h", from: "", until: "" };
export type RangeUrl = typeof rangeUrl;

/** In words, for buttons. */
export const rangeWords = {
  "15m": "15 min",
  "1h": "1 h",
  "6h": "6 h",
  "24h": "24 h",
  "14d": "14 d",
} as const satisfies Record<LagRange, string>;

const isRange = (text: string): text is LagRange => Object.hasOwn(lagRanges, text);

/** The range up to now that is chosen; what an address has in its place that is none counts as not given. */
export const lastRange = ({ range }: RangeUrl): LagRange => (isRange(range) ? range : "1h");

/** The two moments that are chosen, in epoch ms; null: up to now. */
export function chosenSpan({ from, until }: RangeUrl): { from: number; until: number } | null {
  const [start, end] = [Date.parse(from), Date.parse(until)];
  return Number.isNaN(start) || Number.isNaN(end) || end <= start ? null : { from: start, until: end };
}

/** The question for the API. What moves with now is left to it, so that the question stays the same. */
export function askedRange(url: RangeUrl): AskedRange {
  const span = chosenSpan(url);
  return span === null ? { range: lastRange(url) } : { from: iso(span.from), until: iso(span.until) };
}

const iso = (epoch: number): string => new Date(epoch).toISOString();

/** How long a range is, in ms. */
export function lengthOf(url: RangeUrl): number {
  const span = chosenSpan(url);
  return span === null ? lagRanges[lastRange(url)] : span.until - span.from;
}

/** The address of a stretch of time. A chart has points of seconds, so its address has no fractions. */
export const spanUrl = (from: number, until: number): Pick<RangeUrl, "from" | "until"> => ({
  from: iso(Math.floor(from / 1000) * 1000).replace(".000", ""),
  until: iso(Math.ceil(until / 1000) * 1000).replace(".000", ""),
});

/** `17:40 to 18:05 UTC`, with the days where they are not one. */
export function spanWords({ from, until }: { from: number; until: number }, zone: Zone): string {
  const [start, end] = [timeParts(from, zone), timeParts(until, zone)];
  if (start === null || end === null) return "";
  const short = (time: string) => time.slice(0, until - from < 600_000 ? 8 : 5);
  const last = start.date === end.date ? short(end.time) : `${end.date} ${short(end.time)}`;
  return `${start.date} ${short(start.time)} to ${last} ${end.zone}`;
}

/** A moment as the browser's own box of date and time takes it, and back; null for what is no time. */
export function wallTime(epoch: number, zone: Zone): string {
  const parts = timeParts(epoch, zone);
  return parts === null ? "" : `${parts.date}T${parts.time.slice(0, 8)}`;
}
export function fromWall(wall: string, zone: Zone): number | null {
  // Without a zone the browser reads its own.
  const epoch = Date.parse(zone === "utc" ? `${wall}Z` : wall);
  return wall === "" || Number.isNaN(epoch) ? null : epoch;
}

/** The name of the zone that is shown. */
export const zoneWord = (zone: Zone): string => zoneName(zone === "utc" ? 0 : -new Date().getTimezoneOffset());
