import { expect, test } from "vitest";
import { askedRange, chosenSpan, fromWall, lengthOf, rangeUrl, spanUrl, spanWords, wallTime } from "./range.ts";

test("a range that no picker offers counts as not given", () => {
  expect(askedRange({ ...rangeUrl, range: "6h" })).toEqual({ range: "6h" });
  expect(askedRange({ ...rangeUrl, range: "toString" })).toEqual({ range: "1h" });
});

test("two moments come before a range; what is no stretch of time does not", () => {
  const url = { range: "6h", from: "2026-11-22T17:40:00Z", until: "2026-11-22T18:05:00Z" };
  expect(askedRange(url)).toEqual({ from: "2026-11-22T17:40:00.000Z", until: "2026-11-22T18:05:00.000Z" });
  expect(lengthOf(url)).toBe(25 * 60_000);
  expect(askedRange({ ...url, until: url.from })).toEqual({ range: "6h" });
  expect(chosenSpan({ ...url, from: "yesterday" })).toBeNull();
});

test("a stretch that was dragged is widened to whole seconds", () => {
  const [from, until] = [Date.parse("2026-11-22T17:40:00.700Z"), Date.parse("2026-11-22T18:05:00.100Z")];
  expect(spanUrl(from, until)).toEqual({ from: "2026-11-22T17:40:00Z", until: "2026-11-22T18:05:01Z" });
});

test("a stretch is told with its day and its zone", () => {
  const at = (time: string) => Date.parse(`2026-11-${time}Z`);
  expect(spanWords({ from: at("22T17:40:00"), until: at("22T18:05:00") }, "utc")).toBe("2026-11-22 17:40 to 18:05 UTC");
  expect(spanWords({ from: at("21T17:40:00"), until: at("22T18:05:00") }, "utc")).toBe(
    "2026-11-21 17:40 to 2026-11-22 18:05 UTC",
  );
});

test("a time on the wall is read in the zone it was written in", () => {
  const at = Date.parse("2026-11-22T17:40:05Z");
  expect(fromWall(wallTime(at, "utc"), "utc")).toBe(at);
  expect(fromWall(wallTime(at, "browser"), "browser")).toBe(at);
  expect(fromWall("", "utc")).toBeNull();
});
