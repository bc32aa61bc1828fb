import type { MessagesQuery } from "../api/message-queries.ts";
import { ProblemError } from "../api/problem.ts";
import type { Cluster } from "./cluster.ts";
import type { Opened } from "./ranges.ts";
import type { HitOutput, HitRow } from "./scan/search-job.ts";
import { type Search, takeHits } from "./scan/search-state.ts";
import { followSearch } from "./search.ts";

/** What was found since the last time, perhaps nothing; the lanes of what was opened stand behind it until the next one is asked for. */
export type Found<Output extends HitOutput> = { rows: HitRow[Output][]; search: Search };

/**
 * Every hit of a search, for those that must not lose one: the reader may take its time. Throws what ended it early: `cancelled`,
 * `server-stopping`, or its failure, after the hits before that.
 */
export async function* everyHit<Output extends HitOutput>(
  cluster: Cluster,
  opened: Opened,
  query: MessagesQuery,
  wish: { output: Output; hits: number },
  signal: AbortSignal,
): AsyncGenerator<Found<Output>, void, void> {
  let last: Search | null = null;
  for await (const { search } of followSearch(cluster, opened, query, { ...wish, view: null }, signal)) {
    last = search;
    yield { rows: rowsOf<Output>(search), search };
  }
  if (!last || signal.aborted) throw new ProblemError("cancelled");
  // It may have ended while its reader was busy.
  yield { rows: rowsOf<Output>(last), search: last };
  if (last.failure !== null) throw last.failure;
  if (last.ended === "server-stopping") throw new ProblemError("server-stopping");
}

const rowsOf = <Output extends HitOutput>(search: Search) =>
  takeHits(search, Number.MAX_SAFE_INTEGER).map(({ row }) => row as HitRow[Output]);
