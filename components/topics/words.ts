import type { TopicSummary } from "@/lib/api/topics";
import { url } from "@/lib/api/url";
import { bytes, counted, duration } from "@/lib/format";

/** Where a topic opens. Always a sub-page: `/topics/new` is the page that creates one, and a topic may be called new. */
export const topicHref = (cluster: string, topic: string): string => url`/clusters/${cluster}/topics/${topic}/messages`;

/** `delete after 7 d`, `compact`, `compact, delete after 30 d`; null where it is not known. */
export function retentionWords({ cleanupPolicy, retentionMs, retentionBytes }: TopicSummary): string | null {
  if (cleanupPolicy === null) return null;
  if (!cleanupPolicy.includes("delete")) return cleanupPolicy || "kept for ever";
  const limits = [
    ...(retentionMs !== null && retentionMs !== "-1" ? [`after ${duration(retentionMs)}`] : []),
    ...(retentionBytes !== null && retentionBytes !== "-1" ? [`above ${bytes(retentionBytes)} a partition`] : []),
  ];
  const deletes = limits.length > 0 ? `delete ${limits.join(" or ")}` : "delete never";
  return cleanupPolicy.includes("compact") ? `compact, ${deletes}` : deletes;
}

/** What is wrong with a topic, in a few words; null when nothing is. */
export function problemWords(row: TopicSummary): string | null {
  const told = (code: string) => row.problems.find((problem) => problem.code === code);
  if (row.offline > 0) return told("no-leader")?.detail ?? `${counted(row.offline, "partition")} without leader`;
  if ((row.underMinIsr ?? 0) > 0) return `${row.underMinIsr} below min.insync.replicas: acks=all is refused`;
  if (row.underReplicated > 0) return `Readable; ${row.underReplicated} with a replica behind`;
  if (told("not-authorized")) return "Configs: not allowed to describe";
  return row.problems[0]?.detail ?? row.problems[0]?.title ?? null;
}

/** `6 partitions, 8.4 MiB`: what topics hold together. Sizes that are not known are not counted, which `at least` says. */
export function holdsWords(rows: TopicSummary[]): string {
  const partitions = rows.reduce((sum, row) => sum + row.partitions, 0);
  const known = rows.flatMap(({ sizeBytes }) => (sizeBytes === null ? [] : [BigInt(sizeBytes)]));
  const size = known.length > 0 ? bytes(known.reduce((sum, one) => sum + one, 0n)) : null;
  const about = known.length < rows.length ? "at least " : "";
  return [counted(partitions, "partition"), ...(size === null ? [] : [about + size])].join(", ");
}
