import type { AlertOfGroup, AlertRule } from "../../lib/api/alerts.ts";
import type { LagStatus } from "../../lib/api/groups.ts";
import { counted, duration, integer } from "../../lib/format.ts";

type Condition = Pick<AlertRule, "lag" | "timeLagMs" | "status" | "forMs" | "groups">;

/** `0.0` of a second says nothing of what was configured. */
const span = (milliseconds: number): string => duration(milliseconds).replace(/\.0(?=\D)/, "");

/**
 * When a rule fires, as a sentence: `Lag above 100 000, or time lag above 5 min, for 2 min or longer, in groups that match
 * “payments”.` `words` gives the word of a status.
 */
export function conditionWords(rule: Condition, words: (status: LagStatus) => string): string {
  const conditions = [
    ...(rule.lag === null ? [] : [`lag above ${counted(rule.lag, "record")}`]),
    ...(rule.timeLagMs === null ? [] : [`time lag above ${span(rule.timeLagMs)}`]),
    ...(rule.status.length === 0
      ? []
      : [`status ${rule.status.map((status) => words(status).toLowerCase()).join(" or ")}`]),
  ].join(", or ");
  const long = rule.forMs === 0 ? "" : `, for ${span(rule.forMs)} or longer`;
  const where = rule.groups.trim() === "" ? ", in any group" : `, in groups that match “${rule.groups.trim()}”`;
  const sentence = `${conditions}${long}${where}.`;
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

const severity: AlertOfGroup["state"][] = ["firing", "pending", "resolved"];

/** What fires first, then what may; of one state the oldest first. */
export const byUrgency = (alerts: readonly AlertOfGroup[]): AlertOfGroup[] =>
  [...alerts].sort(
    (a, b) => severity.indexOf(a.state) - severity.indexOf(b.state) || Date.parse(a.since) - Date.parse(b.since),
  );

/** How many alerts of a rule are in each state. */
export const countStates = (alerts: readonly AlertOfGroup[]): Record<AlertOfGroup["state"], number> => ({
  firing: alerts.filter(({ state }) => state === "firing").length,
  pending: alerts.filter(({ state }) => state === "pending").length,
  resolved: alerts.filter(({ state }) => state === "resolved").length,
});

/** Notices that did not arrive; null where all did. */
export function undelivered({ waiting, dropped }: AlertRule["delivery"]): string | null {
  const parts = [
    ...(waiting === 0 ? [] : [`${counted(waiting, "notice")} ${waiting === 1 ? "is" : "are"} tried again`]),
    ...(dropped === 0 ? [] : [`${integer(dropped)} ${dropped === 1 ? "was" : "were"} given up`]),
  ];
  return parts.length === 0 ? null : `${parts.join(", ")}.`;
}

/** What a first rule may look like in kafdeck.yaml. */
export const exampleRule = `alerts:
  - name: Payments are late
    groups: payments        # words, !not or /regex/
    timeLag: 5m             # or lag: 100000, or both
    status: [stalled, stopped]
    for: 2m
    webhook:
      url: https://hooks.example.com/kafka`;
