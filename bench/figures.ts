/** Rows of the report, printed as they are measured. */
export type Figure = { name: string; value: number; unit: string; bar: number | null; note?: string };

const figures: Figure[] = [];

/** Notes a figure and prints it. `bar`: what it should stay at or below; null where it is only told. */
export function figure(name: string, value: number, unit: string, bar: number | null, note?: string): void {
  figures.push({ name, value, unit, bar, ...(note ? { note } : {}) });
  const shown = value >= 100 ? value.toFixed(0) : value.toFixed(1);
  const verdict = bar === null ? "" : value <= bar ? `  within ${bar} ${unit}` : `  OVER ${bar} ${unit}`;
  process.stdout.write(`  ${name.padEnd(64)} ${shown.padStart(8)} ${unit}${verdict}${note ? `  (${note})` : ""}\n`);
}

export function heading(text: string): void {
  process.stdout.write(`\n${text}\n`);
}

/** How many figures there are, and how many are over their bar. */
export const summary = () => ({
  all: figures.length,
  over: figures.filter(({ value, bar }) => bar !== null && value > bar).length,
});

/** The value below which a share of the samples lies. */
export function quantile(samples: number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export const median = (samples: number[]): number => quantile(samples, 0.5);

/** Milliseconds of each of `times` runs, one after the other. */
export async function timed(times: number, work: () => Promise<unknown>): Promise<number[]> {
  const samples: number[] = [];
  for (let i = 0; i < times; i++) {
    const started = performance.now();
    await work();
    samples.push(performance.now() - started);
  }
  return samples;
}
