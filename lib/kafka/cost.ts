import { AsyncLocalStorage } from "node:async_hooks";

/** How long one answer of Kafdeck may take in all. A broker that has not answered by then is told as a warning. */
export const DEADLINE_MS = 5_000;

/** What an answer cost at the brokers, and when it must be ready. */
export type Cost = { requests: number; startedAt: number; deadlineMs: number };

const KEY = Symbol.for("kafdeck.cost");
const holder = globalThis as { [KEY]?: AsyncLocalStorage<Cost> };
// On globalThis: a bundler may copy this module, and the copies must count into one place.
holder[KEY] ??= new AsyncLocalStorage<Cost>();
const storage = holder[KEY];

/** Runs `work` with a count of its own. Broker requests made inside are counted there, and also in the count around it. */
export async function withCost<T>(work: (cost: Cost) => Promise<T>, deadlineMs: number = DEADLINE_MS): Promise<T> {
  const outer = storage.getStore();
  const cost: Cost = { requests: 0, startedAt: performance.now(), deadlineMs };
  try {
    return await storage.run(cost, () => work(cost));
  } finally {
    if (outer) outer.requests += cost.requests;
  }
}

export function countRequest(): void {
  const cost = storage.getStore();
  if (cost) cost.requests += 1;
}

/** Milliseconds left of the deadline around this call; the whole deadline where there is none around. */
export function timeLeft(): number {
  const cost = storage.getStore();
  return cost ? Math.max(0, cost.deadlineMs - (performance.now() - cost.startedAt)) : DEADLINE_MS;
}
