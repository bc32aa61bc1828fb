import { describe, expect, test } from "vitest";
import { isMisread, type Place, parsePlace, timeOf } from "../../api/range.ts";
import { checkOrder, LAST_OFFSET, placeUnasked, resolvePlace } from "./places.ts";

const place = (text: string): Place => {
  const read = parsePlace(text);
  if (isMisread(read)) throw new Error(read.problem);
  return read;
};
const log = { start: 100n, end: 200n };

test.each<[string, bigint | null, bigint]>([
  ["newest", null, 200n],
  ["oldest", null, 100n],
  ["offset:150", null, 150n],
  ["offset:5", null, 100n],
  ["offset:999", null, 200n],
  ["offset:0=1,3=120", null, 120n],
  ["offset:0=1", null, 200n],
  ["end-20", null, 180n],
  ["end-500", null, 100n],
  ["start+20", null, 120n],
  ["start+500", null, 200n],
  ["time:now", -1n, 200n],
  ["time:now", 150n, 150n],
  ["time:now", 5n, 100n],
])("%s (ListOffsets: %s) is offset %s of partition 3", (text, found, expected) => {
  expect(resolvePlace(place(text), 3, log, found)).toBe(expected);
});

test.each<[string, bigint | null]>([
  ["newest", LAST_OFFSET],
  ["oldest", 0n],
  ["offset:7", 7n],
  ["offset:3=9", 9n],
  ["end-1", null],
  ["start+1", null],
  ["time:-1h", null],
])("%s of a partition that cannot be asked is %s", (text, expected) => {
  expect(placeUnasked(place(text), 3)).toBe(expected);
});

test("no time is before 1970: Kafka means other things by that", () => {
  expect(timeOf(place("time:-999999999w"), 1_000)).toBe(0n);
  expect(timeOf(place("end-1"), 1_000)).toBeNull();
});

describe("a range that ends before it begins", () => {
  test.each([
    ["offset:9", "offset:2"],
    ["end-5", "end-50"],
    ["start+5", "start+2"],
    ["time:-1h", "time:-2h"],
    ["time:now", "time:2026-11-22T10:00Z"],
    ["offset:0=5,1=9", "offset:1=8"],
  ])("%s to %s is refused by a sentence", (from, until) => {
    expect(checkOrder(place(from), place(until), Date.UTC(2027, 0))).toContain("before it begins");
  });
  test.each([
    ["oldest", "offset:2"],
    ["newest", "offset:2"],
    ["offset:9", "end-5"],
    ["end-5", "end-5"],
    ["offset:0=5", "offset:0=5,1=2"],
    ["time:-1h", "offset:0"],
  ])("%s to %s is not, or only a look can tell", (from, until) => {
    expect(checkOrder(place(from), place(until), Date.UTC(2027, 0))).toBeNull();
  });
});
