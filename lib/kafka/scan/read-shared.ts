import type { ReadJob, Slice, SliceResult } from "./jobs.ts";
import { freeSeats, runJob, sharedPool } from "./pool.ts";

/** Packed bytes from which a second worker gains more than the message to it costs. */
const WORTH_BYTES = 128 << 10;

/** Reads slices in as many workers as are free at the moment. The results are in their order. Rejects as `runJob` does. */
export async function readShared(job: ReadJob, signal: AbortSignal): Promise<SliceResult[]> {
  const parts = sharesOf(job.slices, freeSeats(sharedPool()));
  const results = await Promise.all(
    parts.map((slices) => {
      const transfer = slices.map(({ bytes }) => bytes.buffer as ArrayBuffer);
      return runJob(sharedPool(), "read", { ...job, slices }, { signal, transfer });
    }),
  );
  return results.flat();
}

/** Slices in at most `most` parts of about the same bytes, one where they are few; none is empty. */
export function sharesOf<Part extends Pick<Slice, "bytes">>(slices: Part[], most: number): Part[][] {
  const all = slices.reduce((sum, { bytes }) => sum + bytes.length, 0);
  const parts = all < WORTH_BYTES ? 1 : Math.max(1, most);
  const shares: Part[][] = [];
  let before = 0;
  for (const slice of slices) {
    // Where the middle of a slice falls says whose it is.
    const share = Math.min(parts - 1, Math.floor(((before + slice.bytes.length / 2) * parts) / Math.max(1, all)));
    before += slice.bytes.length;
    shares[share] ??= [];
    shares[share].push(slice);
  }
  return shares.filter((share) => share !== undefined);
}
