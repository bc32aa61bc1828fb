import { afterAll, beforeAll, expect, test } from "vitest";
import { type KafkaCluster, startKafka } from "../../scripts/kafka/cluster.ts";
import { problemOf } from "../api/problem.ts";
import type { Cluster } from "./cluster.ts";
import {
  alterBrokerConfigs,
  alterTopicConfigs,
  listBrokerConfigs,
  listBrokerLoggers,
  listTopicConfigDefaults,
  listTopicConfigs,
} from "./configs.ts";
import { withCluster } from "./testing.ts";

const { signal } = new AbortController();
let kafka: KafkaCluster;

beforeAll(async () => {
  kafka = await startKafka({ secure: true });
  for (const topic of ["open", "shut"]) await kafka.run("kafka-topics", ["--create", "--topic", topic]);
  const allow = ["--add", "--allow-principal", "User:carol", "--operation"];
  await kafka.run("kafka-acls", [...allow, "DescribeConfigs", "--topic", "open"]);
  await kafka.run("kafka-acls", [...allow, "Describe", "--topic", "shut", "--topic", "open"]);
});
afterAll(() => kafka?.stop());

const asCarol = <T>(work: (cluster: Cluster) => Promise<T>): Promise<T> => {
  if (!kafka.secure) throw new Error("not secured");
  const password = { value: kafka.secure.users.scram256.carol };
  return withCluster(kafka.secure.listeners.SASL, work, {
    sasl: { mechanism: "SCRAM-SHA-256", username: "carol", password },
  });
};
const refusal = (work: (cluster: Cluster) => Promise<unknown>) =>
  asCarol(work)
    .then(() => null)
    .catch((error: unknown) => problemOf(error));

test("what may be described is shown, though the broker's defaults may not be seen", async () => {
  const { items } = await asCarol((cluster) => listTopicConfigs(cluster, "open", signal));
  expect(items.find(({ name }) => name === "retention.ms")).toMatchObject({ value: "604800000", changed: false });
  const defaults = await asCarol((cluster) => listTopicConfigDefaults(cluster, signal));
  expect(defaults.items.length).toBeGreaterThan(24);
});

test("a lacking right is named by its operation", async () => {
  expect(await refusal((cluster) => listTopicConfigs(cluster, "shut", signal))).toMatchObject({
    code: "not-authorized",
    status: 403,
    topic: "shut",
    detail: "It needs DescribeConfigs on this topic.",
  });
  for (const list of [listBrokerConfigs, listBrokerLoggers])
    expect(await refusal((cluster) => list(cluster, "1", signal))).toMatchObject({
      code: "not-authorized",
      detail: "It needs DescribeConfigs on the cluster.",
    });
});

test("a change that is not allowed says which right it lacks", async () => {
  const body = { configs: { "retention.ms": "1" } };
  expect(await refusal((cluster) => alterTopicConfigs(cluster, "open", body, signal))).toMatchObject({
    code: "not-authorized",
    detail: "It needs AlterConfigs on this topic.",
  });
  expect(await refusal((cluster) => alterBrokerConfigs(cluster, "1", body, signal))).toMatchObject({
    code: "not-authorized",
  });
});
