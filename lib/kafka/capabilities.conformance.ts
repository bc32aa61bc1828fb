import { expect, inject, test } from "vitest";
import { readCapabilities } from "./capabilities.ts";
import { measured, withCluster } from "./testing.ts";

/** What Kafka 3.9 has not. */
const newer = ["groups-consumer", "groups-share", "groups-share-delivery", "groups-streams", "share-offsets-set"];

test("the brokers' requests have Kafka's names, and everything can be done that this Kafka has", async () => {
  await withCluster(inject("kafka").bootstrap, async (cluster) => {
    const { result, requests } = await measured(() => readCapabilities(cluster));
    expect(result.apis.find(({ key }) => key === 3)).toMatchObject({ name: "Metadata", min: expect.any(Number) });
    expect(result.apis.filter(({ name }) => name.startsWith("API "))).toEqual([]);
    expect(result.features.map(({ name }) => name)).toContain("metadata.version");
    const lacking = Object.entries(result.can).flatMap(([id, { able }]) => (able ? [] : [id]));
    expect(lacking.filter((id) => !newer.includes(id))).toEqual([]);
    if (!inject("kafka").version.startsWith("3.")) expect(lacking).toEqual([]);
    expect(result.warnings).toEqual([]);
    expect(requests).toBe(2);
  });
});

test("of a read-only cluster nothing can be changed, and the reason is told", async () => {
  const readOnly = { readOnly: true, readOnlyReason: "readOnly: true is set for this cluster" };
  await withCluster(
    inject("kafka").bootstrap,
    async (cluster) => {
      const { can } = await readCapabilities(cluster);
      expect(can["topics-create"]).toMatchObject({ able: false, reason: readOnly.readOnlyReason });
      expect(can["topics-list"]?.able).toBe(true);
    },
    readOnly,
  );
});
