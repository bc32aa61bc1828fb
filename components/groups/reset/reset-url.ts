import type { PlanOffsetsBody, Reset } from "../../../lib/api/group-offsets.ts";
import { type Int64, toInt64 } from "../../../lib/api/scalars.ts";
import { queryString } from "../../../lib/api/url.ts";
import { groupHref } from "../../ui/group-href.ts";

/**
 * The address of the page that resets offsets: what is wished, so that a plan can be shared. `topics` is empty for all the group has
 * offsets of, `:` for none, else names with commas between them, each with its partitions where not all are meant:
 * `orders,payments:0-3.7`. `group` is the id of a group that is to be created. The contents of a file do not fit into an address.
 */
export const resetUrl = {
  to: "",
  time: "",
  ago: "",
  offset: "",
  by: "",
  of: "",
  topics: "",
  group: "",
};
export type ResetUrl = typeof resetUrl;

/** The ways to say where offsets go, in the order in which they are offered. */
export const targets = ["earliest", "latest", "time", "duration", "offset", "shift", "group", "file"] as const;
export type Target = (typeof targets)[number];

/** A topic with the partitions that are meant; all of them where none are named. */
export type ChosenTopic = { topic: string; partitions?: number[] };

const NONE = ":";
/** Kafka has partition numbers of 32 bits; nobody has a range longer than this, and one that is typed wrongly must not fill the memory. */
const MOST_PARTITIONS = 100_000;

/** `0-3.7` as numbers, in order and each once; null where it is no such list. */
export function readPartitions(text: string): number[] | null {
  const numbers = new Set<number>();
  for (const piece of text.split(".")) {
    const [, first, last = first] = /^(\d{1,9})(?:-(\d{1,9}))?$/.exec(piece) ?? [];
    if (first === undefined || Number(last) - Number(first) > MOST_PARTITIONS) return null;
    for (let at = Number(first); at <= Number(last); at++) numbers.add(at);
  }
  return numbers.size === 0 ? null : [...numbers].sort((a, b) => a - b);
}

/** Numbers as ranges, the shortest way to write them: `0-3.7`. `between` stands between two of them, `to` inside one. */
export function rangesOf(numbers: readonly number[], between = ".", to = "-"): string {
  const sorted = [...new Set(numbers)].sort((a, b) => a - b);
  const ranges: [number, number][] = [];
  for (const number of sorted) {
    const last = ranges.at(-1);
    if (last && last[1] === number - 1) last[1] = number;
    else ranges.push([number, number]);
  }
  return ranges.map(([first, last]) => (first === last ? `${first}` : `${first}${to}${last}`)).join(between);
}

/** The topics an address names; null: no choice was made, so all. What cannot be read of it is left out. */
export function topicsOfText(text: string): ChosenTopic[] | null {
  if (text === "") return null;
  const chosen = new Map<string, ChosenTopic>();
  for (const piece of text.split(",")) {
    const [topic = "", list] = piece.split(":");
    const partitions = list === undefined ? undefined : readPartitions(list);
    if (topic === "" || partitions === null) continue;
    chosen.set(topic, partitions === undefined ? { topic } : { topic, partitions });
  }
  return [...chosen.values()];
}

/** The other way round. */
export function textOfTopics(topics: readonly ChosenTopic[] | null): string {
  if (topics === null) return "";
  if (topics.length === 0) return NONE;
  return topics.map(({ topic, partitions }) => (partitions ? `${topic}:${rangesOf(partitions)}` : topic)).join(",");
}

const units: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `90m` as milliseconds; null for anything else. */
export function readAgo(text: string): number | null {
  const [, count = "", unit = ""] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  return count === "" ? null : Number(count) * (units[unit] ?? 0);
}

const LARGEST = (1n << 63n) - 1n;

/** A whole number as people type and copy it: with gaps between groups, with either minus. Null: none, or too large for an int64. */
export function readWhole(text: string): bigint | null {
  const digits = text.replace(/[\s\u202f\u00a0_]/g, "").replace(/^\u2212/, "-");
  if (!/^[+-]?\d{1,19}$/.test(digits)) return null;
  const value = BigInt(digits.replace(/^\+/, ""));
  return value > LARGEST || value < -LARGEST ? null : value;
}

const int64Of = (value: bigint | null): Int64 | null => (value === null ? null : toInt64(value));

type Wishes = { [To in Target]: (state: ResetUrl, text: string | null) => Reset | null };

const wishes: Wishes = {
  earliest: () => ({ to: "earliest" }),
  latest: () => ({ to: "latest" }),
  time: ({ time }) => (Number.isNaN(Date.parse(time)) ? null : { to: "time", time: new Date(time).toISOString() }),
  duration: ({ ago }) => {
    const milliseconds = readAgo(ago);
    return milliseconds === null ? null : { to: "duration", milliseconds };
  },
  offset: (state) => {
    const offset = readWhole(state.offset);
    return offset === null || offset < 0n ? null : { to: "offset", offset: toInt64(offset) };
  },
  shift: (state) => {
    const by = int64Of(readWhole(state.by));
    return by === null || by === "0" ? null : { to: "shift", by };
  },
  group: ({ of }) => (of === "" ? null : { to: "group", group: of }),
  file: (_, text) => (text === null ? null : { to: "file", text }),
};

const isTarget = (to: string): to is Target => targets.some((target) => target === to);

/** The way that is chosen; null before one is. */
export const targetOf = ({ to }: Pick<ResetUrl, "to">): Target | null => (isTarget(to) ? to : null);

/** What the plan is asked for; null while something is missing. `text` is that of the file, null where none is given. */
export function bodyOf(state: ResetUrl, text: string | null): PlanOffsetsBody | null {
  const target = targetOf(state);
  const reset = target === null ? null : wishes[target](state, text);
  const topics = topicsOfText(state.topics);
  if (reset === null || topics?.length === 0) return null;
  return topics === null ? { reset } : { reset, topics };
}

/** Where offsets of a group are reset: of all its topics, or of those named. `to` opens the page with that chosen. */
export const resetHref = (
  cluster: string,
  group: string,
  { topics = null, to = "" }: { topics?: ChosenTopic[] | null; to?: Target | "" } = {},
): string => `${groupHref(cluster, group)}/reset${queryString({ to, topics: textOfTopics(topics) })}`;
