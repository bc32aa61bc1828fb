/** One sentence for the configs that are looked up most, for brokers before 2.6, which tell none. */
const fallback: ReadonlyMap<string, string> = new Map([
  ["cleanup.policy", "delete drops old segments, compact keeps the last record of each key."],
  ["compression.type", "The codec the broker stores batches with; producer keeps what was sent."],
  ["delete.retention.ms", "How long a tombstone stays readable in a compacted topic."],
  ["flush.messages", "Forces a sync to disk after this many records."],
  ["max.message.bytes", "The largest batch the broker accepts, after compression."],
  ["message.timestamp.type", "Whether the producer or the broker sets the time of a record."],
  ["min.cleanable.dirty.ratio", "The share of a log that must be uncompacted before it is compacted again."],
  ["min.insync.replicas", "How many replicas must have a record before a write with acks=all counts."],
  ["retention.bytes", "The size a partition may reach before its oldest segments are deleted."],
  ["retention.ms", "How long a record is kept before it may be deleted."],
  ["segment.bytes", "The size at which a new log segment is started."],
  ["segment.ms", "The age at which a new log segment is started."],
  ["unclean.leader.election.enable", "Whether a replica that is behind may become leader, which loses records."],
]);

const entities: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', nbsp: " " };

/** What a config means: the broker's words without their HTML, else our own sentence, else null. */
export function documentationOf(name: string, told: string | null | undefined): string | null {
  const text = (told ?? "")
    .replace(/<\/?(br|p|ul|ol|li|div|pre|table|tr|td)\b[^>]*>/gi, " ")
    .replace(/<\/?[a-z][^>]*>/gi, "")
    .replace(/&(lt|gt|amp|quot|nbsp);?/g, (_, entity: string) => entities[entity] ?? "")
    .replace(/\s+/g, " ")
    .trim();
  return text || (fallback.get(name) ?? null);
}
