import { expect, test } from "vitest";
import { groupHint } from "./group-hint.ts";

const statuses = { stalled: 0, stopped: 0, "falling-behind": 0, "catching-up": 2, "no-data": 1, "keeping-up": 29 };

test("groups that keep up, or catch up, need nobody", () => expect(groupHint({ statuses, total: 32 })).toBeNull());
test("what is wrong with groups is told in one sentence, the worst first", () => {
  expect(groupHint({ statuses: { ...statuses, stalled: 1, stopped: 2, "falling-behind": 1 }, total: 37 })).toEqual({
    count: 4,
    severity: "bad",
    text: "4 of 37 groups have problems: 1 has members and lag but does not commit, 2 stopped with lag left, 1 is falling behind.",
  });
  expect(groupHint({ statuses: { ...statuses, stopped: 1 }, total: 1 })).toMatchObject({
    severity: "warn",
    text: "1 of 1 group has problems: 1 stopped with lag left.",
  });
});
