import { readSlices, type Slice, type SliceResult } from "./jobs.ts";
import type { SearchSpec } from "./match.ts";
import { type SearchJob, type SearchResult, searchSlice } from "./search-job.ts";
import { DECODE, jobOf, never } from "./search-testing.ts";

/** Unpacked bytes of one batch. */
export const TEST_BATCH = 8 << 20;
export const TEST_LIMITS = { payload: 1_000, batch: TEST_BATCH, result: 1 << 20 };
const shown = { aborted: true, control: true };
const home = { topic: "t", partition: 0, from: 0n, to: 1_000_000_000n, aborted: null };

/** What a page would be given of these bytes. */
export function readBytes(bytes: Uint8Array, more: Partial<Slice> = {}): SliceResult {
  const slice: Slice = { ...home, bytes: new Uint8Array(bytes), order: "first", want: 100, ...more };
  const job = { slices: [slice], shown, decode: DECODE, limits: TEST_LIMITS, explain: true };
  const [result] = readSlices(job, never);
  if (!result) throw new Error("There is no result.");
  return result;
}

/** What a search finds in them. */
export const searchBytes = (
  bytes: Uint8Array,
  spec: Partial<SearchSpec>,
  more: Partial<SearchJob> = {},
): SearchResult => searchSlice(jobOf(bytes, spec, { ...home, shown, limits: TEST_LIMITS, ...more }), never);
