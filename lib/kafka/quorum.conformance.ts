import { afterAll, beforeAll, expect, test } from "vitest";
import { type KafkaCluster, startKafka } from "../../scripts/kafka/cluster.ts";
import { readOverview } from "./clusters.ts";
import { forgetSnapshots } from "./snapshots.ts";
import { measured, withCluster } from "./testing.ts";

let kafka: KafkaCluster;
beforeAll(async () => {
  kafka = await startKafka({ brokers: 3 });
});
afterAll(() => kafka.stop());

test("without a majority of controllers the survivor's metadata is told to be stale, time after time within the deadline", async () => {
  await withCluster(kafka.bootstrap, async (cluster) => {
    await readOverview(cluster);
    const [, second, third] = kafka.brokers;
    await Promise.all([second?.kill("SIGKILL"), third?.kill("SIGKILL")]);
    for (const round of [1, 2, 3]) {
      forgetSnapshots(cluster);
      const { result, milliseconds } = await measured(() => readOverview(cluster));
      expect([round, milliseconds < 6_000]).toEqual([round, true]);
      expect(result.quorum).toBeNull();
      expect(result.controller).toBeNull();
      expect(result.quorumProblem?.code).toBe("no-quorum");
      expect(result.attention[0]?.text).toMatch(/no majority.*brokers 2 and 3.*stale.*broker 1/s);
      expect(result.brokers.find(({ id }) => id === 1)).toMatchObject({ state: "in-sync", problem: null });
      expect(result.brokers.find(({ id }) => id === 1)?.sizeBytes).not.toBeNull();
      expect(result.brokers.filter(({ state }) => state === "unreachable").map(({ id }) => id)).toEqual([2, 3]);
    }
  });
});
