import { expect, test } from "vitest";
import { historyConfig, toHistory } from "./config-history.ts";
import { DEFAULT_KEEP } from "./history/tiers.ts";

const HOUR = 3_600_000;
const read = (given: unknown, env: Record<string, string> = {}) =>
  toHistory(given === undefined ? undefined : historyConfig.parse(given), "/etc/kafdeck", env, "/srv");

test("nothing given: every 10 s into the working directory, for an hour, a day and 14 days", () => {
  expect(read(undefined)).toEqual({
    off: null,
    file: "/srv/.kafdeck/history.db",
    sampleEveryMs: 10_000,
    keep: DEFAULT_KEEP,
  });
});

test("a file in the configuration is relative to it, one of the environment to the working directory, and goes first", () => {
  expect(read({ file: "lag.db" }).file).toBe("/etc/kafdeck/lag.db");
  expect(read({ file: "lag.db" }, { KAFDECK_HISTORY_FILE: "other.db" }).file).toBe("/srv/other.db");
  expect(read({ file: "/var/lib/lag.db" }).file).toBe("/var/lib/lag.db");
});

test("it is off by the file or by the environment, which goes first and says which of the two it was", () => {
  expect(read({ off: true }).off).toBe("history.off: true is set.");
  expect(read({ off: true }, { KAFDECK_HISTORY: "on" }).off).toBeNull();
  expect(read(undefined, { KAFDECK_HISTORY: "off" }).off).toBe("KAFDECK_HISTORY=off is set.");
  expect(() => read(undefined, { KAFDECK_HISTORY: "no" })).toThrow("KAFDECK_HISTORY");
});

test("durations are read with their units, each in its bounds", () => {
  const given = read({
    sampleEvery: "30s",
    keep: { samples: "2h", minutes: "2d", partitions: "12h", tenMinutes: "30d" },
  });
  expect(given).toMatchObject({
    sampleEveryMs: 30_000,
    keep: { samplesMs: 2 * HOUR, minutesMs: 48 * HOUR, partitionsMs: 12 * HOUR, daysMs: 720 * HOUR },
  });
});

test("what is misspelt, out of bounds or contradicts itself is refused", () => {
  for (const wrong of [
    { sampleevery: "10s" },
    { sampleEvery: "10" },
    { sampleEvery: "1s" },
    { keep: { minutes: "1m" } },
    { keep: { partitions: "2d" } },
    { keep: { minutes: "2d", tenMinutes: "1d" } },
    { off: true, file: "a.db" },
    { file: "" },
  ])
    expect(historyConfig.safeParse(wrong).success, JSON.stringify(wrong)).toBe(false);
});
