import { ProblemError } from "../../api/problem.ts";

/** Searches of one cluster: those that run, and those that wait for them in the order of asking. */
type Line = { running: number; waiting: (() => void)[] };

const KEY = Symbol.for("kafdeck.scan.queue");
const holder = globalThis as { [KEY]?: WeakMap<object, Line> };
// On globalThis: a bundler may copy this module, and the copies must share one count.
holder[KEY] ??= new WeakMap();
const lines = holder[KEY];

export type Turn = {
  /** Resolves when it may run; rejects with `cancelled` when the signal ends the wait. */
  ready: Promise<void>;
  /** How many must end before it begins; 0 once it may run. */
  ahead(): number;
  /** Call it in any case, at the end. */
  leave(): void;
};

/** Asks for a turn among the searches of `owner`, of which `most` run at once. */
export function takeTurn(owner: object, most: number, signal: AbortSignal): Turn {
  const line = lines.get(owner) ?? { running: 0, waiting: [] };
  lines.set(owner, line);
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let state: "waits" | "runs" | "left" = "waits";
  const run = () => {
    state = "runs";
    line.running++;
    resolve();
  };
  const leave = () => {
    if (state === "waits") line.waiting.splice(line.waiting.indexOf(run), 1);
    if (state === "runs") {
      line.running--;
      if (line.running < most) line.waiting.shift()?.();
    }
    if (state !== "left") signal.removeEventListener("abort", cancel);
    state = "left";
  };
  const cancel = () => {
    if (state === "waits") {
      leave();
      reject(new ProblemError("cancelled"));
    }
  };
  signal.addEventListener("abort", cancel, { once: true });
  promise.catch(() => {});
  if (line.running < most) run();
  else line.waiting.push(run);
  if (signal.aborted) cancel();
  return { ready: promise, leave, ahead: () => (state === "waits" ? line.waiting.indexOf(run) + 1 : 0) };
}

type Bucket = { tokens: number; at: number };
const buckets = new WeakMap<object, Bucket>();

/**
 * Milliseconds to wait before the next bytes may be fetched for `owner`, whose searches together take at most `perSecond`.
 * Bytes are counted when they have come, so one answer may run ahead of what is allowed.
 */
export function waitForBytes(owner: object, perSecond: number, now: number): number {
  const bucket = filled(owner, perSecond, now);
  return bucket.tokens >= 0 ? 0 : Math.ceil((-bucket.tokens / perSecond) * 1000);
}

export function spendBytes(owner: object, perSecond: number, bytes: number, now: number): void {
  filled(owner, perSecond, now).tokens -= bytes;
}

/** Holds at most what half a second allows, so that a pause is not followed by a burst. */
function filled(owner: object, perSecond: number, now: number): Bucket {
  const bucket = buckets.get(owner) ?? { tokens: perSecond / 2, at: now };
  bucket.tokens = Math.min(perSecond / 2, bucket.tokens + ((now - bucket.at) / 1000) * perSecond);
  bucket.at = now;
  buckets.set(owner, bucket);
  return bucket;
}
