import fc from "fast-check";
import { expect, test } from "vitest";
import { planOffsetsBody } from "../../../lib/api/group-offsets.ts";
import {
  bodyOf,
  rangesOf,
  readAgo,
  readPartitions,
  readWhole,
  resetHref,
  resetUrl,
  textOfTopics,
  topicsOfText,
} from "./reset-url.ts";

test("topics and their partitions come back from the address as they were chosen", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(
        fc.record({
          topic: fc.stringMatching(/^[a-zA-Z0-9._-]{1,40}$/),
          partitions: fc.option(fc.uniqueArray(fc.nat(5_000), { minLength: 1, maxLength: 40 }), { nil: undefined }),
        }),
        { selector: ({ topic }) => topic },
      ),
      (chosen) => {
        const expected = chosen.map(({ topic, partitions }) =>
          partitions === undefined ? { topic } : { topic, partitions: partitions.toSorted((a, b) => a - b) },
        );
        expect(topicsOfText(textOfTopics(expected))).toEqual(expected);
      },
    ),
  );
});

test("no choice means all topics, and an empty choice means none", () => {
  expect(topicsOfText("")).toBeNull();
  expect(topicsOfText(":")).toEqual([]);
  expect(textOfTopics(null)).toBe("");
  expect(textOfTopics([])).toBe(":");
  expect(bodyOf({ ...resetUrl, to: "earliest" }, null)).toEqual({ reset: { to: "earliest" } });
  expect(bodyOf({ ...resetUrl, to: "earliest", topics: ":" }, null)).toBeNull();
});

test("partitions are written as ranges, and what is no list of them is left out", () => {
  expect(rangesOf([7, 0, 1, 2, 3, 1])).toBe("0-3.7");
  expect(rangesOf([7, 0, 1], ", ", " to ")).toBe("0 to 1, 7");
  expect(readPartitions("0-3.7")).toEqual([0, 1, 2, 3, 7]);
  for (const text of ["", "a", "3-1", "1..2", "0-999999999", "-1"]) expect(readPartitions(text)).toBeNull();
  expect(topicsOfText("orders:x,payments:1")).toEqual([{ topic: "payments", partitions: [1] }]);
});

test("numbers are taken as they are typed and copied, and never lose a digit", () => {
  expect(readWhole("9 007 199 254 740 993")).toBe(9_007_199_254_740_993n);
  expect(readWhole("9\u202f007\u202f199")).toBe(9_007_199n);
  expect(readWhole("\u2212100")).toBe(-100n);
  expect(readWhole("+100")).toBe(100n);
  for (const text of ["", "1.5", "1e3", "9223372036854775808", "ten"]) expect(readWhole(text)).toBeNull();
});

test("each way to say where offsets go becomes the request, and waits for what it lacks", () => {
  const cases = [
    [{ to: "latest" }, { to: "latest" }],
    [
      { to: "offset", offset: "9223372036854775807" },
      { to: "offset", offset: "9223372036854775807" },
    ],
    [{ to: "offset", offset: "-1" }, null],
    [
      { to: "time", time: "2026-11-22T06:00:00.000Z" },
      { to: "time", time: "2026-11-22T06:00:00.000Z" },
    ],
    [{ to: "time", time: "yesterday" }, null],
    [
      { to: "duration", ago: "90m" },
      { to: "duration", milliseconds: 5_400_000 },
    ],
    [{ to: "duration", ago: "" }, null],
    [
      { to: "shift", by: "-1 000" },
      { to: "shift", by: "-1000" },
    ],
    [{ to: "shift", by: "0" }, null],
    [
      { to: "group", of: "a/b" },
      { to: "group", group: "a/b" },
    ],
    [{ to: "group" }, null],
    [{ to: "sideways" }, null],
    [{}, null],
  ] as const;
  for (const [state, reset] of cases) {
    const body = bodyOf({ ...resetUrl, ...state }, null);
    expect(body?.reset ?? null).toEqual(reset);
    if (body) expect(planOffsetsBody.safeParse(body).success).toBe(true);
  }
});

test("a file is part of the request but not of the address", () => {
  expect(bodyOf({ ...resetUrl, to: "file" }, null)).toBeNull();
  expect(bodyOf({ ...resetUrl, to: "file" }, "orders,0,12")).toEqual({ reset: { to: "file", text: "orders,0,12" } });
});

test("spans of time have a unit", () => {
  expect(readAgo("2d")).toBe(172_800_000);
  for (const text of ["", "2", "d", "1.5h", "-2h", "2w"]) expect(readAgo(text)).toBeNull();
});

test("a link names the group by its escaped name and the topics in its address", () => {
  expect(resetHref("local", "a/b")).toBe("/clusters/local/groups/a~2Fb/reset");
  expect(resetHref("local", "g", { topics: [{ topic: "orders", partitions: [3] }], to: "time" })).toBe(
    "/clusters/local/groups/g/reset?to=time&topics=orders%3A3",
  );
});
