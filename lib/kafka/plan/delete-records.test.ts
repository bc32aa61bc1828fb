import fc from "fast-check";
import { expect, test } from "vitest";
import { type Cut, planCut } from "./delete-records.ts";

const log = { start: 100n, end: 200n };

test.each<[string, Cut, bigint]>([
  ["to the end everything goes", { to: "end" }, 200n],
  ["records below the offset go", { to: "offset", offset: 150n }, 150n],
  ["an offset below the log start changes nothing", { to: "offset", offset: 40n }, 100n],
  ["the end itself is an offset", { to: "offset", offset: 200n }, 200n],
  ["before a time: up to the first record at or after it", { to: "time", found: 170n }, 170n],
  ["a time no record has reached empties the partition", { to: "time", found: null }, 200n],
])("%s", (_, cut, after) => {
  expect(planCut(log, cut)).toEqual({ kind: "planned", after, records: after - 100n });
});

test("an offset above the high watermark is refused, as the broker does", () => {
  expect(planCut(log, { to: "offset", offset: 201n })).toEqual({ kind: "above-end" });
});

test("a log never starts lower than before nor beyond its end, and as many offsets go as it moves", () => {
  const offset = fc.bigInt(0n, 2n ** 63n - 1n);
  fc.assert(
    fc.property(offset, offset, offset, (a, b, c) => {
      const [start, end] = a < b ? [a, b] : [b, a];
      const range = { start, end };
      const planned = planCut(range, { to: "offset", offset: c });
      if (planned.kind === "above-end") return c > range.end;
      return (
        planned.after >= range.start && planned.after <= range.end && planned.records === planned.after - range.start
      );
    }),
  );
});
