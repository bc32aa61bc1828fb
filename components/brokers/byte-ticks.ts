const STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500];

/** Round sizes from 0 up to `largest` bytes (0, 200 KiB, 400 KiB ...), about `count` of them: what an axis says. */
export function byteTicks(largest: number, count: number): number[] {
  if (largest <= 0) return [0];
  const unit = 1024 ** Math.floor(Math.log2(Math.max(1, largest)) / 10);
  const step = unit * (STEPS.find((one) => largest / unit / one <= count) ?? 1000);
  return Array.from({ length: Math.floor(largest / step) + 1 }, (_, at) => at * step);
}
