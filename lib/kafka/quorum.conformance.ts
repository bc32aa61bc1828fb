import { afterAll, beforeAll, expect, test } from "vitest";
import { type KafkaCluster, startKafka } from "../../scripts/kafka/cluster.ts";
import { readOverview } from "./clusters.ts";
import { forgetSnapshots } from "./snapshots.ts";
import { eventually, measured, withCluster } from "./testing.ts";

let kafka: KafkaCluster;
beforeAll(async () => {
  kafka = await startKafka({ brokers: 3 });
});
afterAll(() => kafka.stop());

test("without a majority of controllers the survivor's metadata is told to be stale, time after time within the deadline", async () => {
  await withCluster(kafka.bootstrap, async (cluster) => {
    const fresh = () => {
      forgetSnapshots(cluster);
      return readOverview(cluster);
    };
    // The survivor is the leader: the hardest case, because it goes on leading until it notices that nobody fetches.
    const leader = (await fresh()).quorum?.leader;
    const others = kafka.brokers.filter(({ id }) => id !== leader);
    await Promise.all(others.map((broker) => broker.kill("SIGKILL")));
    await eventually(fresh, ({ quorumProblem }) => quorumProblem?.code === "no-quorum");
    for (const round of [1, 2, 3]) {
      const { result, milliseconds } = await measured(fresh);
      expect([round, milliseconds < 6_000]).toEqual([round, true]);
      expect(result.quorum).toBeNull();
      expect(result.controller).toBeNull();
      expect(result.attention[0]?.text).toMatch(/no majority.*neither do brokers \d and \d.*stale/s);
      expect(result.attention[0]?.text).toContain(`what broker ${leader} last knew`);
      const survivor = result.brokers.find(({ id }) => id === leader);
      expect(survivor).toMatchObject({ state: "in-sync", problem: null });
      expect(survivor?.sizeBytes).not.toBeNull();
      const silent = result.brokers.filter(({ state }) => state === "unreachable");
      expect(silent.map(({ id }) => id)).toEqual(others.map(({ id }) => id));
    }
  });
});
