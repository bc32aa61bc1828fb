import { afterAll, beforeAll, expect, test } from "vitest";
import { type KafkaCluster, startKafka } from "../../scripts/kafka/cluster.ts";
import { alterArguments } from "./config-command.ts";

let kafka: KafkaCluster;
beforeAll(async () => {
  kafka = await startKafka({ brokers: 1 });
  await kafka.run("kafka-topics", ["--create", "--topic", "told", "--config", "flush.ms=9"]);
});
afterAll(() => kafka?.stop());

test("kafka-configs.sh takes the commands shown, lists and resets included", async () => {
  const target = { kind: "topic", cluster: "any", topic: "told" } as const;
  const configs = {
    "cleanup.policy": "compact,delete",
    "retention.ms": "86400000",
    "leader.replication.throttled.replicas": "",
    "flush.ms": null,
  };
  const altered = await kafka.run("kafka-configs", alterArguments(target, configs) ?? []);
  expect(altered).toMatchObject({ code: 0, stderr: "" });
  const { stdout } = await kafka.run("kafka-configs", [
    ...["--describe", "--entity-type", "topics", "--entity-name", "told"],
  ]);
  expect(stdout).toContain("cleanup.policy=compact,delete");
  expect(stdout).toContain("retention.ms=86400000");
  expect(stdout).not.toContain("flush.ms=9");
});
