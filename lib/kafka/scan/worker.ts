import { parentPort, workerData } from "node:worker_threads";
import { readSlices } from "./jobs.ts";
import type { Task, TaskEnd } from "./pool.ts";

/** The jobs a worker does, by name; each ends early once `stopped` says so. */
const jobs = { read: readSlices } as const;

// A synchronous job sees no message: the main thread sets this shared word to the id of the task it wants stopped.
const stop = new Int32Array(workerData.stop as SharedArrayBuffer);

parentPort?.on("message", ({ id, name, job }: Task) => {
  const stopped = () => Atomics.load(stop, 0) === id;
  let end: TaskEnd;
  try {
    end = { id, result: jobs[name](job, stopped) };
  } catch (error) {
    end = { id, failure: error instanceof Error ? `${error.message}\n${error.stack}` : String(error) };
  }
  parentPort?.postMessage(end);
});
