export const sparklineWidth = 112;
export const sparklineHeight = 18;
/** Room for half the line's width, so that the largest value is not cut. */
const top = 1.5;
const bottom = 16.5;
/** What one sample between two gaps is drawn as: a point alone has no line. */
const dash = 2;

const round = (value: number): string => String(Math.round(value * 10) / 10);

/**
 * A line, and the area below it, through values of 0..100 in equal steps over the whole width. Where a value is null there is a
 * gap: what was not sampled is not drawn. Both are empty where nothing is known.
 */
export function sparklinePaths(values: readonly (number | null)[]): { line: string; area: string } {
  const step = values.length > 1 ? sparklineWidth / (values.length - 1) : 0;
  let line = "";
  let area = "";
  for (let from = 0; from < values.length; from++) {
    const gap = values.indexOf(null, from);
    const end = gap === -1 ? values.length : gap;
    const run = values.slice(from, end) as number[];
    if (run.length > 0) {
      const points = run.map((value, at) => ({
        x: (from + at) * step,
        y: bottom - (Math.min(100, Math.max(0, value)) / 100) * (bottom - top),
      }));
      const [first] = points;
      if (first && points.length === 1) {
        const start = Math.min(first.x, sparklineWidth - dash);
        points.splice(0, 1, { ...first, x: start }, { ...first, x: start + dash });
      }
      const drawn = points.map(({ x, y }) => `${round(x)} ${round(y)}`).join("L");
      line += `M${drawn}`;
      area += `M${drawn}L${round(points.at(-1)?.x ?? 0)} ${sparklineHeight}L${round(points[0]?.x ?? 0)} ${sparklineHeight}Z`;
    }
    from = end;
  }
  return { line, area };
}

/** Where the values go, in a word for those who do not see the line: the last quarter against the first. */
export function sparklineWords(values: readonly (number | null)[]): "rising" | "falling" | "level" {
  const known = values.filter((value) => value !== null);
  const quarter = Math.max(1, Math.floor(known.length / 4));
  const mean = (part: number[]): number => part.reduce((sum, value) => sum + value, 0) / Math.max(1, part.length);
  const change = mean(known.slice(-quarter)) - mean(known.slice(0, quarter));
  return change > 10 ? "rising" : change < -10 ? "falling" : "level";
}
