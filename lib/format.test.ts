import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  age,
  byteRate,
  bytes,
  chartNumber,
  clock,
  compact,
  compareWhole,
  counted,
  dateTime,
  digitGroups,
  duration,
  exactBytes,
  integer,
  rate,
  share,
  shortAge,
  signedShare,
  timeParts,
  zoneName,
} from "./format.ts";

/** Spaces of every width are written as a plain one in the tables below. */
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, " ");

const table = <Input>(name: string, format: (value: Input) => string, rows: [Input, string][]) =>
  test.each(rows)(`${name} of %s is %s`, (input, expected) => expect(plain(format(input))).toBe(expected));

table<string | number>("integer", integer, [
  [0, "0"],
  [999, "999"],
  [1000, "1 000"],
  ["9007199254741007", "9 007 199 254 741 007"],
  ["9223372036854775807", "9 223 372 036 854 775 807"],
  ["-9223372036854775808", "−9 223 372 036 854 775 808"],
]);

test("groups of digits hold the digits and nothing else, whatever the int64", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (value) => {
      const groups = digitGroups(value);
      expect(groups.join("").replace("−", "-")).toBe(value.toString());
      expect(groups.slice(1).every((group) => /^\d{3}$/.test(group))).toBe(true);
    }),
  );
});

test("a count takes the plural except for one", () => {
  expect([0, 1, 2, "1842"].map((value) => plain(counted(value, "partition")))).toEqual([
    "0 partitions",
    "1 partition",
    "2 partitions",
    "1 842 partitions",
  ]);
  expect(plain(counted(2, "entry", "entries"))).toBe("2 entries");
});

test("whole numbers are ordered beyond what a JavaScript number holds, unknown ones last", () => {
  expect(compareWhole("9007199254740992", "9007199254740993")).toBe(-1);
  expect(["10", null, "9", "-1"].sort(compareWhole)).toEqual(["-1", "9", "10", null]);
  expect(compareWhole(null, null)).toBe(0);
});

table<string | number>("bytes", bytes, [
  [0, "0 B"],
  [812, "812 B"],
  [1023, "1 023 B"],
  [1024, "1.0 KiB"],
  [2_097_152, "2.0 MiB"],
  ["1288490189", "1.2 GiB"],
  ["435939180544", "406 GiB"],
  ["1073741823", "1.0 GiB"],
  ["9223372036854775807", "8.0 EiB"],
  [-1024, "−1.0 KiB"],
]);
table<number>("exact bytes", exactBytes, [
  [1, "1 byte"],
  [1_288_490_188, "1 288 490 188 bytes"],
]);
table<string | number>("compact", compact, [
  [812, "812"],
  [1_200_000, "1.2 M"],
  [300_000, "300 k"],
  [2000, "2 k"],
  [999_999, "1 M"],
]);
table<number>("rate", rate, [
  [2310, "2 310 records/s"],
  [0.4, "0.4 records/s"],
  [1.02, "1 record/s"],
  [0.01, "under 0.1 records/s"],
  [0, "0 records/s"],
]);
table<number>("byte rate", byteRate, [[3_040_870, "2.9 MiB/s"]]);

table<string | number>("duration", duration, [
  [0, "0 ms"],
  [38, "38 ms"],
  [400, "0.4 s"],
  [2000, "2.0 s"],
  [48_000, "48 s"],
  [321_000, "5 min 21 s"],
  [60_000, "1 min"],
  [11_520_000, "3 h 12 min"],
  [604_800_000, "7 d"],
  [129_600_000, "1 d 12 h"],
  [86_460_000, "1 d"],
  ["9223372036854775807", "106 751 991 167 d 7 h"],
  [-5000, "−5.0 s"],
]);
table<number>("age", age, [
  [400, "now"],
  [4000, "4 s ago"],
  [299_000, "4 min ago"],
  [-50, "now"],
]);
table<number>("short age", shortAge, [[4000, "4 s"]]);

table<number>("share", share, [
  [0.986, "98.6 %"],
  [1, "100 %"],
  [0, "0 %"],
  [0.99999, "99.9 %"],
  [0.00001, "0.1 %"],
]);
table<number>("signed share", signedShare, [
  [0.004, "+0.4 %"],
  [-0.044, "−4.4 %"],
  [-0.0001, "0 %"],
]);

describe("times", () => {
  const epoch = Date.UTC(2026, 10, 22, 18, 17, 50, 493);
  test("a time is printed with its zone", () => {
    expect(dateTime(epoch, "utc")).toBe("2026-11-22 18:17:50.493 UTC");
    expect(dateTime(epoch, "utc", false)).toBe("2026-11-22 18:17:50 UTC");
    expect(dateTime(epoch, "browser", true, 330)).toBe("2026-11-22 23:47:50.493 UTC+05:30");
    expect(clock(epoch, "utc")).toBe("18:17:50 UTC");
  });
  test("the day follows the zone", () => expect(timeParts(epoch, "browser", 600)?.date).toBe("2026-11-23"));
  test("a zone is minutes from Greenwich", () =>
    expect([0, 60, -210].map(zoneName)).toEqual(["UTC", "UTC+01:00", "UTC−03:30"]));
  test("a timestamp no calendar reaches is shown as milliseconds", () => {
    expect(timeParts(9e15, "utc")).toBeNull();
    expect(plain(dateTime(9e15, "utc"))).toBe("9 000 000 000 000 000 ms");
  });
});

test("a pixel may be rounded", () => expect(chartNumber("9007199254741007")).toBe(2 ** 53 + 16));
