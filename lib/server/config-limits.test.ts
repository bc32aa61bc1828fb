import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readConfiguration } from "./config.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "kafdeck-limits-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function clustersOf(text: string) {
  writeFileSync(join(folder, "kafdeck.yaml"), text);
  return readConfiguration({}, folder).clusters;
}

test("limits hold for every cluster, and what a cluster says goes before them", () => {
  const [a, b] = clustersOf(`
limits: { scanBytesPerSecond: 5000000, scansPerCluster: 3 }
clusters:
  - { name: a, bootstrap: localhost, rack: north }
  - { name: b, bootstrap: localhost, limits: { scansPerCluster: 1 } }
`);
  expect(a).toMatchObject({ limits: { scanBytesPerSecond: 5_000_000, scansPerCluster: 3 }, rack: "north" });
  expect(b).toMatchObject({ limits: { scanBytesPerSecond: 5_000_000, scansPerCluster: 1 }, rack: null });
});

test("nothing given: two searches at once, as fast as it goes", () =>
  expect(clustersOf("clusters: [{ name: a, bootstrap: localhost }]")[0]?.limits).toEqual({
    scanBytesPerSecond: null,
    scansPerCluster: 2,
  }));

test.each([
  ["limits: { scansPerCluster: 0 }", "limits.scansPerCluster: must be from 1 to 32"],
  ["limits: { scanBytesPerSecond: 10 }", "limits.scanBytesPerSecond: must be at least 1024"],
])("%s is refused", (limits, mistake) => {
  expect(() => clustersOf(`${limits}\nclusters: [{ name: a, bootstrap: localhost }]`)).toThrow(mistake);
});

test("the environment says the same", () => {
  const env = {
    KAFKA_BROKERS: "a",
    KAFKA_RACK: "r1",
    KAFDECK_SCAN_BYTES_PER_SECOND: "2000000",
    KAFDECK_SCANS_PER_CLUSTER: "4",
  };
  const empty = mkdtempSync(join(folder, "empty-"));
  expect(readConfiguration(env, empty).clusters).toMatchObject([
    { rack: "r1", limits: { scanBytesPerSecond: 2_000_000, scansPerCluster: 4 } },
  ]);
  expect(() => readConfiguration({ ...env, KAFDECK_SCANS_PER_CLUSTER: "many" }, empty)).toThrow(
    "KAFDECK_SCANS_PER_CLUSTER: must be a number from 1 to 32",
  );
});
