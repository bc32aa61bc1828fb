import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { type KafkaCluster, startKafka } from "../../scripts/kafka/cluster.ts";
import { problemOf } from "../api/problem.ts";
import { listTopicAcls } from "./acls.ts";
import type { SaslSettings } from "./settings.ts";
import { withCluster } from "./testing.ts";

let kafka: KafkaCluster;

beforeAll(async () => {
  kafka = await startKafka({ secure: true });
  await kafka.run("kafka-topics", ["--create", "--topic", "orders.paid"]);
  const add = (...more: string[]) => kafka.run("kafka-acls", ["--add", ...more]);
  await add("--allow-principal", "User:carol", "--operation", "Read", "--topic", "orders.paid");
  await add(
    "--allow-principal",
    "User:team",
    "--operation",
    "Write",
    "--topic",
    "orders.",
    "--resource-pattern-type",
    "prefixed",
  );
  await add("--deny-principal", "User:mallory", "--operation", "All", "--topic", "*");
  await add("--allow-principal", "User:other", "--operation", "Read", "--topic", "invoices");
});
afterAll(() => kafka?.stop());

const listAs = (sasl: SaslSettings) =>
  withCluster(kafka.secure?.listeners.SASL ?? "", (cluster) => listTopicAcls(cluster, "orders.paid"), { sasl });
const refusal = (work: Promise<unknown>) => work.then(() => null).catch((error: unknown) => problemOf(error));
const login = (username: string, value: string, mechanism: "PLAIN" | "SCRAM-SHA-512") => ({
  mechanism,
  username,
  password: { value },
});

test("the rules for the name, its prefixes and every topic are listed, denials first", async () => {
  const { items } = await listAs(login("admin", kafka.secure?.users.plain.admin ?? "", "PLAIN"));
  expect(
    items.map(({ principal, operation, permission, pattern, resourceName }) => [
      principal,
      operation,
      permission,
      pattern,
      resourceName,
    ]),
  ).toEqual([
    ["User:mallory", "All", "deny", "literal", "*"],
    ["User:carol", "Read", "allow", "literal", "orders.paid"],
    ["User:team", "Write", "allow", "prefixed", "orders."],
  ]);
});

test("SCRAM logs in too, each time with a fresh secret", async () => {
  const root = kafka.secure?.users.scram512.root ?? "";
  expect((await listAs(login("root", root, "SCRAM-SHA-512"))).items).toHaveLength(3);
  expect(await refusal(listAs(login("root", "wrong", "SCRAM-SHA-512")))).toMatchObject({ code: "login-refused" });
});

test("who may not Describe the cluster is told what is lacking", async () => {
  const carol = kafka.secure?.users.scram512.carol ?? "";
  const found = await refusal(listAs(login("carol", carol, "SCRAM-SHA-512")));
  expect(found).toMatchObject({ code: "not-authorized", detail: "Reading ACLs needs Describe on the cluster." });
});

test("a cluster without an authorizer has no ACLs to list, and that is said", async () => {
  const { bootstrap } = inject("kafka");
  const found = await refusal(withCluster(bootstrap, (cluster) => listTopicAcls(cluster, "any")));
  expect(found).toMatchObject({ code: "acls-disabled", status: 501 });
});
