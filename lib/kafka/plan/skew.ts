/** A broker's part of all leaders, 0 to 1; null where nothing has a leader. */
export const shareOf = (leaders: number, allLeaders: number): number | null =>
  allLeaders === 0 ? null : leaders / allLeaders;

/** How far a broker's leaders are from an even share: 0.1 is ten per cent more than its part. null where nothing has a leader. */
export const skewOf = (leaders: number, allLeaders: number, brokers: number): number | null =>
  allLeaders === 0 || brokers === 0 ? null : (leaders * brokers) / allLeaders - 1;

/** A log dir and the free space of the volume it is on. */
export type OnVolume = { host: string; totalBytes: bigint; usableBytes: bigint };

/** Two readings of one volume are taken a moment apart, so a little may have been written in between. */
const NEARLY = 16n * 1024n * 1024n;

/**
 * Each volume once. Kafka tells total and usable bytes for each log dir (KIP-827) and not which share a volume, so dirs of one
 * host with the same total and (nearly) the same usable bytes are taken for one: adding them would count a disk twice.
 */
export function distinctVolumes(dirs: OnVolume[]): OnVolume[] {
  const distinct: OnVolume[] = [];
  for (const dir of dirs) {
    const same = distinct.some(
      (other) =>
        other.host === dir.host &&
        other.totalBytes === dir.totalBytes &&
        absolute(other.usableBytes - dir.usableBytes) <= NEARLY,
    );
    if (!same) distinct.push(dir);
  }
  return distinct;
}

const absolute = (value: bigint): bigint => (value < 0n ? -value : value);

/** Bytes of some volumes together; null where none told. */
export function volumeTotals(dirs: OnVolume[]): { totalBytes: bigint; usableBytes: bigint } | null {
  const volumes = distinctVolumes(dirs);
  if (volumes.length === 0) return null;
  return {
    totalBytes: volumes.reduce((sum, { totalBytes }) => sum + totalBytes, 0n),
    usableBytes: volumes.reduce((sum, { usableBytes }) => sum + usableBytes, 0n),
  };
}
