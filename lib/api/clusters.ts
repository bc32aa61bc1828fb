import { z } from "zod";
import { brokerSummary } from "./brokers.ts";
import { endpoint } from "./endpoint.ts";
import { clusterParams, listOf, snapshot } from "./lists.ts";
import { problem } from "./problem.ts";
import { instant, int64 } from "./scalars.ts";

export const clusterColour = z.enum(["grey", "green", "amber", "red", "blue", "violet"]);

export const clusterCard = z.object({
  name: z.string(),
  label: z.string().nullable().describe("The operator's word for it, such as production"),
  colour: clusterColour.nullable(),
  readOnly: z.boolean(),
  readOnlyReason: z.string().nullable(),
  bootstrap: z.array(z.string()),
  security: z.string().describe("PLAINTEXT, SSL, SASL_PLAINTEXT or SASL_SSL, and the mechanism"),
  state: z.enum(["up", "partial", "down", "unknown"]).describe("unknown: not asked yet"),
  brokers: z.number().int().nullable(),
  answered: z.number().int().nullable(),
  kafkaVersion: z
    .string()
    .nullable()
    .describe("As ApiVersions and feature levels let it be told, such as 4.3; 4.3+ is newer than Kafdeck knows"),
  topics: z.number().int().nullable(),
  underReplicated: z.number().int().nullable(),
  offline: z.number().int().nullable().describe("Partitions without a leader"),
  problem: problem.nullable(),
});
export type ClusterCard = z.infer<typeof clusterCard>;

export const clusterCards = listOf(clusterCard).extend({
  notices: z
    .array(z.object({ code: z.string(), text: z.string() }))
    .describe("What every page should say, such as an open bind without login"),
});
export type ClusterCards = z.infer<typeof clusterCards>;

export const listClusters = endpoint("GET", "/api/clusters", {
  permission: "clusters.read",
  summary: "The configured clusters and whether each answers",
  response: clusterCards,
});

export const featureLevel = z.object({
  name: z.string(),
  finalized: z
    .number()
    .int()
    .nullable()
    .describe("The level in force; null: not in force, which Kafka also calls level 0"),
  supportedMin: z.number().int(),
  supportedMax: z.number().int(),
  finalizedName: z.string().nullable().describe("The release a metadata.version level stands for, where known"),
  levels: z
    .array(z.object({ level: z.number().int(), name: z.string().nullable() }))
    .describe("What the brokers support, the lowest first"),
});
export type FeatureLevel = z.infer<typeof featureLevel>;

export const quorumReplica = z.object({
  node: z.number().int(),
  role: z.enum(["leader", "voter", "observer"]),
  logEndOffset: int64.nullable().describe("null: it has not fetched since the leader was elected"),
  lag: int64.nullable().describe("Metadata records behind the leader"),
  lastFetchAt: instant.nullable(),
  lastCaughtUpAt: instant.nullable(),
  behindMs: z
    .number()
    .int()
    .nullable()
    .describe("Since it last had all the leader had, by the leader's clock (Kafka 3.3)"),
});

export const quorum = z.object({
  leader: z.number().int(),
  leaderEpoch: z.number().int(),
  highWatermark: int64,
  replicas: z.array(quorumReplica),
});
export type Quorum = z.infer<typeof quorum>;

export const clusterOverview = z.object({
  card: clusterCard,
  clusterId: z.string().nullable(),
  kafkaVersion: z.string().nullable(),
  controller: z
    .number()
    .int()
    .nullable()
    .describe("The active controller: leader of the KRaft quorum, else what Metadata says"),
  features: z.array(featureLevel),
  quorum: quorum.nullable().describe("null: ZooKeeper, or quorumProblem says why"),
  quorumProblem: problem.nullable(),
  totals: z.object({
    topics: z.number().int(),
    internalTopics: z.number().int(),
    partitions: z.number().int(),
    replicas: z.number().int(),
    underReplicated: z.number().int(),
    underMinIsr: z.number().int().nullable(),
    offline: z.number().int(),
    preferredLeaderShare: z.number().nullable().describe("0 to 1, of the partitions that have a leader"),
    sizeBytes: int64.nullable(),
    diskTotalBytes: int64.nullable(),
  }),
  brokers: z.array(brokerSummary),
  biggestTopics: z.array(z.object({ name: z.string(), partitions: z.number().int(), sizeBytes: int64 })),
  attention: z
    .array(
      z.object({
        severity: z.enum(["warn", "bad"]),
        text: z.string(),
        action: z.object({ label: z.string(), target: z.enum(["topics", "brokers", "doctor", "election"]) }).nullable(),
      }),
    )
    .describe("Sentences: what needs somebody, the worst first"),
  snapshot,
  warnings: z.array(problem),
});
export type ClusterOverview = z.infer<typeof clusterOverview>;

export const getCluster = endpoint("GET", "/api/clusters/{cluster}", {
  permission: "clusters.read",
  summary: "A cluster at a glance: quorum, totals, brokers, what needs attention",
  params: clusterParams,
  response: clusterOverview,
});

export const capability = z.object({
  key: z.number().int(),
  name: z.string(),
  min: z.number().int(),
  max: z.number().int(),
});
export const capabilities = z.object({
  apis: z.array(capability).describe("From ApiVersions of the broker that answered"),
  features: z.array(featureLevel),
  can: z
    .record(z.string(), z.object({ text: z.string(), able: z.boolean(), reason: z.string().nullable() }))
    .describe("What Kafdeck can do here, in words, and why not"),
  warnings: z.array(problem),
});
export type Capabilities = z.infer<typeof capabilities>;

export const getCapabilities = endpoint("GET", "/api/clusters/{cluster}/capabilities", {
  permission: "clusters.read",
  summary: "What the brokers can do, from ApiVersions",
  params: clusterParams,
  response: capabilities,
});

export const doctorStep = z.object({
  step: z.enum(["config", "name", "tcp", "tls", "sasl", "api-versions", "metadata", "listeners"]),
  state: z.enum(["ok", "warned", "failed", "skipped"]).describe("warned: it works, and wants a look"),
  target: z.string().nullable().describe("host:port it was tried on"),
  text: z.string(),
  milliseconds: z.number().nullable(),
  problem: problem.nullable(),
});
export type DoctorStep = z.infer<typeof doctorStep>;

export const doctorListener = z.object({
  broker: z.number().int(),
  address: z.string(),
  reached: z.boolean(),
  text: z.string(),
  milliseconds: z.number().nullable(),
  partitionsLed: z.number().int().nullable(),
  problem: problem.nullable(),
});
export type DoctorListener = z.infer<typeof doctorListener>;

export const doctorAdvice = z.object({
  sentences: z.array(z.string()).describe("What is wrong and what to change; settings stand between backticks"),
  setting: z.string().nullable().describe("Where `before` stands and `after` belongs"),
  before: z.string().nullable(),
  after: z.string().nullable(),
  note: z.string().nullable().describe("What else is good to know"),
});
export type DoctorAdvice = z.infer<typeof doctorAdvice>;

export const doctorReport = z.object({
  checkedAt: instant,
  self: z.string().nullable().describe("The address that Kafdeck calls from; null where it reached nothing"),
  bootstrap: z
    .array(z.object({ address: z.string(), steps: z.array(doctorStep) }))
    .describe("The steps tried on each bootstrap server"),
  steps: z.array(doctorStep).describe("The best way that was found, step by step"),
  listeners: z.array(doctorListener),
  advice: doctorAdvice.nullable().describe("null: nothing needs to change"),
  consequence: z.string().nullable().describe("What does not work until then"),
});
export type DoctorReport = z.infer<typeof doctorReport>;

export const getDoctor = endpoint("GET", "/api/clusters/{cluster}/doctor", {
  permission: "clusters.read",
  summary: "Try the way to the cluster step by step and say at which it stops",
  params: clusterParams,
  response: doctorReport,
});

export const updateFeature = endpoint("PATCH", "/api/clusters/{cluster}/features", {
  permission: "clusters.alter",
  summary: "Raise or lower a feature level (KIP-584, UpdateFeatures)",
  params: clusterParams,
  body: z.object({
    feature: z.string(),
    level: z.number().int().min(0).max(32_767),
    before: z.number().int().nullable().optional().describe("The level the plan was made from"),
    upgradeType: z.enum(["upgrade", "safe-downgrade", "unsafe-downgrade"]).optional(),
    validateOnly: z.boolean().optional(),
  }),
  response: z.object({
    validateOnly: z.boolean(),
    feature: z.string(),
    before: z.number().int().nullable(),
    after: z.number().int(),
    warnings: z.array(problem),
  }),
});

export const electLeaders = endpoint("POST", "/api/clusters/{cluster}/leader-elections", {
  permission: "clusters.alter",
  summary: "Let preferred replicas lead again (ElectLeaders, KIP-460)",
  params: clusterParams,
  body: z.object({
    type: z.enum(["preferred"]),
    partitions: z
      .array(
        z.object({
          topic: z.string(),
          partition: z.number().int(),
          before: z.number().int().nullable().optional().describe("The leader the plan was made from"),
        }),
      )
      .max(100_000)
      .optional()
      .describe("Nothing given: every partition not led by its preferred replica"),
    validateOnly: z.boolean().optional(),
  }),
  response: z.object({
    validateOnly: z.boolean(),
    partitions: z.array(
      z.object({
        topic: z.string(),
        partition: z.number().int(),
        before: z.number().int().nullable(),
        after: z.number().int().nullable().describe("The leader it will have, or was read back to have"),
        problem: problem.nullable().describe("Why it keeps its leader"),
      }),
    ),
    warnings: z.array(problem),
  }),
});
