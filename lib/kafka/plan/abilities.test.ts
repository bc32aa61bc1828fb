import { describe, expect, test } from "vitest";
import { abilities, needs, type Versions } from "./abilities.ts";

const everything: Versions = new Map(
  Object.values(needs).flatMap(({ apis }) => apis.map(({ key }) => [key, { min: 0, max: 20 }] as const)),
);

describe("abilities", () => {
  test("with every request and no word about rights, everything can be done", () => {
    expect(Object.values(abilities(everything, null, null)).every(({ able }) => able)).toBe(true);
  });

  test("a request the brokers lack is the reason", () => {
    const without = new Map([...everything].filter(([key]) => key !== 55));
    expect(abilities(without, null, null).quorum).toEqual({
      text: "Show the KRaft quorum",
      able: false,
      reason: "The brokers do not offer DescribeQuorum.",
    });
  });

  test("a version that is too old is the reason", () => {
    const old = new Map(everything).set(35, { min: 0, max: 3 });
    expect(abilities(old, null, null)["free-space"]?.reason).toBe(
      "The brokers offer DescribeLogDirs only up to version 3; version 4 is needed.",
    );
    expect(abilities(old, null, null).sizes?.able).toBe(true);
  });

  test("a right that Kafka says is missing is the reason", () => {
    const describeOnly = 1 << 8;
    expect(abilities(everything, describeOnly, null).quorum?.able).toBe(true);
    expect(abilities(everything, describeOnly, null)["features-alter"]?.reason).toBe("Needs Alter on the cluster.");
  });

  test("read-only stops what changes something and nothing else", () => {
    const found = abilities(everything, null, "readOnly: true is set for this cluster");
    for (const [id, need] of Object.entries(needs)) expect(found[id]?.able).toBe(!("writes" in need));
  });
});
