import { waitForBytes } from "./queue.ts";
import { ANSWER_BYTES, brokerFor, failWithoutLeader, fetchLanes, planFetch } from "./search-fetch.ts";
import { isFetched, type SearchLane } from "./search-lanes.ts";
import { changed, end, fail, orAfter, type Search } from "./search-state.ts";
import { lookThrough } from "./search-work.ts";
import { throttleLeft } from "./throttle.ts";

/** Fetched bytes of one search, on their way or waiting to be looked through. */
const MOST_HELD = 12 << 20;
/**
 * Runs until `ended` or `failure` is set, or until the search is left: one request a broker is on its way while what came before
 * is looked through. Never rejects.
 */
export async function runSearch(search: Search): Promise<void> {
  const { source } = search;
  const asking = new Set<number>();
  source.signal.addEventListener("abort", () => changed(search), { once: true });
  while (!source.signal.aborted) {
    if (source.failure) return fail(search, source.failure);
    const { wake } = search;
    const open = search.lanes.filter((lane) => !isFetched(lane, source.direction));
    const pause = askBrokers(search, open, asking);
    if (open.length === 0 && asking.size === 0) {
      await Promise.all(search.lanes.map(({ work }) => work));
      if (!source.signal.aborted && search.lanes.every((lane) => isFetched(lane, source.direction))) end(search, "end");
      continue;
    }
    await orAfter(wake.promise, pause);
  }
}

/** Sends each broker that is not busy a request for its lanes. Gives the milliseconds after which to look again. */
function askBrokers(search: Search, open: SearchLane[], asking: Set<number>): number {
  const { source } = search;
  const now = Date.now();
  let pause = 1_000;
  const byBroker = new Map<number, SearchLane[]>();
  for (const lane of open) {
    if (lane.failing && lane.failing.again > now) {
      pause = Math.min(pause, lane.failing.again - now);
      continue;
    }
    const broker = brokerFor(source, lane, now);
    const mine = broker === null ? undefined : byBroker.get(broker);
    if (broker === null) failWithoutLeader(source, lane);
    else if (mine) mine.push(lane);
    else byBroker.set(broker, [lane]);
  }
  for (const [broker, lanes] of byBroker) {
    if (asking.has(broker)) continue;
    const wait = waitBefore(search, broker, now);
    if (wait > 0) pause = Math.min(pause, wait);
    else if (search.held + ANSWER_BYTES <= MOST_HELD) askBroker(search, broker, lanes, asking);
  }
  return Math.max(1, pause);
}

function waitBefore({ source }: Search, broker: number, now: number): number {
  const perSecond = source.cluster.settings.limits.scanBytesPerSecond;
  const own = perSecond === null ? 0 : waitForBytes(source.cluster, perSecond, now);
  return Math.max(own, throttleLeft(source.cluster, broker));
}

function askBroker(search: Search, broker: number, lanes: SearchLane[], asking: Set<number>): void {
  const { source } = search;
  const fetch = planFetch(lanes, source.direction);
  if (!fetch) return;
  asking.add(broker);
  search.held += ANSWER_BYTES;
  fetchLanes(source, broker, fetch)
    .then((arrived) => {
      for (const one of arrived) {
        const size = one.records.length; // none is left once a worker has them
        search.held += size;
        one.search.work = one.search.work
          .then(() => lookThrough(search, one))
          .catch((error: unknown) => fail(search, error))
          .finally(() => {
            search.held -= size;
            changed(search);
          });
      }
    })
    .catch((error: unknown) => fail(search, error))
    .finally(() => {
      asking.delete(broker);
      search.held -= ANSWER_BYTES;
      changed(search);
    });
}
