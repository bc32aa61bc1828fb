import { expect, test } from "vitest";
import type { AlertOfGroup } from "../../lib/api/alerts.ts";
import { toInt64 } from "../../lib/api/scalars.ts";
import { byUrgency, conditionWords, undelivered } from "./alert-words.ts";

const rule = { lag: null, timeLagMs: null, status: [], forMs: 0, groups: "" };
const words = (status: string) => `${status.charAt(0).toUpperCase()}${status.slice(1)}`;
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, " ");

test("a rule is told as a sentence; any one of its conditions is enough", () => {
  expect(plain(conditionWords({ ...rule, lag: toInt64(9_223_372_036_854_775_807n) }, words))).toBe(
    "Lag above 9 223 372 036 854 775 807 records, in any group.",
  );
  expect(
    plain(
      conditionWords(
        { lag: toInt64(5n), timeLagMs: 5_000, status: ["stalled", "stopped"], forMs: 120_000, groups: "pay !test" },
        words,
      ),
    ),
  ).toBe(
    "Lag above 5 records, or time lag above 5 s, or status stalled or stopped, for 2 min or longer, in groups that match “pay !test”.",
  );
});
test("what fires comes before what may, the oldest first", () => {
  const alert = (groupId: string, state: AlertOfGroup["state"], since: string): AlertOfGroup => ({
    groupId,
    state,
    since,
    lag: null,
    timeLagMs: null,
    timeLagIs: null,
    status: "stalled",
    reason: "",
  });
  const alerts = [
    alert("over", "resolved", "2026-11-22T00:00:00Z"),
    alert("late", "firing", "2026-11-22T02:00:00Z"),
    alert("maybe", "pending", "2026-11-22T00:00:00Z"),
    alert("early", "firing", "2026-11-22T01:00:00Z"),
  ];
  expect(byUrgency(alerts).map(({ groupId }) => groupId)).toEqual(["early", "late", "maybe", "over"]);
});
test("notices that did not arrive are counted", () => {
  const delivery = { lastAt: null, waiting: 0, dropped: 0, problem: null };
  expect(undelivered(delivery)).toBeNull();
  expect(undelivered({ ...delivery, waiting: 1, dropped: 2 })).toBe("1 notice is tried again, 2 were given up.");
});
