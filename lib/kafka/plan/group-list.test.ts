import { describe, expect, test } from "vitest";
import type { GroupSummary } from "../../api/groups.ts";
import { toInt64 } from "../../api/scalars.ts";
import { arrangeGroups, countStatuses } from "./group-list.ts";

const row = (groupId: string, more: Partial<GroupSummary> = {}): GroupSummary => ({
  groupId,
  type: "classic",
  state: "Stable",
  protocolType: "consumer",
  assignor: null,
  coordinator: 1,
  members: 1,
  topics: [],
  lag: toInt64(0n),
  lagUnknown: 0,
  timeLagMs: 0,
  timeLagIs: "exact",
  status: "keeping-up",
  verdict: { status: "keeping-up", since: null, reason: "", written: null, read: null, catchUpMs: 0 },
  trend: [],
  problems: [],
  ...more,
});

const rows = () => [
  row("payments", { topics: ["orders", "refunds"], lag: toInt64(9n) }),
  row("audit", { status: "stalled", lag: toInt64(5n), topics: ["orders"], state: "Empty" }),
  row("billing", { status: "stalled", lag: toInt64(2n ** 60n), type: "consumer" }),
  row("new", { lag: null, timeLagMs: null, members: null, status: "no-data" }),
];
const names = (query: Parameters<typeof arrangeGroups>[1]) =>
  arrangeGroups(rows(), query).map(({ groupId }) => groupId);

describe("the list of groups", () => {
  test("begins with the worst status, and in it with the most lag", () =>
    expect(names({})).toEqual(["billing", "audit", "new", "payments"]));

  test.each([
    ["groupId", ["audit", "billing", "new", "payments"]],
    ["-groupId", ["payments", "new", "billing", "audit"]],
    ["lag", ["audit", "payments", "billing", "new"]],
    ["-lag", ["billing", "payments", "audit", "new"]],
    ["-topics", ["payments", "audit", "billing", "new"]],
    ["members", ["audit", "billing", "payments", "new"]],
    ["type", ["audit", "new", "payments", "billing"]],
    ["-timeLagMs", ["audit", "billing", "payments", "new"]],
  ])("sorted by %s puts what is not known last", (sort, expected) => expect(names({ sort })).toEqual(expected));

  test.each([
    [{ search: "pay" }, ["payments"]],
    [{ search: "topic:order" }, ["audit", "payments"]],
    [{ search: "topic:order !pay" }, ["audit"]],
    [{ search: "!topic:refunds topic:orders" }, ["audit"]],
    [{ search: "/^(a|b)/" }, ["billing", "audit"]],
    [{ state: "Empty" }, ["audit"]],
    [{ type: "consumer" }, ["billing"]],
    [{ status: "stalled" }, ["billing", "audit"]],
    [{ limit: "1" }, ["billing"]],
    [{ limit: "0" }, []],
  ])("narrowed by %o", (query, expected) => expect(names(query)).toEqual(expected));
});

test("every status is counted, those of none too", () => {
  expect(countStatuses(rows())).toEqual({
    stalled: 2,
    stopped: 0,
    "falling-behind": 0,
    "catching-up": 0,
    "no-data": 1,
    "keeping-up": 1,
  });
});
