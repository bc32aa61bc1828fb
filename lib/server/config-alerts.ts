import { z } from "zod";
import { compileFilter } from "../api/filter.ts";
import { lagStatuses } from "../api/groups.ts";
import type { AlertRuleSettings } from "./alerts/rules.ts";
import { duration } from "./config-duration.ts";
import { secretConfig, toSecret } from "./config-secret.ts";

const MOST_RULES = 100;

const filterWords = z.string().superRefine((text, context) => {
  const { problem } = compileFilter(text);
  if (problem !== null) context.addIssue(problem);
});

/** Digits are taken too: YAML readers round what is above 2^53. */
const records = z.union([
  z.number().refine((given) => Number.isSafeInteger(given) && given >= 0, "must be a whole number of records"),
  z.string().regex(/^\d{1,19}$/, "must be a whole number of records"),
]);

const isWebAddress = (text: string): boolean => {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) && url.username === "" && url.password === "";
};

/** What HTTP sets by itself. */
const RESERVED = /^(host|content-length|transfer-encoding|connection|upgrade|expect|te|trailer)$/i;

const webhook = z.strictObject({
  url: z.union([
    z
      .string()
      .refine(isWebAddress, "must be an http or https address without a user name in it (a login goes into headers)"),
    z.strictObject({ file: z.string().min(1) }),
  ]),
  headers: z
    .record(
      z
        .string()
        .regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/, "is no name of a header")
        .refine((name) => !RESERVED.test(name), "is set by HTTP itself"),
      secretConfig,
    )
    .optional(),
});

const rule = z
  .strictObject({
    name: z.string().min(1).max(100),
    groups: filterWords.optional(),
    clusters: z.array(z.string()).min(1).optional(),
    lag: records.optional(),
    timeLag: duration.optional(),
    status: z.array(z.enum(lagStatuses)).min(1).optional(),
    for: duration.optional(),
    webhook: webhook.optional(),
    resolved: z.boolean().optional(),
  })
  .refine(
    ({ lag, timeLag, status }) => lag !== undefined || timeLag !== undefined || status !== undefined,
    "must have lag, timeLag or status",
  );

/** `alerts`: rules about groups, and where to send what they say. */
export const alertsConfig = z
  .array(rule)
  .refine((rules) => rules.length <= MOST_RULES, `has more than ${MOST_RULES} rules`);
type Given = z.infer<typeof alertsConfig>;

/** Names used twice, and clusters that are not configured: one line each. */
export function alertMistakes(given: Given | undefined, clusters: string[]): string[] {
  const names = (given ?? []).map(({ name }) => name);
  return (given ?? []).flatMap((one, i) => [
    ...(names.indexOf(one.name) < i ? [`alerts[${i}].name: "${one.name}" is used twice`] : []),
    ...(one.clusters ?? []).flatMap((name, j) =>
      clusters.includes(name) ? [] : [`alerts[${i}].clusters[${j}]: there is no cluster "${name}"`],
    ),
  ]);
}

/** Files of secrets are relative to `base`. */
export const toAlerts = (given: Given | undefined, base: string): AlertRuleSettings[] =>
  (given ?? []).map((one) => ({
    name: one.name,
    groups: one.groups ?? "",
    matches: compileFilter(one.groups ?? "").matches,
    clusters: one.clusters ?? null,
    lag: one.lag === undefined ? null : BigInt(one.lag),
    timeLagMs: one.timeLag ?? null,
    status: one.status ?? [],
    forMs: one.for ?? 0,
    webhook: one.webhook
      ? {
          url: toSecret(one.webhook.url, base),
          headers: new Map(
            Object.entries(one.webhook.headers ?? {}).map(([name, value]) => [name, toSecret(value, base)]),
          ),
        }
      : null,
    resolved: one.resolved ?? true,
  }));
