import { X509Certificate } from "node:crypto";
import { type ClusterSettings, DEFAULT_LIMITS, type SaslSettings, type TlsSettings } from "../kafka/settings.ts";
import { limitsOfEnvironment } from "./config-limits.ts";
import { ConfigurationError } from "./configuration-error.ts";

type Environment = Record<string, string | undefined>;

/** `host`, `host:port` or `[v6]:port`, the port between 1 and 65535. */
export function isAddress(text: string): boolean {
  const match = /^(?:\[[0-9a-fA-F:.]+\]|[A-Za-z0-9._-]+)(?::(\d{1,5}))?$/.exec(text);
  if (!match) return false;
  const port = match[1] === undefined ? 9092 : Number(match[1]);
  return port > 0 && port < 65_536;
}

/**
 * One cluster from the environment. Kafdeck's own names are `KAFKA_BROKERS`, `KAFKA_TLS`, `KAFKA_CA_FILE` ...; Kafdrop's
 * `KAFKA_BROKERCONNECT`, `KAFKA_PROPERTIES`, `KAFKA_TRUSTSTORE` and `KAFKA_KEYSTORE` (base64) are taken too, so that a Kafdrop
 * deployment needs another image only. Throws ConfigurationError naming every variable that is wrong.
 */
export function environmentCluster(env: Environment) {
  const source = "the environment";
  const mistakes: string[] = [];
  const properties = collect(mistakes, () => readProperties(env)) ?? new Map<string, string>();
  const variable = env.KAFKA_BROKERS
    ? "KAFKA_BROKERS"
    : env.KAFKA_BROKERCONNECT
      ? "KAFKA_BROKERCONNECT"
      : "KAFKA_PROPERTIES";
  const brokers = env.KAFKA_BROKERS ?? env.KAFKA_BROKERCONNECT ?? properties.get("bootstrap.servers");
  if (!brokers?.trim() && mistakes.length === 0) return { clusters: [], readOnly: false, auditFile: null, source };
  const bootstrap = (brokers ?? "")
    .split(",")
    .map((one) => one.trim().replace(/^[A-Z_]+:\/\//, ""))
    .filter(Boolean);
  for (const wrong of bootstrap.filter((one) => !isAddress(one)))
    mistakes.push(`${variable}: "${wrong}" is not host or host:port`);
  const tls = collect(mistakes, () => readTls(env, properties)) ?? null;
  const sasl = collect(mistakes, () => readSasl(env, properties)) ?? null;
  const limits = collect(mistakes, () => limitsOfEnvironment(env)) ?? DEFAULT_LIMITS;
  if (mistakes.length > 0) throw new ConfigurationError(source, mistakes);
  const cluster: ClusterSettings = {
    name: env.KAFDECK_CLUSTER_NAME ?? "kafka",
    label: env.KAFDECK_CLUSTER_LABEL ?? null,
    colour: null,
    readOnly: false,
    readOnlyReason: null,
    bootstrap,
    tls,
    sasl,
    protobuf: null,
    limits,
    rack: env.KAFKA_RACK ?? null,
    origin: source,
  };
  return { clusters: [cluster], readOnly: false, auditFile: null, source };
}

/** What `read` gives; what it finds wrong is added to the mistakes, each with its variable in front. */
function collect<T>(mistakes: string[], read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    mistakes.push(...error.mistakes.map((mistake) => `${error.source}: ${mistake}`));
    return undefined;
  }
}

/** Java properties from `KAFKA_PROPERTIES`: base64 of a file, as Kafdrop takes it. */
function readProperties(env: Environment): Map<string, string> {
  const given = env.KAFKA_PROPERTIES;
  if (!given) return new Map();
  const text = /^[A-Za-z0-9+/=_\-\s]+$/.test(given) ? Buffer.from(given, "base64").toString("utf8") : "";
  const lines = text.replace(/\\\r?\n\s*/g, "").split(/\r?\n/);
  const pairs = lines
    .map((line) => /^\s*([^#!\s=:][^=:\s]*)\s*[=:]?\s*(.*)$/.exec(line))
    .filter((match) => match !== null);
  // Text that was not base64 decodes into bytes that are no text.
  if (pairs.length === 0 || [...text].some(isNoText))
    throw new ConfigurationError("KAFKA_PROPERTIES", [
      "must be a properties file in base64 (base64 -w0 kafka.properties)",
    ]);
  return new Map(pairs.map(([, key = "", value = ""]) => [unescaped(key), unescaped(value.trim())]));
}

const isNoText = (sign: string): boolean => sign === "\ufffd" || (sign < " " && !"\t\r\n\f".includes(sign));

/** Java's escapes: `https\://host` is `https://host`. */
const unescaped = (text: string): string =>
  text.replace(/\\(u[0-9a-fA-F]{4}|.)/g, (_, sign: string) =>
    /^u.{4}$/.test(sign) ? String.fromCharCode(Number.parseInt(sign.slice(1), 16)) : (controls[sign] ?? sign),
  );
const controls: Record<string, string> = { t: "\t", n: "\n", r: "\r", f: "\f" };

/** A switch that says true or false, or is not given. */
function readSwitch(env: Environment, name: string): boolean | null {
  const given = env[name];
  if (given === undefined) return null;
  if (given !== "true" && given !== "false")
    throw new ConfigurationError(name, [`must be true or false, not "${given}"`]);
  return given === "true";
}

const PROTOCOLS = ["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"];

function readProtocol(env: Environment, properties: Map<string, string>): string | null {
  const protocol = env.KAFKA_SECURITY_PROTOCOL ?? properties.get("security.protocol");
  if (protocol === undefined) return null;
  if (!PROTOCOLS.includes(protocol))
    throw new ConfigurationError(env.KAFKA_SECURITY_PROTOCOL ? "KAFKA_SECURITY_PROTOCOL" : "security.protocol", [
      `"${protocol}" is not one of ${PROTOCOLS.join(", ")}`,
    ]);
  return protocol;
}

function readTls(env: Environment, properties: Map<string, string>): TlsSettings | null {
  const protocol = readProtocol(env, properties);
  const truststore = readStore("KAFKA_TRUSTSTORE", env.KAFKA_TRUSTSTORE);
  const keystore = readStore("KAFKA_KEYSTORE", env.KAFKA_KEYSTORE);
  if (keystore && !/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(keystore))
    throw new ConfigurationError("KAFKA_KEYSTORE", ["must hold the private key beside the certificate"]);
  if (!env.KAFKA_CERT_FILE !== !env.KAFKA_KEY_FILE)
    throw new ConfigurationError("KAFKA_CERT_FILE and KAFKA_KEY_FILE", ["must be given together"]);
  const said = readSwitch(env, "KAFKA_TLS");
  const implied = truststore || keystore || env.KAFKA_CA_FILE || env.KAFKA_CERT_FILE;
  const wanted = said ?? (protocol?.endsWith("SSL") || Boolean(implied));
  if (!wanted) return null;
  const file = (name: string) => (env[name] ? { file: env[name] } : null);
  const passphrase =
    env.KAFKA_KEY_PASSWORD ?? properties.get("ssl.key.password") ?? properties.get("ssl.keystore.password");
  return {
    ca: truststore ? { value: truststore } : file("KAFKA_CA_FILE"),
    cert: keystore ? { value: keystore } : file("KAFKA_CERT_FILE"),
    key: keystore ? { value: keystore } : file("KAFKA_KEY_FILE"),
    passphrase: passphrase ? { value: passphrase } : null,
    verify: readSwitch(env, "KAFKA_TLS_VERIFY") ?? properties.get("ssl.endpoint.identification.algorithm") !== "",
    serverName: env.KAFKA_TLS_SERVER_NAME ?? null,
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
  if (!mechanism && (env.KAFKA_SASL_USERNAME || env.KAFKA_SASL_PASSWORD || env.KAFKA_SASL_PASSWORD_FILE))
    throw new ConfigurationError("KAFKA_SASL_MECHANISM", ["is needed beside the user name and the password"]);
  if (!mechanism) return null;
  const jaas = properties.get("sasl.jaas.config") ?? "";
  const fromJaas = (name: string) =>
    new RegExp(`\\b${name}\\s*=\\s*"((?:[^"\\\\]|\\\\.)*)"`).exec(jaas)?.[1]?.replace(/\\(.)/g, "$1");
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
