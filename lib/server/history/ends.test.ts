import fc from "fast-check";
import { expect, test } from "vitest";
import { applyChanges } from "./changes.ts";
import { ageAt, endsOf } from "./ends.ts";
import { type Log, lastAt, makeRecent, type Recent, trim } from "./recent.ts";

const EVERY = 10_000;
const nameOf = (kind: string, id: number) => `${kind}-${id}`;

/**
 * A log whose end rises by so many records each sample (null: not known then), and is let go of after some of them. `later`: samples
 * there were before it.
 */
function grown(steps: readonly (number | null)[], trims: ReadonlySet<number>, later = 0): { recent: Recent; log: Log } {
  const recent = makeRecent();
  let end = 5_000n;
  for (let i = 0; i < later; i++)
    applyChanges(recent, i * EVERY, { key: false, complete: true, ends: [], groups: [], gone: [] }, nameOf);
  for (const [i, step] of steps.entries()) {
    const at = (later + i + 1) * EVERY;
    end += BigInt(step ?? 0);
    const ends = [{ topic: 1, partition: 0, end: step === null ? null : end }];
    const commits = [{ topic: 1, partition: 0, offset: 0n }];
    const group = { group: 2, members: 0, unknown: 0, whole: true, memberTopics: null, commits };
    applyChanges(recent, at, { key: false, complete: true, ends, groups: [group], gone: [] }, nameOf);
    if (trims.has(i)) trim(recent, at - 20 * EVERY, at - 86_400_000);
  }
  const log = recent.topics.get(1)?.logs.get(0);
  if (!log) throw new Error("The log is not there.");
  return { recent, log };
}

test("how old a record is does not depend on where walking began", () => {
  const step = fc.oneof({ weight: 9, arbitrary: fc.nat(50) }, { weight: 1, arbitrary: fc.constant(null) });
  const steps = fc.array(step, { minLength: 1, maxLength: 120 });
  const places = fc.uniqueArray(fc.nat(119), { maxLength: 4 });
  fc.assert(
    fc.property(steps, places, fc.nat(400), fc.nat(400), (all, trims, lag, more) => {
      const { recent, log } = grown([...all, 1], new Set(trims));
      const now = lastAt(recent) ?? 0;
      const whole = ageAt(endsOf(recent, log), BigInt(lag), now);
      expect(ageAt(endsOf(recent, log, BigInt(lag + more)), BigInt(lag), now)).toEqual(whole);
    }),
  );
});

test("of a long log only its last part is walked for who is near its end", () => {
  const { recent, log } = grown(new Array(200).fill(10), new Set([150]));
  expect(endsOf(recent, log, 5n).count).toBeLessThan(50);
  expect(endsOf(recent, log).count).toBeGreaterThan(60);
});

test("a log that nothing is written to has its age once the samples that knew it first are gone", () => {
  // It came after the ten-minute mark, and the next one is not there yet.
  const { recent, log } = grown(new Array(50).fill(0), new Set([49]), 1);
  expect(recent.firstTick).toBeGreaterThan(20);
  const { timeLagMs, timeLagIs } = ageAt(endsOf(recent, log, 7n), 7n, lastAt(recent) ?? 0);
  expect(timeLagIs).toBe("at-least");
  expect(timeLagMs).toBeGreaterThanOrEqual(19 * EVERY);
});
