import { BATCH_HEADER } from "./batches.ts";
import { recordSize, type WriteBatch, type WriteRecord, write } from "./writer.ts";

/** What a worker compresses. Cannot be left early: a batch is at most what a topic takes. */
export type PackJob = WriteBatch;

/** Runs in the worker. */
export const packBatch = (job: PackJob): Uint8Array => write(job);

/** A batch to be, by the places of its records in the list it was cut from. */
export type CutBatch = {
  places: number[] /** Of each record. */;
  sizes: number[] /** Uncompressed, with its header. */;
  bytes: number;
};

/**
 * Cuts records of one partition into batches of at most `limit` bytes, uncompressed, in their order. A record that is larger by
 * itself is a batch of its own.
 */
export function cutBatches(records: readonly WriteRecord[], places: readonly number[], limit: number): CutBatch[] {
  const batches: CutBatch[] = [];
  let base = 0n;
  for (const place of places) {
    const record = records[place];
    if (!record) continue;
    let batch = batches.at(-1);
    let size = batch ? recordSize(record, batch.places.length, base) : 0;
    if (!batch || batch.bytes + size > limit) {
      base = record.timestamp;
      batch = { places: [], sizes: [], bytes: BATCH_HEADER };
      size = recordSize(record, 0, base);
      batches.push(batch);
    }
    batch.places.push(place);
    batch.sizes.push(size);
    batch.bytes += size;
  }
  return batches;
}
