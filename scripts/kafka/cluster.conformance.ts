import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { type KafkaCluster, startKafka } from "./cluster.ts";

test("the shared broker is of the version that was asked for", () => {
  expect(inject("kafka").version).toBe(process.env.KAFDECK_KAFKA_VERSION ?? "4.3.1");
});

describe("a cluster of three brokers with a separate controller", () => {
  let kafka: KafkaCluster;
  beforeAll(async () => {
    kafka = await startKafka({ brokers: 3, controllers: "separate" });
  });
  afterAll(() => kafka.stop());

  test("keeps a topic's leaders on the survivor when two brokers are killed, and takes one back", async () => {
    const created = await kafka.run("kafka-topics", ["--create", "--topic", "survivors"]);
    expect(created).toMatchObject({ stdout: "Created topic survivors.\n", code: 0 });
    const [first, second, third] = kafka.brokers;
    await Promise.all([first?.kill("SIGKILL"), second?.kill("SIGKILL")]);
    expect([first?.running, second?.running, third?.running]).toEqual([false, false, true]);

    const leaders = async () => {
      const { stdout } = await kafka.run("kafka-topics", ["--describe", "--topic", "survivors"]);
      return [...stdout.matchAll(/Leader: (\S+)/g)].map(([, leader]) => leader);
    };
    await expect.poll(leaders, { timeout: 20_000, interval: 500 }).toEqual(["3", "3", "3"]);
    await first?.start();
    expect(first?.running).toBe(true);
  });
});
