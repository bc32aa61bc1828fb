import type { Snapshot } from "../api/lists.ts";
import type { Cluster } from "./cluster.ts";
import { withCost } from "./cost.ts";

export type Taken<T> = { data: T; takenAt: number; snapshot: Snapshot };

type Entry = { taken: Taken<unknown> | null; loading: Promise<Taken<unknown>> | null };

/**
 * One reading of the cluster shared by everybody who asks within `maxAgeMs` of it; who asks while it is taken waits for the same
 * one. A failed reading is not kept. `key` names the reading; the same key must always load the same type.
 */
export async function shared<T>(
  cluster: Cluster,
  key: string,
  maxAgeMs: number,
  load: () => Promise<T>,
): Promise<Taken<T>> {
  const entry = (cluster.snapshots.get(key) as Entry | undefined) ?? { taken: null, loading: null };
  cluster.snapshots.set(key, entry);
  if (entry.taken && Date.now() - entry.taken.takenAt < maxAgeMs) return entry.taken as Taken<T>;
  entry.loading ??= take(load)
    .then((taken) => {
      entry.taken = taken;
      return taken;
    })
    .finally(() => {
      entry.loading = null;
    });
  return entry.loading as Promise<Taken<T>>;
}

function take<T>(load: () => Promise<T>): Promise<Taken<T>> {
  return withCost(async (cost) => {
    const takenAt = Date.now();
    const data = await load();
    return {
      data,
      takenAt,
      snapshot: {
        takenAt: new Date(takenAt).toISOString(),
        requests: cost.requests,
        milliseconds: Math.round((performance.now() - cost.startedAt) * 10) / 10,
      },
    };
  });
}

/** After a change: the next one who asks sees it. */
export function forgetSnapshots(cluster: Cluster): void {
  cluster.snapshots.clear();
}
