import { searchParts } from "../../api/message-queries.ts";
import { readSlices, type Slice, type SliceResult } from "./jobs.ts";
import type { SearchSpec } from "./match.ts";
import { type SearchJob, type SearchResult, searchSlice } from "./search-job.ts";

const DECODE = { keyFormat: null, valueFormat: null, protobuf: null };
/** Unpacked bytes of one batch. */
export const TEST_BATCH = 8 << 20;
export const TEST_LIMITS = { payload: 1_000, batch: TEST_BATCH, result: 1 << 20 };
const never = () => false;
const ANYTHING: SearchSpec = {
  q: null,
  in: [...searchParts],
  not: false,
  match: "contains",
  caseSensitive: false,
  key: null,
  value: null,
  headers: null,
  filter: null,
};

const home = { topic: "t", partition: 0, from: 0n, to: 1_000_000_000n, aborted: null };

/** What a page would be given of these bytes. */
export function readBytes(bytes: Uint8Array, more: Partial<Slice> = {}): SliceResult {
  const slice: Slice = { ...home, bytes: new Uint8Array(bytes), order: "first", want: 100, ...more };
  const shown = { aborted: true, control: true };
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
): SearchResult =>
  searchSlice(
    {
      ...home,
      bytes: new Uint8Array(bytes),
      order: "first",
      shown: { aborted: true, control: true },
      spec: { ...ANYTHING, ...spec },
      decode: DECODE,
      output: "shown",
      limits: { ...TEST_LIMITS, hits: 1_000, scan: Number.MAX_SAFE_INTEGER, milliseconds: 60_000 },
      ...more,
    },
    never,
  );
