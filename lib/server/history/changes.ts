import {
  type Commit,
  commitOf,
  dropCommit,
  dropGroup,
  dropUnread,
  type Group,
  groupOf,
  type Log,
  lastTick,
  logOf,
  MARK_MS,
  type NameOf,
  nameId,
  type Recent,
  setStone,
  type Topic,
  topicOf,
} from "./recent.ts";
import type { Sample } from "./sample.ts";
import { addTo } from "./track.ts";

export type Place = { topic: number; partition: number };
/** `gone`: there is no such commit any more; null: there is one whose lag is not known. */
export type CommitChange = Place & { offset: bigint | null | "gone" };
export type GroupChange = {
  group: number;
  members: number | null;
  unknown: number;
  whole: boolean;
  /** null: as they were. */
  memberTopics: number[] | null;
  commits: CommitChange[];
};

/** What a sample changes in what is known. With `key` it says everything, and what it does not name is gone. */
export type Changes = {
  key: boolean;
  complete: boolean;
  ends: (Place & { end: bigint | null })[];
  groups: GroupChange[];
  gone: number[];
};

export type NewName = { id: number; kind: "topic" | "group"; name: string };

/** What a sample says that is not known yet, and the names that it is the first to use. `key`: say everything. */
export function changesOf(recent: Recent, sample: Sample, key: boolean): { changes: Changes; names: NewName[] } {
  const names: NewName[] = [];
  const topicIds = sample.topics.map((name) => idOf(recent, "topic", name, names));
  const place = (index: number): Place => ({
    topic: topicIds[sample.placeTopic[index] ?? 0] ?? 0,
    partition: sample.placePartition[index] ?? 0,
  });
  const ends: Changes["ends"] = [];
  const logs: (Log | null)[] = [];
  for (let i = 0; i < sample.placeTopic.length; i++) {
    const at = place(i);
    const log = recent.topics.get(at.topic)?.logs.get(at.partition) ?? null;
    const end = sample.placeKnown[i] === 1 ? (sample.placeEnd[i] ?? 0n) : null;
    if (key || !log || log.ends.last !== end) ends.push({ ...at, end });
    logs.push(log);
  }
  const groups: GroupChange[] = [];
  const seen = new Set<number>();
  for (const [i, groupId] of sample.groups.entries()) {
    const id = idOf(recent, "group", groupId, names);
    seen.add(id);
    const change = groupChange(sample, i, id, recent.groups.get(id) ?? null, logs, place, topicIds, key);
    if (change) groups.push(change);
  }
  const gone = key || !sample.complete ? [] : [...recent.groups.keys()].filter((id) => !seen.has(id));
  if (key && !sample.complete) groups.push(...[...recent.groups.values()].filter(({ id }) => !seen.has(id)).map(kept));
  return { changes: { key, complete: sample.complete, ends, groups, gone }, names };
}

function groupChange(
  sample: Sample,
  i: number,
  id: number,
  known: Group | null,
  logs: (Log | null)[],
  place: (index: number) => Place,
  topicIds: number[],
  key: boolean,
): GroupChange | null {
  const members = (sample.members[i] ?? -1) < 0 ? null : (sample.members[i] ?? 0);
  const [unknown, whole] = [sample.unknown[i] ?? 0, sample.whole[i] === 1];
  const topics = [...sample.memberTopic.subarray(sample.memberTopicFrom[i], sample.memberTopicFrom[i + 1])].map(
    (topic) => topicIds[topic] ?? 0,
  );
  const commits: CommitChange[] = [];
  const still = new Set<Log>();
  for (let c = sample.commitFrom[i] ?? 0; c < (sample.commitFrom[i + 1] ?? 0); c++) {
    const index = sample.commitPlace[c] ?? 0;
    const log = logs[index] ?? null;
    const offset = sample.commitKnown[c] === 1 ? (sample.committed[c] ?? 0n) : null;
    const before = log ? known?.commits.get(log) : undefined;
    if (log) still.add(log);
    if (key || !before || before.offsets.last !== offset) commits.push({ ...place(index), offset });
  }
  if (known && !key) for (const commit of missing(known, still)) commits.push(whole ? gone(commit) : unsure(commit));
  if (known && key && !whole) for (const commit of missing(known, still)) commits.push(unsure(commit));
  const sameTopics =
    known !== null &&
    topics.length === known.memberTopics.size &&
    topics.every((topic) => known.memberTopics.has(topic));
  const same =
    known !== null && members === known.members && unknown === known.unknown && whole === known.whole && sameTopics;
  if (!key && same && commits.length === 0) return null;
  return { group: id, members, unknown, whole, memberTopics: key || !sameTopics ? topics : null, commits };
}

const missing = (group: Group, still: Set<Log>): Commit[] =>
  [...group.commits.values()].filter(({ log }) => !still.has(log));
const placeOf = ({ log }: Commit): Place => ({ topic: log.topic.id, partition: log.partition });
const gone = (commit: Commit): CommitChange => ({ ...placeOf(commit), offset: "gone" });
const unsure = (commit: Commit): CommitChange => ({ ...placeOf(commit), offset: null });

/** A group whose coordinator did not answer is still there; nothing of it is known just now. */
const kept = (group: Group): GroupChange => ({
  group: group.id,
  members: null,
  unknown: group.commits.size,
  whole: false,
  memberTopics: [...group.memberTopics],
  commits: [...group.commits.values()].map(unsure),
});

function idOf(recent: Recent, kind: NewName["kind"], name: string, names: NewName[]): number {
  const ids = kind === "topic" ? recent.topicIds : recent.groupIds;
  const known = ids.get(name);
  if (known !== undefined) return known;
  const id = recent.lastId + 1;
  nameId(recent, kind, id, name);
  names.push({ id, kind, name });
  return id;
}

/** Takes over names that another replica, or an earlier run, was the first to use. */
export function learnNames(recent: Recent, names: readonly NewName[]): void {
  for (const { id, kind, name } of names) nameId(recent, kind, id, name);
}

/** Applies changes as the next tick, at a time after the last. Gives the tick. */
export function applyChanges(recent: Recent, at: number, changes: Changes, nameOf: NameOf): number {
  recent.times.push(at);
  recent.complete = changes.complete;
  const tick = lastTick(recent);
  const mark = Math.floor(at / MARK_MS);
  const isMark = !recent.markTimes.has(mark);
  if (isMark) recent.markTimes.set(mark, at);
  const named = new Set<Log>();
  for (const { topic, partition, end } of changes.ends) {
    const log = logOf(topicOf(recent, topic, nameOf), partition, tick);
    if (changes.key) named.add(log);
    addTo(log.ends, tick, end);
    setStone(log);
  }
  const groups = new Set<Group>();
  for (const change of changes.groups) groups.add(applyGroup(recent, tick, change, changes.key, nameOf));
  for (const id of changes.gone) {
    const group = recent.groups.get(id);
    if (group) dropGroup(recent, group);
  }
  if (changes.key) for (const group of [...recent.groups.values()]) if (!groups.has(group)) dropGroup(recent, group);
  dropUnread(recent);
  for (const { logs } of recent.topics.values()) {
    for (const log of logs.values()) {
      if (changes.key && !named.has(log)) addTo(log.ends, tick, null);
      if (isMark) addTo(log.marks, mark, log.ends.last);
    }
  }
  return tick;
}

function applyGroup(recent: Recent, tick: number, change: GroupChange, key: boolean, nameOf: NameOf): Group {
  const group = groupOf(recent, change.group, nameOf);
  group.members = change.members;
  group.unknown = change.unknown;
  group.whole = change.whole;
  if (change.memberTopics) group.memberTopics = new Set(change.memberTopics);
  const named = new Set<Log>();
  let last: Topic | null = null;
  for (const { topic, partition, offset } of change.commits) {
    if (last?.id !== topic) last = topicOf(recent, topic, nameOf);
    const log = logOf(last, partition, tick);
    if (key) named.add(log);
    if (offset === "gone") dropCommit(group, log);
    else addTo(commitOf(group, log, tick).offsets, tick, offset);
  }
  if (key) for (const log of [...group.commits.keys()]) if (!named.has(log)) dropCommit(group, log);
  return group;
}
