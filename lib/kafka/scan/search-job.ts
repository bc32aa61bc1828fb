import type { DecodeSettings } from "../decode/how.ts";
import { type Aborted, restOf, type Shown, type ShownBatch, shownBatches } from "./aborted.ts";
import { lowestOf, readBatches } from "./batches.ts";
import { corrupt, larger, smaller } from "./bytes.ts";
import { plainWords } from "./cel-words.ts";
import { csvLine, type ExactRecord, jsonLine } from "./exact.ts";
import { type FoundMessage, foundRecord, type Home, showingOf } from "./found.ts";
import { type Matcher, matcherOf, type SearchSpec } from "./match.ts";
import { nextRecord, offsetAt, openRecords, type RawRecord, type RecordCursor, recordAt } from "./records.ts";
import { makeSieve, type Sieve } from "./search-sieve.ts";

/** Rows of a hit: as the table shows it, as it is in the log, or as a line of an export. */
export type HitRow = { shown: FoundMessage; raw: ExactRecord; jsonl: string; csv: string };
export type HitOutput = keyof HitRow;

/** What a search looks through next: the records of one partition, as a fetch gave them. */
export type SearchJob = Home & {
  bytes: Uint8Array<ArrayBuffer>;
  /** Only offsets from `from` up to below `to`. */
  from: bigint;
  to: bigint;
  order: "first" | "last";
  aborted: Aborted;
  shown: Shown;
  spec: SearchSpec;
  decode: Omit<DecodeSettings, "topic">;
  output: HitOutput;
  /** Hits, records looked at, characters of a payload, unpacked bytes of a batch, characters of all rows, milliseconds. */
  limits: { hits: number; scan: number; payload: number; batch: number; result: number; milliseconds: number };
};

/** `weight`: characters of payloads, or of the line. */
export type Hit = { offset: bigint; timestamp: bigint; weight: number; row: HitRow[HitOutput] };

export type SearchResult = {
  /** In the order of the job. */
  hits: Hit[];
  /** Above the last whole batch in the bytes; `from` when there is none. */
  next: bigint;
  /** All wanted offsets on the near side of this one were looked at: exclusive upwards, inclusive downwards. */
  reached: bigint;
  wholeBatches: number;
  /** Records that were looked at, those of batches that hold nothing of what is searched for among them. */
  scanned: number;
  /** Records the filter could not judge, and why it could not the first. */
  failed: { records: number; first: string; offset: bigint } | null;
  /** Batches that cannot be read. */
  unreadable: { reason: string; offset: bigint; last: bigint }[];
  /** Why nothing behind `next` can be read. */
  problem: string | null;
  /** What of the bytes is still to be looked through, from `reached` on, where a limit ended the job before their end. */
  rest: Uint8Array<ArrayBuffer> | null;
};

/** Records of one batch at a time: a job that must judge each of them is not taken for one that is stuck. */
const PART = 100_000;
/** Rows of one batch at a time: many small records must not become a heap of rows. */
const MOST_ROWS = 10_000;

type State = { job: SearchJob; matcher: Matcher; sieve: Sieve; result: SearchResult; weight: number; until: number };

/** Runs in the worker. Never throws for bytes of any kind; ends early, with what it has, once `stopped` says so. */
export function searchSlice(job: SearchJob, stopped: () => boolean): SearchResult {
  const bytes = Buffer.from(job.bytes.buffer, job.bytes.byteOffset, job.bytes.byteLength);
  const { batches, problem } = readBatches(bytes);
  const last = batches.at(-1)?.lastOffset;
  const upwards = job.order === "first";
  const next = last === undefined || last < job.from ? job.from : last + 1n;
  const matcher = matcherOf(job.spec, { ...job.decode, topic: job.topic });
  const result: SearchResult = {
    hits: [],
    next,
    reached: upwards ? job.from : job.to,
    wholeBatches: batches.length,
    scanned: 0,
    failed: null,
    unreadable: [],
    problem,
    rest: null,
  };
  const state: State = {
    job,
    matcher,
    sieve: makeSieve(matcher),
    result,
    weight: 0,
    until: performance.now() + job.limits.milliseconds,
  };
  const wanted = shownBatches(batches, job.aborted, job.shown).filter(
    ({ batch }) => batch.lastOffset >= job.from && (batch.baseOffset ?? job.from) < job.to,
  );
  // An expression that fails on every record makes an error for each; their stacks would be most of the work.
  const depth = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    for (const of of upwards ? wanted : wanted.toReversed()) {
      const ended = stopped() || isSpent(state) || !searchBatch(bytes, of, state);
      if (!ended) continue;
      result.rest = restOf(of.batch, job);
      return result;
    }
  } finally {
    Error.stackTraceLimit = depth;
  }
  result.reached = upwards ? smaller(next, job.to) : job.from;
  return result;
}

/** Whether a limit was reached; one batch is always looked through, so that a search goes on. */
function isSpent({ job: { limits }, result, weight, until }: State): boolean {
  if (result.scanned >= limits.scan || result.hits.length >= limits.hits) return true;
  return weight >= limits.result || (result.scanned > 0 && performance.now() > until);
}

type Found = {
  hits: RawRecord[];
  /** Of each hit: records looked at up to it, itself included. */
  ordinals: number[];
  scanned: number;
  unreadable: { reason: string; offset: bigint } | null;
  /** There were more hits than are kept: those on the far side were left. */
  full: boolean;
};

/** false: a limit came before its end, and `reached` says where. */
function searchBatch(bytes: Buffer, of: ShownBatch, state: State): boolean {
  const { job, result } = state;
  const { batch } = of;
  const upwards = job.order === "first";
  const left = Math.min(PART, job.limits.scan - result.scanned);
  const limited = (batch.count ?? Number.POSITIVE_INFINITY) <= left ? null : cutBy(bytes, of, job, left);
  const from = larger(job.from, limited?.from ?? job.from);
  const to = smaller(job.to, limited?.to ?? job.to);
  const found = searchRecords(bytes, of, from, to, state);
  if (found.unreadable) noteUnreadable(state, of, found.unreadable);
  const order = found.hits.map((record, index) => ({ record, ordinal: found.ordinals[index] ?? 0 }));
  let taken = 0;
  for (const { record } of upwards ? order : order.reverse()) {
    if (isFull(state)) break;
    const hit = makeHit(record, of, state);
    state.weight += hit.weight;
    result.hits.push(hit);
    result.reached = upwards ? record.offset + 1n : record.offset;
    taken++;
  }
  if (taken < order.length || found.full) {
    const last = order[taken - 1]?.ordinal ?? 0;
    result.scanned += upwards ? last : found.scanned - last + 1;
    return false;
  }
  result.scanned += found.scanned;
  if (limited) {
    result.reached = upwards ? to : from;
    return false;
  }
  result.reached = upwards ? smaller(batch.lastOffset + 1n, job.to) : larger(lowestOf(batch, job.from), job.from);
  return true;
}

const isFull = ({ job: { limits }, result, weight }: State): boolean =>
  result.hits.length >= limits.hits || (weight >= limits.result && result.hits.length > 0);

/** The part of a batch that holds no more records than may be looked at, from the near end; null: all of it. */
function cutBy(
  bytes: Buffer,
  { batch }: ShownBatch,
  job: SearchJob,
  left: number,
): { from: bigint; to: bigint } | null {
  // The places of the last `left` records, over and over: a batch may hold millions.
  const deltas = new Float64Array(Math.max(1, left));
  const upwards = job.order === "first";
  let count = 0;
  try {
    const cursor = openRecords(bytes, batch, job.limits.batch);
    while (nextRecord(cursor)) {
      const offset = offsetAt(cursor);
      if (offset < job.from || offset >= job.to) continue;
      if (upwards && count === left) return { from: job.from, to: offset };
      deltas[count++ % deltas.length] = cursor.offsetDelta;
    }
    if (upwards || count <= left) return null;
    return { from: cursor.firstOffset + BigInt(deltas[count % deltas.length] ?? 0), to: job.to };
  } catch {
    return null; // told when the batch is searched
  }
}

function searchRecords(bytes: Buffer, { batch }: ShownBatch, from: bigint, to: bigint, state: State): Found {
  const { job, sieve, result } = state;
  const found: Found = { hits: [], ordinals: [], scanned: 0, unreadable: null, full: false };
  const upwards = job.order === "first";
  const most = Math.min(MOST_ROWS, job.limits.hits - result.hits.length);
  let at = lowestOf(batch, from);
  try {
    const cursor = openRecords(bytes, batch, job.limits.batch);
    const inside = batch.baseOffset !== null && batch.baseOffset >= from && batch.lastOffset < to;
    sieve.open(cursor.bytes);
    while (!(upwards && found.full) && nextRecord(cursor)) {
      if (!inside && !isWithin(offsetAt(cursor), from, to)) {
        if (upwards && offsetAt(cursor) >= to) break;
        continue;
      }
      found.scanned++;
      if (!sieve.passes(cursor)) continue;
      const offset = offsetAt(cursor);
      // A search goes on behind the last hit, so an offset that goes back or too far must not be believed.
      if (offset > batch.lastOffset || offset < at) corrupt(`A record has offset ${offset}, outside its place.`);
      at = offset;
      if (!isHit(cursor, offset, state)) continue;
      found.hits.push(recordAt(cursor));
      found.ordinals.push(found.scanned);
      if (upwards) found.full = found.hits.length >= most && cursor.left !== 0;
      else if (found.hits.length >= 2 * most) keepLast(found, most);
    }
  } catch (error) {
    const offset = larger(at, from);
    if (offset < to && offset <= batch.lastOffset) found.unreadable = { reason: (error as Error).message, offset };
  }
  return found;
}

/** Backwards the last hits are wanted, and which those are is known at the end only. */
function keepLast(found: Found, most: number): void {
  found.hits = found.hits.slice(-most);
  found.ordinals = found.ordinals.slice(-most);
  found.full = true;
}

const isWithin = (offset: bigint, from: bigint, to: bigint) => offset >= from && offset < to;

function isHit(cursor: RecordCursor, offset: bigint, { job, matcher, result }: State): boolean {
  try {
    return matcher.test(cursor, job.partition);
  } catch (error) {
    result.failed ??= { records: 0, first: reasonOf(error), offset };
    result.failed.records++;
    return false;
  }
}

/** The sentence without the library's picture of the expression, or the error's own. */
function reasonOf(error: unknown): string {
  const { summary, message } = error as { summary?: string; message?: string };
  return plainWords(summary ?? message ?? String(error)).slice(0, 300);
}

const MOST_UNREADABLE = 20;

function noteUnreadable(
  { result }: State,
  { batch }: ShownBatch,
  { reason, offset }: { reason: string; offset: bigint },
) {
  if (result.unreadable.length < MOST_UNREADABLE) result.unreadable.push({ reason, offset, last: batch.lastOffset });
  const records = batch.count === null || batch.count < 0 || batch.count > 1 << 24 ? 1 : batch.count;
  result.failed ??= { records: 0, first: reason, offset };
  result.failed.records += records;
}

function makeHit(record: RawRecord, of: ShownBatch, { job }: State): Hit {
  const { offset, timestamp } = record;
  if (job.output === "shown") {
    const row = foundRecord(job, of, record, showingOf({ ...job.decode, topic: job.topic }, job.limits.payload));
    return { offset, timestamp, weight: charsOf(row), row };
  }
  const exact: ExactRecord = {
    topic: job.topic,
    partition: job.partition,
    offset,
    timestamp: of.batch.magic === 0 ? null : timestamp,
    timestampType: of.batch.timestampType,
    key: record.key,
    value: record.value,
    headers: record.headers,
  };
  if (job.output === "raw") return { offset, timestamp, weight: record.size + 100, row: copied(exact) };
  const row = job.output === "jsonl" ? jsonLine(exact) : csvLine(exact);
  return { offset, timestamp, weight: row.length, row };
}

const charsOf = ({ key, value, headers }: FoundMessage): number =>
  (key?.text.length ?? 0) +
  (value?.text.length ?? 0) +
  headers.reduce((sum, header) => sum + header.key.length + (header.value?.text.length ?? 0), 0);

/** Views are cloned with the whole batch they look into, and what Buffer calls a slice is a view. */
const own = (bytes: Uint8Array | null) => bytes && new Uint8Array(bytes);

const copied = ({ key, value, headers, ...record }: ExactRecord): ExactRecord => ({
  ...record,
  key: own(key),
  value: own(value),
  headers: headers.map((header) => ({ key: new Uint8Array(header.key), value: own(header.value) })),
});
