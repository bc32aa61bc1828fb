import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { messagesFrom, messagesUntil } from "./message-queries.ts";
import {
  isMisread,
  parsePlace,
  placeText,
  type RangeQuery,
  rangeText,
  readRange,
  readTime,
  readTypedRange,
} from "./range.ts";

const summer = () => 120;
const newYork = (wall: number) => (new Date(wall).getUTCMonth() < 6 ? -300 : -240);

describe("the box", () => {
  test.each<[string, RangeQuery]>([
    ["", { from: "newest" }],
    ["newest", { from: "newest" }],
    ["oldest", { from: "oldest" }],
    ["Start", { from: "oldest" }],
    ["end-50", { from: "end-50" }],
    [" end - 50 ", { from: "end-50" }],
    ["start+10", { from: "start+10" }],
    ["1000", { from: "offset:1000" }],
    ["1000:", { from: "offset:1000" }],
    ["1000:2000", { from: "offset:1000", until: "offset:2000" }],
    ["1000 : 2000", { from: "offset:1000", until: "offset:2000" }],
    [":2000", { from: "oldest", until: "offset:2000" }],
    ["1000:newest", { from: "offset:1000" }],
    ["newest:2000", { from: "newest", until: "offset:2000" }],
    ["0=12,3=40", { from: "offset:0=12,3=40" }],
    ["0=12,3=40:0=20", { from: "offset:0=12,3=40", until: "offset:0=20" }],
    ["@-1h", { from: "time:-1h" }],
    ["@-2h:@-1h", { from: "time:-2h", until: "time:-1h" }],
    ["@-15m:end-5", { from: "time:-15m", until: "end-5" }],
    ["@2026-11-22T10:00Z:@now", { from: "time:2026-11-22T10:00Z", until: "time:now" }],
    ["@2026-11-22T10:00:30.5+01:00:2000", { from: "time:2026-11-22T10:00:30.5+01:00", until: "offset:2000" }],
    ["@2026-11-22T10:00:2000", { from: "time:2026-11-22T08:00Z", until: "offset:2000" }],
    ["@2026-11-22T10:00:@2026-11-22T11:30:15", { from: "time:2026-11-22T08:00Z", until: "time:2026-11-22T09:30:15Z" }],
    ["@1732269600000", { from: "time:1732269600000" }],
    ["@1732269600000:@1732269700000", { from: "time:1732269600000", until: "time:1732269700000" }],
    ["@2026-11-22", { from: "time:2026-11-21T22:00Z" }],
    ["@2026-11-22:@2026-11-23", { from: "time:2026-11-21T22:00Z", until: "time:2026-11-22T22:00Z" }],
    ["@2026-11-22Z", { from: "time:2026-11-22Z" }],
  ])("%j", (typed, range) => {
    expect(readRange(typed, summer)).toEqual(range);
    expect(messagesFrom.safeParse(range.from).success).toBe(true);
    if (range.until) expect(messagesUntil.safeParse(range.until).success).toBe(true);
  });

  test("a time without a zone is in the viewer's, as it is on that day", () => {
    expect(readRange("@2026-01-10T12:00", newYork)).toEqual({ from: "time:2026-01-10T17:00Z" });
    expect(readRange("@2026-07-10T12:00", newYork)).toEqual({ from: "time:2026-07-10T16:00Z" });
  });

  test.each([
    ["yesterday", "“yesterday” is not a place."],
    ["@yesterday", "“yesterday” is not a time."],
    ["@2026-02-30", "“2026-02-30” is a date or time that does not exist."],
    ["@2026-11-22T25:00Z", "does not exist"],
    ["@2026-11-22T10:00+40:00", "zone that does not exist"],
    ["@-5y", "“-5y” is not a time."],
    ["1e3", "“1e3” is not an offset"],
    ["9223372036854775808", "offsets end at 9223372036854775807"],
    ["0=12,0=13", "Partition 0 is named twice."],
    ["0=12,x", "“x” is not a partition and its offset"],
    ["end-", "“” is not an offset"],
    ["1000:oldest", "Reading cannot end at the oldest record"],
    ["1:2:3", "“2:3” is not an offset"],
    [":", "“:” is not a place."],
    ["offset:5", "“offset” is not a place."],
  ])("%j is refused with what is wrong", (typed, problem) => {
    expect(readRange(typed)).toEqual({ problem: expect.stringContaining(problem) });
  });
});

const number = fc.bigInt({ min: 0n, max: (1n << 63n) - 1n }).map(String);
const time = fc.oneof(
  fc.constant("now"),
  fc.tuple(fc.nat(999_999), fc.constantFrom("s", "m", "h", "d", "w")).map(([count, unit]) => `-${count}${unit}`),
  fc.nat().map(String),
  fc
    .tuple(
      fc.date({ min: new Date("1971-01-01"), max: new Date("2199-01-01"), noInvalidDate: true }),
      fc.constantFrom("Z", "+01:00", "-0330"),
      fc.constantFrom(10, 16, 19, 23),
    )
    .map(([date, zone, size]) => date.toISOString().slice(0, size) + zone),
);
const place = fc.oneof(
  number.map((offset) => `offset:${offset}`),
  fc
    .uniqueArray(fc.tuple(fc.nat(9_999), number), { minLength: 1, maxLength: 5, selector: ([partition]) => partition })
    .map((pairs) => `offset:${pairs.map(([partition, offset]) => `${partition}=${offset}`).join(",")}`),
  time.map((one) => `time:${one}`),
  number.map((back) => `end-${back}`),
  number.map((forward) => `start+${forward}`),
);
const range = fc.record(
  { from: fc.oneof(fc.constant("newest"), fc.constant("oldest"), place), until: place },
  { requiredKeys: ["from"] },
);

test("what the box shows for a range is read as that range", () => {
  fc.assert(
    fc.property(range, (one) => {
      expect(readRange(rangeText(one), newYork)).toEqual(one);
    }),
  );
});

test("a place of the contract is read and written as it was", () => {
  fc.assert(
    fc.property(place, (text) => {
      expect(messagesFrom.safeParse(text).success).toBe(true);
      const read = parsePlace(text);
      expect(isMisread(read) ? read : placeText(read)).toBe(text);
    }),
  );
});

test("any text is a range or a sentence, never an exception, and a range is one the contract takes", () => {
  const typed = fc.oneof(
    fc.string({ maxLength: 40 }),
    fc.string({ unit: fc.constantFrom(..."@:0123456789-+=,TZnowestdhm"), maxLength: 30 }),
  );
  fc.assert(
    fc.property(typed, (text) => {
      const read = readRange(text, summer);
      if (isMisread(read)) expect(read.problem).toMatch(/\.$/);
      else expect(messagesFrom.safeParse(read.from).success).toBe(true);
    }),
  );
});

test.each([
  ["now", 1_000_000_000n],
  ["-15m", 999_100_000n],
  ["1732269600000", 1_732_269_600_000n],
  ["2024-11-22T10:00Z", 1_732_269_600_000n],
  ["2024-11-22T11:00:00.000+01:00", 1_732_269_600_000n],
  ["2024-11-22T05:00-0500", 1_732_269_600_000n],
])("the time %s", (text, expected) => {
  expect(readTime(text, 1_000_000_000)).toBe(expected);
});

test("a time of the contract has a zone", () => {
  expect(parsePlace("time:2026-11-22T10:00")).toEqual({ problem: expect.stringContaining("has no zone") });
});

test.each([
  ["2000:1000", true],
  ["1000:1000", false],
  ["end-5:end-10", true],
  ["start+5:start+1", true],
  ["@now:@-1h", true],
  ["@2026-11-22T20:00Z:@-1h", false],
  ["@2026-11-23:@2026-11-22T20:00Z", true],
  ["1000:end-5", false],
  ["newest:2000", false],
  ["1000", false],
])("who types %s is told that it ends before it begins: %s", (typed, turned) => {
  const read = readTypedRange(typed, summer, Date.UTC(2026, 10, 24));
  expect(isMisread(read) && read.problem.includes("before it begins")).toBe(turned);
});

test.each(["__proto__", "constructor", "toString"])("%s, which every object has, is no edge of a log", (text) => {
  expect(readRange(text)).toEqual({ problem: expect.stringContaining(`“${text}” is not a place`) });
});
