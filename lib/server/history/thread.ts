import { dirname, join } from "node:path";
import { Worker } from "node:worker_threads";
import { ProblemError } from "../../api/problem.ts";
import type { PartitionTrend } from "../../kafka/trends.ts";
import type { Turn } from "./keeper.ts";
import type { KeeperOptions } from "./keeper-file.ts";
import type { Sample } from "./sample.ts";
import type { BoardAnswer, BoardQuestion, GroupLagAnswer, GroupLagQuestion } from "./source.ts";

type Of<Args extends unknown[], Answer> = { args: [cluster: string, everyMs: number, ...Args]; answer: Answer };

/** What the thread can be asked. null of a chart: the file could not be read just now. */
export type Asks = {
  turn: Of<[], Turn>;
  record: Of<[Sample], Turn>;
  groupLag: Of<[GroupLagQuestion], GroupLagAnswer | null>;
  board: Of<[BoardQuestion], BoardAnswer | null>;
  partitions: Of<[groupId: string], [string, PartitionTrend][]>;
  note: Of<[key: string], string | null>;
  keepNote: Of<[key: string, text: string], boolean>;
  close: { args: []; answer: undefined };
};

export type Asked = { id: number; name: keyof Asks; args: unknown[] };
export type Answered = { id: number; answer: unknown } | { id: number; failure: string };

type Waiting = { resolve: (answer: unknown) => void; reject: (error: Error) => void };

/** The thread that keeps the history: `node:sqlite` is synchronous, and the thread that answers pages must not wait for a disk. */
export type Thread = {
  options: KeeperOptions;
  /** The file it runs: a value, for where the bundler sees how it is made it looks for it inside the bundle. */
  file: string;
  worker: Worker | null;
  waiting: Map<number, Waiting>;
  lastId: number;
  /** Epoch ms; it is not started again before. */
  restAfter: number;
  closed: boolean;
};

/** A thread that failed is left alone for a while: what broke it may break it again. */
const REST_MS = 5_000;

// Not `import.meta.url`: Next bundles this module into another folder than the worker's file, which Node runs as it is.
const workerFile = () =>
  join(process.env.KAFDECK_ROOT ?? process.cwd(), "lib", "server", "history", "start-worker.mjs");

/** Beside the history; where nothing is kept, neither is code. */
const codeFolder = (file: string | null) => (file === null ? null : join(dirname(file), "code"));

/** Nothing runs before the first question. */
export const makeThread = (options: KeeperOptions): Thread => ({
  options,
  file: workerFile(),
  worker: null,
  waiting: new Map(),
  lastId: 0,
  restAfter: 0,
  closed: false,
});

function start(thread: Thread): Worker {
  const worker = new Worker(thread.file, {
    name: "kafdeck-history",
    workerData: { ...thread.options, codeFolder: codeFolder(thread.options.file) },
    resourceLimits: { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 512 },
  });
  worker.on("message", (end: Answered) => {
    const waiting = thread.waiting.get(end.id);
    thread.waiting.delete(end.id);
    if (thread.waiting.size === 0) worker.unref();
    if ("failure" in end) waiting?.reject(new Error(`The history failed: ${end.failure}`));
    else waiting?.resolve(end.answer);
  });
  const fail = (error: Error) => {
    if (thread.worker !== worker) return;
    thread.worker = null;
    thread.restAfter = Date.now() + REST_MS;
    for (const { reject } of thread.waiting.values()) reject(error);
    thread.waiting.clear();
  };
  worker.on("error", fail);
  worker.on("exit", () => fail(new Error("The thread of the history ended.")));
  worker.unref();
  return worker;
}

/** Asks the thread, starting it where it does not run. Rejects with server-stopping once it is closed, and where it fails. */
export function askThread<Name extends keyof Asks>(
  thread: Thread,
  name: Name,
  args: Asks[Name]["args"],
  transfer: ArrayBuffer[] = [],
): Promise<Asks[Name]["answer"]> {
  if (thread.closed) return Promise.reject(new ProblemError("server-stopping"));
  if (!thread.worker && Date.now() < thread.restAfter && Date.now() > thread.restAfter - REST_MS)
    return Promise.reject(new Error("The thread of the history failed a moment ago."));
  thread.worker ??= start(thread);
  const { worker } = thread;
  const id = ++thread.lastId;
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  thread.waiting.set(id, { resolve, reject });
  worker.ref();
  worker.postMessage({ id, name, args } satisfies Asked, transfer);
  return promise as Promise<Asks[Name]["answer"]>;
}

/** Lets it finish what it writes, for a second at most. */
export async function closeThread(thread: Thread): Promise<void> {
  const { worker } = thread;
  if (worker === null || thread.closed) {
    thread.closed = true;
    return;
  }
  const closing = askThread(thread, "close", []).catch(() => {});
  thread.closed = true;
  const { promise: late, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, 1_000);
  await Promise.race([closing, late]);
  clearTimeout(timer);
  await worker.terminate();
}
