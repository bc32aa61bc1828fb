import { HITS_MOST, MESSAGES_LIMIT, type MessagesQuery, type SearchPart, searchParts } from "../api/message-queries.ts";
import type { MessageLine } from "../api/messages.ts";
import { isOn, toInt64 } from "../api/scalars.ts";
import type { Cluster } from "./cluster.ts";
import { LIST_LIMIT } from "./decode/payload.ts";
import { problemFrom } from "./failures.ts";
import { checkSpec } from "./filters.ts";
import { cursorOf, type Opened, placesOf } from "./ranges.ts";
import type { FoundMessage } from "./scan/found.ts";
import { toMessage } from "./scan/load.ts";
import type { SearchSpec } from "./scan/match.ts";
import { type Turn, takeTurn } from "./scan/queue.ts";
import type { HitOutput } from "./scan/search-job.ts";
import { runSearch } from "./scan/search-loop.ts";
import { leaveSearch, openSearch, orAfter, type Search, takeHits } from "./scan/search-state.ts";

const LINE_MESSAGES = 100;
const LINE_MS = 50;
const PROGRESS_MS = 200;
const WAITING_MS = 1_000;
/** Characters of payloads that a view holds. */
const VIEW_CHARS = 64 << 20;

/** Whether a query looks for something: a page shows all there is. */
export const isSearch = ({ q, key, value, headers, filter, scan }: MessagesQuery): boolean =>
  [q, key, value, headers, filter, scan].some((given) => given !== undefined);

/** Throws bad-filter, with the place, for what cannot be searched for. Asks no broker: call it before the first line. */
export async function checkSearch(query: MessagesQuery): Promise<void> {
  if (isSearch(query)) await checkSpec(specOf(query));
}

/** What is looked for. Nothing given: everything is a hit. */
export function specOf(query: MessagesQuery): SearchSpec {
  return {
    q: query.q ?? null,
    in: (query.in?.split(",") as SearchPart[] | undefined) ?? [...searchParts],
    not: isOn(query.not),
    match: query.match ?? "contains",
    caseSensitive: isOn(query.case),
    key: query.key ?? null,
    value: query.value ?? null,
    headers: query.headers ?? null,
    filter: query.filter ?? null,
  };
}

/** What came before the search: for the cost of its last line. */
export type SpentBefore = { started: number; requests: number };

export type SearchWish = { output: HitOutput; hits: number; view: number | null };

/**
 * Takes a turn and runs a search of what was opened. Yields it whenever there is something to tell: `waiting` is how many go
 * before it (0: it runs). After the last one `ended` or `failure` is set. Whoever leaves it ends it, the requests on their way too.
 */
export async function* followSearch(
  cluster: Cluster,
  opened: Opened,
  query: MessagesQuery,
  wish: SearchWish,
  signal: AbortSignal,
): AsyncGenerator<{ search: Search; waiting: number }, void, void> {
  const turn = takeTurn(cluster, cluster.settings.limits.scansPerCluster, signal);
  const search = openSearch(
    cluster,
    opened,
    {
      spec: specOf(query),
      decode: {
        keyFormat: query.keyFormat ?? null,
        valueFormat: query.valueFormat ?? null,
        protobuf: cluster.settings.protobuf,
      },
      output: wish.output,
      limits: {
        hits: wish.hits,
        scan: query.scan === undefined ? null : Number(query.scan),
        payload: LIST_LIMIT,
        view: wish.view,
      },
    },
    signal,
  );
  try {
    yield* waitFor(turn, search);
    const running = runSearch(search);
    while (search.ended === null && search.failure === null && !signal.aborted) {
      const { wake } = search;
      if (search.hits.length > 0) yield { search, waiting: 0 };
      else await orAfter(wake.promise, PROGRESS_MS);
      if (search.hits.length < LINE_MESSAGES && search.ended === null) await orAfter(full(search), LINE_MS);
      yield { search, waiting: 0 };
    }
    await running;
  } finally {
    leaveSearch(search);
    turn.leave();
  }
}

/** Until a line of hits is full, or the search has ended. */
async function full(search: Search): Promise<void> {
  while (search.hits.length < LINE_MESSAGES && !search.source.signal.aborted) await search.wake.promise;
}

async function* waitFor(turn: Turn, search: Search) {
  while (turn.ahead() > 0) {
    yield { search, waiting: turn.ahead() };
    await orAfter(turn.ready, WAITING_MS);
  }
  await turn.ready;
}

/**
 * The lines of a search that follow `start`: hits as they are found, progress that covers just what was sent, and the end. What
 * fails on the way is an `error` line; a partition that is lost is a warning, and keeps its place in the cursor.
 */
export async function* searchMessages(
  cluster: Cluster,
  opened: Opened,
  query: MessagesQuery,
  signal: AbortSignal,
  spent: SpentBefore = { started: performance.now(), requests: 0 },
): AsyncGenerator<MessageLine, void, void> {
  const hits = Math.max(1, Math.min(HITS_MOST, Number(query.limit ?? MESSAGES_LIMIT)));
  const told = { at: 0, places: new Map<number, string>(), sent: 0 };
  let last: Search | null = null;
  try {
    for await (const { search, waiting } of followSearch(
      cluster,
      opened,
      query,
      { output: "shown", hits, view: VIEW_CHARS },
      signal,
    )) {
      last = search;
      const isDue = waiting > 0 || performance.now() - told.at >= PROGRESS_MS;
      yield* hitLines(search, told);
      if (!isDue) continue;
      yield progressOf(search, waiting, told);
      told.at = performance.now();
    }
    if (!last || signal.aborted) return;
    yield* hitLines(last, told);
    yield last.failure === null ? endOf(last, spent) : { type: "error", problem: problemFrom(last.failure) };
  } catch (error) {
    if (signal.aborted) return;
    yield { type: "error", problem: problemFrom(error) };
  }
}

type Told = { at: number; places: Map<number, string>; sent: number };

function* hitLines(search: Search, told: Told): Generator<MessageLine> {
  while (search.hits.length > 0) {
    const hits = takeHits(search, LINE_MESSAGES);
    told.sent += hits.length;
    yield { type: "messages", messages: hits.map(({ row }) => toMessage(row as FoundMessage)) };
  }
}

const scannedOf = ({ scanned, source }: Search) => ({ records: scanned, bytes: source.bytes });

function progressOf(search: Search, waiting: number, told: Told): MessageLine {
  const { places, covered } = placesOf(search.opened);
  const moved = places.filter(([index, place]) => told.places.get(index) !== place);
  for (const [index, place] of moved) told.places.set(index, place);
  return {
    type: "progress",
    waiting,
    scanned: scannedOf(search),
    covered: toInt64(covered),
    hits: told.sent,
    failed: search.failed?.records ?? 0,
    dropped: 0,
    throttledMilliseconds: Math.round(search.source.throttledMs),
    places: moved,
    cursor: cursorOf(search.opened),
  };
}

function endOf(search: Search, spent: SpentBefore): MessageLine {
  const { opened, source, failed } = search;
  const { places, covered } = placesOf(opened);
  const problems = [...opened.partitions, ...opened.lanes].map(({ problem }) => problem);
  return {
    type: "end",
    reason: search.ended ?? "end",
    scanned: scannedOf(search),
    covered: toInt64(covered),
    hits: search.found,
    failed: failed && { ...failed, offset: toInt64(failed.offset) },
    places,
    cursor: cursorOf(opened),
    cost: {
      requests: spent.requests + source.requests,
      milliseconds: Math.round(performance.now() - spent.started),
      throttledMilliseconds: Math.round(source.throttledMs),
    },
    warnings: [...problems.filter((problem) => problem !== null), ...search.warnings],
  };
}
