import { expect, test } from "vitest";
import { alertNotice } from "../../api/alerts.ts";
import { noticeDocument } from "./notice.ts";
import type { GroupFacts } from "./rules.ts";

const factsOf = (groupId: string, more: Partial<GroupFacts> = {}): GroupFacts => ({
  groupId,
  lag: 9007199254740993n,
  timeLagMs: 321_400,
  timeLagIs: "estimate",
  status: "falling-behind",
  reason: "Lag grew by 1 200 in 5 min.",
  complete: true,
  ...more,
});
const at = Date.UTC(2026, 10, 23, 3, 0, 0);

test("a notice is the documented JSON, with every digit of the lag, and a text that stands alone", () => {
  const notice = noticeDocument("payments", "eu-1", {
    at,
    changes: [
      { state: "firing", since: at - 60_000, facts: factsOf("billing") },
      {
        state: "resolved",
        since: at,
        facts: factsOf("mail", { lag: 0n, timeLagMs: 0, status: "keeping-up", reason: "It has read all." }),
      },
    ],
    omitted: 3,
  });
  expect(alertNotice.parse(notice)).toEqual(notice);
  expect(notice).toMatchObject({
    version: 1,
    rule: "payments",
    cluster: "eu-1",
    status: "firing",
    at: "2026-11-23T03:00:00.000Z",
    omitted: 3,
    alerts: [
      {
        groupId: "billing",
        status: "firing",
        since: "2026-11-23T02:59:00.000Z",
        lag: "9007199254740993",
        groupStatus: "falling-behind",
      },
      { groupId: "mail", status: "resolved", lag: "0" },
    ],
  });
  expect(notice.text.replace(/[\u00a0\u202f]/g, " ")).toBe(
    [
      "payments on eu-1: 1 group firing, 1 group well again",
      "• billing: falling behind, lag 9 007 199 254 740 993, 5 min 21 s behind. Lag grew by 1 200 in 5 min.",
      "• mail: well again, lag 0. It has read all.",
      "… and 3 other groups",
    ].join("\n"),
  );
});

test("a group's name can neither call everybody, nor be a link, nor begin a line, nor turn the order of reading", () => {
  const name = "<!channel>\n<http://evil.test|bank> & \u202eevil";
  const { text, alerts } = noticeDocument("r", "c", {
    at,
    changes: [{ state: "firing", since: at, facts: factsOf(name) }],
    omitted: 0,
  });
  expect(text.split("\n")).toHaveLength(2);
  expect(text).toContain("&lt;!channel&gt; &lt;http://evil.test|bank&gt; &amp;  evil:");
  expect(alerts[0]?.groupId).toBe(name);
});

test("a time lag that is only known to be no less than something is told so", () => {
  const facts = factsOf("g", { timeLagMs: 13_000, timeLagIs: "at-least" });
  const { text, alerts } = noticeDocument("r", "c", {
    at,
    changes: [{ state: "firing", since: at, facts }],
    omitted: 0,
  });
  expect(text).toMatch(/, at least 13.s behind\./);
  expect(alerts).toMatchObject([{ timeLagMs: 13_000, timeLagIs: "at-least" }]);
});

test("a text names twenty groups and counts the others", () => {
  const changes = Array.from({ length: 50 }, (_, i) => ({
    state: "firing" as const,
    since: at,
    facts: factsOf(`g${i}`),
  }));
  const { text, alerts } = noticeDocument("r", "c", { at, changes, omitted: 5 });
  expect(alerts).toHaveLength(50);
  expect(text.split("\n")).toHaveLength(22);
  expect(text).toContain("… and 35 other groups");
});
