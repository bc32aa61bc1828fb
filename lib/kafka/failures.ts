import { randomBytes } from "node:crypto";
import { channel } from "node:diagnostics_channel";
import { makeProblem, type Problem, ProblemError, type ProblemFields, problemOf } from "../api/problem.ts";
import type { ProblemCode } from "../api/problem-codes.ts";

/** Kafka's error codes that a user meets, as our own; `says` stands where a broker gives the bare code. What is not listed is a `kafka-error` with the broker's words. */
const byKafkaCode: Record<number, { id: string; says: string; code: ProblemCode }> = {
  1: { id: "OFFSET_OUT_OF_RANGE", says: "The offset asked for is not in the log", code: "offset-out-of-range" },
  2: { id: "CORRUPT_MESSAGE", says: "The bytes of the batch do not check out", code: "record-refused" },
  3: { id: "UNKNOWN_TOPIC_OR_PARTITION", says: "The broker knows no such topic or partition", code: "topic-not-found" },
  5: { id: "LEADER_NOT_AVAILABLE", says: "The partition has no leader at the moment", code: "no-leader" },
  6: {
    id: "NOT_LEADER_OR_FOLLOWER",
    says: "The broker that was asked does not lead the partition any more",
    code: "not-leader",
  },
  7: { id: "REQUEST_TIMED_OUT", says: "The broker did not finish in the time it was given", code: "broker-timeout" },
  9: { id: "REPLICA_NOT_AVAILABLE", says: "The replica is not there, or not on this broker", code: "no-leader" },
  10: { id: "MESSAGE_TOO_LARGE", says: "The batch is larger than max.message.bytes", code: "record-too-large" },
  12: {
    id: "OFFSET_METADATA_TOO_LARGE",
    says: "The text stored with the commit is longer than offset.metadata.max.bytes",
    code: "bad-request",
  },
  14: {
    id: "COORDINATOR_LOAD_IN_PROGRESS",
    says: "The coordinator is still reading the group from its log",
    code: "no-coordinator",
  },
  15: {
    id: "COORDINATOR_NOT_AVAILABLE",
    says: "The partition of __consumer_offsets that holds the group has no leader",
    code: "no-coordinator",
  },
  16: {
    id: "NOT_COORDINATOR",
    says: "The group has moved to another coordinator",
    code: "no-coordinator",
  },
  17: { id: "INVALID_TOPIC_EXCEPTION", says: "Kafka does not take this name for a topic", code: "invalid-topic-name" },
  18: {
    id: "RECORD_LIST_TOO_LARGE",
    says: "The batch is larger than a segment of the log",
    code: "record-too-large",
  },
  19: {
    id: "NOT_ENOUGH_REPLICAS",
    says: "Fewer replicas are in sync than min.insync.replicas asks for; nothing was written",
    code: "not-enough-replicas",
  },
  20: {
    id: "NOT_ENOUGH_REPLICAS_AFTER_APPEND",
    says: "The leader wrote it, but then fewer replicas were in sync than min.insync.replicas asks for",
    code: "maybe-written",
  },
  22: { id: "ILLEGAL_GENERATION", says: "The group has rebalanced since", code: "group-not-empty" },
  24: { id: "INVALID_GROUP_ID", says: "Kafka does not take this name for a group", code: "bad-request" },
  25: { id: "UNKNOWN_MEMBER_ID", says: "The group has no such member", code: "member-not-found" },
  27: { id: "REBALANCE_IN_PROGRESS", says: "The group is rebalancing", code: "group-not-empty" },
  28: {
    id: "INVALID_COMMIT_OFFSET_SIZE",
    says: "The commit is larger than a record of __consumer_offsets may be",
    code: "bad-request",
  },
  29: { id: "TOPIC_AUTHORIZATION_FAILED", says: "This user lacks a right on the topic", code: "not-authorized" },
  30: { id: "GROUP_AUTHORIZATION_FAILED", says: "This user lacks a right on the group", code: "not-authorized" },
  31: { id: "CLUSTER_AUTHORIZATION_FAILED", says: "This user lacks a right on the cluster", code: "not-authorized" },
  32: {
    id: "INVALID_TIMESTAMP",
    says: "The timestamp is further from now than the topic allows",
    code: "record-refused",
  },
  35: {
    id: "UNSUPPORTED_VERSION",
    says: "The broker does not know this version of the request",
    code: "api-unsupported",
  },
  36: { id: "TOPIC_ALREADY_EXISTS", says: "There is a topic of that name already", code: "topic-exists" },
  37: { id: "INVALID_PARTITIONS", says: "Kafka does not take this number of partitions", code: "invalid-partitions" },
  38: {
    id: "INVALID_REPLICATION_FACTOR",
    says: "Kafka does not take this replication factor",
    code: "invalid-replication-factor",
  },
  39: {
    id: "INVALID_REPLICA_ASSIGNMENT",
    says: "Kafka does not take this placement of replicas",
    code: "invalid-replica-assignment",
  },
  40: { id: "INVALID_CONFIG", says: "Kafka does not take this config", code: "invalid-config" },
  42: { id: "INVALID_REQUEST", says: "Kafka does not take this request, and does not say why", code: "kafka-error" },
  43: {
    id: "UNSUPPORTED_FOR_MESSAGE_FORMAT",
    says: "The topic keeps records in an older format, which cannot hold this",
    code: "record-refused",
  },
  44: { id: "POLICY_VIOLATION", says: "The broker forbids it, and does not say why", code: "policy-violation" },
  54: { id: "SECURITY_DISABLED", says: "No authorizer is set on the brokers", code: "acls-disabled" },
  56: { id: "KAFKA_STORAGE_ERROR", says: "A disk of the broker failed", code: "kafka-error" },
  68: { id: "NON_EMPTY_GROUP", says: "The group has live members", code: "group-not-empty" },
  69: { id: "GROUP_ID_NOT_FOUND", says: "The coordinator knows no such group", code: "group-not-found" },
  72: { id: "LISTENER_NOT_FOUND", says: "The leader does not listen where this broker was asked", code: "no-leader" },
  73: { id: "TOPIC_DELETION_DISABLED", says: "delete.topic.enable is false", code: "deletion-disabled" },
  74: { id: "FENCED_LEADER_EPOCH", says: "The leader has changed since", code: "not-leader" },
  76: {
    id: "UNSUPPORTED_COMPRESSION_TYPE",
    says: "The broker does not know this codec; zstd needs Kafka 2.1",
    code: "record-refused",
  },
  80: { id: "PREFERRED_LEADER_NOT_AVAILABLE", says: "The preferred replica cannot lead now", code: "no-leader" },
  83: { id: "ELIGIBLE_LEADERS_NOT_AVAILABLE", says: "No replica is fit to lead", code: "no-leader" },
  86: {
    id: "GROUP_SUBSCRIBED_TO_TOPIC",
    says: "Members of the group are subscribed to the topic",
    code: "group-subscribed",
  },
  87: {
    id: "INVALID_RECORD",
    says: "The broker does not take the record, and does not say why",
    code: "record-refused",
  },
  88: {
    id: "UNSTABLE_OFFSET_COMMIT",
    says: "A transaction that commits this offset is still open",
    code: "kafka-error",
  },
  95: {
    id: "INVALID_UPDATE_VERSION",
    says: "Kafka does not take this level of the feature",
    code: "invalid-feature-level",
  },
  96: {
    id: "FEATURE_UPDATE_FAILED",
    says: "The feature could not be set to this level",
    code: "invalid-feature-level",
  },
  100: { id: "UNKNOWN_TOPIC_ID", says: "The broker knows no topic of that id", code: "topic-not-found" },
  110: { id: "FENCED_MEMBER_EPOCH", says: "The coordinator no longer counts on the member", code: "group-not-empty" },
  113: {
    id: "STALE_MEMBER_EPOCH",
    says: "The group has live members, and only they may commit",
    code: "group-not-empty",
  },
};

/** The problem a Kafka error code stands for; null for 0, which is success. `words` are the broker's own. */
export function kafkaProblem(errorCode: number, words?: string | null, fields: ProblemFields = {}): Problem | null {
  if (errorCode === 0) return null;
  const known = byKafkaCode[errorCode];
  const said = known ? `${known.says} (${known.id}).` : `Kafka gave error code ${errorCode} and no reason.`;
  return makeProblem(known?.code ?? "kafka-error", words || said, fields);
}

/** Throws the problem of a Kafka error code; returns for 0. */
export function throwKafkaError(errorCode: number, words?: string | null, fields: ProblemFields = {}): void {
  const found = kafkaProblem(errorCode, words, fields);
  if (found) throw new ProblemError(found.code, found.detail, fields);
}

/** What operating systems, OpenSSL and the clients say when a connection fails, in the order they are looked for. */
const byWords: [RegExp, ProblemCode][] = [
  [/PLT_KFK_AUTHENTICATION|SASL_AUTHENTICATION_FAILED|SaslAuthenticat|SASL authentication failed/i, "login-refused"],
  [/UNSUPPORTED_SASL_MECHANISM|ILLEGAL_SASL_STATE|KafkaJSSASL/i, "login-refused"],
  [/Broker requires TLS/i, "tls-required"],
  [/ENOTFOUND|EAI_AGAIN|EAI_NONAME/, "name-not-resolved"],
  [/ECONNREFUSED/, "connection-refused"],
  [/CERT_|certificate|SELF_SIGNED|UNABLE_TO_|ERR_TLS|ERR_SSL|TLS handshake|EPROTO|ERR_OSSL|PEM/i, "tls-failed"],
  [/PLT_KFK_UNSUPPORTED|KafkaJSServerDoesNotSupportApiKey/, "api-unsupported"],
  [/TimeoutError|PLT_KFK_TIMEOUT|timed out|ETIMEDOUT/i, "broker-timeout"],
  [
    /ECONNRESET|EPIPE|EHOSTUNREACH|ENETUNREACH|PLT_KFK_NETWORK|KafkaJSConnection|KafkaJSBrokerNotFound|closed/i,
    "broker-unreachable",
  ],
];

type Linked = { message?: unknown; code?: unknown; name?: unknown; type?: unknown; cause?: unknown; errors?: unknown };

/** Every error inside an error: causes and members of aggregates, the outermost first. */
function* chain(error: unknown, depth = 0): Generator<Linked> {
  if (typeof error !== "object" || error === null || depth > 6) return;
  const linked = error as Linked;
  yield linked;
  yield* chain(linked.cause, depth + 1);
  if (Array.isArray(linked.errors)) for (const inner of linked.errors) yield* chain(inner, depth + 1);
}

/** What a client library threw, as a ProblemError. What is one already passes through; unknown errors are returned unchanged. */
export function translateFailure(error: unknown, fields: ProblemFields = {}): unknown {
  if (problemOf(error)) return error;
  const links = [...chain(error)];
  // Such as a token endpoint that failed, which a client wraps in an error of its own.
  const told = links.find((link) => problemOf(link));
  if (told) return told;
  const coded = links.find((link) => typeof link.code === "number" && link.code > 0 && byKafkaCode[link.code]);
  if (coded)
    return new ProblemError(
      byKafkaCode[coded.code as number]?.code ?? "kafka-error",
      String(coded.message),
      fields,
      error,
    );
  const words = links.map((link) => `${link.name} ${link.code} ${link.type ?? ""} ${link.message}`).join(" | ");
  const code = byWords.find(([pattern]) => pattern.test(words))?.[1];
  const innermost = links.findLast((link) => typeof link.message === "string" && link.message !== "");
  if (code) return new ProblemError(code, innermost ? String(innermost.message) : undefined, fields, error);
  if (/KafkaJS|PLT_KFK/.test(words))
    return new ProblemError("kafka-error", String(innermost?.message ?? ""), fields, error);
  return error;
}

/** The problem of anything that was thrown while a broker was asked; what nobody foresaw is `unexpected`, with the id of the report. */
export function problemFrom(error: unknown, fields: ProblemFields = {}): Problem {
  const known = problemOf(translateFailure(error, fields));
  if (known) return { ...known, ...fields };
  // Whoever asked went away: nothing to report.
  if (error instanceof Error && error.name === "AbortError") return makeProblem("cancelled", undefined, fields);
  return makeProblem("unexpected", undefined, { id: reported(error), ...fields });
}

/**
 * Where what nobody foresaw is reported, as `{id, error}`: whoever keeps a log subscribes. A channel belongs to the whole process,
 * of which there may be two copies of this module.
 */
export const UNFORESEEN = "kafdeck.unforeseen";

const reports = new WeakMap<object, string>();

/** The id an error is reported under; one that comes by again keeps it, and is not reported twice. */
function reported(error: unknown): string {
  const known = typeof error === "object" && error !== null ? reports.get(error) : undefined;
  if (known) return known;
  const id = randomBytes(4).toString("hex");
  if (typeof error === "object" && error !== null) reports.set(error, id);
  channel(UNFORESEEN).publish({ id, error });
  return id;
}

/** One problem a broker, topic and kind, not one a request. Of equal ones the last is kept, in the place of the first. */
export const distinctProblems = (problems: Problem[]): Problem[] => [
  ...new Map(problems.map((problem) => [`${problem.code} ${problem.broker} ${problem.topic}`, problem])).values(),
];
