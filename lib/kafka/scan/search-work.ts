import { makeProblem } from "../../api/problem.ts";
import type { SearchSpec } from "./match.ts";
import { runJob, sharedPool } from "./pool.ts";
import type { Arrived } from "./search-fetch.ts";
import type { SearchJob, SearchResult } from "./search-job.ts";
import type { SearchLane } from "./search-lanes.ts";
import { changed, end, type Search } from "./search-state.ts";

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

/** One piece, in as many jobs as its limits make of it. The place of the lane moves with what was looked through. */
export async function lookThrough(
  search: Search,
  { search: { lane }, piece, records, aborted }: Arrived,
): Promise<void> {
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
