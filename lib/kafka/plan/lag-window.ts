/** One sample of a group. Statistics may round; what is told exactly comes from elsewhere. */
export type LagPoint = {
  /** Epoch ms. */
  at: number;
  /** null: not known then. */
  lag: number | null;
  /** Records written since the point before; null: not known (the first point, or one after a gap). */
  written: number | null;
  /** Records by which commits moved on since the point before; negative where they were set back. */
  read: number | null;
  /** A commit changed since the point before. */
  moved: boolean;
};

export type Rates = { written: number | null; read: number | null };

/** Ms between the first and the last point with a lag. */
export function windowSpan(window: readonly LagPoint[]): number {
  const known = window.filter(({ lag }) => lag !== null);
  return (known.at(-1)?.at ?? 0) - (known[0]?.at ?? 0);
}

/**
 * Records a second over the window. Where commits come in batches, what is read is counted from the first commit seen to the last,
 * so that half a batch at either end does not count.
 */
export function ratesOf(window: readonly LagPoint[]): Rates {
  const first = window.findIndex(({ moved }) => moved);
  const last = window.findLastIndex(({ moved }) => moved);
  const between = last > first ? window.slice(first, last + 1) : window;
  return { written: perSecond(window, "written"), read: perSecond(between, "read") };
}

function perSecond(points: readonly LagPoint[], of: "written" | "read"): number | null {
  let records = 0;
  let milliseconds = 0;
  for (let i = 1; i < points.length; i++) {
    const [before, point] = [points[i - 1], points[i]];
    const count = point?.[of] ?? null;
    if (!before || !point || count === null) continue;
    records += count;
    milliseconds += point.at - before.at;
  }
  return milliseconds > 0 ? records / (milliseconds / 1000) : null;
}

/** Less than this is no trend, whatever its share. */
const FEWEST = 10;

/**
 * Where lag goes, told from the lowest and highest of either half: commits in batches make a saw of it, and its teeth are no trend.
 * `was`: there was a trend before, so half as much keeps it. `least`: points that must be known.
 */
export function trendOf(lags: readonly (number | null)[], was: boolean, least = 4): "grows" | "shrinks" | "level" {
  const known = lags.filter((lag) => lag !== null);
  if (known.length < least) return "level";
  const half = Math.floor(known.length / 2);
  const [early, late] = [known.slice(0, half), known.slice(half)];
  let [drop, rise] = [0, 0];
  for (let i = 1; i < known.length; i++) {
    const step = (known[i] ?? 0) - (known[i - 1] ?? 0);
    drop = Math.max(drop, -step);
    rise = Math.max(rise, step);
  }
  const ease = was ? 2 : 1;
  const floor = Math.min(...late) - Math.min(...early);
  const ceiling = Math.max(...late) - Math.max(...early);
  if (floor > Math.max(FEWEST, drop / 4) / ease) return "grows";
  if (-ceiling > Math.max(FEWEST, rise / 4) / ease && floor < 0) return "shrinks";
  return "level";
}
