import { isWrite, type Permission } from "../api/endpoint.ts";
import { makeProblem, type Problem } from "../api/problem.ts";

/** Who asks. Without a login everybody is the same actor. */
export type Actor = { name: string };

export const ANONYMOUS: Actor = { name: "anonymous" };

export type AccessQuestion = {
  actor: Actor;
  permission: Permission;
  /** null for what belongs to no cluster. */
  cluster: { name: string; readOnly: boolean; readOnlyReason: string | null } | null;
  processReadOnly: { readOnly: boolean; reason: string | null };
};

/** The one function that decides. null allows; a problem says why not. */
export function verdict({ permission, cluster, processReadOnly }: AccessQuestion): Problem | null {
  if (!isWrite(permission)) return null;
  if (processReadOnly.readOnly)
    return makeProblem("read-only", processReadOnly.reason ?? undefined, {
      todo: "Set KAFDECK_READ_ONLY=false if changes are wanted.",
    });
  if (cluster?.readOnly)
    return makeProblem("read-only", cluster.readOnlyReason ?? undefined, {
      todo: `Set readOnly: false for the cluster ${cluster.name}.`,
    });
  return null;
}
