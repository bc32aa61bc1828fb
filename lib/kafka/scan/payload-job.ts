import type { PayloadFormat } from "../../api/payloads.ts";
import { type DecodeSettings, howOf, ofRecord } from "../decode/how.ts";
import { decodePayload } from "../decode/payload.ts";
import { readBatches } from "./batches.ts";
import { nextRecord, offsetAt, openRecords, recordAt } from "./records.ts";

/** One payload of one record, out of what a fetch gave from its offset on. */
export type PayloadJob = {
  bytes: Uint8Array<ArrayBuffer>;
  offset: bigint;
  part: "key" | "value";
  decode: DecodeSettings;
  /** Unpacked bytes of the batch. */
  limit: number;
};

/** `payload`: in a buffer of its own; null: the payload is null. `missing`: no such record, or why it cannot be read. */
export type PayloadResult =
  | { payload: Uint8Array<ArrayBuffer> | null; format: PayloadFormat | null }
  | { missing: true; problem: string | null };

/** Runs in the worker. Never throws for bytes of any kind. */
export function takePayload(job: PayloadJob): PayloadResult {
  const bytes = Buffer.from(job.bytes.buffer, job.bytes.byteOffset, job.bytes.byteLength);
  const { batches, problem } = readBatches(bytes);
  const batch = batches.find(({ lastOffset }) => lastOffset >= job.offset);
  if (!batch) return { missing: true, problem };
  try {
    const cursor = openRecords(bytes, batch, job.limit);
    while (nextRecord(cursor)) {
      if (offsetAt(cursor) !== job.offset) continue;
      const record = recordAt(cursor);
      const how = job.part === "key" ? howOf(job.decode, "key") : ofRecord(howOf(job.decode, "value"), record.key);
      const found = record[job.part];
      if (found === null) return { payload: null, format: null };
      return { payload: new Uint8Array(found), format: decodePayload(found, FEW, how)?.format ?? null };
    }
  } catch (error) {
    return { missing: true, problem: (error as Error).message };
  }
  return { missing: true, problem: null };
}

/** Characters of the text that is made and thrown away: only the format is wanted. */
const FEW = 100;
