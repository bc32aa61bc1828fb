import { availableParallelism } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { ProblemError } from "../../api/problem.ts";
import type { ReadJob, SliceResult } from "./jobs.ts";
import type { PackJob } from "./pack.ts";
import type { PayloadJob, PayloadResult } from "./payload-job.ts";
import type { SearchJob, SearchResult } from "./search-job.ts";

/** Each job by name: what goes in, what comes out. */
type Jobs = {
  read: { job: ReadJob; result: SliceResult[] };
  pack: { job: PackJob; result: Uint8Array };
  search: { job: SearchJob; result: SearchResult };
  payload: { job: PayloadJob; result: PayloadResult };
};
export type JobName = keyof Jobs;

export type Task = { id: number; name: JobName; job: Jobs[JobName]["job"] };
export type TaskEnd = { id: number; result: Jobs[JobName]["result"] } | { id: number; failure: string };

type Waiting = Task & {
  transfer: ArrayBuffer[];
  signal: AbortSignal | undefined;
  /** Other jobs go before it. */
  yields: boolean;
  /** Milliseconds it may run; null: as long as it takes. */
  allowed: number | null;
  settle: (end: TaskEnd | { error: Error }) => void;
};

type Seat = {
  worker: Worker;
  stop: Int32Array;
  task: Waiting | null;
  timer: NodeJS.Timeout | null;
  /** It has loaded its modules, which on a busy machine takes longer than any job may. */
  ready: boolean;
};

/** What a worker says once, before the first end of a task. */
export type WorkerReady = { ready: true };

export type Pool = {
  seats: Seat[];
  queue: Waiting[];
  size: number;
  /** The file that a worker runs. */
  file: string;
  /** Milliseconds a worker may ignore an abort before it is terminated. */
  patience: number;
  lastId: number;
  closed: boolean;
};

// Not `import.meta.url`: Next bundles this module into another folder than the worker's file, which Node runs as it is.
const workerFile = () => join(process.env.KAFDECK_ROOT ?? process.cwd(), "lib", "kafka", "scan", "worker.ts");

/** A pool of at most `size` workers, each made when a task finds no other idle. Nothing given: as many as cores, at most 2. */
export function makePool(options: Partial<Pick<Pool, "size" | "file" | "patience">> = {}): Pool {
  const size = Math.min(2, availableParallelism());
  return { seats: [], queue: [], size, file: workerFile(), patience: 500, lastId: 0, closed: false, ...options };
}

const KEY = Symbol.for("kafdeck.scan.pool");
const holder = globalThis as { [KEY]?: Pool };

/** The pool of this process. On globalThis: a bundler may copy this module, and the copies must share the workers. */
export function sharedPool(): Pool {
  if (!holder[KEY] || holder[KEY].closed) holder[KEY] = makePool();
  return holder[KEY];
}

/** Ends the workers of this process, if there are any. */
export const closeSharedPool = async (): Promise<void> => {
  if (holder[KEY]) await closePool(holder[KEY]);
};

export type RunOptions = {
  signal?: AbortSignal | undefined;
  /** Buffers that the worker takes over. */
  transfer?: ArrayBuffer[];
  /** true: jobs that come later, but do not yield, go before it. Nothing given: not. */
  yields?: boolean;
  /** Milliseconds it may run, waiting not counted. Nothing given: as long as it takes. */
  allowed?: number;
};

/**
 * Runs a job in a worker, behind those that wait already. Rejects with `cancelled` when the signal aborts and with
 * `filter-too-slow` when it runs longer than allowed (a worker that does not stop within the patience is replaced), and with
 * `unexpected` when the worker dies.
 */
export async function runJob<Name extends JobName>(
  pool: Pool,
  name: Name,
  job: Jobs[Name]["job"],
  { signal, transfer = [], yields = false, allowed }: RunOptions = {},
): Promise<Jobs[Name]["result"]> {
  if (pool.closed) throw new ProblemError("server-stopping");
  if (signal?.aborted) throw new ProblemError("cancelled");
  const { promise, resolve } = Promise.withResolvers<TaskEnd | { error: Error }>();
  pool.lastId = (pool.lastId + 1) & 0x3fffffff;
  const task: Waiting = {
    id: pool.lastId,
    name,
    job,
    transfer,
    signal,
    yields,
    allowed: allowed ?? null,
    settle: resolve,
  };
  const onAbort = () => abort(pool, task, new ProblemError("cancelled"));
  signal?.addEventListener("abort", onAbort, { once: true });
  const place = yields ? -1 : pool.queue.findIndex((waiting) => waiting.yields);
  pool.queue.splice(place < 0 ? pool.queue.length : place, 0, task);
  next(pool);
  const end = await promise.finally(() => signal?.removeEventListener("abort", onAbort));
  if ("error" in end) throw end.error;
  if ("failure" in end) throw new Error(`The scan worker failed: ${end.failure}`);
  return end.result as Jobs[Name]["result"];
}

/** Workers that a job would not have to wait for. */
export const freeSeats = ({ seats, queue, size }: Pool): number =>
  Math.max(0, size - seats.filter(({ task }) => task !== null).length - queue.length);

function next(pool: Pool): void {
  while (pool.queue.length > 0) {
    const seat = pool.seats.find(({ task }) => task === null) ?? (pool.seats.length < pool.size ? addSeat(pool) : null);
    const task = seat && pool.queue.shift();
    if (!seat || !task) return;
    seat.task = task;
    seat.worker.ref();
    if (seat.ready) watch(pool, seat);
    seat.worker.postMessage({ id: task.id, name: task.name, job: task.job } satisfies Task, task.transfer);
  }
}

/** Ends the task when it has run as long as it may. */
function watch(pool: Pool, seat: Seat): void {
  const { task } = seat;
  if (task && task.allowed !== null)
    seat.timer = setTimeout(() => abort(pool, task, new ProblemError("filter-too-slow")), task.allowed);
}

function addSeat(pool: Pool): Seat {
  const stop = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(pool.file, {
    name: "kafdeck-scan",
    workerData: { stop: stop.buffer },
    // Without a limit V8 lets a busy worker's young generation grow to 48 MB. Buffers are not counted here: jobs have limits of their own.
    resourceLimits: { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 512 },
  });
  const seat: Seat = { worker, stop, task: null, timer: null, ready: false };
  worker.on("message", (end: TaskEnd | WorkerReady) => {
    if ("ready" in end) {
      seat.ready = true;
      watch(pool, seat);
      return;
    }
    if (seat.task?.id !== end.id) return;
    settle(seat, end);
    next(pool);
  });
  worker.on("error", (error: Error) => drop(pool, seat, error));
  worker.on("exit", () => drop(pool, seat, new Error("The scan worker ended.")));
  worker.unref(); // an idle worker does not keep the process alive
  pool.seats.push(seat);
  return seat;
}

function settle(seat: Seat, end: TaskEnd | { error: Error }): void {
  const { task } = seat;
  seat.task = null;
  if (seat.timer) clearTimeout(seat.timer);
  seat.timer = null;
  seat.worker.unref();
  task?.settle(end);
}

/** Takes a worker out, failing what it was at; the next task makes another. */
function drop(pool: Pool, seat: Seat, error: Error): void {
  const place = pool.seats.indexOf(seat);
  if (place < 0) return;
  pool.seats.splice(place, 1);
  seat.worker.terminate();
  settle(seat, { error });
  next(pool);
}

function abort(pool: Pool, task: Waiting, error: ProblemError): void {
  const waiting = pool.queue.indexOf(task);
  if (waiting >= 0) {
    pool.queue.splice(waiting, 1);
    task.settle({ error });
    return;
  }
  const seat = pool.seats.find((candidate) => candidate.task === task);
  if (!seat) return;
  Atomics.store(seat.stop, 0, task.id);
  task.settle({ error });
  setTimeout(() => {
    if (seat.task === task) drop(pool, seat, error);
  }, pool.patience).unref();
}

/** Ends all workers; what runs or waits is rejected with `server-stopping`. */
export async function closePool(pool: Pool): Promise<void> {
  pool.closed = true;
  const error = new ProblemError("server-stopping");
  for (const task of pool.queue.splice(0)) task.settle({ error });
  const seats = pool.seats.splice(0);
  for (const seat of seats) settle(seat, { error });
  await Promise.all(seats.map(({ worker }) => worker.terminate()));
}
