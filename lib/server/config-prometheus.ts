import { z } from "zod";
import type { Secret } from "../kafka/settings.ts";
import { duration } from "./config-duration.ts";
import { secretConfig, toSecret } from "./config-secret.ts";
import { ConfigurationError } from "./configuration-error.ts";

/** Labels that the series of a cluster must have, by name. */
export type Matchers = Record<string, string>;

/** A Prometheus that keeps the history in place of this process. */
export type PrometheusSettings = {
  /** With the path it is served under, without a slash at the end. */
  url: string;
  login: { bearer: Secret } | { username: string; password: Secret } | null;
  timeoutMs: number;
  /** How often it scrapes: points nearer to each other tell nothing more. */
  intervalMs: number;
  /** For every cluster, and those of single ones by the cluster's name. */
  matchers: Matchers;
  clusters: Map<string, Matchers>;
};

const DEFAULT_TIMEOUT_MS = 5_000;
const DEFAULT_INTERVAL_MS = 15_000;

const isWebAddress = (text: string): boolean => {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol)) return false;
  return url.username === "" && url.password === "" && url.search === "" && url.hash === "";
};

const address = z
  .string()
  .refine(isWebAddress, "must be an http or https address without a user name or a question mark in it");

const matchers = z.record(
  z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,100}$/, "is no name of a label"),
  z.string().max(1_000),
);

/** `prometheus`: where the history of lag is read, in place of Kafdeck's own. */
export const prometheusConfig = z
  .strictObject({
    url: address,
    bearerToken: secretConfig.optional(),
    username: z.string().min(1).optional(),
    password: secretConfig.optional(),
    timeout: duration.refine((given) => given >= 100 && given <= 60_000, "must be from 100ms to 60s").optional(),
    interval: duration.refine((given) => given >= 1_000 && given <= 3_600_000, "must be from 1s to 1h").optional(),
    matchers: matchers.optional(),
    clusters: z.record(z.string(), matchers).optional(),
  })
  .refine((given) => !given.username === !given.password, "username and password must be given together")
  .refine((given) => !(given.bearerToken && given.username), "takes a bearerToken or a username, not both");
type Given = z.infer<typeof prometheusConfig>;

/** Clusters that are not configured: one line each. */
export const prometheusMistakes = (given: Given | undefined, clusters: string[]): string[] =>
  Object.keys(given?.clusters ?? {})
    .filter((name) => !clusters.includes(name))
    .map((name) => `prometheus.clusters: there is no cluster "${name}"`);

function toLogin({ bearerToken, username, password }: Given, base: string): PrometheusSettings["login"] {
  if (bearerToken) return { bearer: toSecret(bearerToken, base) };
  return username && password ? { username, password: toSecret(password, base) } : null;
}

/** `KAFDECK_PROMETHEUS_URL`, for one that takes no login. Throws ConfigurationError; nothing given: null. */
export function prometheusOfEnvironment(env: Record<string, string | undefined>): PrometheusSettings | null {
  const url = env.KAFDECK_PROMETHEUS_URL;
  if (url === undefined) return null;
  if (!isWebAddress(url)) throw new ConfigurationError("KAFDECK_PROMETHEUS_URL", ["must be an http or https address"]);
  return toPrometheus({ url }, "");
}

/** Files of secrets are relative to `base`. Nothing given: null. */
export function toPrometheus(given: Given | undefined, base: string): PrometheusSettings | null {
  if (!given) return null;
  return {
    url: given.url.replace(/\/+$/, ""),
    login: toLogin(given, base),
    timeoutMs: given.timeout ?? DEFAULT_TIMEOUT_MS,
    intervalMs: given.interval ?? DEFAULT_INTERVAL_MS,
    matchers: given.matchers ?? {},
    clusters: new Map(Object.entries(given.clusters ?? {})),
  };
}
