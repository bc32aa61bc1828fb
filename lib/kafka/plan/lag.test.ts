import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { makeProblem } from "../../api/problem.ts";
import type { Committed, GroupReading, GroupsReading } from "../group-readings.ts";
import { groupLag, lagOf, sumLags } from "./lag.ts";

const log = { start: 10n, end: 20n };
const at = (offset: bigint, more: Partial<Committed> = {}): Committed => ({
  topic: "t",
  partition: 0,
  offset,
  metadata: null,
  leaderEpoch: null,
  lag: null,
  problem: null,
  ...more,
});

describe("the lag of a partition", () => {
  test.each([
    ["in the log", at(12n), log, { lag: 8n, unknown: null }],
    ["at the start", at(10n), log, { lag: 10n, unknown: null }],
    ["at the end", at(20n), log, { lag: 0n, unknown: null }],
    ["no commit", null, log, { lag: null, unknown: "no-commit" }],
    ["a commit of -2", at(-2n), log, { lag: null, unknown: "negative" }],
    ["a commit below the log", at(9n), log, { lag: null, unknown: "before-start" }],
    ["a commit above the log", at(21n), log, { lag: null, unknown: "beyond-end" }],
    ["a log that could not be asked", at(12n), null, { lag: null, unknown: "not-asked" }],
    [
      "a commit that could not be read",
      at(-1n, { problem: makeProblem("kafka-error") }),
      log,
      { lag: null, unknown: "not-asked" },
    ],
    ["a share group's own count", at(12n, { lag: 3n }), log, { lag: 3n, unknown: null }],
    ["a share group's count below the log", at(2n, { lag: 3n }), log, { lag: null, unknown: "before-start" }],
  ])("%s", (_name, commit, known, expected) => expect(lagOf(commit, known)).toEqual(expected));

  test("a topic that is gone goes before whatever was committed", () => {
    for (const commit of [null, at(12n), at(-2n)]) expect(lagOf(commit, log, true).unknown).toBe("no-topic");
  });

  test("is never negative, never a guess, and has a reason exactly where it is not known", () => {
    const offset = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
    fc.assert(
      fc.property(offset, offset, offset, (committed, one, other) => {
        const [start, end] = one < other ? [one, other] : [other, one];
        const { lag, unknown } = lagOf(at(committed), { start, end });
        expect(lag === null).toBe(unknown !== null);
        if (lag !== null) {
          expect(lag >= 0n).toBe(true);
          expect(committed + lag).toBe(end);
        }
      }),
    );
  });
});

test("a sum counts what is not known apart, and is unknown where all is", () => {
  expect(sumLags([])).toEqual({ lag: null, unknown: 0 });
  expect(sumLags([{ lag: null }, { lag: null }])).toEqual({ lag: null, unknown: 2 });
  expect(sumLags([{ lag: 0n }, { lag: null }, { lag: 2n ** 62n }, { lag: 2n ** 62n }])).toEqual({
    lag: 2n ** 63n,
    unknown: 1,
  });
});

describe("the lag of a group", () => {
  const group: GroupReading = {
    groupId: "g",
    type: "classic",
    state: "Stable",
    protocolType: "consumer",
    assignor: null,
    coordinator: 1,
    members: 1,
    memberTopics: ["read"],
    holders: new Map(),
    committed: [at(12n, { topic: "read" }), at(12n, { topic: "left", partition: 1 }), at(5n, { topic: "gone" })],
    problems: [],
  };
  const reading: Pick<GroupsReading, "logs" | "gone" | "topics"> = {
    logs: new Map([
      ["read/0", log],
      ["left/1", { start: 0n, end: 12n }],
    ]),
    gone: new Set(["gone"]),
    topics: new Map([
      ["read", 3],
      ["left", 2],
    ]),
  };

  test("counts partitions that members are there to read and that have no commit as unknown", () => {
    const { lag, unknown, byTopic } = groupLag(group, reading);
    expect({ lag, unknown }).toEqual({ lag: 8n, unknown: 3 });
    expect([...byTopic]).toEqual([
      ["gone", { lag: null, unknown: 1, committed: 1 }],
      ["left", { lag: 0n, unknown: 0, committed: 1 }],
      ["read", { lag: 8n, unknown: 2, committed: 1 }],
    ]);
  });

  test("names the topics of which a partition did not answer, and none where it is gone or out of range", () => {
    expect(groupLag(group, reading).unanswered).toEqual(new Set());
    expect(groupLag(group, { ...reading, logs: new Map([["read/0", log]]) }).unanswered).toEqual(new Set(["left"]));
    const fewer = { ...reading, logs: new Map([["read/0", log]]), topics: new Map([["left", 1]]) };
    expect(groupLag(group, fewer).unanswered).toEqual(new Set());
  });

  test("is unknown where its commits could not be asked", () => {
    const { lag, unknown } = groupLag({ ...group, committed: null }, reading);
    expect({ lag, unknown }).toEqual({ lag: null, unknown: 3 });
  });
});
