import type { Cluster } from "../cluster.ts";

/** Until when a broker wants to be left alone (KIP-219), by cluster and broker: pages, searches and tails count as one client. */
const resting = new WeakMap<Cluster, Map<number, number>>();

export function noteThrottle(cluster: Cluster, broker: number, milliseconds: number): void {
  if (milliseconds <= 0) return;
  const brokers = resting.get(cluster) ?? new Map<number, number>();
  resting.set(cluster, brokers.set(broker, Date.now() + milliseconds));
}

/** Milliseconds; 0 or less where it may be asked. */
export const throttleLeft = (cluster: Cluster, broker: number): number =>
  (resting.get(cluster)?.get(broker) ?? 0) - Date.now();
