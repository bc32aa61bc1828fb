import type { Capabilities } from "../api/clusters.ts";
import type { Problem } from "../api/problem.ts";
import { askAny } from "./ask.ts";
import type { Cluster } from "./cluster.ts";
import { problemFrom } from "./failures.ts";
import { CLIENT_SOFTWARE, featuresOf } from "./features.ts";
import { abilities, type Versions } from "./plan/abilities.ts";
import * as apis from "./protocol/apis.ts";

/** DescribeCluster's word for "the rights were not asked for". */
const NOT_TOLD = -2_147_483_648;
const OF_BROKERS = 1;

/**
 * What the brokers can do, from ApiVersions of the one that answers first and the user's rights on the cluster (DescribeCluster,
 * KIP-700, Kafka 2.8), and what Kafdeck can therefore do. In a cluster of mixed versions another broker may offer less.
 */
export async function readCapabilities(cluster: Cluster, signal?: AbortSignal): Promise<Capabilities> {
  const answer = await askAny(cluster, apis.apiVersions, CLIENT_SOFTWARE, signal);
  const { protocolAPIsById } = await import("@platformatic/kafka");
  const versions: Versions = new Map(
    answer.apiKeys.map(({ apiKey, minVersion, maxVersion }) => [apiKey, { min: minVersion, max: maxVersion }]),
  );
  const { authorized, warnings } = await readRights(cluster, versions, signal);
  return {
    apis: [...versions]
      .map(([key, { min, max }]) => ({ key, name: protocolAPIsById[key] ?? `API ${key}`, min, max }))
      .sort((a, b) => a.key - b.key),
    features: featuresOf(answer),
    can: abilities(versions, authorized, cluster.settings.readOnlyReason),
    warnings,
  };
}

/** The user's rights on the cluster as bits; null where Kafka does not tell them. */
async function readRights(
  cluster: Cluster,
  versions: Versions,
  signal?: AbortSignal,
): Promise<{ authorized: number | null; warnings: Problem[] }> {
  if (!versions.has(apis.describeCluster.key)) return { authorized: null, warnings: [] };
  try {
    const { clusterAuthorizedOperations } = await askAny(cluster, apis.describeCluster, [true, OF_BROKERS], signal);
    return { authorized: clusterAuthorizedOperations === NOT_TOLD ? null : clusterAuthorizedOperations, warnings: [] };
  } catch (error) {
    return { authorized: null, warnings: [problemFrom(error)] };
  }
}
