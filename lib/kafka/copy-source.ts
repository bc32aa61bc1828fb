import type { MessagesQuery } from "../api/message-queries.ts";
import { makeProblem, type Problem, ProblemError } from "../api/problem.ts";
import type { CopyBody } from "../api/produce.ts";
import type { Cluster } from "./cluster.ts";
import { withCost } from "./cost.ts";
import { everyHit } from "./every-hit.ts";
import { checkSpec } from "./filters.ts";
import { outOfRange } from "./out-of-range.ts";
import { cursorOf, type Opened, offsetsOf, openRanges, placesOf, topicNames } from "./ranges.ts";
import type { ExactRecord } from "./scan/exact.ts";
import { makeLane } from "./scan/pager.ts";
import { specOf } from "./search.ts";

/** Goes on after what was given so far; `stop` says from where in a partition instead. null: nothing is left, or it cannot. */
export type CursorOf = (stop?: (topic: string, partition: number) => bigint | undefined) => string | null;

/** Records that were found, and how far the source was gone through with them. */
export type Portion = { records: ExactRecord[]; covered: bigint; cursor: CursorOf };

/** What is copied. */
export type CopySource = {
  /** Offsets that are looked through, or records that were named. */
  offsets: bigint;
  /** Numbers of the partitions it may come from. */
  partitions: number[];
  problems: Problem[];
  /** A portion whenever some were found or time has passed. Throws what ends the reading early. */
  portions: (signal: AbortSignal) => AsyncGenerator<Portion, void, void>;
  /** From the beginning. */
  cursor: string | null;
  /** Known at the end only: what could not be read, or was not there. */
  warnings: () => Problem[];
};

/**
 * Opens what is to be copied. It ends where the partitions ended now, so that a topic copied onto itself ends too. Throws bad-request
 * where neither or both of records and query are given, and what is wrong with the question.
 */
export async function openSource(cluster: Cluster, from: CopyBody["from"], signal: AbortSignal): Promise<CopySource> {
  if ((from.records === undefined) === (from.query === undefined))
    throw new ProblemError("bad-request", "Give either `from.records` or `from.query`.", { field: "from" });
  if (from.records) return openPlaces(cluster, from.records, signal);
  return openQuery(cluster, from.query ?? { topics: "" }, signal);
}

async function openQuery(
  cluster: Cluster,
  { topics, ...given }: NonNullable<CopyBody["from"]["query"]>,
  signal: AbortSignal,
): Promise<CopySource> {
  // Markers of transactions are the broker's own. Backwards the order of every partition would be turned round.
  const query: MessagesQuery = { ...given, control: undefined, direction: "newer", from: fromOldest(given.from) };
  await checkSpec(specOf(query));
  const opened = await withCost(() => openRanges(cluster, topicNames(topics), query, signal));
  if (opened.direction === "older")
    throw new ProblemError("bad-request", "The cursor goes backwards; records are copied in their order only.", {
      field: "from.query.cursor",
    });
  for (const lane of opened.lanes) lane.bound ??= lane.end;
  const taken = { warnings: [] as Problem[] };
  return {
    offsets: offsetsOf(opened.partitions),
    partitions: opened.lanes.map(({ partition }) => partition),
    problems: opened.partitions.flatMap(({ problem }) => (problem ? [problem] : [])),
    portions: (leaving) => portionsOf(cluster, opened, query, leaving, taken),
    cursor: cursorNow(opened)(),
    warnings: () => [...taken.warnings, ...opened.lanes.flatMap(({ problem }) => (problem ? [problem] : []))],
  };
}

/** The lanes move on while what they gave is written: where they stand is noted now. */
function cursorNow(opened: Opened): CursorOf {
  const places = opened.lanes.map(({ position }) => position);
  return (stop) => {
    const lanes = opened.lanes.map((lane, index) => ({
      ...lane,
      position: stop?.(lane.topic, lane.partition) ?? places[index] ?? lane.position,
    }));
    return cursorOf({ ...opened, lanes });
  };
}

const fromOldest = (from: MessagesQuery["from"]) => (from === undefined || from === "newest" ? "oldest" : from);

async function* portionsOf(
  cluster: Cluster,
  opened: Opened,
  query: MessagesQuery,
  signal: AbortSignal,
  taken: { warnings: Problem[] },
): AsyncGenerator<Portion, void, void> {
  const wish = { output: "raw", hits: Number.MAX_SAFE_INTEGER } as const;
  for await (const { rows, search } of everyHit(cluster, opened, query, wish, signal)) {
    taken.warnings = search.warnings;
    yield { records: rows, covered: placesOf(opened).covered, cursor: cursorNow(opened) };
  }
}

type Place = NonNullable<CopyBody["from"]["records"]>[number];
/** Wanted offsets of one partition that lie near each other. */
type Run = { topic: string; partition: number; first: bigint; last: bigint };

/** Offsets between two wanted ones that are read along: cheaper than another request. */
const NEAR = 500n;

async function openPlaces(cluster: Cluster, places: Place[], signal: AbortSignal): Promise<CopySource> {
  const wanted = new Set(places.map(keyOf));
  const names = [...new Set(places.map(({ topic }) => topic))];
  const numbers = [...new Set(places.map(({ partition }) => partition))];
  const query: MessagesQuery = { isolation: "read_uncommitted", from: "oldest", partition: numbers.join(",") };
  const opened = await withCost(() => openRanges(cluster, topicNames(names.join(",")), query, signal));
  for (const place of places) checkPlace(opened, place);
  const state = { found: 0, warnings: [] as Problem[] };
  return {
    offsets: BigInt(wanted.size),
    partitions: numbers,
    problems: [],
    portions: (leaving) => placesFrom(cluster, opened, runsOf(places), wanted, leaving, state),
    cursor: null,
    warnings: () => [
      ...state.warnings,
      ...(state.found < wanted.size ? [missingProblem(wanted.size - state.found, wanted.size)] : []),
    ],
  };
}

const keyOf = ({ topic, partition, offset }: { topic: string; partition: number; offset: string | bigint }) =>
  `${topic}/${partition}/${BigInt(offset)}`;

const missingProblem = (missing: number, of: number): Problem =>
  makeProblem("record-not-found", `${missing} of ${of} records are not in the log any more, or were never.`);

function checkPlace(opened: Opened, { topic, partition, offset }: Place): void {
  const known = opened.partitions.find((row) => row.topic === topic && row.partition === partition);
  if (known?.problem) throw new ProblemError(known.problem.code, known.problem.detail, known.problem);
  const at = BigInt(offset);
  const [start, end] = [BigInt(known?.start ?? 0), BigInt(known?.end ?? 0)];
  if (!known)
    throw new ProblemError("partition-not-found", `${topic} has no partition ${partition}.`, { topic, partition });
  if (at < start || at >= end) throw outOfRange({ topic, partition, start, end }, at);
}

function runsOf(places: Place[]): Run[] {
  const sorted = places
    .map(({ topic, partition, offset }) => ({ topic, partition, offset: BigInt(offset) }))
    .sort((a, b) => a.topic.localeCompare(b.topic) || a.partition - b.partition || (a.offset < b.offset ? -1 : 1));
  const runs: Run[] = [];
  for (const { topic, partition, offset } of sorted) {
    const run = runs.at(-1);
    if (run?.topic === topic && run.partition === partition && offset - run.last <= NEAR) run.last = offset;
    else runs.push({ topic, partition, first: offset, last: offset });
  }
  return runs;
}

/** One run of each partition at a time: a search has each partition once. */
async function* placesFrom(
  cluster: Cluster,
  { topics, partitions }: Opened,
  runs: Run[],
  wanted: Set<string>,
  signal: AbortSignal,
  state: { found: number; warnings: Problem[] },
): AsyncGenerator<Portion, void, void> {
  const byPartition = Map.groupBy(runs, ({ topic, partition }) => `${topic}/${partition}`);
  for (let round = 0; ; round++) {
    const now = [...byPartition.values()].flatMap((mine) => mine[round] ?? []);
    if (now.length === 0) return;
    const lanes = now.map(({ topic, partition, first, last }, index) =>
      // Whoever names a record means it, whatever became of its transaction: no offset is held to be undecided.
      makeLane({
        topic,
        partition,
        index,
        start: first,
        end: last + 1n,
        position: first,
        bound: last + 1n,
        stable: 0n,
      }),
    );
    const opened: Opened = {
      topics,
      lanes,
      lost: [],
      partitions,
      direction: "newer",
      isolation: "read_uncommitted",
      control: false,
    };
    for await (const { records } of portionsOf(cluster, opened, {}, signal, state)) {
      const chosen = records.filter((record) => wanted.has(keyOf(record)));
      state.found += chosen.length;
      yield { records: chosen, covered: BigInt(state.found), cursor: () => null };
    }
    const lost = lanes.find(({ problem }) => problem !== null)?.problem;
    if (lost) throw new ProblemError(lost.code, lost.detail, lost);
  }
}
