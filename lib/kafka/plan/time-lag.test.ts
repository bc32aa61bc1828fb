import fc from "fast-check";
import { expect, test } from "vitest";
import { type Ends, NONE, orUnknown, timeLagOf, UNKNOWN, worstTimeLag } from "./time-lag.ts";

type Samples = readonly (readonly [at: number, end: number])[];
const endsOf = (samples: Samples): Ends => ({
  at: samples.map(([at]) => at),
  behind: samples.map(([, end]) => (samples.at(-1)?.[1] ?? 0) - end),
  count: samples.length,
});
const ageAt = (committed: number, samples: Samples, now: number) =>
  timeLagOf((samples.at(-1)?.[1] ?? 0) - committed, endsOf(samples), now);

const steady: Samples = [
  [0, 100],
  [10_000, 200],
  [20_000, 300],
];

test("the age of the next record is told from when the end of the log passed it", () => {
  expect(ageAt(199, steady, 20_000)).toEqual({ timeLagMs: 10_000, timeLagIs: "estimate" });
  expect(ageAt(249, steady, 20_000)).toEqual({ timeLagMs: 5_000, timeLagIs: "estimate" });
  expect(ageAt(299, steady, 23_000)).toEqual({ timeLagMs: 3_000, timeLagIs: "estimate" });
});

test("who has read all has no time lag, and what is older than the samples is at least so old", () => {
  expect(ageAt(300, steady, 20_000)).toEqual(NONE);
  expect(ageAt(301, steady, 20_000)).toEqual(NONE);
  expect(ageAt(99, steady, 20_000)).toEqual({ timeLagMs: 20_000, timeLagIs: "at-least" });
  expect(timeLagOf(5, endsOf([]), 20_000)).toEqual(UNKNOWN);
});

test("several partitions are as late as the latest of them", () => {
  const [short, long, atLeast] = [
    { timeLagMs: 5, timeLagIs: "estimate" as const },
    { timeLagMs: 9, timeLagIs: "estimate" as const },
    { timeLagMs: 9, timeLagIs: "at-least" as const },
  ];
  expect(worstTimeLag([short, UNKNOWN, long, atLeast])).toEqual(atLeast);
  expect(worstTimeLag([atLeast, long])).toEqual(atLeast);
  expect(worstTimeLag([UNKNOWN])).toEqual(UNKNOWN);
});

const rising = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 100_000 }), fc.nat(1_000_000)), { minLength: 1, maxLength: 50 })
  .map((steps) => {
    let [at, end] = [0, 0];
    return steps.map(([milliseconds, records]) => {
      at += milliseconds;
      end += records;
      return [at, end] as const;
    });
  });
const offset = fc.nat(60_000_000);

test("a record that came between two samples is as old as something between them", () => {
  fc.assert(
    fc.property(rising, offset, fc.nat(1_000_000), (samples, committed, late) => {
      const now = (samples.at(-1)?.[0] ?? 0) + late;
      const { timeLagMs, timeLagIs } = ageAt(committed, samples, now);
      const after = samples.findIndex(([, end]) => end > committed);
      if (after < 0) expect(timeLagMs).toBe(0);
      else if (after === 0) expect([timeLagMs, timeLagIs]).toEqual([now - (samples[0]?.[0] ?? 0), "at-least"]);
      else {
        expect(timeLagMs ?? -1).toBeGreaterThanOrEqual(now - (samples[after]?.[0] ?? 0));
        expect(timeLagMs ?? -1).toBeLessThanOrEqual(now - (samples[after - 1]?.[0] ?? 0));
      }
    }),
  );
});

test("whoever read further is not later", () => {
  fc.assert(
    fc.property(rising, offset, offset, (samples, one, other) => {
      const now = samples.at(-1)?.[0] ?? 0;
      const [less, more] = one < other ? [one, other] : [other, one];
      expect(ageAt(more, samples, now).timeLagMs ?? 0).toBeLessThanOrEqual(ageAt(less, samples, now).timeLagMs ?? 0);
    }),
  );
});

test("a clock that was set back, and a log that began anew, give no negative age", () => {
  const any = fc.array(fc.tuple(fc.nat(1_000_000), fc.nat(1_000)), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(any, fc.nat(1_000), fc.nat(1_000_000), (samples, committed, now) => {
      const { timeLagMs } = ageAt(committed, samples, now);
      expect(timeLagMs === null || (Number.isFinite(timeLagMs) && timeLagMs >= 0)).toBe(true);
    }),
  );
});

test("at least no time at all is not told; at least some is, and none is", () => {
  expect(orUnknown({ timeLagMs: 0, timeLagIs: "at-least" })).toEqual(UNKNOWN);
  expect(orUnknown({ timeLagMs: 1, timeLagIs: "at-least" })).toEqual({ timeLagMs: 1, timeLagIs: "at-least" });
  expect(orUnknown(NONE)).toEqual(NONE);
});
