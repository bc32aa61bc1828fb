import { makeProblem, type Problem, ProblemError, problemOf } from "../../api/problem.ts";
import type { Cluster } from "../cluster.ts";
import type { DecodeSettings } from "../decode/how.ts";
import type { Opened } from "../ranges.ts";
import type { SearchSpec } from "./match.ts";
import { runJob, sharedPool } from "./pool.ts";
import { waitForBytes } from "./queue.ts";
import {
  ANSWER_BYTES,
  type Arrived,
  brokerFor,
  failWithoutLeader,
  fetchLanes,
  planFetch,
  type SearchSource,
} from "./search-fetch.ts";
import type { Hit, HitOutput, SearchJob, SearchResult } from "./search-job.ts";
import { isFetched, makeSearchLane, type SearchLane } from "./search-lanes.ts";
import { throttleLeft } from "./throttle.ts";

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

/** Fetched bytes of one search, on their way or waiting to be looked through. */
const MOST_HELD = 12 << 20;
/** Unpacked bytes of one batch. */
const BATCH_BYTES = 64 << 20;
const RESULT_CHARS = 4 << 20;
/** A job ends after this, and goes on behind the jobs that came meanwhile: pages do not wait for searches. */
const JOB_MS = 15;
/** One that takes longer is stuck inside one record or batch. */
const ALLOWED_MS = 2_000;
/** Records that one job may look at where a search has a limit on them. */
const SCAN_SHARE = 50_000;
const MOST_WARNINGS = 20;
/** Hits that nobody took yet: a reader that is slower than the search holds it up. */
const MOST_WAITING = 2_000;
/** The same as a weight: hits of an export or a copy are whole records, of any size. */
const MOST_WAITING_WEIGHT = 16 << 20;

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
function changed(search: Search): void {
  search.wake.resolve();
  search.wake = Promise.withResolvers();
}

function end(search: Search, reason: SearchEndReason): void {
  search.ended ??= reason;
  search.leaving.abort();
  changed(search);
}

function fail(search: Search, error: unknown): void {
  if (search.source.signal.aborted) return;
  if (problemOf(error)?.code === "server-stopping") search.ended ??= "server-stopping";
  else search.failure ??= error;
  search.leaving.abort();
  changed(search);
}

/**
 * Runs until `ended` or `failure` is set, or until the search is left: one request a broker is on its way while what came before
 * is looked through. Never rejects.
 */
export async function runSearch(search: Search): Promise<void> {
  const { source } = search;
  const asking = new Set<number>();
  source.signal.addEventListener("abort", () => changed(search), { once: true });
  while (!source.signal.aborted) {
    if (source.failure) return fail(search, source.failure);
    const { wake } = search;
    const open = search.lanes.filter((lane) => !isFetched(lane, source.direction));
    const pause = askBrokers(search, open, asking);
    if (open.length === 0 && asking.size === 0) {
      await Promise.all(search.lanes.map(({ work }) => work));
      if (!source.signal.aborted && search.lanes.every((lane) => isFetched(lane, source.direction))) end(search, "end");
      continue;
    }
    await orAfter(wake.promise, pause);
  }
}

/** Waits for the promise, at most so long. The timer does not outlive it. */
export async function orAfter(promise: Promise<void>, milliseconds: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const elapsed = new Promise<void>((resume) => {
    timer = setTimeout(resume, milliseconds);
  });
  await Promise.race([promise, elapsed]).finally(() => clearTimeout(timer));
}

/** Sends each broker that is not busy a request for its lanes. Gives the milliseconds after which to look again. */
function askBrokers(search: Search, open: SearchLane[], asking: Set<number>): number {
  const { source } = search;
  const now = Date.now();
  let pause = 1_000;
  const byBroker = new Map<number, SearchLane[]>();
  for (const lane of open) {
    if (lane.failing && lane.failing.again > now) {
      pause = Math.min(pause, lane.failing.again - now);
      continue;
    }
    const broker = brokerFor(source, lane, now);
    const mine = broker === null ? undefined : byBroker.get(broker);
    if (broker === null) failWithoutLeader(source, lane);
    else if (mine) mine.push(lane);
    else byBroker.set(broker, [lane]);
  }
  for (const [broker, lanes] of byBroker) {
    if (asking.has(broker)) continue;
    const wait = waitBefore(search, broker, now);
    if (wait > 0) pause = Math.min(pause, wait);
    else if (search.held + ANSWER_BYTES <= MOST_HELD) askBroker(search, broker, lanes, asking);
  }
  return Math.max(1, pause);
}

function waitBefore({ source }: Search, broker: number, now: number): number {
  const perSecond = source.cluster.settings.limits.scanBytesPerSecond;
  const own = perSecond === null ? 0 : waitForBytes(source.cluster, perSecond, now);
  return Math.max(own, throttleLeft(source.cluster, broker));
}

function askBroker(search: Search, broker: number, lanes: SearchLane[], asking: Set<number>): void {
  const { source } = search;
  const fetch = planFetch(lanes, source.direction);
  if (!fetch) return;
  asking.add(broker);
  search.held += ANSWER_BYTES;
  fetchLanes(source, broker, fetch)
    .then((arrived) => {
      for (const one of arrived) {
        const size = one.records.length; // none is left once a worker has them
        search.held += size;
        one.search.work = one.search.work
          .then(() => lookThrough(search, one))
          .catch((error: unknown) => fail(search, error))
          .finally(() => {
            search.held -= size;
            changed(search);
          });
      }
    })
    .catch((error: unknown) => fail(search, error))
    .finally(() => {
      asking.delete(broker);
      search.held -= ANSWER_BYTES;
      changed(search);
    });
}

/** One piece, in as many jobs as its limits make of it. The place of the lane moves with what was looked through. */
async function lookThrough(search: Search, { search: { lane }, piece, records, aborted }: Arrived): Promise<void> {
  const { source, options, opened } = search;
  const older = source.direction === "older";
  let { from, to } = piece;
  let bytes: Uint8Array<ArrayBuffer> | null = records;
  if (records.length === 0) {
    lane.position = older ? from : to;
    return;
  }
  while (bytes && from < to && !source.signal.aborted) {
    while (isBehind(search) && !source.signal.aborted) await search.wake.promise;
    const share = await reserve(search);
    if (share === 0) return;
    const job: SearchJob = {
      topic: lane.topic,
      partition: lane.partition,
      bytes,
      from,
      to,
      order: older ? "last" : "first",
      aborted,
      shown: { aborted: opened.isolation === "read_uncommitted", control: opened.control },
      spec: options.spec,
      decode: options.decode,
      output: options.output,
      limits: {
        hits: options.limits.hits - search.found,
        scan: share,
        payload: options.limits.payload,
        batch: BATCH_BYTES,
        result: RESULT_CHARS,
        milliseconds: JOB_MS,
      },
    };
    let result: SearchResult;
    try {
      result = await runJob(sharedPool(), "search", job, {
        signal: source.signal,
        transfer: [bytes.buffer],
        yields: true,
        ...(isPlain(options.spec) ? {} : { allowed: ALLOWED_MS }),
      });
    } finally {
      if (options.limits.scan !== null) search.reserved -= share;
    }
    if (source.signal.aborted) return;
    take(search, lane, result);
    if (older) to = result.reached;
    else from = result.reached;
    bytes = result.rest;
    changed(search);
  }
}

/** What is sure to end soon: a busy machine must not end a copy or an export for a filter that it does not have. */
const isPlain = ({ filter, match }: SearchSpec): boolean => filter === null && match !== "regex";

const isBehind = ({ hits, waitingWeight }: Search): boolean =>
  hits.length >= MOST_WAITING || waitingWeight >= MOST_WAITING_WEIGHT;

/** How many records may be looked at; 0: the limit of the search is reached, and the search has ended. */
async function reserve(search: Search): Promise<number> {
  const { scan } = search.options.limits;
  if (scan === null) return Number.MAX_SAFE_INTEGER;
  for (;;) {
    const share = Math.min(SCAN_SHARE, scan - search.scanned - search.reserved);
    if (share > 0) {
      search.reserved += share;
      return share;
    }
    if (search.reserved === 0) end(search, "scan");
    if (search.source.signal.aborted) return 0;
    await search.wake.promise;
  }
}

/** Takes what a job found, as far as the limits go: what is behind them is found again by the cursor. */
function take(search: Search, lane: SearchLane["lane"], result: SearchResult): void {
  const { limits } = search.options;
  const older = search.source.direction === "older";
  search.scanned += result.scanned;
  noteFailures(search, lane, result);
  for (const hit of result.hits) {
    if (search.ended) return;
    search.hits.push(hit);
    search.found++;
    search.weight += hit.weight;
    search.waitingWeight += hit.weight;
    lane.position = older ? hit.offset : hit.offset + 1n;
    if (search.found >= limits.hits) end(search, "limit");
    else if (limits.view !== null && search.weight >= limits.view) end(search, "view");
  }
  if (search.ended) return;
  lane.position = result.reached;
}

function noteFailures(search: Search, { topic, partition }: SearchLane["lane"], result: SearchResult): void {
  if (result.failed) {
    search.failed ??= { ...result.failed, records: 0, topic, partition };
    search.failed.records += result.failed.records;
  }
  for (const { reason, offset, last } of result.unreadable) {
    if (search.warnings.length >= MOST_WARNINGS) return;
    const where = `Offsets ${offset} to ${last} were not looked through.`;
    search.warnings.push(makeProblem("record-undecodable", `${reason} ${where}`, { topic, partition }));
  }
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
