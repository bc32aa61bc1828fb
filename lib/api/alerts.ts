import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { lagStatus, timeLag } from "./groups.ts";
import { clusterParams, listOf } from "./lists.ts";
import { instant, int64 } from "./scalars.ts";

/** The mildest first. */
export const alertStates = ["resolved", "pending", "firing"] as const;

/** A group that a rule speaks of now. */
export const alertOfGroup = z.object({
  groupId: z.string(),
  state: z.enum(alertStates).describe("pending: true, but not yet for as long as the rule says"),
  since: instant,
  lag: int64.nullable(),
  ...timeLag,
  status: lagStatus,
  reason: z.string(),
});
export type AlertOfGroup = z.infer<typeof alertOfGroup>;

export const alertRule = z.object({
  name: z.string(),
  groups: z.string().describe("The groups it is for: words, !words or /regex/, as in the filter of the list"),
  lag: int64.nullable().describe("Fires above this"),
  timeLagMs: z.number().nullable().describe("Fires above this"),
  status: z.array(lagStatus).describe("Fires for these"),
  forMs: z.number().int().describe("Only where it was so for this long"),
  webhook: z.string().nullable().describe("Host of the address it is sent to; the rest may hold a secret"),
  silencedUntil: instant.nullable(),
  alerts: z.array(alertOfGroup),
  delivery: z.object({
    lastAt: instant.nullable().describe("When something was last delivered"),
    waiting: z.number().int().describe("Notices that are being tried again"),
    dropped: z.number().int().describe("Notices given up since the start"),
    problem: z.string().nullable().describe("Why the last try failed; null where it did not"),
  }),
});
export type AlertRule = z.infer<typeof alertRule>;

export const alertList = listOf(alertRule).extend({
  firing: z.number().int(),
  evaluating: z.boolean().describe("false: another replica evaluates the rules, or there is no history"),
});
export type AlertList = z.infer<typeof alertList>;

/** What a webhook is sent: one JSON document for all groups that changed. `text` alone is what Slack and its likes show. */
export const alertNotice = z.object({
  version: z.literal(1),
  rule: z.string(),
  cluster: z.string(),
  status: z.enum(["firing", "resolved"]).describe("resolved: none of these alerts fires"),
  at: instant,
  alerts: z.array(
    alertOfGroup.omit({ state: true, status: true }).extend({
      status: z.enum(["firing", "resolved"]),
      groupStatus: lagStatus,
    }),
  ),
  omitted: z.number().int().describe("Groups that changed too, for which there was no room"),
  text: z.string(),
});
export type AlertNotice = z.infer<typeof alertNotice>;

export const listAlerts = endpoint("GET", "/api/clusters/{cluster}/alerts", {
  permission: "groups.read",
  summary: "The alert rules of the configuration and what they say now",
  params: clusterParams,
  response: alertList,
});

export const silenceAlert = endpoint("POST", "/api/clusters/{cluster}/alerts/{rule}/silence", {
  permission: "alerts.alter",
  summary: "Send no notices of a rule for a while; it is evaluated and shown all the same",
  params: clusterParams.extend({ rule: z.string().describe("Its name") }),
  body: z.object({
    minutes: z.number().int().min(0).max(43_200).describe("From now; 0 ends the silence"),
  }),
  response: alertRule,
});
