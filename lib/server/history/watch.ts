import type { LagVerdict } from "../../api/groups.ts";
import type { Standing } from "../../kafka/plan/lag-status.ts";
import type { LagPoint } from "../../kafka/plan/lag-window.ts";
import { type TimeLag, UNKNOWN } from "../../kafka/plan/time-lag.ts";
import { makeTrack, type Track } from "./track.ts";

/** What is watched of a group as a whole, so that its status and its small line are told without going over its partitions. */
export type Watch = {
  lag: bigint | null;
  timeLag: TimeLag;
  /** By tick, as far back as samples are kept whole; time lag in tenths of a second. */
  lags: Track;
  timeLags: Track;
  window: Ring | null;
  /** Lag at the end of each of the last minutes; NaN where there was no sample. `minute` is that of the newest. */
  hour: { minute: number; lags: Float64Array } | null;
  /** Ms from one commit to the next while there was lag, the latest of them. */
  waits: number[];
  waitingSince: number | null;
  /** When commits moved without a member; epoch ms. */
  movedAlone: number[];
  standing: Standing | null;
  verdict: LagVerdict | null;
};

type Ring = {
  next: number;
  at: Float64Array;
  lag: Float64Array;
  written: Float64Array;
  read: Float64Array;
  moved: Uint8Array;
};

const WINDOW = 61;
const WINDOW_MS = 600_000;
/** Samples that are far apart are still looked at, at least this many. */
const FEWEST = 7;
export const MINUTES = 60;
const WAITS = 16;
const MINUTE_MS = 60_000;

export const makeWatch = (): Watch => ({
  lag: null,
  timeLag: UNKNOWN,
  lags: makeTrack(0, null),
  timeLags: makeTrack(0, null),
  window: null,
  hour: null,
  waits: [],
  waitingSince: null,
  movedAlone: [],
  standing: null,
  verdict: null,
});

/** Begins its window anew at a time before what it saw last: the clock was set back. */
export function restartWatch(watch: Watch, now: number): void {
  watch.window = null;
  watch.hour = null;
  watch.movedAlone = [];
  if (watch.waitingSince !== null) watch.waitingSince = Math.min(watch.waitingSince, now);
  const { standing } = watch;
  if (standing?.since) watch.standing = { ...standing, since: Math.min(standing.since, now), next: null };
}

const orNaN = (value: number | null) => value ?? Number.NaN;
const orNull = (value: number | undefined) => (value === undefined || Number.isNaN(value) ? null : value);

/** Adds a point to the window and to the line of the hour. */
export function addPoint(watch: Watch, point: LagPoint): void {
  watch.window ??= {
    next: 0,
    at: new Float64Array(WINDOW),
    lag: new Float64Array(WINDOW),
    written: new Float64Array(WINDOW),
    read: new Float64Array(WINDOW),
    moved: new Uint8Array(WINDOW),
  };
  const { window } = watch;
  const place = window.next++ % WINDOW;
  window.at[place] = point.at;
  window.lag[place] = orNaN(point.lag);
  window.written[place] = orNaN(point.written);
  window.read[place] = orNaN(point.read);
  window.moved[place] = point.moved ? 1 : 0;
  addMinute(watch, Math.floor(point.at / MINUTE_MS), orNaN(point.lag));
}

function addMinute(watch: Watch, minute: number, lag: number): void {
  watch.hour ??= { minute, lags: new Float64Array(MINUTES).fill(Number.NaN) };
  const { hour } = watch;
  for (let skipped = Math.max(hour.minute + 1, minute - MINUTES); skipped < minute; skipped++)
    hour.lags[skipped % MINUTES] = Number.NaN;
  hour.minute = minute;
  hour.lags[minute % MINUTES] = lag;
}

/** The points of the last ten minutes, the oldest first; more where samples are far apart. */
export function windowOf({ window }: Watch): LagPoint[] {
  if (!window) return [];
  const points: LagPoint[] = [];
  const newest = window.at[(window.next - 1) % WINDOW] ?? 0;
  for (let i = Math.max(0, window.next - WINDOW); i < window.next; i++) {
    const place = i % WINDOW;
    const at = window.at[place] ?? 0;
    if (newest - at > WINDOW_MS && window.next - i > FEWEST) continue;
    points.push({
      at,
      lag: orNull(window.lag[place]),
      written: orNull(window.written[place]),
      read: orNull(window.read[place]),
      moved: window.moved[place] === 1,
    });
  }
  return points;
}

/** Lag of the 60 minutes up to a time, the oldest first. */
export function hourOf({ hour }: Watch, now: number): (number | null)[] {
  const last = Math.floor(now / MINUTE_MS);
  return Array.from({ length: MINUTES }, (_, i) => {
    const minute = last - (MINUTES - 1) + i;
    return hour && minute <= hour.minute && minute > hour.minute - MINUTES ? orNull(hour.lags[minute % MINUTES]) : null;
  });
}

/** A line of lags as shares of its highest, 0 to 100. */
export function scaled(lags: readonly (number | null)[]): (number | null)[] {
  const highest = lags.reduce<number>((most, lag) => Math.max(most, lag ?? 0), 0);
  return lags.map((lag) => (lag === null ? null : highest > 0 ? Math.round((Math.max(0, lag) / highest) * 100) : 0));
}

/** Notes that commits moved, or that they are waited for. What took at least `learnFrom` ms is learnt; null: nothing is. */
export function noteWaiting(
  watch: Watch,
  at: number,
  moved: boolean,
  waiting: boolean,
  learnFrom: number | null,
): void {
  if (moved && watch.waitingSince !== null && learnFrom !== null && at - watch.waitingSince >= learnFrom) {
    watch.waits.push(at - watch.waitingSince);
    if (watch.waits.length > WAITS) watch.waits.shift();
  }
  if (!waiting) watch.waitingSince = null;
  else if (moved || watch.waitingSince === null) watch.waitingSince = at;
}

/** How long it usually waits for a commit: one long stall among short waits changes nothing. */
export function usualWait({ waits }: Watch): number | null {
  if (waits.length < 2) return null;
  return [...waits].sort((a, b) => a - b)[waits.length >> 1] ?? null;
}

/**
 * Whether commits move though no member is there: a consumer that assigns partitions to itself. One may be the last of a member that
 * left, a second that of somebody who set the offsets; one that goes back was set for certain, and what came before it tells nothing.
 */
export function noteAlone(watch: Watch, at: number, movedAlone: "forward" | "back" | null): boolean {
  const long = Math.max(WINDOW_MS, 3 * (usualWait(watch) ?? 0));
  watch.movedAlone = watch.movedAlone.filter((then) => at - then <= long);
  if (movedAlone === "back") watch.movedAlone = [];
  if (movedAlone === "forward") watch.movedAlone = [...watch.movedAlone.slice(-3), at];
  return watch.movedAlone.length > 2;
}
