import { ProblemError } from "../api/problem.ts";
import { type Cluster, closeCluster, openCluster } from "../kafka/cluster.ts";
import { closeSharedPool } from "../kafka/scan/pool.ts";
import { type Configuration, readConfiguration } from "./config.ts";

type State = { configuration: Configuration; clusters: Map<string, Cluster>; startedAt: number; stopping: boolean };

const KEY = Symbol.for("kafdeck.state");
const holder = globalThis as { [KEY]?: State };

/** What lives as long as the process. On globalThis, because the bundler may hold several copies of this module. */
export function state(): State {
  if (!holder[KEY]) {
    const configuration = readConfiguration();
    const clusters = new Map(configuration.clusters.map((settings) => [settings.name, openCluster(settings)]));
    holder[KEY] = { configuration, clusters, startedAt: Date.now(), stopping: false };
  }
  return holder[KEY];
}

/** A configured cluster by name. Throws cluster-not-found. */
export function clusterNamed(name: string): Cluster {
  const cluster = state().clusters.get(name);
  if (!cluster) throw new ProblemError("cluster-not-found", name);
  return cluster;
}

/** Streams end by themselves when this is set; connections are closed. */
export async function stopState(): Promise<void> {
  const current = holder[KEY];
  if (!current) return;
  current.stopping = true;
  await Promise.all([...[...current.clusters.values()].map(closeCluster), closeSharedPool()]);
}
