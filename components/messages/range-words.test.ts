import { expect, test } from "vitest";
import { isBackwards, placeWords, rangeSentence, rangeWords } from "./range-words.ts";

const plain = (text: string) => text.replace(/[\u202f\u00a0]/g, " ");

test.each([
  ["newest", "newest"],
  ["offset:1000", "offset 1 000"],
  ["offset:3=12", "offset 12 of partition 3"],
  ["offset:0=1,3=2", "an offset in each of 2 partitions"],
  ["time:-15m", "15 minutes ago"],
  ["time:-1h", "1 hour ago"],
  ["time:now", "now"],
  ["time:2026-11-22T10:00Z", "2026-11-22 10:00 UTC"],
  ["time:1732269600123", "2024-11-22 10:00:00.123 UTC"],
  ["end-50", "50 offsets before the end"],
  ["start+0", "the start"],
  ["nonsense", "nonsense"],
])("the place %s is said as “%s”", (text, said) => {
  expect(plain(placeWords(text, "utc"))).toBe(said);
});

test("a range names both of its ends, and only a range that begins at the newest record is read backwards by itself", () => {
  expect(plain(rangeWords({ from: "offset:1000", until: "offset:2000" }, "utc"))).toBe("offset 1 000 to offset 2 000");
  expect(rangeWords({ from: "oldest", until: "" }, "utc")).toBe("oldest");
  expect(isBackwards({ from: "newest", direction: "" })).toBe(true);
  expect(isBackwards({ from: "oldest", direction: "" })).toBe(false);
  expect(isBackwards({ from: "time:-1h", direction: "older" })).toBe(true);
});

test("the sentence says what is read, until where and in which order", () => {
  expect(rangeSentence({ from: "time:-1h", until: "", direction: "" }, "utc")).toBe(
    "From 1 hour ago to the end as it is when it is asked, oldest first.",
  );
  expect(rangeSentence({ from: "offset:3=12", until: "time:now", direction: "older" }, "utc")).toBe(
    "From offset 12 of partition 3 to just before now, newest first. Only the partitions named are read.",
  );
});
