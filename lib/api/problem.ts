import { z } from "zod";

/**
 * Every way Kafdeck can fail, once: the HTTP status, a title, what to do next, and whether trying again can help by itself.
 * Only what the user sent is a 400. Text that depends on the case goes into `detail`.
 */
export const problemCodes = {
  "bad-request": {
    status: 400,
    title: "The request is not valid",
    todo: "Correct what the detail names.",
    retry: false,
  },
  "bad-path": {
    status: 400,
    title: "The path does not decode",
    todo: "Escape the name as /api-docs describes.",
    retry: false,
  },
  "not-found": {
    status: 404,
    title: "There is no such page",
    todo: "Go back, or open the list it belongs to.",
    retry: false,
  },
  "not-json": {
    status: 415,
    title: "The body must be JSON",
    todo: "Send Content-Type: application/json.",
    retry: false,
  },
  "too-large": {
    status: 413,
    title: "The body is larger than Kafdeck reads",
    todo: "Send less at once.",
    retry: false,
  },
  "method-not-allowed": {
    status: 405,
    title: "This address does not take that method",
    todo: "See /api-docs for what it takes.",
    retry: false,
  },
  "cross-site": {
    status: 403,
    title: "A page of another site may not change anything here",
    todo: "Use Kafdeck from its own address.",
    retry: false,
  },
  "wrong-host": {
    status: 421,
    title: "Kafdeck does not answer under this host name",
    todo: "Open it by a loopback address, or add the name to KAFDECK_HOSTS.",
    retry: false,
  },
  "read-only": {
    status: 403,
    title: "Read-only",
    todo: "Set readOnly: false for this cluster (or KAFDECK_READ_ONLY=false) if changes are wanted.",
    retry: false,
  },
  "cluster-not-found": {
    status: 404,
    title: "No cluster of that name is configured",
    todo: "Choose one from the list of clusters.",
    retry: false,
  },
  "broker-not-found": {
    status: 404,
    title: "The cluster has no broker of that id",
    todo: "Open the list of brokers.",
    retry: false,
  },
  "topic-not-found": {
    status: 404,
    title: "The topic does not exist, or you may not describe it",
    todo: "Check the name; it may have been deleted a moment ago.",
    retry: false,
  },
  "record-not-found": {
    status: 404,
    title: "There is no record at that offset",
    todo: "It may have been compacted, deleted by retention, or not be written yet.",
    retry: false,
  },
  "partition-not-found": {
    status: 404,
    title: "The topic has no such partition",
    todo: "Open the list of its partitions.",
    retry: false,
  },
  "offset-out-of-range": {
    status: 416,
    title: "The offset is outside the log",
    todo: "Choose an offset between the log start and the high watermark.",
    retry: false,
  },
  "bad-cursor": {
    status: 400,
    title: "The cursor does not belong to this topic",
    todo: "Start again without a cursor.",
    retry: false,
  },
  "topic-exists": {
    status: 409,
    title: "A topic of that name exists",
    todo: "Choose another name, or open the existing topic.",
    retry: false,
  },
  "invalid-topic-name": {
    status: 400,
    title: "That is not a legal topic name",
    todo: "Use 1 to 249 of A-Z a-z 0-9 . _ - and neither . nor .. alone.",
    retry: false,
  },
  "invalid-partitions": {
    status: 400,
    title: "The broker does not take that number of partitions",
    todo: "Partitions can only be added, never removed.",
    retry: false,
  },
  "invalid-replication-factor": {
    status: 400,
    title: "The broker does not take that replication factor",
    todo: "It must be between 1 and the number of brokers.",
    retry: false,
  },
  "invalid-replica-assignment": {
    status: 400,
    title: "The broker does not take that replica assignment",
    todo: "Each partition needs distinct, live broker ids, the same number for each.",
    retry: false,
  },
  "invalid-config": {
    status: 400,
    title: "The broker does not take that config",
    todo: "See the documentation of the config for its values.",
    retry: false,
  },
  "min-insync-unreachable": {
    status: 400,
    title: "min.insync.replicas is above the replication factor",
    todo: "Lower it, or raise the replication factor: as it is, every write with acks=all is refused.",
    retry: false,
  },
  "invalid-feature-level": {
    status: 400,
    title: "The controller does not take that feature level",
    todo: "Choose a level that every node supports; lowering a level may lose metadata.",
    retry: false,
  },
  "policy-violation": {
    status: 422,
    title: "A rule of the broker forbids this",
    todo: "The detail says which: a limit of Kafka itself, or a policy that whoever runs the brokers has set.",
    retry: false,
  },
  "plan-outdated": {
    status: 409,
    title: "Something changed since the plan was made; nothing was written",
    todo: "Look at the new plan and confirm again.",
    retry: false,
  },
  "nothing-to-elect": {
    status: 409,
    title: "There is nothing to elect",
    todo: "Nothing needs to be done, unless a row says why its partition cannot be moved.",
    retry: false,
  },
  "internal-topic": {
    status: 409,
    title: "This is an internal topic",
    todo: "Leave it to Kafka, unless you mean to throw its state away.",
    retry: false,
  },
  "deletion-disabled": {
    status: 409,
    title: "The broker does not allow topics to be deleted",
    todo: "Set delete.topic.enable=true in the broker's configuration.",
    retry: false,
  },
  "not-authorized": {
    status: 403,
    title: "Kafka does not allow this user to do that",
    todo: "Grant the operation with kafka-acls.sh.",
    retry: false,
  },
  "acls-disabled": {
    status: 501,
    title: "This cluster keeps no ACLs",
    todo: "Set authorizer.class.name on the brokers and controllers to restrict who may do what.",
    retry: false,
  },
  "login-refused": {
    status: 502,
    title: "The broker refused the login",
    todo: "Check the user name, the password and the mechanism of this cluster in the configuration.",
    retry: false,
  },
  "tls-failed": {
    status: 502,
    title: "The TLS handshake with the broker failed",
    todo: "Check the certificates and the CA of this cluster in the configuration.",
    retry: false,
  },
  "tls-required": {
    status: 502,
    title: "The broker speaks TLS on this port, the configuration does not",
    todo: "Set tls: true (or a ca) for this cluster.",
    retry: false,
  },
  "not-kafka": {
    status: 502,
    title: "What answers on this port is not Kafka",
    todo: "Check the host and port of bootstrap servers; this may be an HTTP port.",
    retry: false,
  },
  "name-not-resolved": {
    status: 502,
    title: "The host name of the broker cannot be resolved",
    todo: "Check the spelling and the DNS of the machine Kafdeck runs on.",
    retry: true,
  },
  "connection-refused": {
    status: 502,
    title: "Nothing listens at the broker's address",
    todo: "Check that the broker runs, and its host and port.",
    retry: true,
  },
  "broker-unreachable": {
    status: 502,
    title: "The broker cannot be reached",
    todo: "Open the connection doctor to see at which step it fails.",
    retry: true,
  },
  "broker-timeout": {
    status: 504,
    title: "The broker did not answer in time",
    todo: "It may be overloaded, stopped or behind a firewall. The connection doctor shows which.",
    retry: true,
  },
  "cluster-unreachable": {
    status: 502,
    title: "No broker of the cluster could be reached",
    todo: "Open the connection doctor to see at which step it fails.",
    retry: true,
  },
  "no-leader": {
    status: 503,
    title: "The partition has no leader",
    todo: "Bring back a broker that holds an in-sync replica.",
    retry: true,
  },
  "not-leader": { status: 503, title: "The leader has moved", todo: "Try again in a moment.", retry: true },
  "no-quorum": {
    status: 503,
    title: "The controllers have no majority; metadata is stale and nothing can be changed",
    todo: "Bring back controllers until more than half of them run.",
    retry: true,
  },
  "api-unsupported": {
    status: 501,
    title: "This broker does not have that API",
    todo: "It needs a newer Kafka; see Capabilities of the cluster.",
    retry: false,
  },
  "kafka-error": {
    status: 502,
    title: "Kafka answered with an error",
    todo: "The detail is the broker's own words.",
    retry: true,
  },
  "record-undecodable": {
    status: 422,
    title: "A record batch could not be read",
    todo: "The rest of the topic is shown; the detail names the batch.",
    retry: false,
  },
  "server-stopping": { status: 503, title: "Kafdeck is stopping", todo: "Try again in a moment.", retry: true },
  cancelled: {
    status: 499,
    title: "The request was cancelled",
    todo: "Ask again if it is still wanted.",
    retry: false,
  },
  unexpected: {
    status: 500,
    title: "Kafdeck failed at this",
    todo: "The log has the details under this id. Try again.",
    retry: true,
  },
} as const satisfies Record<string, { status: number; title: string; todo: string; retry: boolean }>;

export type ProblemCode = keyof typeof problemCodes;

/** RFC 9457 problem details, and the fields that say which broker, topic, partition or config it is about. */
export const problem = z.object({
  type: z.string(),
  code: z.enum(Object.keys(problemCodes) as [ProblemCode, ...ProblemCode[]]),
  title: z.string(),
  status: z.number().int(),
  detail: z.string().optional(),
  todo: z.string(),
  retry: z.boolean(),
  broker: z.number().int().optional(),
  topic: z.string().optional(),
  partition: z.number().int().optional(),
  field: z.string().optional().describe("The path inside the request that is wrong"),
  errors: z
    .array(z.object({ field: z.string(), detail: z.string() }))
    .optional()
    .describe("Where more than one field of the request is wrong: each with its reason"),
  id: z.string().optional().describe("What to look for in the log"),
});
export type Problem = z.infer<typeof problem>;

export type ProblemFields = Partial<
  Pick<Problem, "broker" | "topic" | "partition" | "field" | "errors" | "id" | "todo">
>;

/** The problem a code stands for. `detail` is about this case only; `todo` may be replaced by something more exact. */
export function makeProblem(code: ProblemCode, detail?: string, fields: ProblemFields = {}): Problem {
  const { status, title, todo, retry } = problemCodes[code];
  return { type: `/help#problem-${code}`, code, title, status, ...(detail ? { detail } : {}), todo, retry, ...fields };
}

/**
 * What is thrown on purpose on the server. Recognised by `code` and `problem`, never by instanceof: the process holds two
 * copies of every class (one in the bundle, one outside).
 */
export class ProblemError extends Error {
  readonly code: ProblemCode;
  readonly problem: Problem;
  constructor(code: ProblemCode, detail?: string, fields?: ProblemFields, cause?: unknown) {
    super(detail ?? problemCodes[code].title, { cause });
    this.name = "ProblemError";
    this.code = code;
    this.problem = makeProblem(code, detail, fields);
  }
}

/** Whether a value is a problem of ours, told by its code: no schema is needed, so the browser can ask too. */
export const isProblem = (value: unknown): value is Problem =>
  typeof value === "object" &&
  value !== null &&
  "code" in value &&
  typeof value.code === "string" &&
  Object.hasOwn(problemCodes, value.code) &&
  "title" in value;

/** The problem inside something that was thrown on purpose; null for anything else. */
export const problemOf = (error: unknown): Problem | null =>
  typeof error === "object" && error !== null && "problem" in error && isProblem(error.problem) ? error.problem : null;
