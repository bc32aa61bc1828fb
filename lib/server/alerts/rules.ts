import type { GroupSummary, LagStatus } from "../../api/groups.ts";
import type { Secret } from "../../kafka/settings.ts";

/** Where the notices of a rule are sent. The address may be a secret by itself; only its host is ever told. */
export type WebhookSettings = { url: Secret; headers: Map<string, Secret> };

/** One rule of the configuration. It speaks of a group where one of `lag`, `timeLagMs` and `status` holds. */
export type AlertRuleSettings = {
  name: string;
  /** The filter as it is written, and compiled. */
  groups: string;
  matches: (groupId: string) => boolean;
  /** Names; null: every cluster. */
  clusters: string[] | null;
  lag: bigint | null;
  timeLagMs: number | null;
  status: LagStatus[];
  forMs: number;
  webhook: WebhookSettings | null;
  /** Whether it is also told that an alert is over. */
  resolved: boolean;
};

/** What is known of one group after one sample. */
export type GroupFacts = {
  groupId: string;
  lag: bigint | null;
  timeLagMs: number | null;
  timeLagIs: GroupSummary["timeLagIs"];
  status: LagStatus;
  reason: string;
  /** false: something of the group could not be asked, so what looks better may not be. */
  complete: boolean;
};

/** One group that a rule speaks of. All times are epoch ms. */
export type GroupAlert = {
  state: "pending" | "firing" | "resolved";
  since: number;
  /** Of a firing one: since when the rule does not hold any more; null: it holds. */
  calmSince: number | null;
  /** What the receiver believes: that it fires, or nothing. */
  told: "firing" | null;
  /** When it was last spoken of; null: never. */
  toldAt: number | null;
  facts: GroupFacts;
};

/** What one rule remembers of one cluster between samples. */
export type RuleMemory = { at: number | null; sentAt: number | null; groups: Map<string, GroupAlert> };

export const emptyMemory = (): RuleMemory => ({ at: null, sentAt: null, groups: new Map() });

/** What is to be sent: every group that changed, in one piece. */
export type Notice = {
  at: number;
  changes: { state: "firing" | "resolved"; since: number; facts: GroupFacts }[];
  /** Groups that changed too, for which there was no room. */
  omitted: number;
};

/** A group is spoken of once in this time at most, however often it changes. */
export const QUIET_MS = 5 * 60_000;
/** A rule sends one notice in this time at most; what changes meanwhile goes with the next. */
export const GROUPING_MS = 30_000;
/** A firing alert is over when the rule has not held for as long as it must hold to fire, and no less than this. */
export const CALM_MS = 60_000;
/** Longer without a sample, unless they are far apart, and nobody knows what was between: what was pending begins anew. */
export const GAP_MS = 5 * 60_000;
/** How long an alert that is over is shown. */
export const KEEP_MS = 60 * 60_000;
export const MOST_CHANGES = 100;

/**
 * Whether a rule holds for a group. null: it can't be told, because what the rule looks at is not known just now; nothing changes
 * then. A group that has no lag because it has committed nothing is not behind.
 */
export function holds(
  rule: Pick<AlertRuleSettings, "lag" | "timeLagMs" | "status">,
  facts: GroupFacts,
): boolean | null {
  const behind = facts.lag !== null && facts.lag > 0n;
  const answers = [
    rule.lag !== null && facts.lag !== null && facts.lag > rule.lag,
    rule.timeLagMs !== null && isOlder(rule.timeLagMs, facts, behind),
    rule.status.includes(facts.status) ||
      (rule.status.length > 0 && facts.status === "no-data" && behind ? null : false),
  ];
  if (answers.includes(true)) return true;
  return answers.includes(null) || !facts.complete ? null : false;
}

function isOlder(limitMs: number, { timeLagMs, timeLagIs }: GroupFacts, behind: boolean): boolean | null {
  if (timeLagMs === null) return behind ? null : false;
  if (timeLagMs > limitMs) return true;
  return timeLagIs === "at-least" ? null : false;
}

export type Sample = {
  facts: GroupFacts[];
  /** false: groups may be missing that are there. */
  complete: boolean;
  /** How far apart samples are meant to be. */
  everyMs: number;
};

/**
 * One rule after one sample: what it remembers from now on, and what is to be sent (null: nothing). A group is spoken of when what
 * the receiver believes of it is not so any more, so nothing that came and went within the quiet time is ever sent.
 * `now` may be earlier than the last time: the clock was set back, and every time that would be in the future is taken as now.
 */
export function evaluate(
  rule: Pick<AlertRuleSettings, "lag" | "timeLagMs" | "status" | "forMs" | "matches" | "resolved">,
  before: RuleMemory,
  sample: Sample,
  now: number,
  silencedUntil: number | null,
): { memory: RuleMemory; notice: Notice | null } {
  const known = rebased(before, now, Math.max(GAP_MS, 3 * sample.everyMs));
  const groups = new Map<string, GroupAlert>();
  const keep = (alert: GroupAlert | null) => alert && groups.set(alert.facts.groupId, alert);
  const seen = new Set<string>();
  for (const facts of sample.facts) {
    if (!rule.matches(facts.groupId)) continue;
    seen.add(facts.groupId);
    keep(next(rule, known.groups.get(facts.groupId) ?? null, facts, holds(rule, facts), now));
  }
  for (const [groupId, alert] of known.groups) {
    if (seen.has(groupId)) continue;
    const gone = {
      ...alert.facts,
      lag: null,
      timeLagMs: null,
      timeLagIs: null,
      reason: "There is no such group any more.",
    };
    keep(sample.complete ? next(rule, alert, gone, false, now) : alert);
  }
  const silent = silencedUntil !== null && now < silencedUntil;
  const notice = silent ? null : noticeOf(groups, known.sentAt, now);
  return { memory: { at: now, sentAt: notice ? now : known.sentAt, groups }, notice };
}

/** The memory in the light of the time: nothing in it is in the future, and nothing went on while nobody looked. */
function rebased(before: RuleMemory, now: number, gapMs: number): RuleMemory {
  const past = (time: number) => Math.min(time, now);
  const pastOrNull = (time: number | null) => (time === null ? null : past(time));
  const unseen = before.at !== null && now - before.at > gapMs;
  const groups = [...before.groups].map(([groupId, alert]): [string, GroupAlert] => [
    groupId,
    {
      ...alert,
      since: unseen && alert.state === "pending" ? now : past(alert.since),
      calmSince: unseen ? null : pastOrNull(alert.calmSince),
      toldAt: pastOrNull(alert.toldAt),
    },
  ]);
  return { at: before.at, sentAt: pastOrNull(before.sentAt), groups: new Map(groups) };
}

/** null: there is nothing to remember of the group. */
function next(
  rule: Pick<AlertRuleSettings, "forMs" | "resolved">,
  alert: GroupAlert | null,
  facts: GroupFacts,
  held: boolean | null,
  now: number,
): GroupAlert | null {
  if (alert === null || alert.state === "resolved") {
    if (held) return fireWhenDue(rule, { ...fresh(alert, facts), since: now }, now);
    const owes = alert?.told === "firing";
    return alert && (owes || now - alert.since < KEEP_MS)
      ? { ...alert, facts: held === null ? alert.facts : facts }
      : null;
  }
  if (held === null) return { ...alert, facts };
  if (alert.state === "pending") {
    if (held) return fireWhenDue(rule, { ...alert, facts }, now);
    // What was spoken of lately is remembered, or its next alert would be sent before the quiet time is over.
    return alert.toldAt === null ? null : over(rule, { ...alert, facts }, now);
  }
  if (held) return { ...alert, facts, calmSince: null };
  const calmSince = alert.calmSince ?? now;
  const calmed = { ...alert, facts, calmSince };
  return now - calmSince >= Math.max(rule.forMs, CALM_MS) ? over(rule, calmed, now) : calmed;
}

const fresh = (alert: GroupAlert | null, facts: GroupFacts): Omit<GroupAlert, "since"> => ({
  state: "pending",
  calmSince: null,
  told: alert?.told ?? null,
  toldAt: alert?.toldAt ?? null,
  facts,
});

const fireWhenDue = ({ forMs }: { forMs: number }, alert: GroupAlert, now: number): GroupAlert =>
  now - alert.since >= forMs ? { ...alert, state: "firing", since: now } : alert;

const over = ({ resolved }: { resolved: boolean }, alert: GroupAlert, now: number): GroupAlert => ({
  ...alert,
  state: "resolved",
  since: now,
  calmSince: null,
  told: resolved ? alert.told : null,
});

const isOwed = ({ state, told }: GroupAlert): boolean =>
  (state === "firing") !== (told === "firing") && state !== "pending";

/** Takes note in `groups` of what is sent. */
function noticeOf(groups: Map<string, GroupAlert>, sentAt: number | null, now: number): Notice | null {
  if (sentAt !== null && now - sentAt < GROUPING_MS) return null;
  const due = [...groups.values()].filter(
    (alert) => isOwed(alert) && (alert.toldAt === null || now - alert.toldAt >= QUIET_MS),
  );
  if (due.length === 0) return null;
  for (const alert of due) {
    const told = alert.state === "firing" ? "firing" : null;
    groups.set(alert.facts.groupId, { ...alert, told, toldAt: now });
  }
  // Those that fire come first: what is over can wait where there is no room.
  const worst = due.sort((a, b) => Number(b.state === "firing") - Number(a.state === "firing"));
  return {
    at: now,
    changes: worst.slice(0, MOST_CHANGES).map(({ state, since, facts }) => ({
      state: state === "firing" ? "firing" : "resolved",
      since,
      facts,
    })),
    omitted: Math.max(0, due.length - MOST_CHANGES),
  };
}
