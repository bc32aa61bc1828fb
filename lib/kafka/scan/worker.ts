import { parentPort, workerData } from "node:worker_threads";
import { readSlices } from "./jobs.ts";
import { packBatch } from "./pack.ts";
import { takePayload } from "./payload-job.ts";
import type { Task, TaskEnd, WorkerReady } from "./pool.ts";
import { searchSlice } from "./search-job.ts";

/** The jobs a worker does, by name; each ends early once `stopped` says so. */
const jobs = { read: readSlices, pack: packBatch, search: searchSlice, payload: takePayload } as const;
// What runs is chosen by the name that came with it, which no type can say.
const run = (name: Task["name"], job: Task["job"], stopped: () => boolean) =>
  (jobs[name] as (job: Task["job"], stopped: () => boolean) => Extract<TaskEnd, { result: unknown }>["result"])(
    job,
    stopped,
  );

// A synchronous job sees no message: the main thread sets this shared word to the id of the task it wants stopped.
const stop = new Int32Array(workerData.stop as SharedArrayBuffer);

parentPort?.on("message", ({ id, name, job }: Task) => {
  const stopped = () => Atomics.load(stop, 0) === id;
  let end: TaskEnd;
  try {
    end = { id, result: run(name, job, stopped) };
  } catch (error) {
    end = { id, failure: error instanceof Error ? `${error.message}\n${error.stack}` : String(error) };
  }
  parentPort?.postMessage(end, handedBack(end));
});

parentPort?.postMessage({ ready: true } satisfies WorkerReady);

/** Buffers that a job gives back: unfinished, or as what was asked for. */
function handedBack(end: TaskEnd): ArrayBuffer[] {
  if (!("result" in end)) return [];
  if ("rest" in end.result) return end.result.rest ? [end.result.rest.buffer] : [];
  return "payload" in end.result && end.result.payload ? [end.result.payload.buffer] : [];
}
