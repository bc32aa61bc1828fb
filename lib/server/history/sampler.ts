import { problemOf } from "../../api/problem.ts";
import type { Cluster } from "../../kafka/cluster.ts";
import { sharedGroups } from "../../kafka/group-readings.ts";
import { log } from "../log.ts";
import type { Turn } from "./keeper.ts";
import { sampleOf, transferOf } from "./sample.ts";
import { askThread, type Thread } from "./thread.ts";

/** Takes samples of one cluster, one after the other. */
export type Sampler = { stop: () => void };

/** The process listens first, and the first pages are answered. */
const FIRST_AFTER_MS = 1_000;

/**
 * Samples a cluster every `everyMs`, at whole multiples of it, where this replica leads; where another does, reads what that one
 * wrote. The next is only begun when the last has ended, so that a slow or dead cluster never has two at work. `tell` gets what
 * each said.
 */
export function startSampler(cluster: Cluster, everyMs: number, thread: Thread, tell: (turn: Turn) => void): Sampler {
  let timer: NodeJS.Timeout | null = null;
  let stopped = false;
  let failing: string | null = null;
  let told: string | null = null;
  const plan = (afterMs: number) => {
    if (stopped) return;
    timer = setTimeout(run, afterMs);
    timer.unref();
  };
  const run = async () => {
    try {
      await sampleOnce(cluster, everyMs, thread, (turn) => {
        if (!stopped) tell(turn);
      });
      if (told !== null) log("info", "Samples of consumer groups are taken again.", { cluster: cluster.name });
      failing = null;
      told = null;
    } catch (error) {
      // Told once, not with every sample that fails for the same reason; nor where one alone fails, as while Kafka itself starts.
      const reason =
        problemOf(error)?.code ?? (error instanceof Error ? (error.stack ?? error.message) : String(error));
      if (!stopped && reason === failing && reason !== told) {
        log("warn", "Samples of consumer groups cannot be taken.", { cluster: cluster.name, reason });
        told = reason;
      }
      failing = reason;
    }
    plan(everyMs - (Date.now() % everyMs));
  };
  plan(Math.min(FIRST_AFTER_MS, everyMs));
  return {
    stop: () => {
      stopped = true;
      if (timer) clearTimeout(timer);
    },
  };
}

/** One sample: whether it is this replica's turn, the reading that the lists are served from, and the thread's work on it. */
export async function sampleOnce(
  cluster: Cluster,
  everyMs: number,
  thread: Thread,
  tell: (turn: Turn) => void,
): Promise<void> {
  const turn = await askThread(thread, "turn", [cluster.name, everyMs]);
  tell(turn);
  if (!turn.leads) return;
  const { data } = await sharedGroups(cluster, 0);
  const sample = sampleOf(data);
  tell(await askThread(thread, "record", [cluster.name, everyMs, sample], transferOf(sample)));
}
