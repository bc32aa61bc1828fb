import fc from "fast-check";
import { expect, test } from "vitest";
import { kafkaVersionOf, metadataVersionName, releaseOf } from "./version.ts";

test.each([
  [1, "3.0-IV1", "3.0"],
  [7, "3.3-IV3", "3.3"],
  [20, "3.8-IV0", "3.8"],
  [21, "3.9-IV0", "3.9"],
  [25, "4.0-IV3", "4.0"],
  [30, "4.3-IV0", "4.3"],
])("level %i of metadata.version is %s, of Kafka %s", (level, name, release) => {
  expect(metadataVersionName(level)).toBe(name);
  expect(releaseOf(level)).toBe(release);
});

test("a level this table does not know is newer, not older and not nothing", () => {
  expect(metadataVersionName(31)).toBeNull();
  expect(releaseOf(31)).toBe("4.3+");
  expect(releaseOf(0)).toBeNull();
});

test("releases never fall as levels rise", () => {
  const number = (level: number) => Number.parseFloat(releaseOf(level) ?? "0");
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), (level) => number(level) <= number(level + 1) || level === 40),
  );
});

test("a broker's version is told by the newest level it supports", () => {
  expect(kafkaVersionOf({ apis: [], supported: [{ name: "metadata.version", max: 21 }] })).toBe("3.9");
});

test("without metadata.version the requests a broker understands say its version", () => {
  expect(kafkaVersionOf({ apis: [{ key: 1, max: 15 }], supported: [] })).toBe("3.5 or 3.6");
  expect(kafkaVersionOf({ apis: [{ key: 60, max: 0 }], supported: [] })).toBe("2.8");
  expect(kafkaVersionOf({ apis: [{ key: 1, max: 11 }], supported: [] })).toBeNull();
});
