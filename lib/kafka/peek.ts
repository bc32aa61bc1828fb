import { makeProblem, type Problem } from "../api/problem.ts";
import type { Cluster } from "./cluster.ts";
import { timeLeft } from "./cost.ts";
import { findTopicsMetadata } from "./metadata.ts";
import { LAST_OFFSET } from "./plan/places.ts";
import { refusal } from "./rights.ts";
import type { FoundMessage } from "./scan/found.ts";
import { loadLanes, makeSource, type Source, toMessage } from "./scan/load.ts";
import { type Lane, makeLane } from "./scan/pager.ts";

/** Where reading is to begin. */
export type PeekPlace = { topic: string; partition: number; offset: bigint };

/** The first record at or after the place that a plain consumer would be given. */
export type PeekedRecord = {
  offset: bigint;
  /** Epoch ms; null: the record has none. */
  timestamp: bigint | null;
  /** Its beginning, as text; null: the key is null. */
  key: string | null;
};

/** `first` null without a problem: nothing is there yet. */
export type Peeked = { first: PeekedRecord | null; problem: Problem | null };

/** Each costs a Fetch of its own: a Fetch fills its answer with the first partition that has anything. */
export const PEEKS_AT_MOST = 100;
const AT_ONCE = 6;
/** Batches looked at: markers of transactions and what compaction emptied may lie before the first record. */
const BATCHES = 8;
const KEY_CHARS = 120;
/** One batch: a broker gives the first one whole, however few bytes are asked for (KIP-74). */
const ONE_BATCH = 1;
/** No new Fetch is sent when less of the answer's time is left. */
const SPARE_MS = 700;

/**
 * The first record at or after each place, aborted and undecided ones too: one Fetch of one batch a partition, six at once, at most
 * 100 in all. Keyed by `topic/partition`; places beyond the hundredth, and those for which no time was left, are absent. Rejects
 * only when aborted, or when no broker answers Metadata.
 */
export async function peekRecords(
  cluster: Cluster,
  places: readonly PeekPlace[],
  signal: AbortSignal,
): Promise<Map<string, Peeked>> {
  const peeked = new Map<string, Peeked>();
  if (places.length === 0) return peeked;
  const waiting = places.slice(0, PEEKS_AT_MOST);
  const byName = await findTopicsMetadata(cluster, [...new Set(waiting.map(({ topic }) => topic))], signal);
  const work = async (): Promise<void> => {
    for (let place = waiting.shift(); place && timeLeft() > SPARE_MS; place = waiting.shift()) {
      const { topic, partition } = place;
      const found = byName.get(topic);
      const problem = found
        ? refusal(found.errorCode, { topic: ["Describe", topic] }, null, {
            topic,
            partition,
          })
        : makeProblem("topic-not-found", undefined, { topic, partition });
      if (problem || !found) {
        peeked.set(placeKey(place), { first: null, problem });
        continue;
      }
      // A source each: it looks up leaders anew at most once, which must not be used up by another partition.
      const opened = { topics: [found], isolation: "read_uncommitted" as const, control: false };
      const result = await peekRecord(makeSource(cluster, opened, {}, KEY_CHARS, signal), place);
      if (result) peeked.set(placeKey(place), result);
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, waiting.length) }, work));
  return peeked;
}

/** The key of a place in what `peekRecords` gives. */
export const placeKey = ({ topic, partition }: Pick<PeekPlace, "topic" | "partition">): string =>
  `${topic}/${partition}`;

/** null: not found out in the batches that are looked at. */
async function peekRecord(source: Source, place: PeekPlace): Promise<Peeked | null> {
  const lane = laneAt(place);
  let from = place.offset;
  for (let batches = 0; batches < BATCHES; batches++) {
    const wanted = { lane, from, to: LAST_OFFSET, order: "first", want: 1 } as const;
    const loaded = (await loadLanes(source, [wanted])).get(lane) ?? { kind: "starved" };
    if (loaded.kind === "failed") return { first: null, problem: loaded.problem };
    if (loaded.kind === "empty") return { first: null, problem: null };
    if (loaded.kind === "moved") from = loaded.start;
    if (loaded.kind !== "slice") continue;
    const [found] = loaded.result.messages;
    if (found) return shown(found);
    if (loaded.result.reached <= from) return unreadable(place, loaded.result.problem);
    from = loaded.result.reached;
  }
  return null;
}

/** Nothing is below the last stable offset: so everything is fetched as it is, transactions undecided or not. */
function laneAt({ topic, partition, offset }: PeekPlace): Lane {
  const place = { topic, partition, index: 0, start: 0n, end: LAST_OFFSET, position: offset, bound: null, stable: 0n };
  return { ...makeLane(place), maxBytes: ONE_BATCH };
}

function shown(found: FoundMessage): Peeked {
  const { problem, offset, timestamp, key } = toMessage(found);
  if (problem) return { first: null, problem };
  const first = {
    offset: BigInt(offset),
    timestamp: timestamp === null ? null : BigInt(timestamp),
    key: key?.text ?? null,
  };
  return { first, problem: null };
}

const unreadable = ({ topic, partition }: PeekPlace, why: string | null): Peeked => ({
  first: null,
  problem: makeProblem("record-undecodable", why ?? undefined, { topic, partition }),
});
