import type { BrokerList, LogDir, LogDirList } from "../api/brokers.ts";
import { ProblemError } from "../api/problem.ts";
import { toInt64 } from "../api/scalars.ts";
import { brokerOf } from "./ask.ts";
import type { Cluster } from "./cluster.ts";
import { readOverview } from "./clusters.ts";
import { type LogDirOnDisk, type LogDirs, type ReplicaOnDisk, readLogDirs } from "./log-dirs.ts";
import { readMetadata } from "./metadata.ts";
import { shared } from "./snapshots.ts";

const LOG_DIRS_AGE_MS = 5_000;
/** Topics told of each directory: the biggest, as many as a chart and a table can show. */
const TOPICS_SHOWN = 50;

/** The brokers and what each carries, from the reading the overview is made of; those that are missing are in it. */
export async function listBrokers(cluster: Cluster): Promise<BrokerList> {
  const { brokers, warnings, snapshot } = await readOverview(cluster);
  return { items: brokers, warnings, snapshot };
}

/**
 * The log dirs of one broker, in one DescribeLogDirs. Throws broker-not-found for an id that no member has, not-authorized, or what
 * kept the broker from answering.
 */
export async function listLogDirs(cluster: Cluster, broker: string): Promise<LogDirList> {
  const id = brokerId(broker);
  const { data, snapshot } = await shared(cluster, `log-dirs/${id}`, LOG_DIRS_AGE_MS, async () => {
    await readMetadata(cluster);
    return readLogDirs(cluster, [brokerOf(cluster, id).id], null);
  });
  const dirs = dirsOf(data, id);
  const topics = topicsOf(dirs.flatMap(({ replicas }) => replicas));
  return { items: dirs.map(toLogDir), topics: biggest(topics), topicCount: topics.length, warnings: [], snapshot };
}

/** A broker id from a path. Throws broker-not-found for what is no number. */
export function brokerId(segment: string): number {
  if (/^\d{1,10}$/.test(segment)) return Number(segment);
  throw new ProblemError("broker-not-found", `${segment} is not a broker id.`);
}

function dirsOf({ byBroker, problems }: LogDirs, id: number): LogDirOnDisk[] {
  const [problem] = problems;
  if (problem) throw new ProblemError(problem.code, problem.detail, problem);
  return byBroker.get(id) ?? [];
}

type OnDisk = { name: string; partitions: number; sizeBytes: bigint };

/** Replicas by topic, the biggest topic first. A replica on its way to another directory takes disk in both, and is one partition. */
function topicsOf(replicas: ReplicaOnDisk[]): OnDisk[] {
  return [...Map.groupBy(replicas, ({ topic }) => topic)]
    .map(([name, own]) => ({
      name,
      partitions: new Set(own.map(({ partition }) => partition)).size,
      sizeBytes: own.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0n),
    }))
    .sort((a, b) => (a.sizeBytes === b.sizeBytes ? (a.name < b.name ? -1 : 1) : a.sizeBytes > b.sizeBytes ? -1 : 1));
}

const biggest = (topics: OnDisk[]): LogDir["topics"] =>
  topics.slice(0, TOPICS_SHOWN).map((topic) => ({ ...topic, sizeBytes: toInt64(topic.sizeBytes) }));

function toLogDir({ path, totalBytes, usableBytes, replicas, problem }: LogDirOnDisk): LogDir {
  const topics = topicsOf(replicas);
  const future = replicas.filter((replica) => replica.future).length;
  return {
    path,
    sizeBytes: toInt64(topics.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0n)),
    totalBytes: totalBytes === null ? null : toInt64(totalBytes),
    usableBytes: usableBytes === null ? null : toInt64(usableBytes),
    replicas: replicas.length - future,
    futureReplicas: future,
    topicCount: topics.length,
    topics: biggest(topics),
    problem,
  };
}
