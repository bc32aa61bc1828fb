import { type ChosenTopic, rangesOf } from "./reset-url.ts";

type Place = { topic: string; partition: number };

/** A topic that can be ticked. */
export type TopicRow = {
  topic: string;
  /** Partitions the topic has; null while that is not known, or where the topic is gone. */
  count: number | null;
  ticked: boolean;
  /** Partitions that are meant; empty also where all are and their number is not known. */
  chosen: number[];
};

type Known = {
  /** What is taken where nothing was chosen by hand: what the group has offsets of, or what the file or the other group names. */
  usual: readonly Place[];
  /** Topics that are offered as well, not ticked. */
  others: readonly string[];
  /** Partitions of each topic of the cluster. */
  counts: ReadonlyMap<string, number>;
};

const upTo = (count: number): number[] => Array.from({ length: count }, (_, at) => at);

/** The topics to tick, by name. `selection` is the choice made by hand; null: none was. */
export function topicRows(selection: readonly ChosenTopic[] | null, { usual, others, counts }: Known): TopicRow[] {
  const taken = Map.groupBy(usual, ({ topic }) => topic);
  const names = new Set([...taken.keys(), ...others, ...(selection ?? []).map(({ topic }) => topic)]);
  return [...names].sort().map((topic) => {
    const count = counts.get(topic) ?? null;
    const named = (taken.get(topic) ?? []).map(({ partition }) => partition).sort((a, b) => a - b);
    const picked = selection?.find((each) => each.topic === topic);
    const all = count === null ? named : upTo(count);
    const chosen = selection === null ? named : picked ? (picked.partitions ?? all) : [];
    return { topic, count, ticked: selection === null ? named.length > 0 : picked !== undefined, chosen };
  });
}

/** The choice after a topic was ticked, or ticked off; `partitions` where not all of it are meant. What is usual becomes no choice again. */
export function withTopic(
  rows: readonly TopicRow[],
  topic: string,
  partitions: number[] | "all" | "none",
  usual: readonly Place[],
): ChosenTopic[] | null {
  const others = rows.filter((row) => row.topic !== topic && row.ticked).map(asChosen);
  const next = partitions === "none" ? others : [...others, partitions === "all" ? { topic } : { topic, partitions }];
  return isUsual(next, usual, rows) ? null : next.sort((a, b) => (a.topic < b.topic ? -1 : 1));
}

const isWhole = ({ chosen, count }: TopicRow) => count === null || chosen.length === count;

const asChosen = (row: TopicRow): ChosenTopic =>
  isWhole(row) ? { topic: row.topic } : { topic: row.topic, partitions: row.chosen };

function isUsual(next: readonly ChosenTopic[], usual: readonly Place[], rows: readonly TopicRow[]): boolean {
  const taken = Map.groupBy(usual, ({ topic }) => topic);
  if (taken.size !== next.length) return false;
  return next.every(({ topic, partitions }) => {
    const named = taken.get(topic)?.map(({ partition }) => partition);
    const count = rows.find((row) => row.topic === topic)?.count ?? null;
    if (named === undefined) return false;
    return partitions === undefined
      ? count === null || named.length === count
      : rangesOf(named) === rangesOf(partitions);
  });
}
