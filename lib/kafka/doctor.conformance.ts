import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { type KafkaCluster, startKafka } from "../../scripts/kafka/cluster.ts";
import { freePorts } from "../../scripts/kafka/ports.ts";
import type { DoctorReport } from "../api/clusters.ts";
import { examineCluster } from "./doctor.ts";
import type { ClusterSettings, SaslSettings, TlsSettings } from "./settings.ts";
import { clusterAt } from "./testing.ts";

async function examine(bootstrap: string, more: Partial<ClusterSettings> = {}) {
  const started = performance.now();
  const report = await examineCluster(clusterAt(bootstrap, { origin: "clusters[0] of /etc/kafdeck.yaml", ...more }));
  expect(performance.now() - started).toBeLessThan(6_000);
  return report;
}

// Loading the client is measured elsewhere, and takes longer beside other tests.
beforeAll(async () => void (await import("@platformatic/kafka")));

const failedStep = ({ steps }: DoctorReport) => {
  const failed = steps.find(({ state }) => state === "failed");
  return failed ? `${failed.step}: ${failed.text}` : null;
};
const sentences = ({ advice }: DoctorReport) => advice?.sentences.join(" ") ?? "";

const open: { server: Server; sockets: Set<Socket> }[] = [];
async function listening(server: Server): Promise<string> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => sockets.add(socket));
  open.push({ server, sockets });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}
afterAll(() => {
  for (const { server, sockets } of open) {
    for (const socket of sockets) socket.destroy();
    server.close();
  }
});

const deadPort = async () => `127.0.0.1:${(await freePorts(1))[0]}`;

const tls = (more: Partial<TlsSettings> = {}): TlsSettings => ({
  ca: null,
  cert: null,
  key: null,
  passphrase: null,
  verify: true,
  serverName: null,
  ...more,
});

describe("what is not a broker", () => {
  test("an HTTP server on the port is told as one", async () => {
    const address = await listening(createHttpServer((_, response) => response.end("hello")));
    const report = await examine(address);
    expect(failedStep(report)).toBe("api-versions: an HTTP server answers on this port");
    expect(sentences(report)).toContain("`clusters[0].bootstrap` in kafdeck.yaml");
  });

  test("an HTTP server is told as one when TLS is configured too", async () => {
    const address = await listening(createHttpServer((_, response) => response.end("hello")));
    expect(failedStep(await examine(address, { tls: tls() }))).toBe(
      "api-versions: an HTTP server answers on this port",
    );
  });

  test("a server of another protocol is quoted", async () => {
    const address = await listening(createServer((socket) => void socket.write("SSH-2.0-OpenSSH_9.2\r\n")));
    expect(failedStep(await examine(address))).toBe('api-versions: what answers is not Kafka: "SSH-2.0-OpenSSH_9.2"');
  });

  test("a server that accepts and never answers is told within the limit", async () => {
    const address = await listening(createServer(() => {}));
    const report = await examine(address);
    expect(failedStep(report)).toBe("api-versions: it accepts the connection and never answers");
    expect(report.steps.filter(({ state }) => state === "ok").map(({ step }) => step)).toEqual([
      "config",
      "name",
      "tcp",
    ]);
  });

  test("a silent server is told with TLS as well", async () => {
    const address = await listening(createServer(() => {}));
    expect(failedStep(await examine(address, { tls: tls() }))).toMatch(/never answers$/);
  });

  test("a port where nothing listens is refused", async () => {
    const report = await examine(await deadPort());
    expect(failedStep(report)).toBe("tcp: refused: nothing listens there");
    expect(report.consequence).toBe("Nothing of this cluster can be shown.");
  });

  test("a name that does not exist is told at its step", async () => {
    const report = await examine("no-such-host.invalid:9092");
    expect(failedStep(report)).toBe("name: no-such-host.invalid cannot be resolved");
  });

  test("a file of the configuration that is not there stops at the first step", async () => {
    const sasl: SaslSettings = { mechanism: "PLAIN", username: "a", password: { file: "/no/such/file" } };
    const report = await examine("127.0.0.1:1", { sasl });
    expect(failedStep(report)).toBe("config: The file /no/such/file cannot be read.");
    expect(report.steps.slice(1).every(({ state }) => state === "skipped")).toBe(true);
  });
});

describe("a plain broker", () => {
  test("is reached at every step and at its advertised listener", async () => {
    const report = await examine(inject("kafka").bootstrap);
    expect(failedStep(report)).toBeNull();
    expect(report.steps.map(({ state }) => state)).toEqual(["ok", "ok", "ok", "skipped", "skipped", "ok", "ok", "ok"]);
    expect(report.listeners).toMatchObject([{ broker: 1, reached: true, text: "reached" }]);
    expect(report.advice).toBeNull();
  });

  test("beside a dead host in the list is fine, and the report says so", async () => {
    const dead = await deadPort();
    const report = await examine(`${dead},${inject("kafka").bootstrap}`);
    expect(failedStep(report)).toBeNull();
    expect(sentences(report)).toContain(`1 of 2 bootstrap servers cannot be used: \`${dead}\``);
    expect(sentences(report)).toContain("fine as long as one of them works");
    expect(report.bootstrap[0]?.steps.find(({ state }) => state === "failed")?.step).toBe("tcp");
  });

  test("asked with TLS is told to speak plain text", async () => {
    const report = await examine(inject("kafka").bootstrap, { tls: tls() });
    expect(failedStep(report)).toBe("tls: the broker speaks plain text on this port, the configuration says TLS");
    expect(report.advice).toMatchObject({ setting: "kafdeck.yaml, clusters[0]", after: "tls: false" });
  });

  test("asked with a login is told to want none", async () => {
    const sasl: SaslSettings = { mechanism: "PLAIN", username: "admin", password: { value: "canary-5c1f" } };
    const report = await examine(inject("kafka").bootstrap, { sasl });
    expect(failedStep(report)).toBe("sasl: the listener takes no login, and one is configured");
    expect(JSON.stringify(report)).not.toContain("canary-5c1f");
  });
});

describe("a broker whose advertised listener is wrong", () => {
  let kafka: KafkaCluster;
  let advertised: string;
  let bound: number;
  beforeAll(async () => {
    [bound = 0] = await freePorts(1);
    advertised = await deadPort();
    const [, port] = advertised.split(":");
    kafka = await startKafka({
      ports: [bound],
      properties: { "advertised.listeners": `PLAINTEXT://localhost:${port}` },
    });
  });
  afterAll(() => kafka?.stop());

  test("is found by the bootstrap server and lost at the address it gives, with the setting to change", async () => {
    const report = await examine(`127.0.0.1:${bound}`);
    const [, port] = advertised.split(":");
    expect(failedStep(report)).toBe("listeners: 1 of 1 broker cannot be reached at the address it gives");
    expect(report.listeners).toMatchObject([{ address: `localhost:${port}`, text: "refused: nothing listens there" }]);
    expect(report.advice).toMatchObject({
      setting: "advertised.listeners=",
      before: `PLAINTEXT://localhost:${port}`,
      after: `PLAINTEXT://127.0.0.1:${bound}`,
    });
    expect(report.consequence).toContain("Broker 1 cannot be asked from here");
  });

  test("that is frozen accepts and never answers, and the report is there all the same", async () => {
    await kafka.brokers[0]?.kill("SIGSTOP");
    try {
      const report = await examine(`127.0.0.1:${bound}`);
      expect(failedStep(report)).toBe("api-versions: it accepts the connection and never answers");
    } finally {
      await kafka.brokers[0]?.kill("SIGCONT");
    }
  });
});

describe("a secured broker", () => {
  let kafka: KafkaCluster;
  beforeAll(async () => {
    kafka = await startKafka({ secure: true });
  });
  afterAll(() => kafka?.stop());

  const at = (name: "SASL" | "SASL_TLS" | "MTLS" | "OAUTH" | "EXPIRED" | "UNKNOWN") =>
    kafka.secure?.listeners[name] ?? "";
  const trusting = (more: Partial<TlsSettings> = {}) =>
    tls({ ca: { file: kafka.secure?.certificates.authority ?? "" }, ...more });
  const login = (
    mechanism: "PLAIN" | "SCRAM-SHA-256" | "SCRAM-SHA-512",
    username: string,
    password: string,
  ): SaslSettings => ({
    mechanism,
    username,
    password: { value: password },
  });
  const client = (name: "alice" | "late" | "outsider") => {
    const pair = kafka.secure?.certificates.clients[name];
    return { cert: { file: pair?.certificate ?? "" }, key: { file: pair?.key ?? "" } };
  };

  test.each([
    ["PLAIN", "admin", "admin-secret"],
    ["SCRAM-SHA-256", "carol", "carol-secret"],
    ["SCRAM-SHA-512", "root", "root-secret"],
  ] as const)("takes a login by %s over TLS", async (mechanism, username, password) => {
    const report = await examine(at("SASL_TLS"), { tls: trusting(), sasl: login(mechanism, username, password) });
    expect(failedStep(report)).toBeNull();
    expect(report.steps[4]).toMatchObject({ state: "ok", text: `${mechanism} as ${username}` });
    expect(report.steps[3]?.text).toMatch(
      /^TLS 1\.\d, certificate valid until \d{4}-\d\d-\d\d, 36\d days from now, issued by authority$/,
    );
    expect(report.listeners[0]?.text).toBe("reached, certificate fits, logged in");
    expect(JSON.stringify(report)).not.toContain(password);
  });

  test("refuses a wrong password, which the report does not hold", async () => {
    const report = await examine(at("SASL"), { sasl: login("SCRAM-SHA-512", "root", "canary-77ab") });
    expect(failedStep(report)).toBe("sasl: SCRAM-SHA-512 login of root refused");
    expect(sentences(report)).toContain("`clusters[0].sasl.password` in kafdeck.yaml");
    expect(JSON.stringify(report)).not.toContain("canary-77ab");
  });

  test("refuses a wrong PLAIN password", async () => {
    expect(failedStep(await examine(at("SASL"), { sasl: login("PLAIN", "admin", "no") }))).toBe(
      "sasl: PLAIN login of admin refused",
    );
  });

  test("lists the mechanisms it offers when another is asked for", async () => {
    const report = await examine(at("OAUTH"), { sasl: login("PLAIN", "admin", "admin-secret") });
    expect(failedStep(report)).toBe("sasl: PLAIN is not enabled; the broker offers OAUTHBEARER");
  });

  test("asked without a login says which it wants", async () => {
    const report = await examine(at("SASL"));
    expect(failedStep(report)).toMatch(/^sasl: the broker wants a login \(.*PLAIN.*\), and none is configured$/);
  });

  test("asked in plain text on a TLS port says that it speaks TLS", async () => {
    const report = await examine(at("SASL_TLS"), { sasl: login("PLAIN", "admin", "admin-secret") });
    expect(failedStep(report)).toBe("tls: the broker speaks TLS on this port, the configuration does not");
    expect(report.advice?.after).toBe("tls: true");
  });

  test("with an expired certificate says since when", async () => {
    const report = await examine(at("EXPIRED"), { tls: trusting() });
    expect(failedStep(report)).toMatch(/^tls: the certificate ended on 2020-01-01, \d \d{3} days ago$/);
    expect(report.advice?.setting).toBe("ssl.keystore.location");
  });

  test("with a certificate of an unknown authority names the authority and the setting", async () => {
    const report = await examine(at("UNKNOWN"), { tls: trusting() });
    expect(failedStep(report)).toBe("tls: the certificate is issued by elsewhere, which is not trusted here");
    expect(report.advice?.after).toBe("tls: { ca: { file: /path/to/ca.pem } }");
  });

  test("whose certificate names another host says which names it carries", async () => {
    const report = await examine(at("SASL_TLS"), {
      tls: trusting({ serverName: "kafka.example.com" }),
      sasl: login("PLAIN", "admin", "admin-secret"),
    });
    expect(failedStep(report)).toMatch(
      /^tls: the certificate is for localhost, 127\.0\.0\.1 and .*, not for kafka\.example\.com$/,
    );
  });

  test("that wants a client certificate says so, takes a good one, and says why it refuses others", async () => {
    expect(failedStep(await examine(at("MTLS"), { tls: trusting() }))).toBe(
      "tls: the broker asks for a client certificate, and none is configured",
    );
    expect(failedStep(await examine(at("MTLS"), { tls: trusting(client("alice")) }))).toBeNull();
    const late = await examine(at("MTLS"), { tls: trusting(client("late")) });
    expect(failedStep(late)).toMatch(/^tls: the broker refused Kafdeck's certificate/);
    expect(sentences(late)).toContain("ended on 2020-01-01");
    const outsider = await examine(at("MTLS"), { tls: trusting(client("outsider")) });
    expect(sentences(outsider)).toContain("is issued by elsewhere, which the broker does not trust");
  });

  test("takes an OAUTHBEARER token, and tells a token endpoint that fails from a refused token", async () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const now = Math.floor(Date.now() / 1000);
    const token = `${part({ alg: "none" })}.${part({ sub: "admin", iat: now, exp: now + 600 })}.`;
    expect(
      failedStep(await examine(at("OAUTH"), { sasl: { mechanism: "OAUTHBEARER", token: { value: token } } })),
    ).toBeNull();

    const refused = await examine(at("OAUTH"), {
      sasl: { mechanism: "OAUTHBEARER", token: { value: "no.token.here" } },
    });
    expect(failedStep(refused)).toBe("sasl: OAUTHBEARER login refused");

    const tokenUrl = `http://${await deadPort()}/token`;
    const sasl: SaslSettings = {
      mechanism: "OAUTHBEARER",
      tokenUrl,
      clientId: "kafdeck",
      clientSecret: { value: "canary-secret" },
      scope: null,
      audience: null,
    };
    const unreachable = await examine(at("OAUTH"), { sasl });
    expect(failedStep(unreachable)).toBe(`sasl: The token endpoint ${tokenUrl} cannot be reached.`);
    expect(JSON.stringify(unreachable)).not.toContain("canary-secret");
  });
});
