import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readConfiguration } from "./config.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "kafdeck-config-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const path = () => join(folder, "kafdeck.yaml");
function read(yaml: string, env: Record<string, string> = {}) {
  writeFileSync(path(), yaml);
  return readConfiguration(env, folder);
}
/** The lines of what was refused, without the file's name. */
function mistakes(yaml: string, env: Record<string, string> = {}): string[] {
  try {
    read(yaml, env);
  } catch (error) {
    expect(error).toMatchObject({ name: "ConfigurationError" });
    return (error as { mistakes: string[] }).mistakes;
  }
  return [];
}

describe("a configuration file", () => {
  test("with several clusters gives each its settings, files relative to itself", () => {
    const { clusters, source, readOnly } = read(`
clusters:
  - name: production
    label: Production
    colour: red
    readOnly: true
    bootstrap: [kafka-1:9093, "[2001:db8::1]:9093"]
    tls: { ca: { file: certs/ca.pem }, cert: "PEM", key: { file: /etc/key.pem }, serverName: kafka }
    sasl: { mechanism: SCRAM-SHA-512, username: kafdeck, password: { file: secrets/password } }
  - name: test
    bootstrap: localhost
    tls: true
    sasl: { mechanism: OAUTHBEARER, tokenUrl: "https://id.example.com/token", clientId: k, clientSecret: s }
  - { name: plain, bootstrap: "localhost:9092", tls: false }
`);
    expect(source).toBe(path());
    expect(readOnly).toBe(false);
    expect(clusters).toMatchObject([
      {
        name: "production",
        colour: "red",
        readOnly: true,
        readOnlyReason: "readOnly: true is set for this cluster",
        bootstrap: ["kafka-1:9093", "[2001:db8::1]:9093"],
        origin: `clusters[0] of ${path()}`,
        tls: {
          ca: { file: join(folder, "certs/ca.pem") },
          cert: { value: "PEM" },
          key: { file: "/etc/key.pem" },
          verify: true,
          serverName: "kafka",
        },
        sasl: { mechanism: "SCRAM-SHA-512", password: { file: join(folder, "secrets/password") } },
      },
      {
        name: "test",
        bootstrap: ["localhost"],
        readOnlyReason: null,
        tls: { ca: null, verify: true },
        sasl: { scope: null },
      },
      { name: "plain", tls: null, sasl: null },
    ]);
  });

  test("with Protobuf descriptors takes their paths relative to itself, and the types of topics", () => {
    const { clusters } = read(`
clusters:
  - name: a
    bootstrap: localhost
    protobuf:
      descriptors: [proto/shop.binpb, /etc/other.binpb]
      topics:
        - { topic: "shop.*", value: shop.v1.Order }
        - { topic: plain, key: shop.v1.Key, value: shop.v1.Order }
  - { name: b, bootstrap: localhost, protobuf: { descriptors: [x] } }
  - { name: c, bootstrap: localhost }
`);
    expect(clusters.map(({ protobuf }) => protobuf)).toEqual([
      {
        descriptors: [join(folder, "proto/shop.binpb"), "/etc/other.binpb"],
        topics: [
          { topic: "shop.*", key: null, value: "shop.v1.Order" },
          { topic: "plain", key: "shop.v1.Key", value: "shop.v1.Order" },
        ],
      },
      { descriptors: [join(folder, "x")], topics: [] },
      null,
    ]);
    expect(
      mistakes(
        'clusters: [{ name: a, bootstrap: localhost, protobuf: { descriptors: [], topics: [{ topic: t }, { topic: t, value: "1x" }] } }]',
      ),
    ).toEqual([
      "clusters[0].protobuf.descriptors: must not be empty",
      "clusters[0].protobuf.topics[0]: must have a key or a value",
      "clusters[0].protobuf.topics[1].value: must be the full name of a message type, such as shop.v1.Order",
    ]);
  });

  test("names every mistake at once, with its path and the reason", () => {
    expect(
      mistakes(`
readonly: true
clusters:
  - name: a
    bootstrap: [h:1, "h:99999"]
    tls: { cert: { file: x }, cas: y }
    sasl: { mechanism: PLAIN, username: u }
  - bootstrap: PLAINTEXT://x
    colour: pink
    sasl: { mechanism: GSSAPI }
  - name: c
    bootstrap: []
    tls: 5
    readOnly: maybe
`),
    ).toEqual([
      "clusters[0].bootstrap[1]: must be host or host:port",
      'clusters[0].tls: "cas" is not known here',
      "clusters[0].tls: cert and key must be given together",
      "clusters[0].sasl.password: is missing",
      "clusters[1].name: is missing",
      "clusters[1].colour: must be grey, green, amber, red, blue or violet",
      "clusters[1].bootstrap: must be host or host:port",
      "clusters[1].sasl.mechanism: must be PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512; or must be OAUTHBEARER",
      "clusters[2].readOnly: must be true or false",
      "clusters[2].bootstrap: must not be empty",
      "clusters[2].tls: must be true or false; or must be a mapping",
      'the file: "readonly" is not known here',
    ]);
  });

  test.each<[string, string, string]>([
    ["nothing in it", "", "the file: must be a mapping"],
    ["no clusters", "clusters: []", "clusters: must not be empty"],
    [
      "a name used twice",
      "clusters: [{name: a, bootstrap: h}, {name: a, bootstrap: i}]",
      'clusters[1].name: "a" is used twice',
    ],
    ["a key written twice", "clusters: [{name: a, bootstrap: h, name: b}]", "Map keys must be unique"],
    ["no YAML", "clusters: [", "Flow sequence"],
    [
      "an empty password",
      'clusters: [{name: a, bootstrap: h, sasl: {mechanism: PLAIN, username: u, password: ""}}]',
      "clusters[0].sasl.password: must not be empty",
    ],
    [
      "a token endpoint without a client",
      "clusters: [{name: a, bootstrap: h, sasl: {mechanism: OAUTHBEARER, tokenUrl: 'https://x'}}]",
      "clusters[0].sasl.clientId: is missing",
    ],
    ["port 0", "clusters: [{name: a, bootstrap: 'h:0'}]", "clusters[0].bootstrap: must be host or host:port"],
  ])("with %s is refused", (_, yaml, reason) => {
    expect(mistakes(yaml).join("\n")).toContain(reason);
  });

  test("whose aliases unfold without end is refused, not unfolded", () => {
    const levels = Array.from({ length: 9 }, (_, i) => `l${i + 1}: &l${i + 1} [${`*l${i}, `.repeat(9)}*l${i}]`);
    expect(mistakes(`l0: &l0 x\n${levels.join("\n")}`).join()).toMatch(/alias/i);
  });

  test("never shows a secret in what it says", () => {
    const text = mistakes(
      "clusters: [{name: a, bootstrap: h, sasl: {mechanism: PLAIN, user: u, password: canary-31}}]",
    ).join();
    expect(text).toContain('"user" is not known here');
    expect(text).not.toContain("canary-31");
  });

  test("that was named and is not there is a mistake; one that was not named is not", () => {
    expect(() => readConfiguration({ KAFDECK_CONFIG: "absent.yaml" }, folder)).toThrow(/absent\.yaml.*\n.*ENOENT/);
    const empty = mkdtempSync(join(folder, "empty-"));
    expect(readConfiguration({}, empty)).toMatchObject({ clusters: [], source: "the environment" });
    expect(readConfiguration({ KAFDECK_CONFIG: "" }, empty).clusters).toEqual([]);
  });

  test("says where the audit goes, and the environment wins", () => {
    const yaml = "audit: { file: audit.jsonl }\nclusters: [{name: a, bootstrap: h}]";
    expect(read(yaml).auditFile).toBe(join(folder, "audit.jsonl"));
    expect(read(yaml, { KAFDECK_AUDIT_FILE: "/var/log/audit.jsonl" }).auditFile).toBe("/var/log/audit.jsonl");
  });
});

describe("read-only", () => {
  const yaml = "clusters: [{name: a, bootstrap: h}]";
  test("is off on loopback", () => {
    for (const host of ["127.0.0.1", "localhost", "::1", "127.0.0.9"])
      expect(read(yaml, { KAFDECK_HOST: host })).toMatchObject({ readOnly: false, notices: [] });
  });

  test("is on where others can reach the process, and says so, until the operator says otherwise", () => {
    for (const host of ["0.0.0.0", "::", "10.0.0.4", "kafdeck.example.com"]) {
      const open = read(yaml, { KAFDECK_HOST: host });
      expect(open).toMatchObject({ readOnly: true, notices: [{ code: "open-bind" }] });
      expect(open.clusters[0]).toMatchObject({ readOnly: true, readOnlyReason: open.readOnlyReason });
      expect(read(yaml, { KAFDECK_HOST: host, KAFDECK_READ_ONLY: "false" })).toMatchObject({ readOnly: false });
    }
  });

  test("can be set for the process or in the file, and lifting one does not lift a cluster's own", () => {
    expect(read(yaml, { KAFDECK_READ_ONLY: "true" }).readOnly).toBe(true);
    expect(read(`readOnly: true\n${yaml}`).clusters[0]?.readOnly).toBe(true);
    const own = read("clusters: [{name: a, bootstrap: h, readOnly: true}]", { KAFDECK_READ_ONLY: "false" });
    expect(own).toMatchObject({ readOnly: false, clusters: [{ readOnly: true }] });
  });

  test("takes no other word than true and false", () => {
    expect(() => read(yaml, { KAFDECK_READ_ONLY: "yes" })).toThrow(
      /KAFDECK_READ_ONLY.*\n.*must be true or false, not "yes"/,
    );
  });
});
