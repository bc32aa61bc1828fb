import { compileFilter } from "../../api/filter.ts";
import type { TopicSummary, topicSortKeys } from "../../api/topics.ts";

type SortKey = (typeof topicSortKeys)[number];
type Arrangement = {
  search?: string | undefined;
  sort?: string | undefined;
  limit?: string | undefined;
  internal?: string | undefined;
};

const NUMERIC = new Set<SortKey>(["offsetSpan", "sizeBytes", "retentionMs", "lag"]);

/** Filtered, sorted (by name where nothing is given, and among equals) and cut to `limit`. What is unknown comes last, both ways. */
export function arrangeTopics(rows: TopicSummary[], { search, sort, limit, internal }: Arrangement): TopicSummary[] {
  const filter = compileFilter(search ?? "");
  const kept = rows.filter(
    (row) => filter.matches(row.name) && !(row.internal && (internal === "false" || internal === "0")),
  );
  const descending = sort?.startsWith("-") ?? false;
  const key = (sort?.replace(/^-/, "") ?? "name") as SortKey;
  const sorted = kept.sort((a, b) => compare(a, b, key, descending) || (a.name < b.name ? -1 : 1));
  return limit === undefined ? sorted : sorted.slice(0, Number(limit));
}

function compare(a: TopicSummary, b: TopicSummary, key: SortKey, descending: boolean): number {
  const [left, right] = [a[key], b[key]];
  if (left === null || right === null) return left === right ? 0 : left === null ? 1 : -1;
  const order = NUMERIC.has(key) ? sign(BigInt(left) - BigInt(right)) : left < right ? -1 : left > right ? 1 : 0;
  return descending ? -order : order;
}

const sign = (difference: bigint): number => (difference < 0n ? -1 : difference > 0n ? 1 : 0);
