import type { ExportQuery } from "../api/message-queries.ts";
import { ProblemError } from "../api/problem.ts";
import type { Cluster } from "./cluster.ts";
import { withCost } from "./cost.ts";
import { everyHit } from "./every-hit.ts";
import { checkSpec } from "./filters.ts";
import { type Opened, openRanges, topicNames } from "./ranges.ts";
import { csvHeader } from "./scan/exact.ts";
import { specOf } from "./search.ts";

/** What each format adds: the media type, and what stands before the first record. */
const formats = {
  jsonl: { mediaType: "application/jsonl; charset=utf-8", head: "" },
  csv: { mediaType: "text/csv; charset=utf-8; header=present", head: csvHeader },
} as const satisfies Record<ExportQuery["format"], { mediaType: string; head: string }>;

/** A name under which a file is saved, its type, and its bytes, made as they are read. */
export type ExportFile = { name: string; mediaType: string; body: AsyncIterable<Uint8Array> };

/**
 * Every record that is asked for or matches, as a file of any size; it ends where the partitions ended when it began. Where nothing
 * says from where and in which direction, it begins with the oldest; with a `limit` it has the newest, the newest first. Rejects
 * for what is wrong with the question, and for a partition that cannot be asked. What fails later, records that cannot be read
 * among it, makes the body throw, so that the download breaks off: a file that ends well lacks nothing.
 */
export async function exportMessages(cluster: Cluster, query: ExportQuery, signal: AbortSignal): Promise<ExportFile> {
  const names = topicNames(query.topics);
  const wish = withDirection(query);
  await checkSpec(specOf(wish));
  const opened = await withCost(() => openRanges(cluster, names, wish, signal));
  const lost = opened.partitions.find(({ problem }) => problem !== null)?.problem;
  if (lost) throw new ProblemError(lost.code, lost.detail, lost);
  const { mediaType } = formats[query.format];
  return { name: fileName(names, query.format, new Date()), mediaType, body: bodyOf(cluster, opened, wish, signal) };
}

function withDirection(query: ExportQuery): ExportQuery {
  const unsaid = query.direction === undefined && (query.from ?? "newest") === "newest";
  return unsaid && query.limit === undefined ? { ...query, from: "oldest" } : query;
}

/** `orders-20261122T120000Z.jsonl`; of several topics the first, and how many more. */
export function fileName(topics: readonly string[], format: ExportQuery["format"], now: Date): string {
  const more = topics.length > 1 ? `-and-${topics.length - 1}-more` : "";
  const time = now.toISOString().replace(/[-:]|\.\d+/g, "");
  return `${topics[0]}${more}-${time}.${format}`;
}

async function* bodyOf(
  cluster: Cluster,
  opened: Opened,
  query: ExportQuery,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void, void> {
  const hits = query.limit === undefined ? Number.MAX_SAFE_INTEGER : Math.max(1, Number(query.limit));
  let { head }: { head: string } = formats[query.format];
  for await (const { rows, search } of everyHit(cluster, opened, query, { output: query.format, hits }, signal)) {
    if (rows.length > 0) {
      yield Buffer.from(head + rows.join(""));
      head = "";
    }
    const problem = search.warnings[0] ?? opened.lanes.find((lane) => lane.problem !== null)?.problem;
    if (problem) throw new ProblemError(problem.code, problem.detail, problem);
  }
  if (head !== "") yield Buffer.from(head);
}
