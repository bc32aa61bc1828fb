import { X509Certificate } from "node:crypto";
import type { ClusterSettings, SaslSettings, TlsSettings } from "../kafka/settings.ts";
import { ConfigurationError } from "./configuration-error.ts";

type Environment = Record<string, string | undefined>;

/**
 * One cluster from the environment. Kafdeck's own names are `KAFKA_BROKERS`, `KAFKA_TLS`, `KAFKA_CA_FILE` ...; Kafdrop's
 * `KAFKA_BROKERCONNECT`, `KAFKA_PROPERTIES`, `KAFKA_TRUSTSTORE` and `KAFKA_KEYSTORE` (base64) are taken too, so that a Kafdrop
 * deployment needs another image only. Throws ConfigurationError naming the variable.
 */
export function environmentCluster(env: Environment) {
  const properties = readProperties(env);
  const brokers = env.KAFKA_BROKERS ?? env.KAFKA_BROKERCONNECT ?? properties.get("bootstrap.servers");
  const source = "the environment";
  if (!brokers?.trim()) return { clusters: [], readOnly: false, auditFile: null, source };
  const bootstrap = brokers
    .split(",")
    .map((one) => one.trim().replace(/^[A-Z_]+:\/\//, ""))
    .filter(Boolean);
  const wrong = bootstrap.find((one) => !/^(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9._-]+)(:\d{1,5})?$/.test(one));
  if (wrong) throw new ConfigurationError("KAFKA_BROKERS", [`"${wrong}" is not host or host:port`]);
  const cluster: ClusterSettings = {
    name: env.KAFDECK_CLUSTER_NAME ?? "kafka",
    label: env.KAFDECK_CLUSTER_LABEL ?? null,
    colour: null,
    readOnly: false,
    readOnlyReason: null,
    bootstrap,
    tls: readTls(env, properties),
    sasl: readSasl(env, properties),
    origin: source,
  };
  return { clusters: [cluster], readOnly: false, auditFile: null, source };
}

/** Java properties from `KAFKA_PROPERTIES`: base64 of a file, as Kafdrop takes it. */
function readProperties(env: Environment): Map<string, string> {
  const given = env.KAFKA_PROPERTIES;
  if (!given) return new Map();
  const text = Buffer.from(given, "base64").toString("utf8");
  const lines = text.replace(/\\\r?\n\s*/g, "").split(/\r?\n/);
  const pairs = lines
    .map((line) => /^\s*([^#!\s=:][^=:\s]*)\s*[=:]?\s*(.*)$/.exec(line))
    .filter((match) => match !== null);
  if (pairs.length === 0) throw new ConfigurationError("KAFKA_PROPERTIES", ["must be a properties file in base64"]);
  return new Map(pairs.map(([, key = "", value = ""]) => [key, value.trim()]));
}

function readTls(env: Environment, properties: Map<string, string>): TlsSettings | null {
  const protocol = env.KAFKA_SECURITY_PROTOCOL ?? properties.get("security.protocol") ?? "";
  const truststore = readStore("KAFKA_TRUSTSTORE", env.KAFKA_TRUSTSTORE);
  const keystore = readStore("KAFKA_KEYSTORE", env.KAFKA_KEYSTORE);
  const wanted =
    /SSL$/.test(protocol) ||
    env.KAFKA_TLS === "true" ||
    truststore ||
    keystore ||
    env.KAFKA_CA_FILE ||
    env.KAFKA_CERT_FILE;
  if (!wanted) return null;
  const file = (name: string) => (env[name] ? { file: env[name] } : null);
  return {
    ca: truststore ? { value: truststore } : file("KAFKA_CA_FILE"),
    cert: keystore ? { value: keystore } : file("KAFKA_CERT_FILE"),
    key: keystore ? { value: keystore } : file("KAFKA_KEY_FILE"),
    passphrase: env.KAFKA_KEY_PASSWORD ? { value: env.KAFKA_KEY_PASSWORD } : null,
    verify: env.KAFKA_TLS_VERIFY !== "false" && properties.get("ssl.endpoint.identification.algorithm") !== "",
    serverName: null,
  };
}

/** The command that turns a Java keystore into what every other program reads. */
const convert = (variable: string) =>
  `${variable} holds a JKS keystore, which only Java reads. Convert it: keytool -importkeystore -srckeystore store.jks -destkeystore store.p12 -deststoretype PKCS12 && openssl pkcs12 -in store.p12 -nodes -out store.pem, then set ${variable} to the output of base64 -w0 store.pem`;

/** A PEM bundle given in base64. Throws where it is a JKS or PKCS#12 store, with the line that converts it. */
function readStore(variable: string, given: string | undefined): string | null {
  if (!given) return null;
  const bytes = Buffer.from(given, "base64");
  if (bytes.length >= 4 && [0xfeedfeed, 0xcececece].includes(bytes.readUInt32BE(0)))
    throw new ConfigurationError(variable, [convert(variable)]);
  if (bytes[0] === 0x30)
    throw new ConfigurationError(variable, [
      `${variable} holds PKCS#12 or DER. Convert it: openssl pkcs12 -in store.p12 -nodes -out store.pem`,
    ]);
  const text = bytes.toString("utf8");
  const certificate = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/.exec(text)?.[0];
  if (!certificate)
    throw new ConfigurationError(variable, ["must be a PEM file in base64, with at least one certificate"]);
  try {
    new X509Certificate(certificate);
  } catch {
    throw new ConfigurationError(variable, ["holds a certificate that cannot be read"]);
  }
  return text;
}

const MECHANISMS = ["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"] as const;

function readSasl(env: Environment, properties: Map<string, string>): SaslSettings | null {
  const protocol = env.KAFKA_SECURITY_PROTOCOL ?? properties.get("security.protocol") ?? "";
  const mechanism =
    env.KAFKA_SASL_MECHANISM ?? properties.get("sasl.mechanism") ?? (protocol.startsWith("SASL") ? "PLAIN" : null);
  if (!mechanism) return null;
  const jaas = properties.get("sasl.jaas.config") ?? "";
  const fromJaas = (name: string) =>
    new RegExp(`${name}\\s*=\\s*"((?:[^"\\\\]|\\\\.)*)"`).exec(jaas)?.[1]?.replace(/\\(.)/g, "$1");
  if (mechanism === "OAUTHBEARER") return readOAuth(env, properties, fromJaas);
  const known = MECHANISMS.find((one) => one === mechanism);
  if (!known)
    throw new ConfigurationError("sasl.mechanism", [
      `"${mechanism}" is not supported: use ${MECHANISMS.join(", ")} or OAUTHBEARER`,
    ]);
  const username = env.KAFKA_SASL_USERNAME ?? fromJaas("username");
  const password = env.KAFKA_SASL_PASSWORD ?? fromJaas("password");
  const passwordFile = env.KAFKA_SASL_PASSWORD_FILE;
  if (!username || !(password || passwordFile))
    throw new ConfigurationError("KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD", [`are needed for ${mechanism}`]);
  return { mechanism: known, username, password: passwordFile ? { file: passwordFile } : { value: password ?? "" } };
}

function readOAuth(
  env: Environment,
  properties: Map<string, string>,
  fromJaas: (name: string) => string | undefined,
): SaslSettings {
  const tokenUrl = env.KAFKA_SASL_OAUTH_TOKEN_URL ?? properties.get("sasl.oauthbearer.token.endpoint.url");
  const clientId = env.KAFKA_SASL_OAUTH_CLIENT_ID ?? fromJaas("clientId");
  const clientSecret = env.KAFKA_SASL_OAUTH_CLIENT_SECRET ?? fromJaas("clientSecret");
  if (!tokenUrl || !clientId || !clientSecret) {
    throw new ConfigurationError(
      "KAFKA_SASL_OAUTH_TOKEN_URL, KAFKA_SASL_OAUTH_CLIENT_ID and KAFKA_SASL_OAUTH_CLIENT_SECRET",
      ["are needed for OAUTHBEARER"],
    );
  }
  return {
    mechanism: "OAUTHBEARER",
    tokenUrl,
    clientId,
    clientSecret: { value: clientSecret },
    scope: env.KAFKA_SASL_OAUTH_SCOPE ?? fromJaas("scope") ?? null,
    audience: env.KAFKA_SASL_OAUTH_AUDIENCE ?? null,
  };
}
