import { toInt64 } from "../api/scalars.ts";
import type { TopicSummary } from "../api/topics.ts";
import type { Cluster } from "./cluster.ts";
import { type GroupsReading, sharedGroups } from "./group-readings.ts";
import { readMetadata, type TopicMetadata } from "./metadata.ts";
import { type OffsetTable, readOffsets } from "./offsets.ts";
import { readersOf } from "./plan/lag.ts";
import { larger } from "./scan/bytes.ts";
import { shared } from "./snapshots.ts";

/** What lists of topics tell from readings that are not their own. null: not read yet. */
export type TopicExtras = { newest: Map<string, string> | null; groups: GroupsReading | null };

/** Brokers look into every log for it, which takes them several times as long as both ends. */
const NEWEST_AGE_MS = 30_000;
/** The sampler reads the groups far more often; without a history a list of topics need not know them better. */
const GROUPS_AGE_MS = 60_000;
/** How much later than the list itself these may come and still be in it. Else the next list has them. */
const GRACE_MS = 100;

/**
 * Begins both readings, where they are not young enough; of one topic its newest record is asked for now. What is given then waits
 * for them a moment. It never rejects.
 */
export function readTopicExtras(cluster: Cluster, only?: TopicMetadata): () => Promise<TopicExtras> {
  const newest = quietly(only ? newestIn(cluster, [only]) : sharedNewest(cluster));
  const groups = quietly(sharedGroups(cluster, GROUPS_AGE_MS).then(({ data }) => data));
  return async () => {
    const late = new Promise<null>((done) => setTimeout(done, GRACE_MS, null).unref());
    const [found, reading] = await Promise.all([Promise.race([newest, late]), Promise.race([groups, late])]);
    return { newest: found, groups: reading };
  };
}

const quietly = <T>(work: Promise<T>): Promise<T | null> => work.catch(() => null);

const sharedNewest = async (cluster: Cluster): Promise<Map<string, string>> => {
  const load = async () => newestIn(cluster, (await readMetadata(cluster)).data.topics);
  return (await shared(cluster, "newest", NEWEST_AGE_MS, load)).data;
};

const newestIn = async (cluster: Cluster, topics: TopicMetadata[]): Promise<Map<string, string>> =>
  newestOf(topics, await readOffsets(cluster, topics, "newest"));

/** The largest timestamp of each topic. Empty topics have none, nor have those of which a partition could not be asked. */
export function newestOf(
  topics: Pick<TopicMetadata, "name" | "partitions">[],
  found: OffsetTable,
): Map<string, string> {
  return new Map(
    topics.flatMap(({ name, partitions }) => {
      const times = partitions.map(({ partition }) => found.get(name, partition)?.timestamp ?? null);
      const known = times.filter((time) => time !== null);
      const newest = known.reduce(larger, -1n);
      // Producers may write any number as a time.
      const at = new Date(Number(newest));
      const isTold = newest >= 0n && known.length === times.length && !Number.isNaN(at.getTime());
      return isTold ? [[name, at.toISOString()] as const] : [];
    }),
  );
}

/** A row with what is known beside it. A topic that no group is about has no groups, once the groups were read. */
export function withExtras(row: TopicSummary, { newest, groups }: TopicExtras): TopicSummary {
  const own = groups && readersOf(groups).get(row.name);
  return {
    ...row,
    lastRecordAt: newest?.get(row.name) ?? null,
    groups: groups ? (own?.groups ?? 0) : null,
    lag: own?.lag == null ? null : toInt64(own.lag),
  };
}
