import fc from "fast-check";
import { expect, test } from "vitest";
import { timeParts } from "../../lib/format.ts";
import { epochOfText } from "./time-text.ts";

test("what is shown of a time is read back as that time, in both zones", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4_102_444_800_000 }), fc.constantFrom("utc", "browser"), (epoch, zone) => {
      const parts = timeParts(epoch, zone);
      expect(epochOfText(`${parts?.date} ${parts?.time}`, zone)).toBe(String(epoch));
    }),
  );
});

test.each([
  ["1763835470493", "1763835470493"],
  ["2026-11-22T10:00Z", "1795341600000"],
  ["2026-11-22 10:00", "1795341600000"],
  ["2026-11-22 12:00:00+02:00", "1795341600000"],
  ["2026-11-22 10:00:00.5 UTC", "1795341600500"],
])("%s is %s", (text, epoch) => expect(epochOfText(text, "utc")).toBe(epoch));

test.each(["", "now", "-5", "2026-02-30 10:00", "2026-11-22", "2026-11-22 25:00", "12:00"])("%j is no time", (text) =>
  expect(epochOfText(text, "utc")).toBeNull(),
);
