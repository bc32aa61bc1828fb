import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { LagStatus } from "../../api/groups.ts";
import { seriesOf, spansOf, valuesAt, wholeOrNull } from "./lines.ts";
import { matchersOf, oneOf, selector } from "./promql.ts";

describe("a series of lag and commits", () => {
  const of = (lag: (number | null)[], committed: (number | null)[]) =>
    seriesOf({ topic: "t", partition: null }, lag, committed, 10_000);
  test("tells what was read and what was written since the point before", () =>
    expect(of([100, 150, 50], [0, 200, 400])).toMatchObject({
      lag: ["100", "150", "50"],
      read: [null, 20, 20],
      written: [null, 25, 10],
    }));
  test("has a negative rate where commits were set back, and none where a point is missing", () => {
    expect(of([0, 100], [500, 400])).toMatchObject({ read: [null, -10], written: [null, 0] });
    expect(of([0, null, 5], [1, null, 9])).toMatchObject({
      lag: ["0", null, "5"],
      read: [null, null, null],
      written: [null, null, null],
    });
  });
  test("does not know what was written where partitions went away", () =>
    expect(of([500, 10], [900, 100]).written).toEqual([null, null]));
});

test("a double of Prometheus is a whole number of the contract, as far as it goes", () => {
  expect([1.2e6, 2 ** 53, 0.4, null].map(wholeOrNull)).toEqual(["1200000", "9007199254740992", "0", null]);
  expect(valuesAt(undefined, [1, 2])).toEqual([null, null]);
});

test("statuses become stretches: a gap ends one, the worst counts, and the last is still open", () => {
  const line = (status: string, ...times: number[]) => ({
    labels: { status },
    points: new Map(times.map((time) => [time, 1])),
  });
  const times = [0, 10, 20, 30, 40, 50, 60];
  const spans = spansOf(
    [line("keeping-up", 0, 10, 20), line("stalled" satisfies LagStatus, 20, 30, 60), line("no such", 40)],
    times,
    10,
  );
  expect(
    spans.map(({ status, from, until }) => [status, Date.parse(from), until === null ? null : Date.parse(until)]),
  ).toEqual([
    ["keeping-up", 0, 20],
    ["stalled", 20, 40],
    ["stalled", 60, null],
  ]);
});

describe("PromQL", () => {
  test("has every name as it is, whatever is in it", () => {
    expect(selector("kafdeck_group_lag", { cluster: 'a"b\\', group: "x\ny" })).toBe(
      'kafdeck_group_lag{cluster="a\\"b\\\\",group="x\\ny"}',
    );
    expect(oneOf(["group"], selector("kafdeck_group_lag", { group: ["a.b", "c|d(", "e\\"] }))).toBe(
      'max by (group) (kafdeck_group_lag{group=~"a\\\\.b|c\\\\|d\\\\(|e\\\\\\\\"})',
    );
  });
  test("a list of names is a pattern that matches each of them and nothing else", () =>
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: "binary" }), { minLength: 1, maxLength: 5 }),
        fc.string({ unit: "binary" }),
        (names, other) => {
          const text = /=~(".*")\}$/s.exec(selector("kafdeck_group_lag", { group: names }))?.[1] ?? "";
          const pattern = new RegExp(`^(?:${JSON.parse(text)})$`, "su");
          for (const name of names) expect(pattern.test(name)).toBe(true);
          expect(pattern.test(other)).toBe(names.includes(other));
        },
      ),
    ));
  test("the labels of a cluster are its name, unless others are configured", () => {
    const settings = { matchers: { job: "k" }, clusters: new Map([["b", { cluster: "beta", dc: "x" }]]) };
    expect(matchersOf(settings, "a")).toEqual({ cluster: "a", job: "k" });
    expect(matchersOf(settings, "b")).toEqual({ cluster: "beta", job: "k", dc: "x" });
  });
});
