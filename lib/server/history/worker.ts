import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { board } from "./board.ts";
import { closeKeeper, keepNote, keptOf, noteOf, record, turn } from "./keeper.ts";
import { guarded, type Keeper, type KeeperOptions, openKeeper } from "./keeper-file.ts";
import { partitionTrends } from "./partitions.ts";
import { groupLag } from "./questions.ts";
import { release, type Sample } from "./sample.ts";
import type { BoardQuestion, GroupLagQuestion } from "./source.ts";
import type { Answered, Asked, Asks } from "./thread.ts";

const options = workerData as KeeperOptions;

type Handlers = {
  [Name in keyof Asks]: (...args: Asks[Name]["args"]) => Asks[Name]["answer"] | Promise<Asks[Name]["answer"]>;
};

/** What it can be asked, by name. */
const handlersOf = (keeper: Keeper): Handlers => ({
  turn: (cluster: string, everyMs: number) => turn(keeper, cluster, everyMs, Date.now()),
  record: (cluster: string, everyMs: number, sample: Sample) => {
    const said = record(keeper, cluster, everyMs, sample, Date.now());
    release(sample);
    return said;
  },
  groupLag: (cluster: string, everyMs: number, question: GroupLagQuestion) => {
    const kept = keptOf(keeper, cluster, everyMs, Date.now());
    return guarded(keeper, Date.now(), (store) => groupLag(store, kept, options.keep, question, Date.now()), null);
  },
  board: (cluster: string, everyMs: number, question: BoardQuestion) => {
    const kept = keptOf(keeper, cluster, everyMs, Date.now());
    return guarded(keeper, Date.now(), (store) => board(store, kept, options.keep, question, Date.now()), null);
  },
  partitions: (cluster: string, everyMs: number, groupId: string) =>
    partitionTrends(keptOf(keeper, cluster, everyMs, Date.now()), groupId),
  note: (cluster: string, everyMs: number, key: string) => noteOf(keeper, cluster, everyMs, key, Date.now()),
  keepNote: (cluster: string, everyMs: number, key: string, text: string) =>
    keepNote(keeper, cluster, everyMs, key, text, Date.now()),
  close: async () => {
    await closeKeeper(keeper);
    return undefined;
  },
});

/** Answers until it is asked to close. */
function serve(port: MessagePort): void {
  const handlers = handlersOf(openKeeper(options, Date.now()));
  port.on("message", async ({ id, name, args }: Asked) => {
    try {
      // What runs is chosen by the name that came with it, which no type can say.
      const answer = await (handlers[name] as (...args: unknown[]) => unknown)(...args);
      port.postMessage({ id, answer } satisfies Answered);
    } catch (error) {
      port.postMessage({ id, failure: error instanceof Error ? `${error.stack}` : String(error) } satisfies Answered);
    }
    if (name === "close") port.close();
  });
}

// In a process of its own it is only read, so that its code is kept.
if (parentPort) serve(parentPort);
