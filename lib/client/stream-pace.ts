import { chartNumber } from "../format.ts";
import type { StreamTotals } from "./stream-totals.ts";

/** Totals as they stood at a time (milliseconds of any clock), and the messages received until then. */
export type Sample = { at: number; totals: StreamTotals; messages: number };

/** Figures older than this say nothing of how fast it goes now. */
const WINDOW_MS = 5_000;

/** The samples with one more, without those that are too old; the last of the old ones stays, so that there is a span. */
export function sampled(samples: readonly Sample[], sample: Sample): readonly Sample[] {
  const kept = samples.filter(({ at }, index) => {
    const following = samples[index + 1] ?? sample;
    return at >= sample.at - WINDOW_MS || following.at > sample.at - WINDOW_MS;
  });
  return [...kept, sample];
}

/** Records, offsets and messages by the second from the first sample to the last; null for less than a fifth of a second. */
export function pace(samples: readonly Sample[]): { records: number; offsets: number; messages: number } | null {
  const [first, last] = [samples[0], samples.at(-1)];
  if (!first || !last || last.at - first.at < 200) return null;
  const by = (from: number, to: number) => Math.max(0, ((to - from) * 1000) / (last.at - first.at));
  return {
    records: by(first.totals.records, last.totals.records),
    offsets: by(0, chartNumber(BigInt(last.totals.covered) - BigInt(first.totals.covered))),
    messages: by(first.messages, last.messages),
  };
}
