import type { DescribeAclResponse } from "kafkajs";
import type { AclEntry, AclList } from "../api/acls.ts";
import { ProblemError } from "../api/problem.ts";
import type { Cluster } from "./cluster.ts";
import { command } from "./commands.ts";
import { problemFrom } from "./failures.ts";

/** AclOperation, ResourceType, PatternType and AclPermissionType codes of the protocol (KIP-140, KIP-290). */
const ANY = 1;
const TOPIC = 2;
const MATCH = 2;
const DENY = 2;
const PREFIXED = 4;
const OPERATIONS: Record<number, string> = {
  2: "All",
  3: "Read",
  4: "Write",
  5: "Create",
  6: "Delete",
  7: "Alter",
  8: "Describe",
  9: "ClusterAction",
  10: "DescribeConfigs",
  11: "AlterConfigs",
  12: "IdempotentWrite",
};

/**
 * The ACLs that apply to a topic: those of its name, of prefixes of it, and of `*`. Throws not-authorized where this user may not
 * Describe the cluster, acls-disabled where the cluster has no authorizer.
 */
export async function listTopicAcls(cluster: Cluster, topic: string): Promise<AclList> {
  const filter = {
    resourceType: TOPIC,
    resourceName: topic,
    resourcePatternType: MATCH,
    operation: ANY,
    permissionType: ANY,
  };
  try {
    const { resources } = await command(cluster, (admin) => admin.describeAcls(filter));
    return { items: entries(resources), warnings: [] };
  } catch (error) {
    const problem = problemFrom(error);
    if (problem.code !== "not-authorized") throw error;
    throw new ProblemError("not-authorized", "Reading ACLs needs Describe on the cluster.", {
      topic,
      todo: "Grant it: kafka-acls.sh --add --cluster --operation Describe --allow-principal User:NAME.",
    });
  }
}

type Resources = DescribeAclResponse["resources"];

/** Denials first, since they win; then by principal and operation. */
function entries(resources: Resources): AclEntry[] {
  const all = resources.flatMap(({ resourceName, resourcePatternType, acls }) =>
    acls.map(
      ({ principal, host, operation, permissionType }): AclEntry => ({
        principal,
        host,
        operation: OPERATIONS[operation] ?? `Operation ${operation}`,
        permission: permissionType === DENY ? "deny" : "allow",
        resourceName,
        pattern: resourcePatternType === PREFIXED ? "prefixed" : "literal",
      }),
    ),
  );
  const key = (entry: AclEntry) => `${entry.permission === "deny" ? 0 : 1} ${entry.principal} ${entry.operation}`;
  return all.sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
