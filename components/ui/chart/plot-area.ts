/** Pixels of a chart that are not its plot. The left edge is as wide as the figures of its axis. */
export const plotEdge = { top: 8, right: 20, bottom: 20 } as const;
/** A chart is as high at least; beside a higher panel it grows. */
export const leastHeight = 150;

/** Room for the figures of an axis, in pixels. */
export const axisWidth = (labels: readonly string[]): number =>
  Math.max(32, ...labels.map((label) => label.length * 6.6 + 18));

/** Where a share (0 to 1) of the plot's width lies from the chart's left edge: a length for a style sheet, so that nothing is measured. */
export const placeAt = (share: number, left: number): string =>
  `calc(${left}px + (100% - ${left + plotEdge.right}px) * ${share.toFixed(5)})`;
