import type { TimeLag } from "../../kafka/plan/time-lag.ts";
import { UNKNOWN } from "../../kafka/plan/time-lag.ts";
import { makeTrack, type Stone, stoneOf, type Track, trimTo } from "./track.ts";
import { makeWatch, restartWatch, type Watch } from "./watch.ts";

/** A topic that a group has commits of. `id` names it in everything that is kept. */
export type Topic = { id: number; name: string; logs: Map<number, Log> };

/** The log of one partition, shared by all groups that read it. */
export type Log = {
  topic: Topic;
  partition: number;
  /** Its end by tick, as far back as samples are kept whole. */
  ends: Track;
  /** Its end by ten-minute mark, for a day: what is far behind has an age too. */
  marks: Track;
  /** The last stones along its ends, the older first: most groups are so near the end that walking from there is enough. */
  stones: [Stone | null, Stone | null];
  sinceStone: number;
  /** What each group that reads it committed. Not a map: there are as many as logs, and a map takes a quarter of a kilobyte. */
  readers: Commit[];
};

/** What one group committed in one log. */
export type Commit = {
  log: Log;
  /** null: there is a commit, and its lag is not known. */
  offsets: Track;
  /** As of the last sample; null: not known. */
  lag: bigint | null;
  timeLag: TimeLag;
  /** When a new commit was last seen, and since when one is waited for; epoch ms. */
  movedAt: number | null;
  waitingSince: number | null;
  /** What the sample before knew, to tell what came and went since. */
  seenEnd: bigint | null;
  seenOffset: bigint | null;
};

export type Group = {
  id: number;
  groupId: string;
  /** null: could not be asked. */
  members: number | null;
  unknown: number;
  whole: boolean;
  memberTopics: Set<number>;
  commits: Map<Log, Commit>;
  watch: Watch;
};

/** What is kept in memory of one cluster: the last hour or so of all samples. */
export type Recent = {
  /** Epoch ms of each tick; the tick of `times[0]` is `firstTick`. */
  times: number[];
  firstTick: number;
  topics: Map<number, Topic>;
  topicIds: Map<string, number>;
  groups: Map<number, Group>;
  groupIds: Map<string, number>;
  /** The highest id given so far; 0 is all groups together. */
  lastId: number;
  /** First ticks after the clock was set back: no rate reaches over one. */
  breaks: Set<number>;
  /** When each ten-minute mark was taken; epoch ms. */
  markTimes: Map<number, number>;
  /** The last sample could ask every broker. */
  complete: boolean;
  total: Watch;
};

export const MARK_MS = 600_000;
export const makeRecent = (): Recent => ({
  times: [],
  firstTick: 0,
  topics: new Map(),
  topicIds: new Map(),
  groups: new Map(),
  groupIds: new Map(),
  lastId: 0,
  breaks: new Set(),
  markTimes: new Map(),
  complete: true,
  total: makeWatch(),
});

export const lastTick = ({ times, firstTick }: Recent): number => firstTick + times.length - 1;
export const timeOf = ({ times, firstTick }: Recent, tick: number): number | null => times[tick - firstTick] ?? null;
export const lastAt = ({ times }: Recent): number | null => times.at(-1) ?? null;

/** The last tick at or before a time; null: none is kept. */
export function tickAt({ times, firstTick }: Recent, at: number): number | null {
  let [before, after] = [-1, times.length];
  while (after - before > 1) {
    const middle = (before + after) >>> 1;
    if ((times[middle] ?? 0) <= at) before = middle;
    else after = middle;
  }
  return before < 0 ? null : firstTick + before;
}

/** Names a topic or a group by its id. */
export function nameId(recent: Recent, kind: "topic" | "group", id: number, name: string): void {
  (kind === "topic" ? recent.topicIds : recent.groupIds).set(name, id);
  recent.lastId = Math.max(recent.lastId, id);
}

/** What a topic or a group is called. */
export type NameOf = (kind: "topic" | "group", id: number) => string;

export function topicOf(recent: Recent, id: number, nameOf: NameOf): Topic {
  const known = recent.topics.get(id);
  if (known) return known;
  const topic: Topic = { id, name: nameOf("topic", id), logs: new Map() };
  recent.topics.set(id, topic);
  return topic;
}

export function logOf(topic: Topic, partition: number, tick: number): Log {
  const known = topic.logs.get(partition);
  if (known) return known;
  const log: Log = {
    topic,
    partition,
    ends: makeTrack(tick, null),
    marks: makeTrack(0, null),
    stones: [null, null],
    sinceStone: 0,
    readers: [],
  };
  topic.logs.set(partition, log);
  return log;
}

/** Changes from one stone to the next. */
const STONE_EVERY = 16;

/** To be called after each change of its end. */
export function setStone(log: Log): void {
  if (++log.sinceStone < STONE_EVERY) return;
  const stone = stoneOf(log.ends);
  if (stone === null) return;
  log.stones = [log.stones[1], stone];
  log.sinceStone = 0;
}

export function groupOf(recent: Recent, id: number, nameOf: NameOf): Group {
  const known = recent.groups.get(id);
  if (known) return known;
  const group: Group = {
    id,
    groupId: nameOf("group", id),
    members: null,
    unknown: 0,
    whole: false,
    memberTopics: new Set(),
    commits: new Map(),
    watch: makeWatch(),
  };
  recent.groups.set(id, group);
  return group;
}

export function commitOf(group: Group, log: Log, tick: number): Commit {
  const known = group.commits.get(log);
  if (known) return known;
  const commit: Commit = {
    log,
    offsets: makeTrack(tick, null),
    lag: null,
    timeLag: UNKNOWN,
    movedAt: null,
    waitingSince: null,
    seenEnd: null,
    seenOffset: null,
  };
  group.commits.set(log, commit);
  // Not pushed: that would make room for sixteen more.
  log.readers = [...log.readers, commit];
  return commit;
}

export function dropCommit(group: Group, log: Log): void {
  const commit = group.commits.get(log);
  group.commits.delete(log);
  log.readers = log.readers.filter((one) => one !== commit);
}

/** Logs that no group reads any more are not kept. Not as each goes: within one sample another group may take its place. */
export function dropUnread(recent: Recent): void {
  for (const [id, { logs }] of recent.topics) {
    for (const [partition, { readers }] of logs) if (readers.length === 0) logs.delete(partition);
    if (logs.size === 0) recent.topics.delete(id);
  }
}

export function dropGroup(recent: Recent, group: Group): void {
  for (const log of [...group.commits.keys()]) dropCommit(group, log);
  recent.groups.delete(group.id);
}

/**
 * Where the clock was set back: samples that lie in what is now the future are put right before `now`, in their order, and no rate
 * is told across. false: the clock was not set back.
 */
export function setBack(recent: Recent, now: number): boolean {
  const last = lastAt(recent);
  if (last === null || now > last) return false;
  recent.times = recent.times.map((at) => Math.min(at, now - 1));
  for (const [mark, at] of recent.markTimes) recent.markTimes.set(mark, Math.min(at, now - 1));
  recent.breaks.add(lastTick(recent) + 1);
  for (const group of recent.groups.values()) {
    restartWatch(group.watch, now);
    for (const commit of group.commits.values()) {
      if (commit.movedAt !== null) commit.movedAt = Math.min(commit.movedAt, now);
      if (commit.waitingSince !== null) commit.waitingSince = Math.min(commit.waitingSince, now);
    }
  }
  return true;
}

/** Lets go of all samples before a time, and of marks that are older than a day. */
export function trim(recent: Recent, before: number, marksBefore: number): void {
  const tick = tickAt(recent, before);
  if (tick === null) return;
  recent.times = recent.times.slice(tick - recent.firstTick);
  recent.firstTick = tick;
  for (const known of recent.breaks) if (known < tick) recent.breaks.delete(known);
  const mark = Math.floor(marksBefore / MARK_MS);
  for (const known of recent.markTimes.keys()) if (known < mark) recent.markTimes.delete(known);
  for (const topic of recent.topics.values()) {
    for (const { ends, marks } of topic.logs.values()) {
      trimTo(ends, tick);
      trimTo(marks, mark);
    }
  }
  for (const { commits, watch } of recent.groups.values()) {
    for (const { offsets } of commits.values()) trimTo(offsets, tick);
    trimTo(watch.lags, tick);
    trimTo(watch.timeLags, tick);
  }
  trimTo(recent.total.lags, tick);
}
