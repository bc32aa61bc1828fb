/** How far behind the ends a live tail may be over all its partitions: more than a reader wants to see go by. */
const MOST_OFFSETS = 5_000n;
const MOST_BYTES = 8 << 20;
/** What it reads of the end once it passes over the rest. */
const KEPT_OFFSETS = 500n;
const KEPT_BYTES = 1 << 20;

/**
 * Where a tail goes on when it is too far behind: the position of each partition, near its end in proportion to how much it lacks.
 * Empty: it is near enough. Positions never go back. `bytesEach`: what an offset took so far; 0 is unknown.
 */
export function catchUp(lanes: readonly { position: bigint; end: bigint }[], bytesEach: number): bigint[] {
  const behind = lanes.map(({ position, end }) => (end > position ? end - position : 0n));
  const all = behind.reduce((sum, one) => sum + one, 0n);
  if (all <= MOST_OFFSETS && Number(all) * bytesEach <= MOST_BYTES) return [];
  const fitting = bytesEach > 0 ? BigInt(Math.max(1, Math.floor(KEPT_BYTES / bytesEach))) : KEPT_OFFSETS;
  const kept = fitting < KEPT_OFFSETS ? fitting : KEPT_OFFSETS;
  return lanes.map(({ position, end }, index) => {
    const lacks = behind[index] ?? 0n;
    const keeps = (lacks * kept) / all;
    return lacks > keeps ? end - keeps : position;
  });
}
