import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type KafkaCluster, startKafka } from "../../scripts/kafka/cluster.ts";
import { toInt64 } from "../api/scalars.ts";
import { closeCluster } from "./cluster.ts";
import { deleteGroup } from "./delete-group.ts";
import { deleteOffsets } from "./delete-offsets.ts";
import { readGroup } from "./group.ts";
import { listGroups } from "./groups.ts";
import { planOffsets } from "./offsets-plan.ts";
import { setOffsets } from "./set-offsets.ts";
import type { ClusterSettings, SaslSettings, TlsSettings } from "./settings.ts";
import { clusterAt, eventually, withCluster } from "./testing.ts";
import { commit, noTrends } from "./testing-groups.ts";
import { listTopics } from "./topics.ts";

const signal = new AbortController().signal;
let kafka: KafkaCluster;

beforeAll(async () => {
  kafka = await startKafka({ secure: true });
  for (const topic of ["seen", "hidden"])
    await kafka.run("kafka-topics", ["--create", "--topic", topic, "--partitions", "1"]);
  await kafka.run("kafka-acls", [
    "--add",
    "--allow-principal",
    "User:carol",
    "--allow-principal",
    "User:alice",
    "--operation",
    "Describe",
    "--topic",
    "seen",
  ]);
});

afterAll(() => kafka.stop());

const details = () => {
  if (!kafka.secure) throw new Error("not secured");
  return kafka.secure;
};
const login = (
  mechanism: "PLAIN" | "SCRAM-SHA-256" | "SCRAM-SHA-512",
  username: string,
  password: string,
): SaslSettings => ({
  mechanism,
  username,
  password: { value: password },
});
const trusting = (more: Partial<TlsSettings> = {}): TlsSettings => ({
  ca: { file: details().certificates.authority },
  cert: null,
  key: null,
  passphrase: null,
  verify: true,
  serverName: null,
  ...more,
});
const at = (listener: keyof ReturnType<typeof details>["listeners"], settings: Partial<ClusterSettings>) =>
  withCluster(details().listeners[listener], (cluster) => listTopics(cluster, { fresh: "true" }, signal), settings);

const names = (answer: { items: { name: string }[] }) =>
  answer.items.map(({ name }) => name).filter((name) => !name.startsWith("__"));

test.each([
  ["PLAIN", "SASL", () => ({ sasl: login("PLAIN", "admin", details().users.plain.admin) })],
  ["SCRAM-SHA-512", "SASL", () => ({ sasl: login("SCRAM-SHA-512", "root", details().users.scram512.root) })],
  [
    "PLAIN over TLS",
    "SASL_TLS",
    () => ({ sasl: login("PLAIN", "admin", details().users.plain.admin), tls: trusting() }),
  ],
] as const)("%s logs in", async (_, listener, settings) => {
  expect(names(await at(listener, settings()))).toEqual(["hidden", "seen"]);
});

test("a client certificate logs in over mutual TLS", async () => {
  const { alice } = details().certificates.clients;
  const answer = await at("MTLS", { tls: trusting({ cert: { file: alice.certificate }, key: { file: alice.key } }) });
  expect(names(answer)).toEqual(["seen"]);
});

const part = (claims: object) => Buffer.from(JSON.stringify(claims)).toString("base64url");

test("a bearer token that has ended is a refused login, not a lost connection", async () => {
  const past = Math.floor(Date.now() / 1000) - 7_200;
  const token = `${part({ alg: "none" })}.${part({ sub: "admin", iat: past, exp: past + 600 })}.`;
  const sasl: SaslSettings = { mechanism: "OAUTHBEARER", token: { value: token } };
  await expect(at("OAUTH", { sasl })).rejects.toMatchObject({ code: "login-refused" });
});

test("an unsecured bearer token logs in by OAUTHBEARER", async () => {
  const now = Math.floor(Date.now() / 1000);
  const token = `${part({ alg: "none" })}.${part({ sub: "admin", iat: now, exp: now + 600 })}.`;
  expect(names(await at("OAUTH", { sasl: { mechanism: "OAUTHBEARER", token: { value: token } } }))).toEqual([
    "hidden",
    "seen",
  ]);
});

test("client credentials are exchanged for a token, once for all connections, and a refusal names the token endpoint", async () => {
  const asked: { authorization: string | undefined; body: string }[] = [];
  const server = createServer(async (request, response) => {
    asked.push({ authorization: request.headers.authorization, body: await text(request) });
    const known = request.headers.authorization === `Basic ${Buffer.from("kafdeck:s%26cret").toString("base64")}`;
    const now = Math.floor(Date.now() / 1000);
    const token = `${part({ alg: "none" })}.${part({ sub: "admin", iat: now, exp: now + 600 })}.`;
    response.writeHead(known ? 200 : 401, { "content-type": "application/json" });
    response.end(JSON.stringify(known ? { access_token: token, expires_in: 600 } : { error: "invalid_client" }));
  });
  await new Promise<void>((resume) => server.listen(0, "127.0.0.1", resume));
  const { port } = server.address() as AddressInfo;
  const sasl = (secret: string): SaslSettings => ({
    mechanism: "OAUTHBEARER",
    tokenUrl: `http://127.0.0.1:${port}/token`,
    clientId: "kafdeck",
    clientSecret: { value: secret },
    scope: "kafka",
    audience: null,
  });
  try {
    const refused = await at("OAUTH", { sasl: sasl("wrong") }).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: "login-refused" });
    expect(JSON.stringify(refused)).toContain(`http://127.0.0.1:${port}/token`);
    expect(JSON.stringify(refused)).not.toContain("wrong");
    asked.length = 0;
    expect(names(await at("OAUTH", { sasl: sasl("s&cret") }))).toEqual(["hidden", "seen"]);
    expect(names(await at("OAUTH", { sasl: sasl("s&cret") }))).toEqual(["hidden", "seen"]);
    expect(asked.map(({ body }) => body)).toEqual(["grant_type=client_credentials&scope=kafka"]);
  } finally {
    server.close();
  }
});

test("a user sees the topics it may describe, and what it may not ask is a mark on the row", async () => {
  const answer = await at("SASL", { sasl: login("SCRAM-SHA-256", "carol", details().users.scram256.carol) });
  expect(names(answer)).toEqual(["seen"]);
  expect(answer.items[0]).toMatchObject({ offsetSpan: "0", cleanupPolicy: null, sizeBytes: null });
  expect(answer.items[0]?.problems[0]).toMatchObject({ code: "not-authorized", topic: "seen" });
  expect(answer.warnings).toContainEqual(expect.objectContaining({ code: "not-authorized", broker: 1 }));
});

test("a user sees the groups it may describe, and is told of another that it may not", async () => {
  const listener = details().listeners.SASL;
  const commits = [{ topic: "seen", partition: 0, offset: 0n }];
  const admin = login("PLAIN", "admin", details().users.plain.admin);
  await withCluster(
    listener,
    async (cluster) => {
      for (const name of ["seen-by-carol", "secret"]) await commit(cluster, name, commits);
    },
    { sasl: admin },
  );
  const rights = ["--allow-principal", "User:carol", "--operation", "Describe"];
  await kafka.run("kafka-acls", ["--add", ...rights, "--group", "seen-by-carol"]);
  await withCluster(
    listener,
    async (cluster) => {
      const list = () => listGroups(cluster, { fresh: "true" }, noTrends, signal);
      const { items, warnings } = await eventually(list, (found) => found.items.length > 0);
      expect(items).toMatchObject([{ groupId: "seen-by-carol", state: "Empty", lag: "0", problems: [] }]);
      expect(warnings).toEqual([]);
      expect(await readGroup(cluster, "seen-by-carol", noTrends, signal)).toMatchObject({
        lag: "0",
        authorizedOperations: ["Describe"],
      });
      await expect(readGroup(cluster, "secret", noTrends, signal)).rejects.toMatchObject({ code: "not-authorized" });
    },
    { sasl: login("SCRAM-SHA-256", "carol", details().users.scram256.carol) },
  );
});

test("what a user may not set or delete is told before it is tried, with the right that it lacks", async () => {
  const listener = details().listeners.SASL;
  const commits = ["seen", "hidden"].map((topic) => ({ topic, partition: 0, offset: 0n }));
  await withCluster(
    listener,
    async (cluster) => {
      for (const name of ["looked-at", "read-by-carol", "dropped"]) await commit(cluster, name, commits);
    },
    { sasl: login("PLAIN", "admin", details().users.plain.admin) },
  );
  const allow = ["--add", "--allow-principal", "User:carol", "--operation"];
  await kafka.run("kafka-acls", [...allow, "Describe", "--group", "looked-at"]);
  await kafka.run("kafka-acls", [...allow, "Read", "--group", "read-by-carol"]);
  await kafka.run("kafka-acls", [...allow, "Delete", "--group", "dropped"]);
  await withCluster(
    listener,
    async (cluster) => {
      const plan = (group: string) => planOffsets(cluster, group, { reset: { to: "latest" } }, null, signal);
      expect((await plan("looked-at")).problem?.detail).toBe("It needs Read on the group looked-at.");
      const { problem, partitions } = await plan("read-by-carol");
      expect(problem).toBeNull();
      expect(partitions).toMatchObject([{ topic: "seen", problem: { detail: "It needs Read on the topic seen." } }]);
      await expect(plan("secret")).rejects.toThrow("It needs Describe on the group secret.");
      const changes = ["seen", "hidden"].map((topic) => ({
        topic,
        partition: 0,
        before: toInt64(0n),
        after: toInt64(1n),
      }));
      for (const validateOnly of [true, false])
        expect(await setOffsets(cluster, "read-by-carol", { partitions: changes, validateOnly }, signal)).toMatchObject(
          {
            set: 0,
            failed: 2,
            undo: null,
            partitions: [
              { outcome: "not-set", problem: { detail: "It needs Read on the topic seen." } },
              { outcome: "not-set", problem: { detail: "It needs Describe on the topic hidden." } },
            ],
          },
        );
      await expect(deleteOffsets(cluster, "dropped", "hidden", {}, signal)).rejects.toThrow(
        "It needs Describe on the topic hidden.",
      );
      const refused = await deleteGroup(cluster, "looked-at", { validateOnly: true }, signal);
      expect(refused.problem?.detail).toBe("It needs Delete on the group looked-at.");
      const { problem: none, warnings } = await deleteGroup(cluster, "dropped", { validateOnly: true }, signal);
      expect([none, warnings.map(({ code }) => code)]).toEqual([null, ["undo-incomplete"]]);
    },
    { sasl: login("SCRAM-SHA-256", "carol", details().users.scram256.carol) },
  );
});

test("a wrong password is a refused login, in words without the password", async () => {
  const error = await at("SASL", { sasl: login("SCRAM-SHA-512", "root", "not-the-password") }).catch(
    (thrown: unknown) => thrown,
  );
  expect(error).toMatchObject({ code: "login-refused" });
  expect(JSON.stringify(error)).not.toContain("not-the-password");
});

test("a mechanism that the listener does not offer is a refused login", async () => {
  await expect(
    at("OAUTH", { sasl: login("SCRAM-SHA-512", "root", details().users.scram512.root) }),
  ).rejects.toMatchObject({ code: "login-refused" });
});

test.each([
  ["an expired certificate", "EXPIRED", () => ({ tls: trusting() })],
  ["a certificate of an unknown authority", "UNKNOWN", () => ({ tls: trusting() })],
  [
    "a missing authority",
    "SASL_TLS",
    () => ({ tls: trusting({ ca: null }), sasl: login("PLAIN", "admin", details().users.plain.admin) }),
  ],
  ["a CA file that is not there", "SASL_TLS", () => ({ tls: trusting({ ca: { file: "/no/such/ca.pem" } }) })],
  [
    "TLS against a plain listener",
    "SASL",
    () => ({ tls: trusting(), sasl: login("PLAIN", "admin", details().users.plain.admin) }),
  ],
] as const)("%s is a failed handshake", async (_, listener, settings) => {
  await expect(at(listener, settings())).rejects.toMatchObject({ code: "tls-failed" });
});

test("plain text against a TLS listener says that TLS is required", async () => {
  await expect(at("SASL_TLS", {})).rejects.toMatchObject({ code: "tls-required" });
});

test("a missing client certificate is told as TLS, not as a lost connection", async () => {
  await expect(at("MTLS", { tls: trusting() })).rejects.toMatchObject({ code: "tls-failed" });
});

test("a file that holds a password is read again at each new connection", async () => {
  const { mkdtemp, rm, writeFile } = await import("node:fs/promises");
  const { join } = await import("node:path");
  const { tmpdir } = await import("node:os");
  const folder = await mkdtemp(join(tmpdir(), "kafdeck-"));
  const file = join(folder, "password");
  await writeFile(file, "wrong\n");
  const cluster = clusterAt(details().listeners.SASL, {
    sasl: { mechanism: "PLAIN", username: "admin", password: { file } },
  });
  try {
    await expect(listTopics(cluster, { fresh: "true" }, signal)).rejects.toMatchObject({ code: "login-refused" });
    await writeFile(file, `${details().users.plain.admin}\n`);
    cluster.marked.clear();
    expect(names(await listTopics(cluster, { fresh: "true" }, signal))).toEqual(["hidden", "seen"]);
  } finally {
    await closeCluster(cluster);
    await rm(folder, { recursive: true });
  }
});
