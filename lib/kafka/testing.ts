import { type Cluster, closeCluster, openCluster } from "./cluster.ts";
import { type Cost, withCost } from "./cost.ts";
import { type ClusterSettings, DEFAULT_LIMITS } from "./settings.ts";

/** A cluster as the tests open it: plain, unless told otherwise. */
export function clusterAt(bootstrap: string, more: Partial<ClusterSettings> = {}): Cluster {
  return openCluster({
    name: "test",
    label: null,
    colour: null,
    readOnly: false,
    readOnlyReason: null,
    bootstrap: bootstrap.split(","),
    tls: null,
    sasl: null,
    protobuf: null,
    limits: DEFAULT_LIMITS,
    rack: null,
    origin: "the test",
    ...more,
  });
}

/** Opens, works, closes, whatever happens. */
export async function withCluster<T>(
  bootstrap: string,
  work: (cluster: Cluster) => Promise<T>,
  more: Partial<ClusterSettings> = {},
): Promise<T> {
  const cluster = clusterAt(bootstrap, more);
  try {
    return await work(cluster);
  } finally {
    await closeCluster(cluster);
  }
}

/** What `work` answers, how many broker requests it cost and how long it took: one HTTP request has exactly this around it. */
export async function measured<T>(
  work: () => Promise<T>,
): Promise<{ result: T; requests: number; milliseconds: number }> {
  const started = performance.now();
  let seen: Cost | null = null;
  const result = await withCost((cost) => {
    seen = cost;
    return work();
  });
  return { result, requests: (seen as Cost | null)?.requests ?? 0, milliseconds: performance.now() - started };
}

/** Asks again every 200 ms until `done` says yes; rejects after `limitMs` with what was last seen. */
export async function eventually<T>(ask: () => Promise<T>, done: (value: T) => boolean, limitMs = 30_000): Promise<T> {
  const until = Date.now() + limitMs;
  for (;;) {
    const value = await ask();
    if (done(value)) return value;
    if (Date.now() > until)
      throw new Error(`Not so within ${limitMs} ms; last seen: ${JSON.stringify(value)?.slice(0, 2_000)}`);
    await new Promise((resume) => setTimeout(resume, 200));
  }
}
