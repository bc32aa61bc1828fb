import type { LagStatus, LagVerdict } from "../../api/groups.ts";
import { reasonOf } from "./lag-reasons.ts";
import { type LagPoint, ratesOf, trendOf, windowSpan } from "./lag-window.ts";

/** What a group is at one moment, without any history. */
export type PresentFacts = {
  /** null: could not be asked. */
  members: number | null;
  /** Over the partitions whose lag is known; null where none is. */
  lag: bigint | null;
  /** Partitions whose lag is not known. */
  lagUnknown: number;
};

export type Place = { topic: string; partition: number };

/** What the history adds to it. Lags here are of the topics that members read; all topics where there are no members. */
export type LagFacts = PresentFacts & {
  /** Epoch ms of the newest sample. */
  at: number;
  /** The last minutes sample by sample, the oldest first and this moment last. */
  window: readonly LagPoint[];
  /** Lag at each of the last 60 minutes, the oldest first; null where there was no sample. */
  hour: readonly (number | null)[];
  /** Ms for which there was lag and no commit moved; 0 where there is no lag. */
  waitingMs: number;
  /** A commit is waited for. false beside lag: what is left may be the marks of transactions, which no consumer reads. */
  isWaiting: boolean;
  /** How long it usually waits from one commit to the next while there is lag (batches); null: not known yet. */
  usualWaitMs: number | null;
  /** Commits moved while no member was there: a consumer that assigns partitions to itself joins no group. */
  standalone: boolean;
  /** The partition that waits longest while others are read; null where none waits too long. */
  stuck: (Place & { lag: bigint; waitingMs: number }) | null;
  /** The partition with the most lag, of at least two that have any. */
  heaviest: (Place & { share: number }) | null;
  /** More than one topic is read, so that a partition must be named with its topic. */
  severalTopics: boolean;
  /** Lag of topics with commits that no member reads. */
  unreadLag: bigint;
};

/** What was said last, and what is about to be said: a state holds for a while before it is told, so that it does not flap. */
export type Standing = {
  status: LagStatus;
  /** Epoch ms; null: it was so when the history begins. */
  since: number | null;
  next: { status: LagStatus; from: number } | null;
};

/** A commit that takes this long is late, where nothing is known of how long it usually takes. */
export const PATIENCE_MS = 180_000;
const MOST_PATIENCE_MS = 1_800_000;
/** A sample or two say nothing about rates. */
const SHORTEST_MS = 60_000;
/** Lag of so many seconds of what is written is what any consumer has between two commits. */
const ALLOWED_MS = 15_000;

/** How long a new status must hold before it is told. */
const HOLD_MS: Record<LagStatus, number> = {
  // The timer of a stalled group has run already.
  stalled: 0,
  // A rolling restart is without members for a moment.
  stopped: 20_000,
  "falling-behind": 60_000,
  "catching-up": 30_000,
  "no-data": 60_000,
  "keeping-up": 60_000,
};

/** How long a group may go without a commit while there is lag: batches that are committed every few minutes are no stall. */
export const patienceOf = (usualWaitMs: number | null): number =>
  Math.min(MOST_PATIENCE_MS, Math.max(PATIENCE_MS, 3 * (usualWaitMs ?? 0)));

/** What can be told of a group that was never sampled: of the rest only that it is not known. */
export function presentVerdict(facts: PresentFacts): LagVerdict {
  const status = presentStatus(facts);
  return {
    status,
    since: null,
    reason: reasonOf(status, facts, null),
    written: null,
    read: null,
    catchUpMs: facts.lag === 0n ? 0 : null,
  };
}

function presentStatus({ lag, members }: PresentFacts): LagStatus {
  if (lag === null) return "no-data";
  if (lag === 0n) return "keeping-up";
  return members === 0 ? "stopped" : "no-data";
}

/**
 * How a group does, in Burrow's manner: by how its commits and its lag moved over a window, not by a threshold of lag. `before` is
 * what this gave last; null: nothing was told yet.
 */
export function judge(facts: LagFacts, before: Standing | null): { verdict: LagVerdict; standing: Standing } {
  const standing = settle(statusNow(facts, before), facts, before);
  const rates = ratesOf(facts.window);
  return {
    standing,
    verdict: {
      status: standing.status,
      since: standing.since === null ? null : new Date(standing.since).toISOString(),
      reason: reasonOf(standing.status, facts, { rates, since: standing.since, facts }),
      written: rates.written,
      read: rates.read,
      catchUpMs: catchUp(facts.lag, rates),
    },
  };
}

/** Ms until lag is 0 at these rates. Null where it never is, or nothing is known. */
export function catchUp(
  lag: bigint | null,
  { written, read }: { written: number | null; read: number | null },
): number | null {
  if (lag === 0n) return 0;
  if (lag === null || written === null || read === null || read <= written) return null;
  // A duration is an estimate: it may be rounded, an offset may not.
  const milliseconds = (Number(lag) / (read - written)) * 1000;
  return Number.isFinite(milliseconds) ? Math.round(milliseconds) : null;
}

function statusNow(facts: LagFacts, before: Standing | null): LagStatus {
  const { lag, members, window } = facts;
  if (lag === null) return "no-data";
  if (lag <= 0n) return "keeping-up";
  if (members === 0 && !facts.standalone) return "stopped";
  if (!facts.isWaiting && windowSpan(window) >= SHORTEST_MS) return "keeping-up";
  if (facts.waitingMs >= patienceOf(facts.usualWaitMs) || facts.stuck) return "stalled";
  if (windowSpan(window) < SHORTEST_MS) return "no-data";
  return statusByTrend(facts, before);
}

function statusByTrend(facts: LagFacts, before: Standing | null): LagStatus {
  const { written, read } = ratesOf(facts.window);
  const lag = Number(facts.lag);
  const moves = facts.window.filter(({ moved }) => moved).length;
  if (moves === 0)
    return before && before.status !== "stalled" && before.status !== "stopped" ? before.status : "no-data";
  const allowed = ((written ?? 0) * Math.max(ALLOWED_MS, 1.5 * (facts.usualWaitMs ?? 0))) / 1000;
  if (lag <= allowed) return "keeping-up";
  const lags = facts.window.map((point) => point.lag);
  const trend = trendOf(lags, before?.status === "falling-behind" || before?.status === "catching-up");
  // What grows by a thousandth a minute shows over an hour only.
  const long = trend === "level" ? trendOf(facts.hour, before?.status === "falling-behind", 30) : trend;
  if (long === "grows" && moves > 1) return "falling-behind";
  return trend === "shrinks" || (trend === "level" && isCatchingUp(lag, written, read)) ? "catching-up" : "keeping-up";
}

/** Read clearly faster than written, and more than a minute is left. */
function isCatchingUp(lag: number, written: number | null, read: number | null): boolean {
  if (written === null || read === null) return false;
  return read > written * 1.1 && lag / (read - written) > 60;
}

function settle(found: LagStatus, facts: LagFacts, before: Standing | null): Standing {
  if (before === null) return { status: found, since: null, next: null };
  if (found === before.status) return { ...before, next: null };
  const from = before.next?.status === found ? Math.min(before.next.from, facts.at) : facts.at;
  const told = { status: found, since: sinceOf(found, from, facts, before), next: null };
  // That everything was read is a fact, and so is the first thing that is known at all.
  const isSure = facts.lag === 0n || (before.status === "no-data" && found !== "no-data");
  return isSure || facts.at - from >= HOLD_MS[found] ? told : { ...before, next: { status: found, from } };
}

/** A stall began when commits stopped, not when it was noticed. What was only not known before has no beginning. */
function sinceOf(found: LagStatus, from: number, facts: LagFacts, before: Standing): number | null {
  if (found === "stalled") return facts.at - (facts.stuck?.waitingMs ?? facts.waitingMs);
  return before.status === "no-data" ? before.since : from;
}
