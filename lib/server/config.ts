import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { parseDocument } from "yaml";
import { z } from "zod";
import type { ClusterSettings, SaslSettings, Secret, TlsSettings } from "../kafka/settings.ts";
import { ConfigurationError } from "./configuration-error.ts";
import { environmentCluster } from "./environment.ts";

/** What the process was told, once, at start. */
export type Configuration = {
  clusters: ClusterSettings[];
  readOnly: boolean;
  readOnlyReason: string | null;
  notices: { code: string; text: string }[];
  auditFile: string | null;
  source: string;
};

const secret = z.union([z.string().min(1), z.strictObject({ file: z.string().min(1) })]);
const address = z.string().regex(/^(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9._-]+)(:\d{1,5})?$/, "must be host or host:port");

const tls = z.union([
  z.boolean(),
  z
    .strictObject({
      ca: secret.optional(),
      cert: secret.optional(),
      key: secret.optional(),
      passphrase: secret.optional(),
      verify: z.boolean().optional(),
      serverName: z.string().optional(),
    })
    .refine((given) => !given.cert === !given.key, "cert and key must be given together"),
]);

const sasl = z.union([
  z.strictObject({
    mechanism: z.enum(["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"]),
    username: z.string(),
    password: secret,
  }),
  z.strictObject({ mechanism: z.literal("OAUTHBEARER"), token: secret }),
  z.strictObject({
    mechanism: z.literal("OAUTHBEARER"),
    tokenUrl: z.url({ protocol: /^https?$/ }),
    clientId: z.string(),
    clientSecret: secret,
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
});

const file = z.strictObject({
  readOnly: z.boolean().optional(),
  audit: z.strictObject({ file: z.string() }).optional(),
  clusters: z.array(cluster).min(1),
});

type Environment = Record<string, string | undefined>;

/**
 * Reads `KAFDECK_CONFIG` (else `kafdeck.yaml` in the working directory, where it exists), else one cluster from the environment.
 * Throws ConfigurationError. Relative paths in a file are relative to that file.
 */
export function readConfiguration(env: Environment = process.env, cwd: string = process.cwd()): Configuration {
  const path = resolve(cwd, env.KAFDECK_CONFIG ?? "kafdeck.yaml");
  const text = readIfThere(path, env.KAFDECK_CONFIG !== undefined);
  const given = text === null ? environmentCluster(env) : readFile(text, path);
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
  const parsed = file.safeParse(document.toJS({ maxAliasCount: 100 }), { reportInput: false });
  if (!parsed.success)
    throw new ConfigurationError(
      path,
      parsed.error.issues.flatMap((issue) => describeIssue(issue)),
    );
  const names = parsed.data.clusters.map(({ name }) => name);
  const twice = names.findIndex((name, i) => names.indexOf(name) !== i);
  if (twice >= 0) throw new ConfigurationError(path, [`clusters[${twice}].name: "${names[twice]}" is used twice`]);
  const base = dirname(path);
  return {
    clusters: parsed.data.clusters.map((one, i) => toSettings(one, base, `clusters[${i}] of ${path}`)),
    readOnly: parsed.data.readOnly ?? false,
    auditFile: parsed.data.audit ? resolve(base, parsed.data.audit.file) : null,
    source: path,
  };
}

/** One line a mistake: `clusters[0].sasl.password: Required`. Of a union the branch that came furthest speaks. */
function describeIssue(issue: z.core.$ZodIssue, base: PropertyKey[] = []): string[] {
  const path = [...base, ...issue.path];
  if (issue.code === "invalid_union") {
    const branches = issue.errors.map((errors) => errors.flatMap((inner) => describeIssue(inner, path)));
    const mechanisms = issue.errors.map((errors) => errors.some((inner) => inner.path.at(-1) === "mechanism"));
    const fitting = branches.filter((_, i) => !mechanisms[i]);
    return (fitting.length > 0 ? fitting : branches).sort((a, b) => a.length - b.length)[0] ?? [];
  }
  const where = path
    .map((part, i) => (typeof part === "number" ? `[${part}]` : i > 0 ? `.${String(part)}` : String(part)))
    .join("");
  return [`${where || "the file"}: ${issue.message}`];
}

const inDirectory = (base: string, given: z.infer<typeof secret> | undefined): Secret | null =>
  given === undefined ? null : typeof given === "string" ? { value: given } : { file: resolve(base, given.file) };

function toTls(given: z.infer<typeof tls> | undefined, base: string): TlsSettings | null {
  if (!given) return null;
  const options = given === true ? {} : given;
  const read = (name: "ca" | "cert" | "key" | "passphrase") => inDirectory(base, options[name]);
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
  const at = (one: z.infer<typeof secret>): Secret =>
    typeof one === "string" ? { value: one } : { file: resolve(base, one.file) };
  if ("token" in given) return { mechanism: given.mechanism, token: at(given.token) };
  if ("tokenUrl" in given)
    return {
      ...given,
      clientSecret: at(given.clientSecret),
      scope: given.scope ?? null,
      audience: given.audience ?? null,
    };
  return { ...given, password: at(given.password) };
}

function toSettings(given: z.infer<typeof cluster>, base: string, origin: string): ClusterSettings {
  return {
    name: given.name,
    label: given.label ?? null,
    colour: given.colour ?? null,
    readOnly: given.readOnly ?? false,
    readOnlyReason: null,
    bootstrap: given.bootstrap,
    tls: toTls(given.tls, base),
    sasl: toSasl(given.sasl, base),
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
