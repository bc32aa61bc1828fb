import { MESSAGES_LIMIT, MESSAGES_MOST, type MessagesQuery } from "../api/message-queries.ts";
import type { MessageLine } from "../api/messages.ts";
import { makeProblem, problemOf } from "../api/problem.ts";
import { toInt64 } from "../api/scalars.ts";
import type { Cluster } from "./cluster.ts";
import { DEADLINE_MS, timeLeft, withCost } from "./cost.ts";
import { LIST_LIMIT } from "./decode/payload.ts";
import { translateFailure } from "./failures.ts";
import { cursorOf, type Opened, offsetsOf, openRanges, placesOf } from "./ranges.ts";
import { loadLanes, makeSource, toMessage } from "./scan/load.ts";
import { readPage } from "./scan/pager.ts";
import { withTurn } from "./scan/turns.ts";
import { checkSearch, isSearch, type SpentBefore, searchMessages } from "./search.ts";
import { checkTail, followTail, isTail, tailQuery } from "./tail.ts";

/** Fetched for one page before it ends with a cursor, and again behind its first record where that took more. */
const PAGE_BYTES = 64 << 20;
const LINE_MESSAGES = 100;

/**
 * The records of some topics as the lines of the contract: `start`, then those of a live tail, a search or a page. What is wrong
 * with the question (no such topic or partition, an offset out of range, a bad cursor, a bad filter) rejects before the first
 * line; what fails later is an `error` line, a lost broker a warning.
 */
export async function* readMessageLines(
  cluster: Cluster,
  topics: string[],
  query: MessagesQuery,
  outer: AbortSignal,
): AsyncGenerator<MessageLine, void, void> {
  const started = performance.now();
  const leaving = new AbortController();
  const signal = AbortSignal.any([outer, leaving.signal]);
  await checkSearch(query);
  const asked = isTail(query) ? tailQuery(query) : query;
  const opening = await withCost(async (cost) => ({ opened: await openRanges(cluster, topics, asked, signal), cost }));
  if (isTail(query)) checkTail(opening.opened);
  const { direction, isolation, partitions } = opening.opened;
  const spent = { started, requests: opening.cost.requests };
  // Begun here, not when the reader comes for more: the count of requests and the deadline belong to this call.
  const lines = linesFor(query)(cluster, opening.opened, query, signal, spent);
  try {
    yield { type: "start", direction, isolation, partitions, offsets: toInt64(offsetsOf(partitions)) };
    yield* lines;
  } catch (error) {
    if (signal.aborted) return;
    const problem = problemOf(translateFailure(error));
    if (!problem) throw error;
    yield { type: "error", problem };
  } finally {
    leaving.abort();
  }
}

const linesFor = (query: MessagesQuery) => (isTail(query) ? followTail : isSearch(query) ? searchMessages : pageLines);

/** One page; reading begins with the call. */
function pageLines(cluster: Cluster, opened: Opened, query: MessagesQuery, signal: AbortSignal, spent: SpentBefore) {
  const limit = Math.max(1, Math.min(MESSAGES_MOST, Number(query.limit ?? MESSAGES_LIMIT)));
  const left = Math.max(500, DEADLINE_MS - (performance.now() - spent.started));
  const read = () =>
    withCost(async (cost) => ({ ...(await readOpened(cluster, opened, query, limit, signal)), cost }), left);
  const reading = withTurn(read, signal);
  reading.catch(() => {});
  return linesOf(opened, reading, spent);
}

type Reading = Awaited<ReturnType<typeof readOpened>> & { cost: { requests: number } };

async function* linesOf(
  opened: Opened,
  reading: Promise<Reading>,
  spent: SpentBefore,
): AsyncGenerator<MessageLine, void, void> {
  const { page, source, cost } = await reading;
  for (let at = 0; at < page.messages.length; at += LINE_MESSAGES) {
    yield { type: "messages", messages: page.messages.slice(at, at + LINE_MESSAGES).map(toMessage) };
  }
  const { places, covered } = placesOf(opened);
  yield {
    type: "end",
    reason: page.reason,
    scanned: { records: source.records, bytes: source.bytes },
    covered: toInt64(covered),
    hits: page.messages.length,
    failed: null,
    places,
    cursor: cursorOf(opened),
    cost: {
      requests: spent.requests + cost.requests,
      milliseconds: Math.round(performance.now() - spent.started),
      throttledMilliseconds: Math.round(source.throttledMs),
    },
    warnings: warningsOf(opened),
  };
}

/** Why partitions are missing, each once. */
const warningsOf = ({ partitions, lanes }: Opened) =>
  [...partitions, ...lanes].map(({ problem }) => problem).filter((problem) => problem !== null);

async function readOpened(cluster: Cluster, opened: Opened, query: MessagesQuery, limit: number, signal: AbortSignal) {
  const source = makeSource(cluster, opened, query, LIST_LIMIT, signal);
  let free: number | null = null;
  const page = await readPage({
    direction: opened.direction,
    limit,
    lanes: opened.lanes,
    load: (wanted) => loadLanes(source, wanted),
    spent: () => {
      free ??= source.bytes > PAGE_BYTES ? source.bytes : 0;
      return source.bytes - free > PAGE_BYTES || timeLeft() < 300;
    },
    stuck: ({ topic, partition, position }, reason) =>
      makeProblem("record-undecodable", `${reason} Reading stopped at offset ${position}.`, { topic, partition }),
  });
  return { page, source };
}
