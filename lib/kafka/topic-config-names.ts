/**
 * Which broker configs a topic config inherits from, in the order Kafka looks: facts of Kafka's own server configuration, in which
 * units differ (log.retention.hours stands behind retention.ms). Topic configs that no broker config stands behind are not here.
 */
export const brokerNamesOf: ReadonlyMap<string, readonly string[]> = new Map([
  ["cleanup.policy", ["log.cleanup.policy"]],
  ["compression.gzip.level", ["compression.gzip.level"]],
  ["compression.lz4.level", ["compression.lz4.level"]],
  ["compression.type", ["compression.type"]],
  ["compression.zstd.level", ["compression.zstd.level"]],
  ["delete.retention.ms", ["log.cleaner.delete.retention.ms"]],
  ["file.delete.delay.ms", ["log.segment.delete.delay.ms"]],
  ["flush.messages", ["log.flush.interval.messages"]],
  ["flush.ms", ["log.flush.interval.ms", "log.flush.scheduler.interval.ms"]],
  ["index.interval.bytes", ["log.index.interval.bytes"]],
  ["local.retention.bytes", ["log.local.retention.bytes"]],
  ["local.retention.ms", ["log.local.retention.ms"]],
  ["max.compaction.lag.ms", ["log.cleaner.max.compaction.lag.ms"]],
  ["max.message.bytes", ["message.max.bytes"]],
  ["message.downconversion.enable", ["log.message.downconversion.enable"]],
  ["message.format.version", ["log.message.format.version"]],
  ["message.timestamp.after.max.ms", ["log.message.timestamp.after.max.ms"]],
  ["message.timestamp.before.max.ms", ["log.message.timestamp.before.max.ms"]],
  ["message.timestamp.difference.max.ms", ["log.message.timestamp.difference.max.ms"]],
  ["message.timestamp.type", ["log.message.timestamp.type"]],
  ["min.cleanable.dirty.ratio", ["log.cleaner.min.cleanable.ratio"]],
  ["min.compaction.lag.ms", ["log.cleaner.min.compaction.lag.ms"]],
  ["min.insync.replicas", ["min.insync.replicas"]],
  ["preallocate", ["log.preallocate"]],
  ["retention.bytes", ["log.retention.bytes"]],
  ["retention.ms", ["log.retention.ms", "log.retention.minutes", "log.retention.hours"]],
  ["segment.bytes", ["log.segment.bytes"]],
  ["segment.index.bytes", ["log.index.size.max.bytes"]],
  ["segment.jitter.ms", ["log.roll.jitter.ms", "log.roll.jitter.hours"]],
  ["segment.ms", ["log.roll.ms", "log.roll.hours"]],
  ["unclean.leader.election.enable", ["unclean.leader.election.enable"]],
]);

/** Topic configs that have no broker config behind them always start from the same value. */
export const fixedDefaults: ReadonlyMap<string, string> = new Map([
  ["follower.replication.throttled.replicas", ""],
  ["leader.replication.throttled.replicas", ""],
  ["remote.log.copy.disable", "false"],
  ["remote.log.delete.on.disable", "false"],
  ["remote.storage.enable", "false"],
]);

/** The topic config that a broker config is the default of; null where there is none. */
export const topicNameOf = (brokerName: string): string | null =>
  [...brokerNamesOf].find(([, names]) => names.includes(brokerName))?.[0] ?? null;

const millisecondsBySuffix = [
  [".hours", 3_600_000n],
  [".minutes", 60_000n],
] as const;

/** The value of one config in the unit of another that inherits it: hours and minutes become milliseconds, below zero stays as it is. */
export function inUnitOf(name: string, from: string, value: string | null): string | null {
  const factor = millisecondsBySuffix.find(([suffix]) => from.endsWith(suffix) && !name.endsWith(suffix))?.[1];
  if (!factor || !name.endsWith(".ms") || value === null || !/^\d+$/.test(value)) return value;
  return (BigInt(value) * factor).toString();
}
