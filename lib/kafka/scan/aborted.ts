import type { Message } from "../../api/messages.ts";
import type { Batch } from "./batches.ts";

/** Aborted transactions as a read_committed fetch answer has them; null: the fetch was read_uncommitted and lists none. */
export type Aborted = readonly { producerId: bigint; firstOffset: bigint }[] | null;

/** A batch and what became of its transaction; a marker's own kind is in its record. */
export type ShownBatch = { batch: Batch; transaction: Message["transaction"] };

/** What a reader wants to see beside committed records. */
export type Shown = { aborted: boolean; control: boolean };

/**
 * The batches a reader sees, each with the state of its transaction. An aborted transaction begins at the `firstOffset` of the
 * answer's list and ends at its producer's abort marker. Where the list is null, which is at and above the last stable offset,
 * nothing can be known yet: undecided.
 */
export function shownBatches(batches: readonly Batch[], aborted: Aborted, shown: Shown): ShownBatch[] {
  const waiting = [...(aborted ?? [])].sort((a, b) => (a.firstOffset < b.firstOffset ? -1 : 1));
  const open = new Set<bigint>();
  const all: ShownBatch[] = [];
  for (const batch of batches) {
    while (waiting[0] && waiting[0].firstOffset <= batch.lastOffset) open.add(waiting.shift()?.producerId ?? -1n);
    const isAborted = batch.transactional && batch.producerId !== null && open.has(batch.producerId);
    if (batch.control) {
      // A commit marker ends nothing here: its producer is not in the set, or begins anew above.
      if (batch.producerId !== null) open.delete(batch.producerId);
      if (shown.control) all.push({ batch, transaction: null });
    } else if (!isAborted || shown.aborted) {
      const state = aborted === null ? "undecided" : isAborted ? "aborted" : "committed";
      all.push({ batch, transaction: batch.transactional ? state : null });
    }
  }
  return all;
}

/**
 * The bytes without what was looked through, up to this batch: a fetch may hold ten thousands of small ones, and whoever goes on reads
 * the headers of all. Upwards the beginning stays where transactions were aborted: the markers that end them are in it.
 */
export function restOf(
  batch: Batch,
  { bytes, order, aborted }: { bytes: Uint8Array<ArrayBuffer>; order: "first" | "last"; aborted: Aborted },
): Uint8Array<ArrayBuffer> {
  if (order === "last") return bytes.subarray(0, batch.end);
  return aborted !== null && aborted.length > 0 ? bytes : bytes.subarray(batch.start);
}
