import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { KeeperOptions } from "./keeper-file.ts";
import type { Sample } from "./sample.ts";
import { DEFAULT_KEEP } from "./tiers.ts";

/** What a group has at a moment, for samples made up. Offsets as bigints by `topic/partition`; null: its lag is not known. */
export type MadeGroup = {
  groupId: string;
  members?: number | null;
  commits: Record<string, bigint | null>;
  memberTopics?: string[];
  whole?: boolean;
};

/** A sample from plain values: ends of logs by `topic/partition` (null: could not be asked), and groups. */
export function madeSample(
  at: number,
  ends: Record<string, bigint | null>,
  groups: MadeGroup[],
  complete = true,
): Sample {
  const topics: string[] = [];
  const places = new Map<string, number>();
  const [placeTopic, placePartition]: [number[], number[]] = [[], []];
  const topicOf = (name: string) => {
    if (!topics.includes(name)) topics.push(name);
    return topics.indexOf(name);
  };
  const placeOf = (key: string) => {
    const known = places.get(key);
    if (known !== undefined) return known;
    const slash = key.lastIndexOf("/");
    placeTopic.push(topicOf(key.slice(0, slash)));
    placePartition.push(Number(key.slice(slash + 1)));
    places.set(key, places.size);
    return places.size - 1;
  };
  const commits = groups.map((group) =>
    Object.entries(group.commits).map(([key, offset]) => ({ place: placeOf(key), offset })),
  );
  const flat = commits.flat();
  const memberTopics = groups.map(({ memberTopics = [] }) => memberTopics.map(topicOf));
  const end = (place: number) => ends[[...places.keys()][place] ?? ""] ?? null;
  return {
    at,
    complete,
    topics,
    placeTopic: Uint32Array.from(placeTopic),
    placePartition: Uint32Array.from(placePartition),
    placeEnd: BigInt64Array.from(placeTopic, (_, place) => end(place) ?? 0n),
    placeKnown: Uint8Array.from(placeTopic, (_, place) => (end(place) === null ? 0 : 1)),
    groups: groups.map(({ groupId }) => groupId),
    members: Int32Array.from(groups, ({ members }) => (members === null ? -1 : (members ?? 1))),
    unknown: Uint32Array.from(
      groups,
      (group) => Object.values(group.commits).filter((offset) => offset === null).length,
    ),
    whole: Uint8Array.from(groups, ({ whole }) => (whole === false ? 0 : 1)),
    memberTopicFrom: Uint32Array.from(sumsOf(memberTopics)),
    memberTopic: Uint32Array.from(memberTopics.flat()),
    commitFrom: Uint32Array.from(sumsOf(commits)),
    commitPlace: Uint32Array.from(flat.map(({ place }) => place)),
    committed: BigInt64Array.from(flat, ({ offset }) => offset ?? 0n),
    commitKnown: Uint8Array.from(flat, ({ offset }) => (offset === null ? 0 : 1)),
  };
}

function sumsOf(lists: readonly unknown[][]): number[] {
  const sums = [0];
  for (const list of lists) sums.push((sums.at(-1) ?? 0) + list.length);
  return sums;
}

export type LoadOptions = {
  groups: number;
  topics: number;
  partitions: number;
  topicsOfGroup: number;
  /** Of all topics, how many are written to all the time; 0 to 1. */
  busy: number;
  /** Nothing given: `group-0` and `topic-0`. */
  nameOf?: (kind: "group" | "topic", number: number) => string;
};

export const plainNameOf = (kind: "group" | "topic", number: number): string => `${kind}-${number}`;

/**
 * A cluster of many groups that goes on sample by sample: busy topics are written to at rates of their own, their groups read with
 * jitter, and one in ten falls behind. Gives a function that makes the sample of a time; times must rise.
 */
export function madeLoad(options: LoadOptions): (at: number) => Sample {
  const { groups, topics, partitions, topicsOfGroup, busy, nameOf = plainNameOf } = options;
  const places = topics * partitions;
  const commits = groups * topicsOfGroup * partitions;
  const [ends, committed] = [new Float64Array(places), new Float64Array(commits)];
  const commitPlace = Uint32Array.from({ length: commits }, (_, i) => {
    const group = Math.floor(i / (topicsOfGroup * partitions));
    const topic = (group * topicsOfGroup + (Math.floor(i / partitions) % topicsOfGroup)) % topics;
    return topic * partitions + (i % partitions);
  });
  let seed = 42;
  const random = () => {
    seed = (seed * 16_807) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  let before: number | null = null;
  const names = (count: number, kind: "group" | "topic") => Array.from({ length: count }, (_, i) => nameOf(kind, i));
  const [topicNames, groupNames] = [names(topics, "topic"), names(groups, "group")];
  return (at) => {
    const seconds = before === null ? 3_600 : Math.max(0, at - before) / 1000;
    before = at;
    for (let i = 0; i < places; i++) {
      const topic = Math.floor(i / partitions);
      if (topic < topics * busy) ends[i] = (ends[i] ?? 0) + Math.round(seconds * (1 + (topic % 50)) * (0.5 + random()));
    }
    for (let i = 0; i < commits; i++) {
      const lag = (ends[commitPlace[i] ?? 0] ?? 0) - (committed[i] ?? 0);
      const share = Math.floor(i / (topicsOfGroup * partitions)) % 10 === 0 ? 0.02 : 0.7 + 0.3 * random();
      committed[i] = (committed[i] ?? 0) + Math.round(lag * share);
    }
    return {
      at,
      complete: true,
      topics: topicNames,
      placeTopic: Uint32Array.from({ length: places }, (_, i) => Math.floor(i / partitions)),
      placePartition: Uint32Array.from({ length: places }, (_, i) => i % partitions),
      placeEnd: BigInt64Array.from(ends, (end) => BigInt(end)),
      placeKnown: new Uint8Array(places).fill(1),
      groups: groupNames,
      members: new Int32Array(groups).fill(2),
      unknown: new Uint32Array(groups),
      whole: new Uint8Array(groups).fill(1),
      memberTopicFrom: new Uint32Array(groups + 1),
      memberTopic: new Uint32Array(0),
      commitFrom: Uint32Array.from({ length: groups + 1 }, (_, i) => i * topicsOfGroup * partitions),
      commitPlace: commitPlace.slice(),
      committed: BigInt64Array.from(committed, (offset) => BigInt(offset)),
      commitKnown: new Uint8Array(commits).fill(1),
    };
  };
}

export const optionsFor = (file: string | null, more: Partial<KeeperOptions> = {}): KeeperOptions => ({
  file,
  keep: DEFAULT_KEEP,
  owner: "one",
  pages: null,
  memoryBytes: 24 << 20,
  ...more,
});

/** A folder of its own, and how to remove it. */
export function scratch(): { file: string; folder: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), "kafdeck-history-"));
  return { folder, file: join(folder, "history.db"), remove: () => rmSync(folder, { recursive: true, force: true }) };
}
