import {
  makeProblem,
  type Problem,
  type ProblemCode,
  ProblemError,
  type ProblemFields,
  problemOf,
} from "../api/problem.ts";

/** Kafka's error codes that a user meets, as our own. What is not listed is a `kafka-error` with the broker's words. */
const byKafkaCode: Record<number, { id: string; code: ProblemCode }> = {
  1: { id: "OFFSET_OUT_OF_RANGE", code: "offset-out-of-range" },
  3: { id: "UNKNOWN_TOPIC_OR_PARTITION", code: "topic-not-found" },
  5: { id: "LEADER_NOT_AVAILABLE", code: "no-leader" },
  6: { id: "NOT_LEADER_OR_FOLLOWER", code: "not-leader" },
  7: { id: "REQUEST_TIMED_OUT", code: "broker-timeout" },
  9: { id: "REPLICA_NOT_AVAILABLE", code: "no-leader" },
  17: { id: "INVALID_TOPIC_EXCEPTION", code: "invalid-topic-name" },
  29: { id: "TOPIC_AUTHORIZATION_FAILED", code: "not-authorized" },
  30: { id: "GROUP_AUTHORIZATION_FAILED", code: "not-authorized" },
  31: { id: "CLUSTER_AUTHORIZATION_FAILED", code: "not-authorized" },
  35: { id: "UNSUPPORTED_VERSION", code: "api-unsupported" },
  36: { id: "TOPIC_ALREADY_EXISTS", code: "topic-exists" },
  37: { id: "INVALID_PARTITIONS", code: "invalid-partitions" },
  38: { id: "INVALID_REPLICATION_FACTOR", code: "invalid-replication-factor" },
  39: { id: "INVALID_REPLICA_ASSIGNMENT", code: "invalid-replica-assignment" },
  40: { id: "INVALID_CONFIG", code: "invalid-config" },
  42: { id: "INVALID_REQUEST", code: "kafka-error" },
  44: { id: "POLICY_VIOLATION", code: "policy-violation" },
  54: { id: "SECURITY_DISABLED", code: "acls-disabled" },
  56: { id: "KAFKA_STORAGE_ERROR", code: "kafka-error" },
  72: { id: "LISTENER_NOT_FOUND", code: "no-leader" },
  73: { id: "TOPIC_DELETION_DISABLED", code: "deletion-disabled" },
  74: { id: "FENCED_LEADER_EPOCH", code: "not-leader" },
  80: { id: "PREFERRED_LEADER_NOT_AVAILABLE", code: "no-leader" },
  83: { id: "ELIGIBLE_LEADERS_NOT_AVAILABLE", code: "no-leader" },
  95: { id: "INVALID_UPDATE_VERSION", code: "invalid-feature-level" },
  96: { id: "FEATURE_UPDATE_FAILED", code: "invalid-feature-level" },
  100: { id: "UNKNOWN_TOPIC_ID", code: "topic-not-found" },
};

/** The problem a Kafka error code stands for; null for 0, which is success. `words` are the broker's own. */
export function kafkaProblem(errorCode: number, words?: string | null, fields: ProblemFields = {}): Problem | null {
  if (errorCode === 0) return null;
  const known = byKafkaCode[errorCode];
  return makeProblem(known?.code ?? "kafka-error", words || (known?.id ?? `Kafka error code ${errorCode}`), fields);
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

/** The problem of anything that was thrown while a broker was asked; what nobody foresaw is `unexpected`. */
export function problemFrom(error: unknown, fields: ProblemFields = {}): Problem {
  return { ...(problemOf(translateFailure(error, fields)) ?? makeProblem("unexpected")), ...fields };
}
