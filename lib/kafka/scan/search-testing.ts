import { searchParts } from "../../api/message-queries.ts";
import type { SearchSpec } from "./match.ts";
import type { SearchJob } from "./search-job.ts";

export const DECODE = { keyFormat: null, valueFormat: null, protobuf: null };
/** No condition: every record is a hit. */
export const ANYTHING: SearchSpec = {
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
export const never = () => false;

type MoreOfJob = Partial<Omit<SearchJob, "limits">> & { limits?: Partial<SearchJob["limits"]> };

/** A job of one partition that no limit ends, unless told otherwise. */
export const jobOf = (bytes: Uint8Array, spec: Partial<SearchSpec>, more: MoreOfJob = {}): SearchJob => ({
  topic: "t",
  partition: 0,
  bytes: new Uint8Array(bytes),
  from: 0n,
  to: 1_000_000n,
  order: "first",
  aborted: null,
  shown: { aborted: true, control: false },
  spec: { ...ANYTHING, ...spec },
  decode: DECODE,
  output: "shown",
  ...more,
  limits: {
    hits: 1_000,
    scan: Number.MAX_SAFE_INTEGER,
    payload: 1_000,
    batch: 1 << 20,
    result: 1 << 20,
    milliseconds: 60_000,
    ...more.limits,
  },
});
