import { mergeChunk, packChunk, type Series, unpackChunk } from "./chunks.ts";
import { minutesOf, tensOf, totalMinutes } from "./flush.ts";
import type { Kept } from "./kept.ts";
import type { Group } from "./recent.ts";
import { chunksOf, putChunk, type Store, transaction, type Worst } from "./store.ts";
import { ALL_GROUPS, HOUR, type Keep, KINDS, type Kind, type Tier, tiersOf } from "./tiers.ts";

const MINUTE = 60_000;
/** Groups written in one go. */
const AT_ONCE = 5;
const NINE = 9;
const ALL_KINDS = Object.keys(KINDS) as Kind[];

/**
 * Writes the points of a stretch of time, from and until whole ten minutes, of every group that is there. What was written of it
 * before is replaced. Ends early once `stopped` says so.
 */
export async function writeHour(
  store: Store,
  kept: Kept,
  keep: Keep,
  { from, until }: { from: number; until: number },
  stopped: () => boolean,
): Promise<void> {
  const groups = [...kept.recent.groups.values()];
  for (let start = from; start < until; start = nextHour(start)) {
    const end = Math.min(until, nextHour(start));
    transaction(store, () => writeTotal(store, kept, keep, start, end));
    for (let i = 0; i < groups.length; i += AT_ONCE) {
      if (stopped()) return;
      transaction(store, () => {
        for (const group of groups.slice(i, i + AT_ONCE)) writeGroup(store, kept, keep, group, start, end);
      });
      await new Promise(setImmediate);
    }
  }
}

const nextHour = (at: number) => at - (at % HOUR) + HOUR;

function writeTotal(store: Store, kept: Kept, keep: Keep, from: number, until: number): void {
  const { minutes, tens } = tiersOf(keep);
  const lines = totalMinutes(kept.recent, from, until);
  writePoints(store, kept, minutes, "group", ALL_GROUPS, from, lines);
  writePoints(store, kept, tens, "group", ALL_GROUPS, from, tensOf(lines, []));
}

function writeGroup(store: Store, kept: Kept, keep: Keep, group: Group, from: number, until: number): void {
  const { minutes, tens } = tiersOf(keep);
  const all = minutesOf(kept.recent, group, from - NINE * MINUTE, until);
  for (const kind of ALL_KINDS) {
    const lines = all[kind].map((one) => sliced(one, NINE));
    writePoints(store, kept, minutes, kind, group.id, from, lines);
    if (kind === "partition") continue;
    const before = all[kind].map((one) => sliced(one, 0, NINE));
    writePoints(store, kept, tens, kind, group.id, from, tensOf(lines, before));
  }
}

const sliced = (one: Series, from: number, until?: number): Series => ({
  ...one,
  columns: {
    lag: one.columns.lag.slice(from, until),
    timeLag: one.columns.timeLag.slice(from, until),
    written: one.columns.written.slice(from, until),
    read: one.columns.read.slice(from, until),
  },
});

/** Puts points into the row they belong to, beside those that are there. */
export function writePoints(
  store: Store,
  kept: Kept,
  tier: Tier,
  kind: Kind,
  group: number,
  from: number,
  lines: Series[],
): void {
  if (lines.every(({ columns }) => columns.lag.every((lag) => lag === null))) return;
  const start = from - (from % tier.chunkMs);
  const place = (from - start) / tier.stepMs;
  const old = place === 0 ? nothing : readChunk(store, kept, tier, kind, group, start);
  const merged = mergeChunk(old, place, lines);
  const data = packChunk(merged.points, merged.series);
  putChunk(store, kept.id, tier, kind, { group, start, data }, worstIn(merged.series, start, tier.stepMs));
}

const nothing = { points: 0, series: [] };

function readChunk(store: Store, kept: Kept, tier: Tier, kind: Kind, group: number, start: number) {
  const row = chunksOf(store, kept.id, tier, kind, group, start, start).find((one) => one.start === start);
  try {
    return row ? unpackChunk(row.data) : nothing;
  } catch {
    // Broken bytes are points that are not known.
    return nothing;
  }
}

function worstIn(series: Series[], start: number, stepMs: number): Worst {
  const worst: Worst = { lag: null, at: null, timeLag: null };
  for (const { columns } of series) {
    for (const [i, lag] of columns.lag.entries()) {
      if (lag !== null && (worst.lag === null || lag > worst.lag))
        Object.assign(worst, { lag, at: start + i * stepMs });
      const timeLag = columns.timeLag[i] ?? null;
      if (timeLag !== null && (worst.timeLag === null || timeLag > worst.timeLag)) worst.timeLag = Math.round(timeLag);
    }
  }
  return worst;
}
