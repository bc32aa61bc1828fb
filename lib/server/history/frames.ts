import type { Changes, CommitChange, GroupChange, Place } from "./changes.ts";
import type { Log, Recent } from "./recent.ts";
import {
  makeWriter,
  putInt,
  putUint,
  type Reader,
  readerOf,
  takeInt,
  takeUint,
  type Writer,
  written,
} from "./varint.ts";

/**
 * The changes of one sample as bytes, told from what was known before it; with `key` from nothing, so that reading can begin there.
 * Lists of places are grouped by topic.
 */
const VERSION = 1;

export function packFrame(changes: Changes, recent: Recent): Uint8Array {
  const writer = makeWriter(1_024);
  putUint(writer, VERSION);
  putUint(writer, (changes.key ? 1 : 0) + (changes.complete ? 2 : 0));
  const ends = changes.key ? new Map<string, bigint>() : null;
  putPlaces(writer, changes.ends, ({ topic, partition, end }) => {
    putUint(writer, partition * 2 + (end === null ? 1 : 0));
    if (end === null) return;
    putInt(writer, wrap(end - (changes.key ? 0n : knownEnd(recent, topic, partition))));
    ends?.set(`${topic}/${partition}`, end);
  });
  putUint(writer, changes.groups.length);
  for (const group of changes.groups) putGroup(writer, group, recent, ends);
  putUint(writer, changes.gone.length);
  for (const id of changes.gone) putUint(writer, id);
  return written(writer);
}

const wrap = (value: bigint) => BigInt.asIntN(64, value);
const knownEnd = (recent: Recent, topic: number, partition: number): bigint =>
  recent.topics.get(topic)?.logs.get(partition)?.ends.last ?? 0n;

/** What a commit is told from: the one before; in a key frame the end of its log, which is near. */
function knownOffset(recent: Recent, group: number, place: Place, ends: Map<string, bigint> | null): bigint {
  if (ends) return ends.get(`${place.topic}/${place.partition}`) ?? 0n;
  const log = recent.topics.get(place.topic)?.logs.get(place.partition);
  return (log && recent.groups.get(group)?.commits.get(log)?.offsets.last) ?? 0n;
}

function putPlaces<P extends Place>(writer: Writer, places: readonly P[], put: (place: P) => void): void {
  const byTopic = Map.groupBy(places, ({ topic }) => topic);
  putUint(writer, byTopic.size);
  for (const [topic, all] of byTopic) {
    putUint(writer, topic);
    putUint(writer, all.length);
    for (const place of all) put(place);
  }
}

const [OFFSET, UNSURE, GONE] = [0, 1, 2];

function putGroup(writer: Writer, change: GroupChange, recent: Recent, ends: Map<string, bigint> | null): void {
  putUint(writer, change.group);
  putUint(writer, change.members === null ? 0 : change.members + 1);
  putUint(writer, change.unknown);
  putUint(writer, (change.whole ? 1 : 0) + (change.memberTopics ? 2 : 0));
  if (change.memberTopics) {
    putUint(writer, change.memberTopics.length);
    for (const topic of change.memberTopics) putUint(writer, topic);
  }
  putPlaces(writer, change.commits, (commit) => {
    const kind = commit.offset === "gone" ? GONE : commit.offset === null ? UNSURE : OFFSET;
    putUint(writer, commit.partition * 4 + kind);
    if (typeof commit.offset === "bigint")
      putInt(writer, wrap(commit.offset - knownOffset(recent, change.group, commit, ends)));
  });
}

/** What `packFrame` packed. `recent` must know what it knew when the frame was packed. Throws where the bytes are no frame. */
export function unpackFrame(bytes: Uint8Array, recent: Recent): Changes {
  const reader = readerOf(bytes);
  if (takeUint(reader) !== VERSION) throw new RangeError("The frame is of another version.");
  const flags = takeUint(reader);
  const key = (flags & 1) === 1;
  const known = key ? new Map<string, bigint>() : null;
  const ends = takePlaces(reader, recent, (topic, logs) => {
    const head = takeUint(reader);
    const partition = Math.floor(head / 2);
    if (head % 2 === 1) return { topic, partition, end: null };
    const end = wrap(takeInt(reader) + ((key ? null : logs?.get(partition)?.ends.last) ?? 0n));
    known?.set(`${topic}/${partition}`, end);
    return { topic, partition, end };
  });
  const groups: GroupChange[] = [];
  for (let left = takeUint(reader); left > 0; left--) groups.push(takeGroup(reader, recent, known));
  const gone: number[] = [];
  for (let left = takeUint(reader); left > 0; left--) gone.push(takeUint(reader));
  return { key, complete: (flags & 2) === 2, ends, groups, gone };
}

export const isKeyFrame = (bytes: Uint8Array): boolean => bytes[0] === VERSION && ((bytes[1] ?? 0) & 1) === 1;

/** What of a topic is known goes along: looking it up for each partition was half of what reading a frame took. */
function takePlaces<P>(
  reader: Reader,
  recent: Recent,
  take: (topic: number, logs: Map<number, Log> | undefined) => P,
): P[] {
  const places: P[] = [];
  for (let topics = takeUint(reader); topics > 0; topics--) {
    const topic = takeUint(reader);
    const logs = recent.topics.get(topic)?.logs;
    for (let left = takeUint(reader); left > 0; left--) places.push(take(topic, logs));
  }
  return places;
}

function takeGroup(reader: Reader, recent: Recent, ends: Map<string, bigint> | null): GroupChange {
  const [group, members, unknown, flags] = [takeUint(reader), takeUint(reader), takeUint(reader), takeUint(reader)];
  const memberTopics: number[] = [];
  if (flags & 2) for (let left = takeUint(reader); left > 0; left--) memberTopics.push(takeUint(reader));
  const before = recent.groups.get(group)?.commits;
  const commits = takePlaces(reader, recent, (topic, logs): CommitChange => {
    const head = takeUint(reader);
    const partition = Math.floor(head / 4);
    if (head % 4 === GONE) return { topic, partition, offset: "gone" };
    if (head % 4 === UNSURE) return { topic, partition, offset: null };
    const log = logs?.get(partition);
    const known = ends ? ends.get(`${topic}/${partition}`) : log && before?.get(log)?.offsets.last;
    return { topic, partition, offset: wrap(takeInt(reader) + (known ?? 0n)) };
  });
  return {
    group,
    members: members === 0 ? null : members - 1,
    unknown,
    whole: (flags & 1) === 1,
    memberTopics: flags & 2 ? memberTopics : null,
    commits,
  };
}
