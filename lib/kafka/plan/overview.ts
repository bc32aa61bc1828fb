import type { BrokerSummary } from "../../api/brokers.ts";
import type { ClusterOverview, Quorum } from "../../api/clusters.ts";
import type { Problem } from "../../api/problem.ts";
import { toInt64 } from "../../api/scalars.ts";
import type { LogDirOnDisk, LogDirs } from "../log-dirs.ts";
import type { ClusterMetadata, PartitionMetadata } from "../metadata.ts";
import { distinctVolumes, type OnVolume, shareOf, skewOf, volumeTotals } from "./skew.ts";

/** Everything the overview is made of. */
export type Reading = {
  metadata: Pick<ClusterMetadata, "brokers" | "topics" | "controllerId">;
  dirs: LogDirs;
  /** min.insync.replicas by topic; null where it may not be described. */
  minIsr: Map<string, number | null>;
  quorum: Quorum | null;
  quorumProblem: Problem | null;
  /** Members that did not answer us, and why. */
  unreachable: Map<number, Problem>;
};

type Load = { replicas: number; leaders: number; outOfSync: number };

/** What each broker carries, by id; brokers that replica lists name are in it, members or not. */
export function loadByBroker(partitions: Iterable<PartitionMetadata>): Map<number, Load> {
  const loads = new Map<number, Load>();
  const of = (broker: number): Load => {
    const load = loads.get(broker) ?? { replicas: 0, leaders: 0, outOfSync: 0 };
    loads.set(broker, load);
    return load;
  };
  for (const { leader, replicas, isr } of partitions) {
    if (leader !== null) of(leader).leaders += 1;
    for (const broker of replicas) {
      const load = of(broker);
      load.replicas += 1;
      if (!isr.includes(broker)) load.outOfSync += 1;
    }
  }
  return loads;
}

const partitionsOf = (metadata: Reading["metadata"]): PartitionMetadata[] =>
  metadata.topics.flatMap(({ partitions }) => partitions);

const allBytes = (dirs: LogDirOnDisk[]): bigint =>
  dirs.reduce((sum, dir) => dir.replicas.reduce((total, { sizeBytes }) => total + sizeBytes, sum), 0n);

const onVolume = (host: string, dirs: LogDirOnDisk[]): OnVolume[] =>
  dirs.flatMap(({ totalBytes, usableBytes }) =>
    totalBytes === null || usableBytes === null ? [] : [{ host, totalBytes, usableBytes }],
  );

/** The brokers of a cluster by id, those that are named but missing among them. */
export function brokerRows(reading: Reading): BrokerSummary[] {
  const { metadata, unreachable } = reading;
  const loads = loadByBroker(partitionsOf(metadata));
  const members = new Map(metadata.brokers.map((broker) => [broker.id, broker]));
  const led = [...loads.values()].reduce((sum, { leaders }) => sum + leaders, 0);
  const ids = [...new Set([...members.keys(), ...loads.keys()])].sort((a, b) => a - b);
  return ids.map((id) => {
    const member = members.get(id);
    const load = loads.get(id) ?? { replicas: 0, leaders: 0, outOfSync: 0 };
    const dirs = reading.dirs.byBroker.get(id);
    const volumes = dirs && member ? volumeTotals(onVolume(member.host, dirs)) : null;
    return {
      id,
      host: member?.host ?? null,
      port: member?.port ?? null,
      rack: member?.rack ?? null,
      roles: rolesOf(id, reading),
      ...load,
      leaderShare: shareOf(load.leaders, led),
      skew: member ? skewOf(load.leaders, led, members.size) : null,
      sizeBytes: dirs ? toInt64(allBytes(dirs)) : null,
      totalBytes: volumes && toInt64(volumes.totalBytes),
      usableBytes: volumes && toInt64(volumes.usableBytes),
      state: !member
        ? ("missing" as const)
        : unreachable.has(id)
          ? ("unreachable" as const)
          : load.outOfSync > 0
            ? ("behind" as const)
            : ("in-sync" as const),
      problem: unreachable.get(id) ?? reading.dirs.problems.find(({ broker }) => broker === id) ?? null,
    };
  });
}

/** The active controller: leader of the quorum; without a quorum (ZooKeeper) what Metadata says; null where it cannot be known. */
export const controllerOf = ({ quorum, quorumProblem, metadata }: Reading): number | null =>
  quorum ? quorum.leader : quorumProblem || metadata.controllerId < 0 ? null : metadata.controllerId;

function rolesOf(id: number, reading: Reading): BrokerSummary["roles"] {
  const voter = reading.quorum?.replicas.some(({ node, role }) => node === id && role !== "observer");
  return ["broker", ...(controllerOf(reading) === id ? (["controller"] as const) : voter ? (["voter"] as const) : [])];
}

/** The figures of the whole cluster. What no broker told is null. */
export function totalsOf(reading: Reading, brokers: BrokerSummary[]): ClusterOverview["totals"] {
  const { metadata, dirs } = reading;
  const partitions = partitionsOf(metadata);
  const led = partitions.filter(({ leader }) => leader !== null);
  const told = [...dirs.byBroker.values()];
  const hosts = new Map(metadata.brokers.map(({ id, host }) => [id, host]));
  const volumes = distinctVolumes([...dirs.byBroker].flatMap(([id, own]) => onVolume(hosts.get(id) ?? `${id}`, own)));
  return {
    topics: metadata.topics.length,
    internalTopics: metadata.topics.filter(({ internal }) => internal).length,
    partitions: partitions.length,
    replicas: brokers.reduce((sum, { replicas }) => sum + replicas, 0),
    underReplicated: partitions.filter(isUnderReplicated).length,
    underMinIsr: [...reading.minIsr.values()].some((least) => least !== null) ? underMinIsr(reading).length : null,
    offline: partitions.length - led.length,
    preferredLeaderShare: shareOf(led.filter(({ leader, replicas }) => leader === replicas[0]).length, led.length),
    sizeBytes: told.length === 0 ? null : toInt64(told.reduce((sum, own) => sum + allBytes(own), 0n)),
    diskTotalBytes:
      volumes.length === 0 ? null : toInt64(volumes.reduce((sum, { totalBytes }) => sum + totalBytes, 0n)),
  };
}

export const isUnderReplicated = ({ isr, replicas }: PartitionMetadata): boolean => isr.length < replicas.length;

/**
 * Whether writes with acks=all are refused. A partition with fewer replicas than min.insync.replicas needs only those it has:
 * brokers take the smaller of the two (tried on 3.9.1 and 4.3.1).
 */
export const isUnderMinIsr = ({ isr, replicas }: Pick<PartitionMetadata, "isr" | "replicas">, least: number): boolean =>
  isr.length < Math.min(least, replicas.length);

/** Partitions with fewer in-sync replicas than min.insync.replicas, as far as that is known. */
export function underMinIsr({
  metadata,
  minIsr,
}: Pick<Reading, "metadata" | "minIsr">): (PartitionMetadata & { topic: string })[] {
  return metadata.topics.flatMap(({ name, partitions }) => {
    const least = minIsr.get(name) ?? null;
    if (least === null) return [];
    return partitions
      .filter((partition) => isUnderMinIsr(partition, least))
      .map((partition) => ({ ...partition, topic: name }));
  });
}

/** The biggest topics on disk over all replicas that were told, largest first; topics without a byte are left out. */
export function biggestTopics(
  sums: Map<string, bigint>,
  metadata: Reading["metadata"],
  count: number,
): ClusterOverview["biggestTopics"] {
  const partitions = new Map(metadata.topics.map((topic) => [topic.name, topic.partitions.length]));
  return [...sums]
    .filter(([name, size]) => size > 0n && partitions.has(name))
    .sort(([a, left], [b, right]) => (left === right ? (a < b ? -1 : 1) : left > right ? -1 : 1))
    .slice(0, count)
    .map(([name, size]) => ({ name, partitions: partitions.get(name) ?? 0, sizeBytes: toInt64(size) }));
}
