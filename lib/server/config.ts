import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { parseDocument } from "yaml";
import { z } from "zod";
import type { ClusterSettings, SaslSettings, Secret, TlsSettings } from "../kafka/settings.ts";
import type { AlertRuleSettings } from "./alerts/rules.ts";
import { alertMistakes, alertsConfig, toAlerts } from "./config-alerts.ts";
import { type HistorySettings, historyConfig, toHistory } from "./config-history.ts";
import { describeIssue } from "./config-issues.ts";
import { limitsConfig, toLimits } from "./config-limits.ts";
import { type MetricsSettings, metricsConfig, toMetrics } from "./config-metrics.ts";
import {
  type PrometheusSettings,
  prometheusConfig,
  prometheusMistakes,
  prometheusOfEnvironment,
  toPrometheus,
} from "./config-prometheus.ts";
import { protobufConfig, toProtobuf } from "./config-protobuf.ts";
import { secretConfig, toSecret } from "./config-secret.ts";
import { ConfigurationError } from "./configuration-error.ts";
import { environmentCluster, isAddress } from "./environment.ts";

/** What the process was told, once, at start. */
export type Configuration = {
  clusters: ClusterSettings[];
  readOnly: boolean;
  readOnlyReason: string | null;
  notices: { code: string; text: string }[];
  auditFile: string | null;
  alerts: AlertRuleSettings[];
  metrics: MetricsSettings;
  /** Where the history of lag is read; null: this process keeps its own. */
  prometheus: PrometheusSettings | null;
  history: HistorySettings;
  source: string;
};

const address = z.string().refine(isAddress, "must be host or host:port");

const tls = z.union([
  z.boolean(),
  z
    .strictObject({
      ca: secretConfig.optional(),
      cert: secretConfig.optional(),
      key: secretConfig.optional(),
      passphrase: secretConfig.optional(),
      verify: z.boolean().optional(),
      serverName: z.string().optional(),
    })
    .refine((given) => !given.cert === !given.key, "cert and key must be given together"),
]);

const sasl = z.union([
  z.strictObject({
    mechanism: z.enum(["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"]),
    username: z.string(),
    password: secretConfig,
  }),
  z.strictObject({ mechanism: z.literal("OAUTHBEARER"), token: secretConfig }),
  z.strictObject({
    mechanism: z.literal("OAUTHBEARER"),
    tokenUrl: z.url({ protocol: /^https?$/ }),
    clientId: z.string(),
    clientSecret: secretConfig,
    scope: z.string().optional(),
    audience: z.string().optional(),
  }),
]);

const cluster = z.strictObject({
  name: z.string().min(1).max(100),
  label: z.string().max(40).optional(),
  colour: z.enum(["grey", "green", "amber", "red", "blue", "violet"]).optional(),
  readOnly: z.boolean().optional(),
  bootstrap: z.union([address.transform((one) => [one]), z.array(address).min(1)]),
  tls: tls.optional(),
  sasl: sasl.optional(),
  protobuf: protobufConfig.optional(),
  limits: limitsConfig.optional(),
  rack: z.string().min(1).max(100).optional(),
});

const file = z.strictObject({
  readOnly: z.boolean().optional(),
  audit: z.strictObject({ file: z.string() }).optional(),
  limits: limitsConfig.optional(),
  metrics: metricsConfig.optional(),
  prometheus: prometheusConfig.optional(),
  history: historyConfig.optional(),
  alerts: alertsConfig.optional(),
  clusters: z.array(cluster).min(1),
});

type Environment = Record<string, string | undefined>;

/**
 * Reads `KAFDECK_CONFIG` (else `kafdeck.yaml` in the working directory, where it exists), else one cluster from the environment.
 * Throws ConfigurationError. Relative paths in a file are relative to that file.
 */
export function readConfiguration(environment: Environment = process.env, cwd: string = process.cwd()): Configuration {
  // Compose files hand on variables that nobody set as empty text.
  const env: Environment = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const path = resolve(cwd, env.KAFDECK_CONFIG ?? "kafdeck.yaml");
  const text = readIfThere(path, env.KAFDECK_CONFIG !== undefined);
  const given = text === null ? { ...environmentCluster(env), file: null } : readFile(text, path);
  const folder = dirname(path);
  const access = readAccess(env, given.readOnly);
  const audit = env.KAFDECK_AUDIT_FILE ?? given.auditFile;
  return {
    clusters: given.clusters.map((one) => ({
      ...one,
      readOnly: access.readOnly || one.readOnly,
      readOnlyReason: access.reason ?? (one.readOnly ? "readOnly: true is set for this cluster" : null),
    })),
    readOnly: access.readOnly,
    readOnlyReason: access.reason,
    notices: access.notices,
    auditFile: audit ? resolve(cwd, audit) : null,
    alerts: toAlerts(given.file?.alerts, folder),
    metrics: toMetrics(given.file?.metrics, folder, env),
    history: toHistory(given.file?.history, folder, env, cwd),
    prometheus: prometheusOfEnvironment(env) ?? toPrometheus(given.file?.prometheus, folder),
    source: given.source,
  };
}

function readIfThere(path: string, required: boolean): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (!required && (error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw new ConfigurationError(path, [`The file cannot be read (${(error as NodeJS.ErrnoException).code}).`]);
  }
}

function readFile(text: string, path: string) {
  const document = parseDocument(text, { prettyErrors: true });
  if (document.errors.length > 0)
    throw new ConfigurationError(
      path,
      document.errors.map((error) => error.message.split("\n")[0] ?? ""),
    );
  const parsed = file.safeParse(plainValue(document, path), { reportInput: false });
  if (!parsed.success)
    throw new ConfigurationError(
      path,
      parsed.error.issues.flatMap((issue) => describeIssue(issue)),
    );
  const names = parsed.data.clusters.map(({ name }) => name);
  const twice = names.findIndex((name, i) => names.indexOf(name) !== i);
  if (twice >= 0) throw new ConfigurationError(path, [`clusters[${twice}].name: "${names[twice]}" is used twice`]);
  const mistakes = [...alertMistakes(parsed.data.alerts, names), ...prometheusMistakes(parsed.data.prometheus, names)];
  if (mistakes.length > 0) throw new ConfigurationError(path, mistakes);
  const base = dirname(path);
  return {
    file: parsed.data,
    clusters: parsed.data.clusters.map((one, i) =>
      toSettings(one, parsed.data.limits, base, `clusters[${i}] of ${path}`),
    ),
    readOnly: parsed.data.readOnly ?? false,
    auditFile: parsed.data.audit ? resolve(base, parsed.data.audit.file) : null,
    source: path,
  };
}

/** Throws ConfigurationError where aliases would unfold without end. */
function plainValue(document: ReturnType<typeof parseDocument>, path: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    throw new ConfigurationError(path, [(error as Error).message]);
  }
}

function toTls(given: z.infer<typeof tls> | undefined, base: string): TlsSettings | null {
  if (!given) return null;
  const options = given === true ? {} : given;
  const read = (name: "ca" | "cert" | "key" | "passphrase"): Secret | null => {
    const one = options[name];
    return one === undefined ? null : toSecret(one, base);
  };
  return {
    ca: read("ca"),
    cert: read("cert"),
    key: read("key"),
    passphrase: read("passphrase"),
    verify: options.verify ?? true,
    serverName: options.serverName ?? null,
  };
}

function toSasl(given: z.infer<typeof sasl> | undefined, base: string): SaslSettings | null {
  if (!given) return null;
  if ("token" in given) return { mechanism: given.mechanism, token: toSecret(given.token, base) };
  if ("tokenUrl" in given)
    return {
      ...given,
      clientSecret: toSecret(given.clientSecret, base),
      scope: given.scope ?? null,
      audience: given.audience ?? null,
    };
  return { ...given, password: toSecret(given.password, base) };
}

function toSettings(
  given: z.infer<typeof cluster>,
  limits: z.infer<typeof limitsConfig> | undefined,
  base: string,
  origin: string,
): ClusterSettings {
  return {
    name: given.name,
    label: given.label ?? null,
    colour: given.colour ?? null,
    readOnly: given.readOnly ?? false,
    readOnlyReason: null,
    bootstrap: given.bootstrap,
    tls: toTls(given.tls, base),
    sasl: toSasl(given.sasl, base),
    protobuf: toProtobuf(given.protobuf, base),
    limits: toLimits(given.limits, limits),
    rack: given.rack ?? null,
    origin,
  };
}

const LOOPBACK = /^(127(\.\d+){3}|localhost|::1)$/;

/** Loopback by default; a bind that others can reach starts read-only until the operator says otherwise. */
function readAccess(env: Environment, fileReadOnly: boolean) {
  const said = env.KAFDECK_READ_ONLY;
  if (said !== undefined && !/^(true|false)$/.test(said))
    throw new ConfigurationError("KAFDECK_READ_ONLY", [`must be true or false, not "${said}"`]);
  const host = env.KAFDECK_HOST ?? "127.0.0.1";
  const open = !LOOPBACK.test(host);
  if (said === "true") return { readOnly: true, reason: "KAFDECK_READ_ONLY=true is set", notices: [] };
  if (fileReadOnly) return { readOnly: true, reason: "readOnly: true is set in the configuration", notices: [] };
  if (!open || said === "false") return { readOnly: false, reason: null, notices: [] };
  const text = `Kafdeck listens on ${host} without a login, so it is read-only. Set KAFDECK_READ_ONLY=false to allow changes by everybody who can reach it.`;
  return {
    readOnly: true,
    reason: "Kafdeck listens beyond this machine without a login",
    notices: [{ code: "open-bind", text }],
  };
}
