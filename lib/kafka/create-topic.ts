import { makeProblem, type Problem, ProblemError, type ProblemFields } from "../api/problem.ts";
import { collidingTopic, topicNameProblem } from "../api/topic-name.ts";
import type { CreateTopicBody, CreateTopicResult } from "../api/topics.ts";
import type { Cluster } from "./cluster.ts";
import { askController, CONTROLLER_TIMEOUT_MS, untilSeen } from "./controller.ts";
import { throwKafkaError } from "./failures.ts";
import { readMetadata, readTopicMetadata } from "./metadata.ts";
import * as apis from "./protocol/apis.ts";
import { forgetSnapshots } from "./snapshots.ts";

/** In CreateTopics: the broker's own num.partitions or default.replication.factor (KIP-464). */
const BROKER_DEFAULT = -1;

/**
 * Creates a topic, or with `validateOnly` has the broker check everything as if it did. Throws invalid-topic-name, topic-exists,
 * invalid-replication-factor, invalid-config, policy-violation ... with the broker's own words.
 */
export async function createTopic(
  cluster: Cluster,
  body: CreateTopicBody,
  signal: AbortSignal,
): Promise<CreateTopicResult> {
  const wrong = topicNameProblem(body.name);
  if (wrong) throw new ProblemError("invalid-topic-name", wrong, { topic: body.name, field: "name" });
  refuseContradiction(body);
  const validateOnly = body.validateOnly ?? false;
  const warnings = await nameWarnings(cluster, body.name, signal);
  const { broker, answer } = await askController(
    cluster,
    apis.createTopics,
    [[toRequest(body)], CONTROLLER_TIMEOUT_MS, validateOnly],
    signal,
  ).finally(() => validateOnly || forgetSnapshots(cluster));
  const [created] = answer.topics;
  throwKafkaError(created?.errorCode ?? -1, created?.errorMessage, fieldsOf(body, created?.errorCode, warnings));
  if (!validateOnly) {
    await untilSeen(async () => (await readTopicMetadata(cluster, body.name)).partitions.length > 0);
    forgetSnapshots(cluster);
  }
  const replicationFactor = told(created?.replicationFactor) ?? body.replicationFactor ?? null;
  return {
    validateOnly,
    broker,
    name: body.name,
    topicId: validateOnly ? null : realId(created?.topicId),
    partitions: told(created?.numPartitions) ?? body.replicaAssignment?.length ?? body.partitions ?? null,
    replicationFactor,
    warnings: [...warnings, ...insyncWarnings(body, replicationFactor, created?.configs ?? [])],
  };
}

/** An assignment says both numbers by itself; another one beside it would silently lose. */
function refuseContradiction({ name, partitions, replicationFactor, replicaAssignment }: CreateTopicBody): void {
  if (!replicaAssignment) return;
  const odd = replicaAssignment.find(({ replicas }) => replicationFactor && replicas.length !== replicationFactor);
  const contradiction =
    partitions !== undefined && partitions !== replicaAssignment.length
      ? {
          field: "partitions",
          detail: `replicaAssignment has ${replicaAssignment.length} partitions, not ${partitions}.`,
        }
      : odd && {
          field: "replicationFactor",
          detail: `Partition ${odd.partition} has ${odd.replicas.length} replicas, not ${replicationFactor}.`,
        };
  if (!contradiction) return;
  const { field, detail } = contradiction;
  throw new ProblemError("bad-request", detail, {
    topic: name,
    field,
    todo: `Leave ${field} out, or make them agree.`,
  });
}

/**
 * Kafka creates such a topic without a word, and takes writes with acks=all once all replicas there are have them (tried on 3.9.1 and
 * 4.3.1). `told` are the configs it will have, where this user may see them.
 */
function insyncWarnings(
  { name, configs }: CreateTopicBody,
  replicationFactor: number | null,
  told: { name: string; value?: string | null }[],
): Problem[] {
  const config = "min.insync.replicas";
  const least = Number(configs?.[config] ?? told.find((one) => one.name === config)?.value ?? 1);
  if (replicationFactor === null || !(least > replicationFactor)) return [];
  const detail = `${config} is ${least}, the replication factor ${replicationFactor}: brokers ask for ${replicationFactor} in sync, and a write with acks=all waits for every replica.`;
  return [makeProblem("min-insync-unreachable", detail, { topic: name, field: `configs.${config}` })];
}

function toRequest({ name, partitions, replicationFactor, replicaAssignment, configs }: CreateTopicBody) {
  const assigned = replicaAssignment && replicaAssignment.length > 0;
  return {
    name,
    // With an assignment both numbers must be -1.
    numPartitions: assigned ? -1 : (partitions ?? BROKER_DEFAULT),
    replicationFactor: assigned ? -1 : (replicationFactor ?? BROKER_DEFAULT),
    assignments: (assigned ? replicaAssignment : []).map(({ partition, replicas }) => ({
      partitionIndex: partition,
      brokerIds: replicas,
    })),
    configs: Object.entries(configs ?? {}).map(([config, value]) => ({ name: config, value })),
  };
}

/** A name that differs from an existing one by `.` and `_` only: the same in metrics, and refused by KRaft controllers. */
async function nameWarnings(cluster: Cluster, name: string, signal: AbortSignal): Promise<Problem[]> {
  const { data } = await readMetadata(cluster, signal);
  const other = collidingTopic(
    name,
    data.topics.map((topic) => topic.name),
  );
  if (other === null) return [];
  return [
    makeProblem("invalid-topic-name", `It differs from ${other} by . and _ only; metrics write both alike.`, {
      topic: name,
      field: "name",
    }),
  ];
}

/** Which field of the form an error is about. */
const FIELD_BY_CODE: Record<number, string> = {
  17: "name",
  36: "name",
  37: "partitions",
  38: "replicationFactor",
  39: "replicaAssignment",
  40: "configs",
};

function fieldsOf(body: CreateTopicBody, errorCode: number | undefined, warnings: Problem[]): ProblemFields {
  const field = FIELD_BY_CODE[errorCode ?? -1];
  const collides = field === "name" && warnings.length > 0;
  return {
    topic: body.name,
    ...(field ? { field } : {}),
    ...(collides ? { todo: "Choose a name that differs by more than . and _: Kafka's metrics write both alike." } : {}),
  };
}

/** -1 where this user may not describe the topic's configs. */
const told = (count: number | undefined): number | null => (count === undefined || count < 0 ? null : count);

const realId = (id: string | undefined): string | null =>
  id === undefined || id === "00000000-0000-0000-0000-000000000000" ? null : id;
