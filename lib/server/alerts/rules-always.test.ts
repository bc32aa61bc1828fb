import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { emptyMemory, evaluate, GROUPING_MS, type GroupFacts, QUIET_MS } from "./rules.ts";

const SAMPLE = 10_000;
const rule = { lag: 100n, timeLagMs: null, status: [], forMs: 0, matches: () => true, resolved: true };
const factsOf = (groupId: string, lag: bigint | null, complete = true): GroupFacts => ({
  groupId,
  lag,
  timeLagMs: null,
  timeLagIs: null,
  status: "keeping-up",
  reason: "As the test says.",
  complete,
});

describe("whatever happens", () => {
  const step = fc.record({
    /** How long after the sample before. */
    after: fc.constantFrom(10_000, 10_000, 10_000, 60_000, 600_000),
    /** How far the clock is set back before it. */
    back: fc.constantFrom(0, 0, 0, 0, 0, 5_000, 3_600_000),
    groups: fc.array(fc.constantFrom<"high" | "low" | "unknown" | "gone">("high", "high", "low", "unknown", "gone"), {
      minLength: 3,
      maxLength: 3,
    }),
    silence: fc.boolean(),
  });
  const rules = fc.record({ forMs: fc.constantFrom(0, 30_000, 600_000), resolved: fc.boolean() });

  test("no group is spoken of more than once in the quiet time, no rule more than once in the grouping time, none in silence", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), rules, (steps, options) => {
        let memory = emptyMemory();
        let real = 0;
        let now = 10_000_000_000;
        let lastSent = Number.NEGATIVE_INFINITY;
        const lastTold = new Map<string, { at: number; state: string }>();
        for (const { after, back, groups, silence } of steps) {
          real += after;
          now += after - back;
          const facts = groups.flatMap((is, i) =>
            is === "gone" ? [] : [factsOf(`g${i}`, is === "high" ? 500n : is === "low" ? 1n : null, is !== "unknown")],
          );
          const result = evaluate(
            { ...rule, ...options },
            memory,
            { facts, complete: true, everyMs: SAMPLE },
            now,
            silence ? now + 1 : null,
          );
          memory = result.memory;
          if (!result.notice) continue;
          expect(silence).toBe(false);
          expect(real - lastSent).toBeGreaterThanOrEqual(GROUPING_MS);
          lastSent = real;
          for (const { facts: told, state } of result.notice.changes) {
            const before = lastTold.get(told.groupId);
            if (before) expect(real - before.at).toBeGreaterThanOrEqual(QUIET_MS);
            if (options.resolved && before) expect(state).not.toBe(before.state);
            if (!before || !options.resolved) expect(state).toBe("firing");
            lastTold.set(told.groupId, { at: real, state });
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  test("what stays so is told in the end", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), rules, fc.boolean(), (steps, options, high) => {
        let memory = emptyMemory();
        let now = 10_000_000_000;
        let believed = false;
        const sample = (lags: GroupFacts[], silencedUntil: number | null) => {
          const result = evaluate(
            { ...rule, ...options, resolved: true },
            memory,
            { facts: lags, complete: true, everyMs: SAMPLE },
            now,
            silencedUntil,
          );
          memory = result.memory;
          for (const { facts, state } of result.notice?.changes ?? [])
            if (facts.groupId === "g0") believed = state === "firing";
        };
        for (const { after, back, groups, silence } of steps) {
          now += after - back;
          sample(
            groups.map((is, i) => factsOf(`g${i}`, is === "high" ? 500n : 1n)),
            silence ? now + 1 : null,
          );
        }
        for (let i = 0; i < (600_000 + QUIET_MS + GROUPING_MS) / SAMPLE + 2; i++) {
          now += SAMPLE;
          sample([factsOf("g0", high ? 500n : 1n)], null);
        }
        expect(believed).toBe(high);
      }),
      { numRuns: 200 },
    );
  });
});
