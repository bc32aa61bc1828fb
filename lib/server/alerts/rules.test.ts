import { describe, expect, test } from "vitest";
import {
  CALM_MS,
  emptyMemory,
  evaluate,
  GAP_MS,
  type GroupFacts,
  holds,
  KEEP_MS,
  MOST_CHANGES,
  QUIET_MS,
  type RuleMemory,
} from "./rules.ts";

const SAMPLE = 10_000;
const rule = { lag: 100n, timeLagMs: null, status: [], forMs: 0, matches: () => true, resolved: true };
const factsOf = (groupId: string, lag: bigint | null, more: Partial<GroupFacts> = {}): GroupFacts => ({
  groupId,
  lag,
  timeLagMs: null,
  timeLagIs: null,
  status: "keeping-up",
  reason: "As the test says.",
  complete: true,
  ...more,
});

/** Runs one rule over samples that are 10 s apart; gives what was sent, by the sample it was sent after. */
function run(
  lags: (bigint | null | "gone")[],
  options: Partial<typeof rule> = {},
  silencedUntil: number | null = null,
  start = 1_000_000,
) {
  let memory = emptyMemory();
  const sent: { sample: number; change: string }[] = [];
  for (const [sample, lag] of lags.entries()) {
    const facts = lag === "gone" ? [] : [factsOf("g", lag)];
    const step = evaluate(
      { ...rule, ...options },
      memory,
      { facts, complete: true, everyMs: SAMPLE },
      start + sample * SAMPLE,
      silencedUntil,
    );
    memory = step.memory;
    for (const change of step.notice?.changes ?? []) sent.push({ sample, change: change.state });
  }
  return { sent, memory, alert: memory.groups.get("g") };
}
const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);

describe("a rule holds", () => {
  const only = (given: Partial<Parameters<typeof holds>[0]>) => ({ lag: null, timeLagMs: null, status: [], ...given });
  test.each<[string, Parameters<typeof holds>[0], GroupFacts, boolean | null]>([
    ["lag above the limit", only({ lag: 100n }), factsOf("g", 101n), true],
    ["lag at the limit", only({ lag: 100n }), factsOf("g", 100n), false],
    ["lag above what a double can say", only({ lag: 2n ** 53n }), factsOf("g", 2n ** 53n + 1n), true],
    ["no lag, as nothing was committed", only({ lag: 100n }), factsOf("g", null), false],
    ["no lag, as the group could not be asked", only({ lag: 100n }), factsOf("g", null, { complete: false }), null],
    ["less lag, but a part of it could not be asked", only({ lag: 9n }), factsOf("g", 5n, { complete: false }), null],
    ["an older record", only({ timeLagMs: 60 }), factsOf("g", 5n, { timeLagMs: 61 }), true],
    ["a younger record", only({ timeLagMs: 60 }), factsOf("g", 5n, { timeLagMs: 59 }), false],
    ["at least that old", only({ timeLagMs: 60 }), factsOf("g", 5n, { timeLagMs: 61, timeLagIs: "at-least" }), true],
    [
      "older than the history, which is short",
      only({ timeLagMs: 60 }),
      factsOf("g", 5n, { timeLagMs: 9, timeLagIs: "at-least" }),
      null,
    ],
    ["lag of an unknown age", only({ timeLagMs: 60 }), factsOf("g", 5n), null],
    ["no lag, so nothing has an age", only({ timeLagMs: 60 }), factsOf("g", 0n), false],
    ["a status it names", only({ status: ["stalled"] }), factsOf("g", 5n, { status: "stalled" }), true],
    ["another status", only({ status: ["stalled"] }), factsOf("g", 5n, { status: "catching-up" }), false],
    ["no status yet", only({ status: ["stalled"] }), factsOf("g", 5n, { status: "no-data" }), null],
    ["no status for ever", only({ status: ["stalled"] }), factsOf("g", null, { status: "no-data" }), false],
    ["one of two", only({ lag: 9n, status: ["stopped"] }), factsOf("g", 5n, { status: "stopped" }), true],
  ])("%s", (_, given, facts, answer) => expect(holds(given, facts)).toBe(answer));
});

describe("one group", () => {
  test("fires at once without `for`, and is over a minute after the rule has stopped to hold", () => {
    const { sent } = run([...times(40, 200n), ...times(20, 0n)]);
    expect(sent).toEqual([
      { sample: 0, change: "firing" },
      { sample: 40 + CALM_MS / SAMPLE, change: "resolved" },
    ]);
  });

  test("is pending until the rule has held for as long as it says", () => {
    expect(run(times(12, 200n), { forMs: 120_000 }).alert?.state).toBe("pending");
    expect(run(times(13, 200n), { forMs: 120_000 })).toMatchObject({
      alert: { state: "firing" },
      sent: [{ sample: 12, change: "firing" }],
    });
  });

  test("that is pending and calm again is forgotten without a word", () =>
    expect(run([200n, 200n, 0n], { forMs: 120_000 })).toMatchObject({ sent: [], alert: undefined }));

  test("that flaps for an hour is spoken of once: it never was calm for a minute", () =>
    expect(run(Array.from({ length: 360 }, (_, i) => (i % 4 < 2 ? 200n : 0n))).sent).toHaveLength(1));

  test("that is over within the quiet time is told to be over after it, and not before", () => {
    const { sent } = run([...times(2, 200n), ...times(40, 0n)]);
    expect(sent.map(({ change }) => change)).toEqual(["firing", "resolved"]);
    expect(sent[1]?.sample).toBe(QUIET_MS / SAMPLE);
  });

  test("that fires again within the quiet time is not spoken of again: the receiver still believes it", () =>
    expect(run([200n, ...times(10, 0n), ...times(40, 200n)]).sent).toEqual([{ sample: 0, change: "firing" }]));

  test("keeps its state while it cannot be known", () => {
    const unknown = factsOf("g", null, { complete: false });
    let memory = run([200n]).memory;
    for (let i = 1; i < 50; i++) {
      const step = evaluate(
        rule,
        memory,
        { facts: [unknown], complete: true, everyMs: SAMPLE },
        1_000_000 + i * SAMPLE,
        null,
      );
      memory = step.memory;
      expect(step.notice).toBeNull();
    }
    expect(memory.groups.get("g")?.state).toBe("firing");
  });

  test("that is gone is over; but not where groups may be missing from the sample", () => {
    expect(run([...times(40, 200n), ...times(20, "gone" as const)]).sent.at(-1)?.change).toBe("resolved");
    const { memory } = run(times(40, 200n));
    const step = evaluate(rule, memory, { facts: [], complete: false, everyMs: SAMPLE }, 1_000_000 + 50 * SAMPLE, null);
    expect(step.memory.groups.get("g")?.state).toBe("firing");
  });

  test("whose end nobody wants to hear of is shown as over, and its next alert is told", () => {
    const { sent, alert } = run([...times(2, 200n), ...times(10, 0n)], { resolved: false });
    expect(sent).toEqual([{ sample: 0, change: "firing" }]);
    expect(alert).toMatchObject({ state: "resolved", told: null });
    const again = run([...times(2, 200n), ...times(40, 0n), ...times(2, 200n)], { resolved: false }).sent;
    expect(again.map(({ sample }) => sample)).toEqual([0, 42]);
  });

  test("that is over is forgotten after an hour", () => {
    const samples = QUIET_MS / SAMPLE + KEEP_MS / SAMPLE;
    expect(run([200n, ...times(samples - 30, 0n)]).alert?.state).toBe("resolved");
    expect(run([200n, ...times(samples + 10, 0n)]).alert).toBeUndefined();
  });

  test("that the rule's words do not name any more is over", () => {
    const { memory } = run(times(2, 200n));
    let later: RuleMemory = memory;
    for (let i = 2; i < 60; i++)
      later = evaluate(
        { ...rule, matches: () => false },
        later,
        { facts: [factsOf("g", 200n)], complete: true, everyMs: SAMPLE },
        1_000_000 + i * SAMPLE,
        null,
      ).memory;
    expect(later.groups.get("g")).toMatchObject({ state: "resolved", told: null });
  });
});

describe("the clock", () => {
  test("set back by a day holds nothing up: what was pending fires after its time, and no notice is sent twice", () => {
    const { memory } = run(times(6, 200n), { forMs: 120_000 });
    const back = 1_000_000 - 86_400_000;
    let later = memory;
    const fired: number[] = [];
    for (let i = 0; i < 60; i++) {
      const step = evaluate(
        { ...rule, forMs: 120_000 },
        later,
        { facts: [factsOf("g", 200n)], complete: true, everyMs: SAMPLE },
        back + i * SAMPLE,
        null,
      );
      later = step.memory;
      if (step.notice) fired.push(i);
    }
    expect(fired).toEqual([12]);
  });

  test("is patient where samples are meant to be far apart", () => {
    const far = 5 * 60_000;
    let memory = emptyMemory();
    for (let i = 0; i < 4; i++)
      memory = evaluate(
        { ...rule, forMs: 3 * far },
        memory,
        { facts: [factsOf("g", 200n)], complete: true, everyMs: far },
        1_000_000 + i * (far + 500),
        null,
      ).memory;
    expect(memory.groups.get("g")?.state).toBe("firing");
  });

  test("of a process that slept makes nothing fire for the time in which nobody looked", () => {
    const { memory } = run([200n], { forMs: 120_000 });
    const step = evaluate(
      { ...rule, forMs: 120_000 },
      memory,
      { facts: [factsOf("g", 200n)], complete: true, everyMs: SAMPLE },
      1_000_000 + GAP_MS + 1,
      null,
    );
    expect(step.memory.groups.get("g")?.state).toBe("pending");
  });
});

test("one notice carries every group that changed, those that fire first, and counts those it has no room for", () => {
  const many = (lag: bigint) => Array.from({ length: MOST_CHANGES + 7 }, (_, i) => factsOf(`g${i}`, lag));
  const { notice, memory } = evaluate(
    rule,
    emptyMemory(),
    { facts: many(200n), complete: true, everyMs: SAMPLE },
    5_000_000,
    null,
  );
  expect(notice).toMatchObject({ omitted: 7 });
  expect(notice?.changes).toHaveLength(MOST_CHANGES);
  expect([...memory.groups.values()].every(({ told }) => told === "firing")).toBe(true);
});
