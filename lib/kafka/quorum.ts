import type { Quorum } from "../api/clusters.ts";
import { makeProblem, type Problem } from "../api/problem.ts";
import { toInt64 } from "../api/scalars.ts";
import { askAny, isConnectionTrouble } from "./ask.ts";
import type { Cluster } from "./cluster.ts";
import { timeLeft, withCost } from "./cost.ts";
import { kafkaProblem, problemFrom } from "./failures.ts";
import * as apis from "./protocol/apis.ts";

/** Brokers pass the question on to the controller; without one they stay silent, and no page may wait its whole deadline for that. */
const PATIENCE_MS = 3_000;

/** A silent controller is left alone for a while, as a silent broker is: else every page would wait for it again. */
const REST_MS = 10_000;
const resting = new WeakMap<Cluster, { until: number; problem: Problem }>();

const METADATA_LOG = [{ topicName: "__cluster_metadata", partitions: [{ partitionIndex: 0 }] }];

/**
 * The KRaft quorum (DescribeQuorum, KIP-595). Without one (ZooKeeper) both are null; where it cannot be asked, the problem says why.
 * Nothing is thrown: the rest of the cluster stands without it.
 */
export async function readQuorum(cluster: Cluster): Promise<{ quorum: Quorum | null; problem: Problem | null }> {
  const rest = resting.get(cluster);
  if (rest && rest.until > Date.now()) return { quorum: null, problem: rest.problem };
  const patience = Math.min(PATIENCE_MS, timeLeft());
  try {
    const answer = await withCost(() => askAny(cluster, apis.describeQuorum, [METADATA_LOG]), patience);
    const partition = answer.topics[0]?.partitions[0];
    const problem =
      kafkaProblem(answer.errorCode, answer.errorMessage) ??
      kafkaProblem(partition?.errorCode ?? 0, partition?.errorMessage);
    if (problem || !partition) return { quorum: null, problem: problem && refusal(problem) };
    return { quorum: toQuorum(partition), problem: null };
  } catch (error) {
    const problem = problemFrom(error);
    if (problem.code === "api-unsupported") return { quorum: null, problem: null };
    if (!isConnectionTrouble(problem)) return { quorum: null, problem };
    const seconds = (patience / 1000).toFixed(1);
    const detail = `No controller answered within ${seconds} s, through any broker that could be asked.`;
    const silent = makeProblem("broker-timeout", detail);
    resting.set(cluster, { until: Date.now() + REST_MS, problem: silent });
    return { quorum: null, problem: silent };
  }
}

const refusal = (problem: Problem): Problem =>
  problem.code === "not-authorized"
    ? { ...problem, detail: "Describe on the cluster is needed to see the KRaft quorum." }
    : problem;

type Partition = Awaited<ReturnType<(typeof apis.describeQuorum)["send"]>>["topics"][number]["partitions"][number];
type Replica = Partition["currentVoters"][number];

/** Kafka's -1 is "not known". Times are absent before v1 (Kafka 3.3). */
const known = (value: bigint | undefined): bigint | null => (value === undefined || value < 0n ? null : value);
const toInstant = (epochMs: bigint | null): string | null =>
  epochMs === null ? null : new Date(Number(epochMs)).toISOString();

function toQuorum({ leaderId, leaderEpoch, highWatermark, currentVoters, observers }: Partition): Quorum {
  const leader = currentVoters.find(({ replicaId }) => replicaId === leaderId);
  const end = known(leader?.logEndOffset);
  const now = known(leader?.lastCaughtUpTimestamp);
  const toReplica = (role: "voter" | "observer") => (replica: Replica) => {
    const own = known(replica.logEndOffset);
    const caughtUp = known(replica.lastCaughtUpTimestamp);
    const behind = now === null || caughtUp === null ? null : Number(now - caughtUp);
    return {
      node: replica.replicaId,
      role: replica.replicaId === leaderId ? ("leader" as const) : role,
      logEndOffset: own === null ? null : toInt64(own),
      lag: own === null || end === null ? null : toInt64(own > end ? 0n : end - own),
      lastFetchAt: toInstant(known(replica.lastFetchTimestamp)),
      lastCaughtUpAt: toInstant(caughtUp),
      behindMs: behind === null ? null : Math.max(0, behind),
    };
  };
  const replicas = [...currentVoters.map(toReplica("voter")), ...observers.map(toReplica("observer"))];
  return { leader: leaderId, leaderEpoch, highWatermark: toInt64(highWatermark), replicas: replicas.sort(byRole) };
}

const ORDER = { leader: 0, voter: 1, observer: 2 } as const;
type Ordered = Quorum["replicas"][number];
const byRole = (a: Ordered, b: Ordered): number => ORDER[a.role] - ORDER[b.role] || a.node - b.node;
