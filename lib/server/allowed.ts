import type { Permission } from "../api/endpoint.ts";
import { type Problem, ProblemError } from "../api/problem.ts";
import type { Cluster } from "../kafka/cluster.ts";
import { ANONYMOUS, verdict } from "./access.ts";
import { clusterNamed, state } from "./state.ts";

/** Why whoever asks may not do this; null where they may. `cluster` is null for what belongs to none. */
export function refusal(permission: Permission, cluster: Cluster | null): Problem | null {
  const { readOnly, readOnlyReason } = state().configuration;
  return verdict({
    actor: ANONYMOUS,
    permission,
    cluster: cluster?.settings ?? null,
    processReadOnly: { readOnly, reason: readOnlyReason },
  });
}

/** A second cluster that a body names, as the path names the first. Throws cluster-not-found, and what refuses the permission. */
export function allowedCluster(name: string, permission: Permission): Cluster {
  const cluster = clusterNamed(name);
  const refused = refusal(permission, cluster);
  if (refused) throw new ProblemError(refused.code, refused.detail, refused);
  return cluster;
}
