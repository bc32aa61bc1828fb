import { judge, type LagFacts, patienceOf } from "../../kafka/plan/lag-status.ts";
import { NONE, orUnknown, type TimeLag, UNKNOWN, worstTimeLag } from "../../kafka/plan/time-lag.ts";
import { ageAt, endsOf } from "./ends.ts";
import type { Commit, Group, Recent } from "./recent.ts";
import { addTo, type Track } from "./track.ts";
import { addPoint, hourOf, noteAlone, noteWaiting, usualWait, windowOf } from "./watch.ts";

/** A partition of a group that is read is late after this long, even where the group's other commits come in seconds. */
const STUCK_MS = 300_000;

/** Looking back goes by the minute, which says nothing of waits that are shorter than this. */
const LONG_WAIT_MS = 120_000;

/** `gap`: there was no sample for a while before. `judging` false: it is only looked back at, and no status is told. */
export type Moment = { tick: number; at: number; gap: boolean; judging: boolean };

/**
 * Works out what the newest tick says of every group: lag, age, rates, status. To be called once for each tick, in their order.
 */
export function observe(recent: Recent, moment: Moment): void {
  for (const topic of recent.topics.values()) {
    for (const log of topic.logs.values()) {
      const late: Commit[] = [];
      let most = 0n;
      for (const commit of log.readers) {
        commit.lag = lagOf(commit);
        commit.timeLag = commit.lag === null ? UNKNOWN : NONE;
        if (commit.lag === null || commit.lag === 0n) continue;
        late.push(commit);
        if (commit.lag > most) most = commit.lag;
      }
      if (late.length === 0) continue;
      const ends = endsOf(recent, log, most);
      for (const commit of late) commit.timeLag = ageAt(ends, commit.lag, moment.at);
    }
  }
  let total: bigint | null = null;
  let hidden = false;
  for (const group of recent.groups.values()) {
    observeGroup(group, moment);
    const { lag, lags } = group.watch;
    // A group that was never known takes nothing from a sum it was never in.
    if (!group.whole && wasKnown(lags)) hidden = true;
    else if (group.whole && lag !== null) total = (total ?? 0n) + lag;
  }
  if (hidden) total = null;
  recent.total.lag = total;
  addTo(recent.total.lags, moment.tick, total);
}

const wasKnown = ({ first, last, changes }: Track): boolean => first !== null || last !== null || changes !== null;

function lagOf({ log, offsets }: Commit): bigint | null {
  const [end, offset] = [log.ends.last, offsets.last];
  if (end === null || offset === null) return null;
  return end > offset ? end - offset : 0n;
}

/** What one pass over the commits of a group sums up. */
type Sums = {
  lag: bigint | null;
  readLag: bigint | null;
  written: bigint | null;
  read: bigint | null;
  moved: boolean;
  /** Where commits moved; back: one of them did at least. */
  direction: "forward" | "back" | null;
  waiting: boolean;
  behind: number;
  heaviest: Commit | null;
  stuck: Commit | null;
  topics: Set<number>;
};

const plus = (sum: bigint | null, value: bigint | null) => (value === null ? sum : (sum ?? 0n) + value);

function observeGroup(group: Group, moment: Moment): void {
  const { watch } = group;
  const isRead = readersOf(group);
  const sums = sumUp(group, moment.at, isRead);
  const lags: TimeLag[] = [];
  for (const commit of group.commits.values()) if (isRead(commit)) lags.push(commit.timeLag);
  watch.lag = sums.lag;
  watch.timeLag = orUnknown(worstTimeLag(lags));
  // Kept is only what all partitions are in: without those that did not answer it would look as if their records had been read.
  addTo(watch.lags, moment.tick, group.whole ? sums.lag : null);
  const timeLagMs = group.whole ? watch.timeLag.timeLagMs : null;
  addTo(watch.timeLags, moment.tick, timeLagMs === null ? null : BigInt(Math.round(timeLagMs / 100)));
  addPoint(watch, {
    at: moment.at,
    lag: sums.readLag === null || !group.whole ? null : Number(sums.readLag),
    written: sums.written === null ? null : Number(sums.written),
    read: sums.read === null ? null : Number(sums.read),
    moved: sums.moved,
  });
  noteWaiting(watch, moment.at, sums.moved, sums.waiting, moment.gap ? null : moment.judging ? 0 : LONG_WAIT_MS);
  const standalone = noteAlone(watch, moment.at, group.members === 0 ? sums.direction : null);
  if (!moment.judging) return;
  const { verdict, standing } = judge(factsOf(group, moment.at, sums, standalone), watch.standing);
  watch.verdict = verdict;
  watch.standing = standing;
}

/** Which commits are of topics that members read. Where no member is there, or none says what it reads, all are. */
function readersOf({ members, memberTopics }: Group): (commit: Commit) => boolean {
  if (members === 0 || memberTopics.size === 0) return () => true;
  return ({ log }) => memberTopics.has(log.topic.id);
}

function sumUp(group: Group, at: number, isRead: (commit: Commit) => boolean): Sums {
  const sums: Sums = {
    lag: null,
    readLag: null,
    written: null,
    read: null,
    moved: false,
    direction: null,
    waiting: false,
    behind: 0,
    heaviest: null,
    stuck: null,
    topics: new Set(),
  };
  for (const commit of group.commits.values()) {
    const change = takeChange(commit, at);
    sums.lag = plus(sums.lag, commit.lag);
    if (!isRead(commit)) continue;
    sums.topics.add(commit.log.topic.id);
    sums.readLag = plus(sums.readLag, commit.lag);
    sums.written = plus(sums.written, change.written);
    sums.read = plus(sums.read, change.read);
    sums.moved ||= change.moved;
    if (change.moved && sums.direction !== "back") sums.direction = (change.read ?? 0n) < 0n ? "back" : "forward";
    if (commit.waitingSince !== null) sums.waiting = true;
    if (commit.waitingSince !== null && commit.waitingSince < (sums.stuck?.waitingSince ?? Number.POSITIVE_INFINITY))
      sums.stuck = commit;
    if (commit.lag === null || commit.lag === 0n) continue;
    sums.behind++;
    if (commit.lag > (sums.heaviest?.lag ?? 0n)) sums.heaviest = commit;
  }
  return sums;
}

/** What came and went in one partition since the sample before. A log that ends earlier than it did was made anew: nothing came. */
function takeChange(commit: Commit, at: number): { written: bigint | null; read: bigint | null; moved: boolean } {
  const { seenEnd, seenOffset, log, offsets } = commit;
  const [end, offset] = [log.ends.last, offsets.last];
  const written = seenEnd === null || end === null ? null : end > seenEnd ? end - seenEnd : 0n;
  const read = seenOffset === null || offset === null ? null : offset - seenOffset;
  const moved = read !== null && read !== 0n;
  commit.seenEnd = end;
  commit.seenOffset = offset;
  if (moved) commit.movedAt = at;
  // One record that nothing came after may be the mark of a transaction, which no consumer reads.
  const isTail = commit.lag === 1n && (moved || (commit.waitingSince === null && (written ?? 0n) === 0n));
  if (commit.lag === null || commit.lag === 0n || isTail) commit.waitingSince = null;
  else if (moved || commit.waitingSince === null) commit.waitingSince = at;
  return { written, read, moved };
}

function factsOf(group: Group, at: number, sums: Sums, standalone: boolean): LagFacts {
  const { watch } = group;
  const usualWaitMs = usualWait(watch);
  const waitingMs = watch.waitingSince === null ? 0 : at - watch.waitingSince;
  const patience = Math.max(STUCK_MS, patienceOf(usualWaitMs));
  const { stuck, heaviest } = sums;
  const stuckMs = stuck ? at - (stuck.waitingSince ?? at) : 0;
  const isStuck = group.members !== 0 && stuckMs >= patience && waitingMs < patienceOf(usualWaitMs);
  return {
    at,
    members: group.members,
    lag: sums.readLag ?? sums.lag,
    lagUnknown: group.unknown,
    window: windowOf(watch),
    hour: hourOf(watch, at),
    waitingMs,
    isWaiting: sums.waiting,
    usualWaitMs,
    standalone,
    stuck: stuck && isStuck ? { ...placeOf(stuck), lag: stuck.lag ?? 0n, waitingMs: stuckMs } : null,
    heaviest:
      heaviest && sums.behind > 1
        ? { ...placeOf(heaviest), share: Number(heaviest.lag) / Math.max(1, Number(sums.readLag)) }
        : null,
    severalTopics: sums.topics.size > 1,
    unreadLag: sums.readLag === null ? 0n : (sums.lag ?? 0n) - sums.readLag,
  };
}

const placeOf = ({ log }: Commit) => ({ topic: log.topic.name, partition: log.partition });
