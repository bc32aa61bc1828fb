import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { environmentCluster, isAddress } from "./environment.ts";

const base64 = (text: string | Buffer) => Buffer.from(text).toString("base64");
const only = (env: Record<string, string>) => environmentCluster(env).clusters[0];
const mistakes = (env: Record<string, string>): string => {
  try {
    environmentCluster(env);
  } catch (error) {
    return (error as Error).message;
  }
  return "";
};

describe("one cluster from the environment", () => {
  test("needs nothing but the brokers", () => {
    expect(only({ KAFKA_BROKERS: " a:9092, b:9093 ,[::1]:1" })).toMatchObject({
      name: "kafka",
      bootstrap: ["a:9092", "b:9093", "[::1]:1"],
      tls: null,
      sasl: null,
      protobuf: null,
      origin: "the environment",
    });
  });

  test("is none without brokers", () => expect(environmentCluster({}).clusters).toEqual([]));

  test("takes Kafdrop's name of the brokers, and a protocol in front of an address", () => {
    expect(only({ KAFKA_BROKERCONNECT: "PLAINTEXT://kafka:29092,SASL_SSL://b" })?.bootstrap).toEqual([
      "kafka:29092",
      "b",
    ]);
  });

  test("takes files for certificates and the password", () => {
    expect(
      only({
        KAFKA_BROKERS: "a",
        KAFKA_CA_FILE: "/ca.pem",
        KAFKA_CERT_FILE: "/c.pem",
        KAFKA_KEY_FILE: "/k.pem",
        KAFKA_KEY_PASSWORD: "p",
        KAFKA_TLS_VERIFY: "false",
        KAFKA_TLS_SERVER_NAME: "kafka",
        KAFKA_SASL_MECHANISM: "PLAIN",
        KAFKA_SASL_USERNAME: "u",
        KAFKA_SASL_PASSWORD_FILE: "/password",
      }),
    ).toMatchObject({
      tls: {
        ca: { file: "/ca.pem" },
        cert: { file: "/c.pem" },
        key: { file: "/k.pem" },
        passphrase: { value: "p" },
        verify: false,
        serverName: "kafka",
      },
      sasl: { mechanism: "PLAIN", username: "u", password: { file: "/password" } },
    });
  });

  test("names every variable that is wrong, and no secret", () => {
    const said = mistakes({
      KAFKA_BROKERCONNECT: "a b:1,c:70000",
      KAFKA_TLS: "yes",
      KAFKA_SASL_USERNAME: "u",
      KAFKA_SASL_PASSWORD: "canary-9",
    });
    expect(said).toContain('KAFKA_BROKERCONNECT: "a b:1" is not host or host:port');
    expect(said).toContain('KAFKA_BROKERCONNECT: "c:70000" is not host or host:port');
    expect(said).toContain('KAFKA_TLS: must be true or false, not "yes"');
    expect(said).toContain("KAFKA_SASL_MECHANISM: is needed");
    expect(said).not.toContain("canary-9");
  });

  test.each<[Record<string, string>, RegExp]>([
    [{ KAFKA_CERT_FILE: "/c" }, /KAFKA_CERT_FILE and KAFKA_KEY_FILE: must be given together/],
    [{ KAFKA_SECURITY_PROTOCOL: "TLS" }, /KAFKA_SECURITY_PROTOCOL: "TLS" is not one of PLAINTEXT/],
    [{ KAFKA_SECURITY_PROTOCOL: "SASL_SSL" }, /KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD: are needed for PLAIN/],
    [{ KAFKA_SASL_MECHANISM: "GSSAPI" }, /"GSSAPI" is not supported/],
    [{ KAFKA_SASL_MECHANISM: "OAUTHBEARER" }, /KAFKA_SASL_OAUTH_TOKEN_URL.*are needed/],
  ])("%j is refused", (env, reason) => expect(mistakes({ KAFKA_BROKERS: "a", ...env })).toMatch(reason));
});

describe("KAFKA_PROPERTIES", () => {
  const properties = (text: string, more: Record<string, string> = {}) => ({ KAFKA_PROPERTIES: base64(text), ...more });

  test("is a properties file in base64, with comments, continuations and escapes", () => {
    const text = `
# a comment
bootstrap.servers=kafka-1:9092,kafka-2:9092
security.protocol : SASL_SSL
sasl.mechanism=SCRAM-SHA-256
sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required \\
    username="kafdeck" \\
    password="a\\\\"b=c";
ssl.endpoint.identification.algorithm=
`;
    expect(only(properties(text))).toMatchObject({
      bootstrap: ["kafka-1:9092", "kafka-2:9092"],
      tls: { verify: false },
      sasl: { mechanism: "SCRAM-SHA-256", username: "kafdeck", password: { value: 'a"b=c' } },
    });
  });

  test("holds OAUTHBEARER as Kafka writes it", () => {
    const text = `security.protocol=SASL_PLAINTEXT\nsasl.mechanism=OAUTHBEARER\nsasl.oauthbearer.token.endpoint.url=https\\://id/token\nsasl.jaas.config=x required clientId="c" clientSecret="s" scope="kafka";`;
    expect(only(properties(text, { KAFKA_BROKERCONNECT: "k" }))?.sasl).toMatchObject({
      tokenUrl: "https://id/token",
      clientId: "c",
      clientSecret: { value: "s" },
      scope: "kafka",
    });
  });

  test("gives way to a variable of its own", () => {
    const env = properties('bootstrap.servers=a\nsasl.mechanism=PLAIN\nsasl.jaas.config=x username="u" password="p";', {
      KAFKA_BROKERS: "b",
      KAFKA_SASL_USERNAME: "v",
    });
    expect(only(env)).toMatchObject({ bootstrap: ["b"], sasl: { username: "v", password: { value: "p" } } });
  });

  test.each(["security.protocol=SSL", "AAECAwQ=", base64("\0\x01\x02"), ""])(
    "%j alone is no cluster, and no properties",
    (given) => {
      if (given === "") expect(environmentCluster({ KAFKA_PROPERTIES: given }).clusters).toEqual([]);
      else
        expect(mistakes({ KAFKA_PROPERTIES: given, KAFKA_BROKERS: "a" })).toContain(
          "must be a properties file in base64",
        );
    },
  );
});

describe("KAFKA_TRUSTSTORE and KAFKA_KEYSTORE", () => {
  let folder: string;
  let certificate: string;
  let key: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "kafdeck-stores-"));
    const file = (name: string) => join(folder, name);
    const subject = ["-days", "2", "-subj", "/CN=test", "-keyout", file("key"), "-out", file("crt")];
    execFileSync(
      "openssl",
      ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", ...subject],
      { stdio: "ignore" },
    );
    execFileSync("openssl", [
      "pkcs12",
      "-export",
      "-in",
      file("crt"),
      "-inkey",
      file("key"),
      "-passout",
      "pass:",
      "-out",
      file("p12"),
    ]);
    certificate = readFileSync(file("crt"), "utf8");
    key = readFileSync(file("key"), "utf8");
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("are PEM in base64", () => {
    const both = certificate + key;
    expect(
      only({ KAFKA_BROKERS: "a", KAFKA_TRUSTSTORE: base64(certificate), KAFKA_KEYSTORE: base64(both) })?.tls,
    ).toMatchObject({
      ca: { value: certificate },
      cert: { value: both },
      key: { value: both },
    });
  });

  test("a keystore without a key is refused", () => {
    expect(mistakes({ KAFKA_BROKERS: "a", KAFKA_KEYSTORE: base64(certificate) })).toContain(
      "must hold the private key",
    );
  });

  test("JKS is refused with the line that converts it", () => {
    const jks = base64(Buffer.from("feedfeed00000002", "hex"));
    expect(mistakes({ KAFKA_BROKERS: "a", KAFKA_TRUSTSTORE: jks })).toMatch(
      /keytool -importkeystore .* && openssl pkcs12/,
    );
  });

  test("PKCS#12 is refused with the line that converts it", () => {
    const store = base64(readFileSync(join(folder, "p12")));
    expect(mistakes({ KAFKA_BROKERS: "a", KAFKA_KEYSTORE: store })).toContain("openssl pkcs12 -in store.p12");
  });

  test.each(["", "no certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"])(
    "%j is no store",
    (text) => {
      const said = mistakes({ KAFKA_BROKERS: "a", KAFKA_TRUSTSTORE: base64(text) });
      expect(said === "").toBe(text === "");
    },
  );
});

test("an address is a host, with a port that exists", () => {
  expect(["a", "a:1", "a-b.c_d:65535", "[::1]", "[fe80::1]:9092"].filter(isAddress)).toHaveLength(5);
  expect(["", "a:", "a:0", "a:65536", "a:1:2", "::1", "a b", "http://a", "a/b"].filter(isAddress)).toEqual([]);
});
