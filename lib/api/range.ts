/**
 * Where reading begins and ends, for server and browser: the contract's `from` and `until` as values, and the one box that
 * people type both into (`@-1h`, `end-50`, `1000:2000`), in both directions.
 */

/** A place as the contract writes it. Counts and offsets are not negative; a time is kept as it was written, `now` may be later. */
export type Place =
  | { kind: "newest" }
  | { kind: "oldest" }
  | { kind: "offset"; offset: bigint }
  | { kind: "offsets"; offsets: Map<number, bigint> }
  | { kind: "time"; time: string }
  | { kind: "end"; back: bigint }
  | { kind: "start"; forward: bigint };

/** What cannot be understood, as a sentence that names it. */
export type Misread = { problem: string };

/** `from` and `until` as the contract writes them. No `until`: to the end. */
export type RangeQuery = { from: string; until?: string | undefined };

const LARGEST = (1n << 63n) - 1n;
const UNITS: Record<string, bigint> = { s: 1000n, m: 60_000n, h: 3_600_000n, d: 86_400_000n, w: 604_800_000n };
const EDGES: ReadonlyMap<string, string> = new Map([
  ["newest", "newest"],
  ["latest", "newest"],
  ["end", "newest"],
  ["oldest", "oldest"],
  ["earliest", "oldest"],
  ["start", "oldest"],
]);

export const isMisread = <T extends object>(value: T | Misread): value is Misread => "problem" in value;

/** A `from` or `until` of the contract. */
export function parsePlace(text: string): Place | Misread {
  if (text === "newest" || text === "oldest") return { kind: text };
  const [, kind = "", rest = ""] = /^(offset:|time:|end-|start\+)(.*)$/s.exec(text) ?? [];
  if (kind === "time:") {
    const time = readTime(rest, 0);
    return typeof time === "bigint" ? { kind: "time", time: rest } : time;
  }
  if (kind === "offset:" && rest.includes("=")) return parseOffsets(rest);
  const count = readCount(rest);
  if (kind === "" || count === null)
    return kind === "" ? misread(text) : { problem: `“${rest}” is not an offset: ${offsetRule(rest)}.` };
  if (kind === "offset:") return { kind: "offset", offset: count };
  return kind === "end-" ? { kind: "end", back: count } : { kind: "start", forward: count };
}

const misread = (text: string): Misread => ({
  problem: `“${text}” is not a place. Write newest, oldest, an offset, end-50, start+10, or a time such as @-1h.`,
});

/** A place as the contract writes it. */
export function placeText(place: Place): string {
  if (place.kind === "offset") return `offset:${place.offset}`;
  if (place.kind === "offsets") return `offset:${[...place.offsets].map(([p, offset]) => `${p}=${offset}`).join(",")}`;
  if (place.kind === "time") return `time:${place.time}`;
  if (place.kind === "end") return `end-${place.back}`;
  if (place.kind === "start") return `start+${place.forward}`;
  return place.kind;
}

const offsetRule = (text: string): string =>
  /^\d+$/.test(text) ? `offsets end at ${LARGEST}` : "write a whole number";

function readCount(text: string): bigint | null {
  if (!/^\d{1,19}$/.test(text)) return null;
  const value = BigInt(text);
  return value > LARGEST ? null : value;
}

function parseOffsets(text: string): Place | Misread {
  const offsets = new Map<number, bigint>();
  for (const pair of text.split(",")) {
    const [, partition, digits = ""] = /^(\d{1,9})=(\d{1,19})$/.exec(pair) ?? [];
    const offset = readCount(digits);
    if (partition === undefined || offset === null)
      return { problem: `“${pair}” is not a partition and its offset: write 0=12,3=40.` };
    if (offsets.has(Number(partition))) return { problem: `Partition ${Number(partition)} is named twice.` };
    offsets.set(Number(partition), offset);
  }
  return { kind: "offsets", offsets };
}

const CLOCK = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?)?(Z|[+-]\d{2}:?\d{2})?$/;

/** The T of `time:T` as milliseconds since 1970; `now` is the same. */
export function readTime(text: string, now: number): bigint | Misread {
  if (text === "now") return BigInt(now);
  const [, count, unit = ""] = /^-(\d{1,9})([smhdw])$/.exec(text) ?? [];
  if (count !== undefined) return BigInt(now) - BigInt(count) * (UNITS[unit] ?? 0n);
  if (/^\d{1,16}$/.test(text)) return BigInt(text);
  const clock = readClock(text);
  if (isMisread(clock)) return clock;
  if (clock.offset === null)
    return { problem: `“${text}” has no zone: end it with Z, or with an offset such as +01:00.` };
  return BigInt(clock.wall - clock.offset * 60_000);
}

/** A date and time as it stands on a wall, in ms as if it were UTC, and minutes east of UTC where it says so. */
function readClock(text: string): { wall: number; offset: number | null } | Misread {
  const found = CLOCK.exec(text);
  if (!found)
    return { problem: `“${text}” is not a time. Write now, -15m, 2026-11-22T10:00Z or milliseconds since 1970.` };
  const [, year, month, day, hour = "0", minute = "0", second = "0", fraction = "0", zone] = found;
  const milliseconds = Number(fraction.padEnd(3, "0").slice(0, 3));
  const [y, mo, d, h, mi, s] = [year, month, day, hour, minute, second].map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const wall = Date.UTC(y, mo - 1, d, h, mi, s, milliseconds);
  const back = new Date(wall);
  if (back.getUTCMonth() !== mo - 1 || back.getUTCDate() !== d || h > 23 || mi > 59 || s > 59 || y < 100)
    return { problem: `“${text}” is a date or time that does not exist.` };
  if (zone === undefined) return { wall, offset: null };
  if (zone === "Z") return { wall, offset: 0 };
  const [zoneHours, zoneMinutes] = [Number(zone.slice(1, 3)), Number(zone.slice(-2))];
  if (zoneHours > 18 || zoneMinutes > 59) return { problem: `“${text}” has a zone that does not exist.` };
  return { wall, offset: (zone.startsWith("-") ? -1 : 1) * (zoneHours * 60 + zoneMinutes) };
}

/** How far clocks are ahead of UTC, in minutes, when they show `wall` (milliseconds, as if it were UTC). */
export type ZoneOffset = (wall: number) => number;
export const utcOffset: ZoneOffset = () => 0;
/** The zone that this browser is set to; summer time is that of the day asked about. */
export const viewerOffset: ZoneOffset = (wall) =>
  -new Date(new Date(wall).toISOString().slice(0, -1)).getTimezoneOffset();

// A time that is written in full ends where a colon or nothing follows; else what looks like one is cut off, to be told what is wrong.
const TYPED_TIME =
  /@(?:now|-\d{1,9}[smhdw]|\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)?(?:Z|[+-]\d{2}:?\d{2})?(?=\s*(?::|$))|\d{4}-[0-9T.-]*(?::\d{2}(?!\d))?(?::\d{2}(?:\.\d+)?(?!\d))?(?:Z|[+-]\d{2}:?\d{2})?|\d{1,16})/y;

/**
 * What was typed into the box, as `from` and `until`: `newest`, `oldest`, `end-50`, `start+10`, `1000`, `0=12,3=40`, `@-1h`,
 * `@2026-11-22T10:00Z`, `@1732269600000`, or two of these with a colon between (`1000:2000`, `@-2h:@-1h`, `1000:`, `:2000`).
 * Times without a zone are in the viewer's. Nothing typed is newest.
 */
export function readRange(typed: string, zone: ZoneOffset = utcOffset): RangeQuery | Misread {
  const text = typed.trim();
  if (text === "") return { from: "newest" };
  const cut = cutAt(text);
  const first = text.slice(0, cut).trim();
  const second = text.slice(cut + 1).trim();
  const from = first === "" && cut < text.length ? "oldest" : readTyped(first, zone);
  if (typeof from !== "string") return from;
  if (cut >= text.length || second === "") return second === "" && first === "" ? misread(text) : { from };
  const until = readTyped(second, zone);
  if (typeof until !== "string") return until;
  if (until === "newest") return { from };
  if (until === "oldest") return { problem: "Reading cannot end at the oldest record: put the earlier place first." };
  return { from, until };
}

/** The same for who types it: a range that ends before it begins is told at once, as the API would refuse it. */
export function readTypedRange(typed: string, zone: ZoneOffset, now: number): RangeQuery | Misread {
  const range = readRange(typed, zone);
  if (isMisread(range) || range.until === undefined) return range;
  const [from, until] = [parsePlace(range.from), parsePlace(range.until)];
  if (isMisread(from) || isMisread(until) || !isTurned(from, until, now)) return range;
  return { problem: "This ends before it begins: put the earlier place first." };
}

/** Whether two places of one kind stand in the wrong order; what only the log can tell is not. */
export function isTurned(from: Place, until: Place, now: number): boolean {
  if (from.kind === "offset" && until.kind === "offset") return from.offset > until.offset;
  if (from.kind === "start" && until.kind === "start") return from.forward > until.forward;
  if (from.kind === "end" && until.kind === "end") return from.back < until.back;
  const [begin, end] = [timeOf(from, now), timeOf(until, now)];
  return begin !== null && end !== null && begin > end;
}

/** The moment of a place, in milliseconds since 1970, never negative (Kafka means other things by that); null for other places. */
export function timeOf(place: Place | null, now: number): bigint | null {
  if (place?.kind !== "time") return null;
  const time = readTime(place.time, now);
  return typeof time !== "bigint" ? null : time < 0n ? 0n : time;
}

/** Where the colon between the two places is; the length where there is none. Times have colons of their own. */
function cutAt(text: string): number {
  TYPED_TIME.lastIndex = 0;
  const time = TYPED_TIME.exec(text);
  const colon = text.indexOf(":", time ? TYPED_TIME.lastIndex : 0);
  return colon < 0 ? text.length : colon;
}

function readTyped(text: string, zone: ZoneOffset): string | Misread {
  const edge = EDGES.get(text.toLowerCase());
  if (edge) return edge;
  if (text.startsWith("@")) return readTypedTime(text.slice(1), zone);
  const written = /^\d/.test(text) ? `offset:${text}` : text.replace(/^(end|start)\s*([+-])\s*/, "$1$2");
  if (/^(offset|time):/.test(text)) return misread(text);
  const place = parsePlace(written);
  return isMisread(place) ? place : placeText(place);
}

function readTypedTime(text: string, zone: ZoneOffset): string | Misread {
  const clock = /^\d{4}-/.test(text) ? readClock(text) : null;
  if (clock && isMisread(clock)) return clock;
  if (clock && clock.offset === null) {
    const moment = new Date(clock.wall - zone(clock.wall) * 60_000);
    return `time:${moment
      .toISOString()
      .replace(/\.000Z$/, "Z")
      .replace(/:00Z$/, "Z")}`;
  }
  const time = readTime(text, 0);
  return typeof time === "bigint" ? `time:${text}` : time;
}

/** The shortest text that `readRange` reads as this range; what the contract does not know stays as it is. */
export function rangeText({ from, until }: RangeQuery): string {
  const end = until === undefined ? "" : typedPlace(until);
  if (until === undefined) return typedPlace(from);
  return from === "oldest" ? `:${end}` : `${typedPlace(from)}:${end}`;
}

const typedPlace = (text: string): string => text.replace(/^offset:/, "").replace(/^time:/, "@");
