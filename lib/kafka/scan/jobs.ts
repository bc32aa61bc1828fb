import type { DecodeSettings } from "../decode/how.ts";
import { type Aborted, type Shown, shownBatches } from "./aborted.ts";
import { type Batch, lowestOf, readBatches } from "./batches.ts";
import { corrupt, larger, smaller } from "./bytes.ts";
import { endOf, type FoundMessage, foundRecord, foundUnreadable, type Home, showingOf, weightOf } from "./found.ts";
import { nextRecord, offsetAt, openRecords, type RawRecord, type RecordCursor, recordAt } from "./records.ts";

/** Records of one partition as a fetch gave them, and which of them are wanted. */
export type Slice = Home & {
  bytes: Uint8Array;
  /** Only offsets from `from` up to below `to`. */
  from: bigint;
  to: bigint;
  /** The first ones upwards, or the last ones downwards. */
  order: "first" | "last";
  want: number;
  aborted: Aborted;
};

export type ReadJob = {
  slices: Slice[];
  shown: Shown;
  decode: Omit<DecodeSettings, "topic">;
  /** Characters of a payload, unpacked bytes of a batch, characters of the whole result. */
  limits: { payload: number; batch: number; result: number };
  /** true: also the verdict of each format. */
  explain: boolean;
};

/** Of the slice at the same place of the job. */
export type SliceResult = {
  /** In the slice's order. */
  messages: FoundMessage[];
  /** Above the last whole batch in the bytes; `from` when there is none. */
  next: bigint;
  /** All wanted offsets on the near side of this one are in `messages`: exclusive upwards, inclusive downwards. */
  reached: bigint;
  /** 0 where the bytes hold the beginning of a batch only. */
  wholeBatches: number;
  /** Records that were unpacked, wanted or not. */
  scanned: number;
  /** Why nothing behind `next` can be read; null when it can. */
  problem: string | null;
};

/** After this a job gives what it has: a page of batches that all unpack to the limit must end within its deadline. */
const JOB_MS = 1_000;

/** What a job may still spend: characters, and time until then. */
type Budget = { left: number; until: number };

/** Runs in the worker. Never throws for bytes of any kind; ends early, with what it has, once `stopped` says so. */
export function readSlices(job: ReadJob, stopped: () => boolean): SliceResult[] {
  const budget = { left: job.limits.result, until: performance.now() + JOB_MS };
  return job.slices.map((slice, index) =>
    index > 0 && performance.now() > budget.until ? leftFor(slice) : readSlice(slice, job, budget, stopped),
  );
}

/** Of a slice that is for the next job: as if its bytes had not come. */
const leftFor = ({ from }: Slice): SliceResult => ({
  messages: [],
  next: from,
  reached: from,
  wholeBatches: 0,
  scanned: 0,
  problem: null,
});

function readSlice(slice: Slice, job: ReadJob, budget: Budget, stopped: () => boolean): SliceResult {
  const bytes = Buffer.from(slice.bytes.buffer, slice.bytes.byteOffset, slice.bytes.byteLength);
  const { batches, problem } = readBatches(bytes);
  const last = batches.at(-1)?.lastOffset;
  const next = last === undefined || last < slice.from ? slice.from : last + 1n;
  const result: SliceResult = {
    messages: [],
    next,
    reached: slice.from,
    wholeBatches: batches.length,
    scanned: 0,
    problem,
  };
  const visible = shownBatches(batches, slice.aborted, job.shown).filter(
    ({ batch }) => batch.lastOffset >= slice.from && (batch.baseOffset ?? slice.from) < slice.to,
  );
  const showing = showingOf({ ...job.decode, topic: slice.topic }, job.limits.payload, job.explain);
  const upwards = slice.order === "first";
  for (const of of upwards ? visible : visible.reverse()) {
    if (stopped()) return result;
    const spent = budget.left <= 0 || performance.now() > budget.until;
    if (spent && result.messages.length > 0) return result;
    // One more than is wanted: it says that the batch goes on.
    const found = recordsOf(bytes, of.batch, slice, job.limits.batch, slice.want - result.messages.length + 1);
    result.scanned += found.scanned;
    for (const record of upwards ? found.records : found.records.reverse()) {
      if (result.messages.length >= slice.want || (budget.left <= 0 && result.messages.length > 0)) return result;
      const shown = "reason" in record ? foundUnreadable(slice, of, record) : foundRecord(slice, of, record, showing);
      budget.left -= weightOf(shown);
      result.messages.push(shown);
      result.reached = upwards ? endOf(shown) + 1n : BigInt(shown.offset);
    }
  }
  result.reached = upwards ? smaller(next, slice.to) : slice.from;
  return result;
}

/** What is left of a batch from an offset on that cannot be read. */
type Unreadable = { reason: string; offset: bigint };

/**
 * The wanted records of a batch, upwards, about `most` of the end that is wanted first: 64 MB hold millions of small ones. Where it
 * cannot be read further, what says so stands for the rest of it.
 */
function recordsOf(bytes: Buffer, batch: Batch, slice: Slice, limit: number, most: number) {
  let records: (RawRecord | Unreadable)[] = [];
  const upwards = slice.order === "first";
  let scanned = 0;
  let at = lowestOf(batch, slice.from);
  try {
    const cursor: RecordCursor = openRecords(bytes, batch, limit);
    for (; !(upwards && records.length >= most) && nextRecord(cursor); scanned++) {
      const offset = offsetAt(cursor);
      // A page goes on behind the last offset it showed, so an offset that goes back or too far must not be believed.
      if (offset > batch.lastOffset || (scanned > 0 && offset < at))
        corrupt(`A record has offset ${offset}, outside its place.`);
      at = offset + 1n;
      if (offset < slice.from || offset >= slice.to) continue;
      records.push(recordAt(cursor));
      if (!upwards && records.length >= 2 * most) records = records.slice(-most);
    }
  } catch (error) {
    const offset = larger(at, slice.from);
    if (offset < slice.to && offset <= batch.lastOffset) records.push({ reason: (error as Error).message, offset });
  }
  return { records, scanned };
}
