import { expect, test } from "vitest";
import type { GroupSummary } from "../../lib/api/groups.ts";
import { toInt64 } from "../../lib/api/scalars.ts";
import { sortRows } from "../ui/table-model.ts";
import { narrowGroups, severityKey, totalLag } from "./group-list.ts";

const group = (groupId: string, given: Partial<GroupSummary>): GroupSummary => ({
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
  timeLagMs: null,
  timeLagIs: null,
  status: "keeping-up",
  verdict: { status: "keeping-up", since: null, reason: "", written: null, read: null, catchUpMs: null },
  trend: [],
  problems: [],
  ...given,
});
const all = { q: "", status: "", state: "", type: "" };

test("the worst status is first, and of one status the largest lag; a lag that is not known is last of its status", () => {
  const groups = [
    group("idle", {}),
    group("huge", { lag: toInt64(9223372036854775807n) }),
    group("stalled-less", { status: "stalled", lag: toInt64(1n) }),
    group("stalled-more", { status: "stalled", lag: toInt64(2n) }),
    group("unknown", { lag: null }),
    group("silent", { status: "no-data", lag: null }),
  ];
  const column = { id: "status", header: "Status", cell: () => null, sortBy: severityKey };
  expect(sortRows(groups, [column], "-status").map(({ groupId }) => groupId)).toEqual([
    "stalled-more",
    "stalled-less",
    "silent",
    "huge",
    "idle",
    "unknown",
  ]);
});
test("each status says how many choosing it would show, whichever is chosen", () => {
  const groups = [
    group("a", { status: "stalled" }),
    group("b", { status: "stopped", type: "share" }),
    group("c", { status: "stopped", state: "Empty" }),
  ];
  const { shown, inScope, statuses } = narrowGroups(groups, { ...all, status: "stopped", type: "classic" });
  expect(shown.map(({ groupId }) => groupId)).toEqual(["c"]);
  expect(inScope).toBe(2);
  expect(statuses).toMatchObject({ stalled: 1, stopped: 1, "keeping-up": 0 });
  expect(narrowGroups(groups, { ...all, state: "Empty" }).shown).toHaveLength(1);
});
test("the total counts what is known, exactly, and says how many are not", () =>
  expect(
    totalLag([{ lag: toInt64(9223372036854775807n) }, { lag: toInt64(9223372036854775807n) }, { lag: null }]),
  ).toEqual({
    lag: 18446744073709551614n,
    unknown: 1,
  }));
