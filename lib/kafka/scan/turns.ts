import { ProblemError } from "../../api/problem.ts";

/** Readings at once in one process; each may hold a fetch answer of every broker it reads from. */
const MOST = 8;

type Turns = { taken: number; waiting: (() => void)[] };
const KEY = Symbol.for("kafdeck.scan.turns");
const holder = globalThis as { [KEY]?: Turns };
// On globalThis: a bundler may copy this module, and the copies must share one count.
holder[KEY] ??= { taken: 0, waiting: [] };
const turns = holder[KEY];

/** Runs `work` when fewer than `most` others run, in the order of asking. Rejects with `cancelled` when the signal ends the wait. */
export async function withTurn<T>(work: () => Promise<T>, signal: AbortSignal, most = MOST): Promise<T> {
  if (turns.taken >= most) await takePlace(signal);
  else turns.taken++;
  try {
    return await work();
  } finally {
    const next = turns.waiting.shift();
    if (next)
      next(); // the turn is handed over, not given back
    else turns.taken--;
  }
}

async function takePlace(signal: AbortSignal): Promise<void> {
  if (signal.aborted) throw new ProblemError("cancelled");
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const leave = () => {
    turns.waiting.splice(turns.waiting.indexOf(resolve), 1);
    reject(new ProblemError("cancelled"));
  };
  turns.waiting.push(resolve);
  signal.addEventListener("abort", leave, { once: true });
  try {
    await promise;
  } finally {
    signal.removeEventListener("abort", leave);
  }
}
