import type { Batch } from "./batches.ts";

/**
 * The batches a read_committed consumer sees: no markers, nothing of the aborted transactions that the fetch answer lists
 * (each begins at its `firstOffset` and ends at its producer's abort marker). Null lists nothing and hides nothing.
 */
export function visibleBatches(
  batches: readonly Batch[],
  aborted: readonly { producerId: bigint; firstOffset: bigint }[] | null,
): Batch[] {
  if (aborted === null) return [...batches];
  const waiting = [...aborted].sort((a, b) => (a.firstOffset < b.firstOffset ? -1 : 1));
  const open = new Set<bigint>();
  return batches.filter((batch) => {
    while (waiting[0] && waiting[0].firstOffset <= batch.lastOffset) open.add(waiting.shift()?.producerId ?? -1n);
    if (batch.control) {
      // A commit marker ends nothing here: its producer is not in the set, or begins anew above.
      if (batch.producerId !== null) open.delete(batch.producerId);
      return false;
    }
    return !(batch.transactional && batch.producerId !== null && open.has(batch.producerId));
  });
}
