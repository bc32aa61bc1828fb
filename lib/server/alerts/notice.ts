import type { AlertNotice } from "../../api/alerts.ts";
import { toInt64 } from "../../api/scalars.ts";
import { counted, duration, integer } from "../../format.ts";
import type { GroupFacts, Notice } from "./rules.ts";

/** Groups that the text names; the others are counted. */
const NAMED = 20;
const LONGEST_NAME = 200;
const LONGEST_REASON = 300;

/** The document that a webhook is sent. */
export function noticeDocument(rule: string, cluster: string, notice: Notice): AlertNotice {
  const alerts = notice.changes.map(({ state, since, facts }) => ({
    groupId: facts.groupId,
    status: state,
    since: new Date(since).toISOString(),
    lag: facts.lag === null ? null : toInt64(facts.lag),
    timeLagMs: facts.timeLagMs,
    timeLagIs: facts.timeLagIs,
    groupStatus: facts.status,
    reason: facts.reason,
  }));
  return {
    version: 1,
    rule,
    cluster,
    status: alerts.some(({ status }) => status === "firing") ? "firing" : "resolved",
    at: new Date(notice.at).toISOString(),
    alerts,
    omitted: notice.omitted,
    text: textOf(rule, cluster, notice),
  };
}

function textOf(rule: string, cluster: string, { changes, omitted }: Notice): string {
  const firing = changes.filter(({ state }) => state === "firing").length;
  const over = changes.length - firing;
  const counts = [
    ...(firing > 0 ? [`${counted(firing, "group")} firing`] : []),
    ...(over > 0 ? [`${counted(over, "group")} well again`] : []),
  ];
  const more = Math.max(0, changes.length - NAMED) + omitted;
  return [
    `${plain(rule, LONGEST_NAME)} on ${plain(cluster, LONGEST_NAME)}: ${counts.join(", ")}`,
    ...changes
      .slice(0, NAMED)
      .map(({ state, facts }) => `• ${plain(facts.groupId, LONGEST_NAME)}: ${lineOf(state, facts)}`),
    ...(more > 0 ? [`… and ${counted(more, "other group", "other groups")}`] : []),
  ].join("\n");
}

function lineOf(state: "firing" | "resolved", { lag, timeLagMs, timeLagIs, status, reason }: GroupFacts): string {
  const facts = [
    state === "firing" ? status.replace("-", " ") : "well again",
    ...(lag === null ? [] : [`lag ${integer(lag)}`]),
    ...(timeLagMs === null || timeLagMs === 0
      ? []
      : [`${timeLagIs === "at-least" ? "at least " : ""}${duration(Math.round(timeLagMs))} behind`]),
  ];
  return `${facts.join(", ")}. ${plain(reason, LONGEST_REASON)}`;
}

/**
 * Text of others inside a message: in Slack `<!channel>` calls everybody and `<http://x|bank>` is a link, so the three signs that
 * begin such things are escaped; what could break the line or turn the order of reading is a blank.
 */
function plain(text: string, longest: number): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ");
  const cut = line.length > longest ? `${[...line].slice(0, longest).join("")}…` : line;
  return cut.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}
