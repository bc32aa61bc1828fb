import type { GroupsReading } from "../../kafka/group-readings.ts";
import { lagOf, lagsOf } from "../../kafka/plan/lag.ts";

/**
 * One reading of all groups in a form that goes to another thread for next to nothing: names once, the rest in typed arrays that
 * are handed over. A place is one partition of one topic; lists of a group lie behind each other, from `...From[i]` to `...From[i + 1]`.
 */
export type Sample = {
  /** Epoch ms. */
  at: number;
  /** Every broker could be asked for its groups. */
  complete: boolean;
  topics: string[];
  placeTopic: Uint32Array;
  placePartition: Uint32Array;
  placeEnd: BigInt64Array;
  /** 0: its end could not be asked. */
  placeKnown: Uint8Array;
  groups: string[];
  /** -1: could not be asked. */
  members: Int32Array;
  /** Partitions without a known lag. */
  unknown: Uint32Array;
  /** 1: all of the group could be asked, and both ends of each log it has a commit in. */
  whole: Uint8Array;
  memberTopicFrom: Uint32Array;
  memberTopic: Uint32Array;
  commitFrom: Uint32Array;
  commitPlace: Uint32Array;
  /** The end of the log less the lag: what was committed, but for share groups, whose lag the broker counts. */
  committed: BigInt64Array;
  /** 0: there is a commit, and its lag is not known. */
  commitKnown: Uint8Array;
};

/** What of a sample is handed over to the thread it goes to. */
export const transferOf = (sample: Sample): ArrayBuffer[] =>
  Object.values(sample).flatMap((field) => (ArrayBuffer.isView(field) ? [field.buffer as ArrayBuffer] : []));

/** Gives the memory of a sample back at once: the collector sees only small objects here, and lets dozens of samples gather. */
export function release(sample: Sample): void {
  for (const buffer of transferOf(sample)) buffer.transfer(0);
}

/** Numbers names and places as they come. */
function numbered() {
  const topics = new Map<string, number>();
  const places = new Map<number, Map<number, number>>();
  const placeTopic: number[] = [];
  const placePartition: number[] = [];
  const topicOf = (name: string) => {
    const known = topics.get(name);
    if (known !== undefined) return known;
    topics.set(name, topics.size);
    return topics.size - 1;
  };
  const placeOf = (name: string, partition: number) => {
    const topic = topicOf(name);
    const partitions = places.get(topic) ?? new Map<number, number>();
    places.set(topic, partitions);
    const known = partitions.get(partition);
    if (known !== undefined) return known;
    partitions.set(partition, placeTopic.length);
    placeTopic.push(topic);
    placePartition.push(partition);
    return placeTopic.length - 1;
  };
  return { topics, placeTopic, placePartition, topicOf, placeOf };
}

/** A reading as a sample. */
export function sampleOf(reading: GroupsReading): Sample {
  const names = numbered();
  const lags = lagsOf(reading);
  const ends = new Map<number, bigint>();
  const memberTopicFrom = [0];
  const memberTopic: number[] = [];
  const commitFrom = [0];
  const commitPlace: number[] = [];
  const committed: bigint[] = [];
  const commitKnown: number[] = [];
  for (const group of reading.groups) {
    for (const topic of group.memberTopics) memberTopic.push(names.topicOf(topic));
    memberTopicFrom.push(memberTopic.length);
    for (const commit of group.committed ?? []) {
      const log = reading.logs.get(`${commit.topic}/${commit.partition}`) ?? null;
      const { lag } = lagOf(commit, log, reading.gone.has(commit.topic));
      const place = names.placeOf(commit.topic, commit.partition);
      if (log) ends.set(place, log.end);
      commitPlace.push(place);
      commitKnown.push(lag === null ? 0 : 1);
      committed.push(log && lag !== null ? log.end - lag : 0n);
    }
    commitFrom.push(commitPlace.length);
  }
  return {
    at: reading.at,
    complete: reading.problems.length === 0,
    topics: [...names.topics.keys()],
    placeTopic: Uint32Array.from(names.placeTopic),
    placePartition: Uint32Array.from(names.placePartition),
    placeEnd: BigInt64Array.from(names.placeTopic, (_, place) => ends.get(place) ?? 0n),
    placeKnown: Uint8Array.from(names.placeTopic, (_, place) => (ends.has(place) ? 1 : 0)),
    groups: reading.groups.map(({ groupId }) => groupId),
    members: Int32Array.from(reading.groups, ({ members }) => members ?? -1),
    unknown: Uint32Array.from(reading.groups, ({ groupId }) => lags.get(groupId)?.unknown ?? 0),
    whole: Uint8Array.from(reading.groups, ({ groupId, committed, problems }) =>
      committed && problems.length === 0 && lags.get(groupId)?.unanswered.size === 0 ? 1 : 0,
    ),
    memberTopicFrom: Uint32Array.from(memberTopicFrom),
    memberTopic: Uint32Array.from(memberTopic),
    commitFrom: Uint32Array.from(commitFrom),
    commitPlace: Uint32Array.from(commitPlace),
    committed: BigInt64Array.from(committed),
    commitKnown: Uint8Array.from(commitKnown),
  };
}
