import type { ProblemCode } from "../api/problem-codes.ts";
import type { Cluster } from "./cluster.ts";

/** What a cluster was asked since the start: requests that were sent, and by its code each that failed or could not be sent. */
export type Counts = { requests: number; failures: Map<ProblemCode, number> };

const KEY = Symbol.for("kafdeck.counts");
const holder = globalThis as { [KEY]?: WeakMap<Cluster, Counts> };
// On globalThis: a bundler may copy this module, and the copies must count into one place.
holder[KEY] ??= new WeakMap();
const all = holder[KEY];

export function countsOf(cluster: Cluster): Counts {
  const known = all.get(cluster) ?? { requests: 0, failures: new Map() };
  all.set(cluster, known);
  return known;
}

export function countFailure(cluster: Cluster, code: ProblemCode): void {
  const { failures } = countsOf(cluster);
  failures.set(code, (failures.get(code) ?? 0) + 1);
}
