import type { LagStatus } from "../../api/groups.ts";
import { counted, duration, integer, rate, share } from "../../format.ts";
import type { LagFacts, Place, PresentFacts } from "./lag-status.ts";
import type { Rates } from "./lag-window.ts";

type Known = { rates: Rates; since: number | null; facts: LagFacts };

/** Why a status is what it is, in a sentence or two with figures. `known` is null where there is no history. */
export function reasonOf(status: LagStatus, present: PresentFacts, known: Known | null): string {
  const sentences = [...reasons[status](present, known), ...unread(known)];
  return sentences.filter((sentence) => sentence !== null).join(" ");
}

type Sentences = (string | null)[];

const reasons: Record<LagStatus, (present: PresentFacts, known: Known | null) => Sentences> = {
  "no-data": (present, known) => [noData(present, known)],
  "keeping-up": (present, known) => (present.lag === 0n ? allRead(known) : keepingUp(present, known)),
  stopped: ({ lag }, known) => [
    `No member reads it${forHow(known)}. ${records(lag)} ${isOne(lag) ? "is" : "are"} left${arriving(known)}.`,
  ],
  stalled: (present, known) => [stalled(present, known)],
  "falling-behind": (_, known) => [
    `${beginning(known)} ${bothRates(known)}`,
    known && growth(known.rates),
    known && heaviest(known.facts),
  ],
  "catching-up": (present, known) => [
    `${beginning(known)} ${bothRates(known)}`,
    known && untilDone(present.lag, known.rates),
  ],
};

const isOne = (lag: bigint | null) => lag === 1n;
const records = (lag: bigint | null) => counted(lag ?? 0n, "record");
const membersOf = (members: number) => counted(members, "member");

function noData({ members, lag, lagUnknown }: PresentFacts, known: Known | null): string {
  if (lag === null && lagUnknown > 0)
    return `The lag of ${lagUnknown === 1 ? "its partition is not" : `none of its ${integer(lagUnknown)} partitions is`} known: no commit, one outside the log, or no answer.`;
  if (lag === null)
    return members === null || members === 0
      ? "It has no committed offset."
      : `${membersOf(members)}, but no committed offset yet.`;
  const waiting = `${records(lag)} ${isOne(lag) ? "waits" : "wait"}`;
  return known
    ? `${waiting}. There are too few samples yet to tell whether they are read.`
    : `${waiting}. Without a history it cannot be told whether they are read.`;
}

function allRead(known: Known | null): Sentences {
  const written = known?.rates.written ?? null;
  if (!known || written === null) return ["It has read all there is."];
  return written > 0
    ? [`It has read all there is, and ${arrives(written)}.`]
    : [`It has read all there is. Nothing was written in the last ${spanOf(known)}.`];
}

function keepingUp({ lag }: PresentFacts, known: Known | null): Sentences {
  if (!known) return [null];
  const { written } = known.rates;
  const seconds = written ? Math.round(Number(lag) / written) : null;
  if (!known.facts.isWaiting)
    return [
      `It has read all but ${records(lag)}, which may be the ${isOne(lag) ? "mark of a transaction" : "marks of transactions"}.`,
    ];
  const worth = seconds !== null && seconds > 0 ? `, what arrives in ${duration(seconds * 1000)}` : "";
  return [bothRates(known), `Lag is ${integer(lag ?? 0n)}${worth}, and does not grow.`];
}

function stalled({ members, lag }: PresentFacts, known: Known | null): string {
  const facts = known?.facts;
  if (facts?.stuck)
    return `${sentence(named(facts.stuck, facts))} has had no commit for ${duration(facts.stuck.waitingMs)}, and ${records(facts.stuck.lag)} wait${isOne(facts.stuck.lag) ? "s" : ""} in it; the others are read.`;
  const who = members === null || members === 0 ? "There was" : `${membersOf(members)}, but`;
  return `${who} no commit for ${duration(facts?.waitingMs ?? 0)}. ${records(lag)} ${isOne(lag) ? "waits" : "wait"}${arriving(known)}.`;
}

const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
const named = ({ topic, partition }: Place, { severalTopics }: LagFacts) =>
  severalTopics ? `partition ${partition} of ${topic}` : `partition ${partition}`;

/** `For 18 min:`, or over what is known where the beginning is not. */
function beginning(known: Known | null): string {
  if (!known) return "";
  return known.since === null
    ? `In the last ${spanOf(known)}:`
    : `For ${minutes(Math.max(0, known.facts.at - known.since))}:`;
}

const forHow = (known: Known | null) =>
  known && known.since !== null ? `, for ${minutes(Math.max(0, known.facts.at - known.since))}` : "";

const spanOf = ({ facts }: Known) => minutes((facts.window.at(-1)?.at ?? 0) - (facts.window[0]?.at ?? 0));

/** Seconds say nothing more once there are minutes. */
const minutes = (milliseconds: number) =>
  duration(milliseconds < 60_000 ? Math.max(1000, milliseconds) : milliseconds - (milliseconds % 60_000));

/** `2 records/s arrive`, `1 record/s arrives`. */
function perSecond(records: number, one: string, several: string): string {
  const shown = rate(records);
  return `${shown} ${shown.startsWith("1\u00a0record/") ? one : several}`;
}
const arrives = (written: number) => perSecond(written, "arrives", "arrive");

function bothRates(known: Known | null): string {
  const { written = null, read = null } = known?.rates ?? {};
  if (written === null || read === null) return "The rates are not known yet.";
  return `${arrives(written)}, ${perSecond(read, "is read", "are read")}.`;
}

const arriving = (known: Known | null) => (known?.rates.written ? `, and ${arrives(known.rates.written)}` : "");

function growth({ written, read }: Rates): string | null {
  if (written === null || read === null || written <= read) return null;
  return `At these rates it does not catch up: lag grows by about ${integer(rounded((written - read) * 3600))} an hour.`;
}

/** To three figures: more would claim to know. */
function rounded(value: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, value))) - 2);
  return Math.round(value / step) * step;
}

function untilDone(lag: bigint | null, { written, read }: Rates): string | null {
  if (lag === null || written === null || read === null || read <= written) return null;
  return `At these rates it has caught up in about ${minutes((Number(lag) / (read - written)) * 1000)}.`;
}

function heaviest(facts: LagFacts): string | null {
  if (!facts.heaviest || facts.heaviest.share < 0.25) return null;
  return `${sentence(named(facts.heaviest, facts))} holds ${share(facts.heaviest.share, 0)} of it.`;
}

function unread(known: Known | null): Sentences {
  const lag = known?.facts.unreadLag ?? 0n;
  return lag > 0n ? [`${records(lag)} more ${isOne(lag) ? "is" : "are"} in topics that no member reads.`] : [];
}
