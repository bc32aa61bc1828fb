import { type Problem, ProblemError, problemOf } from "../../api/problem.ts";
import type { Cluster } from "../cluster.ts";
import type { DecodeSettings } from "../decode/how.ts";
import type { Opened } from "../ranges.ts";
import type { SearchSpec } from "./match.ts";
import type { SearchSource } from "./search-fetch.ts";
import type { Hit, HitOutput } from "./search-job.ts";
import { makeSearchLane, type SearchLane } from "./search-lanes.ts";

export type SearchOptions = {
  spec: SearchSpec;
  decode: Omit<DecodeSettings, "topic">;
  output: HitOutput;
  /** Hits, records looked at (null: all), characters of a payload, weight of all hits (null: any). */
  limits: { hits: number; scan: number | null; payload: number; view: number | null };
};

export type SearchEndReason = "limit" | "end" | "scan" | "view" | "server-stopping";

/** A search on its way. What reads it takes `hits` out, and looks at the counts; `changed` tells when there is something new. */
export type Search = {
  source: SearchSource;
  opened: Opened;
  options: SearchOptions;
  lanes: SearchLane[];
  /** Found and not taken yet. The places of the lanes cover them. */
  hits: Hit[];
  found: number;
  weight: number;
  /** Of the hits that were not taken yet. */
  waitingWeight: number;
  scanned: number;
  failed: { records: number; first: string; topic: string; partition: number; offset: bigint } | null;
  warnings: Problem[];
  /** Set once, at the end. */
  ended: SearchEndReason | null;
  failure: unknown;
  /** Records that jobs on their way may look at; null: there is no limit. */
  reserved: number;
  /** Bytes that were fetched, or are on their way, and were not looked through yet. */
  held: number;
  wake: PromiseWithResolvers<void>;
  leaving: AbortController;
};

export function openSearch(cluster: Cluster, opened: Opened, options: SearchOptions, outer: AbortSignal): Search {
  const leaving = new AbortController();
  const signal = AbortSignal.any([outer, leaving.signal]);
  return {
    source: {
      cluster,
      topics: opened.topics,
      direction: opened.direction,
      signal,
      requests: 0,
      bytes: 0,
      throttledMs: 0,
      renewing: null,
      failure: null,
    },
    opened,
    options,
    lanes: opened.lanes.map(makeSearchLane),
    hits: [],
    found: 0,
    weight: 0,
    waitingWeight: 0,
    scanned: 0,
    failed: null,
    warnings: [],
    ended: null,
    failure: null,
    reserved: 0,
    held: 0,
    wake: Promise.withResolvers(),
    leaving,
  };
}

/** Tells whoever waits that something is new. */
export function changed(search: Search): void {
  search.wake.resolve();
  search.wake = Promise.withResolvers();
}

export function end(search: Search, reason: SearchEndReason): void {
  search.ended ??= reason;
  search.leaving.abort();
  changed(search);
}

export function fail(search: Search, error: unknown): void {
  if (search.source.signal.aborted) return;
  if (problemOf(error)?.code === "server-stopping") search.ended ??= "server-stopping";
  else search.failure ??= error;
  search.leaving.abort();
  changed(search);
}

/** Waits for the promise, at most so long. The timer does not outlive it. */
export async function orAfter(promise: Promise<void>, milliseconds: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const elapsed = new Promise<void>((resume) => {
    timer = setTimeout(resume, milliseconds);
  });
  await Promise.race([promise, elapsed]).finally(() => clearTimeout(timer));
}

/** What was found since the last time. */
export function takeHits(search: Search, most: number): Hit[] {
  const hits = search.hits.splice(0, most);
  for (const { weight } of hits) search.waitingWeight -= weight;
  if (hits.length > 0) changed(search);
  return hits;
}

/** Ends what is on its way; nothing goes on behind it. */
export function leaveSearch(search: Search): void {
  search.leaving.abort(new ProblemError("cancelled"));
  changed(search);
}
