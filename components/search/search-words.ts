import { isMisread, parsePlace, rangeText } from "../../lib/api/range.ts";
import type { MessageStreamState } from "../../lib/client/message-stream.ts";
import { counted, duration, integer } from "../../lib/format.ts";

/** What is said at the end of a search: what happened (bold), then how far it went. */
export type EndWords = { said: string; more: string };

type Ended = Pick<MessageStreamState, "phase" | "start" | "totals" | "end" | "messages">;

/** How far a search went: `412 806 of 1 284 511 offsets`. Offsets, not records: some hold none. */
const farWords = ({ start, totals }: Ended): string =>
  start === null
    ? `${counted(totals.records, "record")}`
    : `${integer(totals.covered)} of ${counted(start.offsets, "offset")}`;

const wholeWords = ({ start, totals }: Ended): string => {
  if (start === null) return "";
  const topics = new Set(start.partitions.map(({ topic }) => topic)).size;
  const read = start.partitions.filter(({ problem }) => problem === null).length;
  return `Looked at ${counted(totals.records, "record")}: the range in ${read === start.partitions.length ? "all" : `${integer(read)} of`} ${counted(start.partitions.length, "partition")} of ${counted(topics, "topic")}, to the end.`;
};

/** The honest end of a search; null while it runs. Why it stopped, and what was not looked at then. */
export function endWords(state: Ended): EndWords | null {
  const { phase, totals, end } = state;
  // Records are told as they are found, figures a little later: whoever stops in between has more than the figures say.
  const found = Math.max(totals.hits, state.messages.length);
  const hits = found === 0 ? "No hit" : counted(found, "hit");
  if (phase === "stopped") return { said: `${hits}; stopped by you after ${farWords(state)}.`, more: missing(found) };
  if (phase !== "ended" || end === null) return null;
  if (end.reason === "end") return { said: `${hits}.`, more: wholeWords(state) };
  const why = {
    limit: "as many as asked for",
    budget: "as much as one request looks through",
    scan: "as much as was to be looked through",
    view: "what was found fills what a page holds",
    "server-stopping": "Kafdeck is being stopped",
  }[end.reason];
  return { said: `${hits}; stopped after ${farWords(state)}: ${why}.`, more: missing(found) };
}

const missing = (found: number): string =>
  found === 0 ? "The rest was not looked at." : "Earlier and later steps may be missing between the rows.";

/** Milliseconds between two steps: `+320 ms`, `+4.2 s`, `+3 min 2 s`. */
export function afterWords(after: bigint): string {
  const size = after < 0n ? -after : after;
  const words = size < 1000n ? `${size}\u00a0ms` : duration(size);
  return `${after < 0n ? "\u2212" : "+"}${words}`;
}

/** Ranges that are offered by name. */
export const ranges = [
  { from: "time:-15m", label: "Last 15 minutes" },
  { from: "time:-1h", label: "Last hour" },
  { from: "time:-24h", label: "Last 24 hours" },
  { from: "time:-7d", label: "Last 7 days" },
  { from: "oldest", label: "All that is kept" },
] as const;

/** What an address reads as in the box for ranges; text that is no range stays as it is. */
export function typedRange({ from, until }: { from: string; until: string }): string {
  return isMisread(parsePlace(from)) ? from : rangeText(until === "" ? { from } : { from, until });
}

/** The next larger range that is offered, for a search that found nothing; null where all was searched. */
export function wider({ from, until }: { from: string; until: string }): (typeof ranges)[number] | null {
  if (until !== "") return null;
  const at = ranges.findIndex((range) => range.from === from);
  return at < 0 ? null : (ranges[at + 1] ?? null);
}
