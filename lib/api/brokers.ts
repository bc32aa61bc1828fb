import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { brokerParams, clusterParams, listOf } from "./lists.ts";
import { problem } from "./problem.ts";
import { int64 } from "./scalars.ts";

export const brokerState = z
  .enum(["in-sync", "behind", "unreachable", "missing"])
  .describe("unreachable: a member that did not answer Kafdeck; missing: named in replica lists, but no member");

export const brokerSummary = z.object({
  id: z.number().int(),
  host: z.string().nullable().describe("null: named in replica lists, but not a member of the cluster now"),
  port: z.number().int().nullable(),
  rack: z.string().nullable(),
  roles: z.array(z.enum(["broker", "controller", "voter", "observer"])).describe("controller: leads the quorum now"),
  replicas: z.number().int().describe("Partitions it holds a replica of"),
  leaders: z.number().int(),
  leaderShare: z.number().nullable().describe("0 to 1, of all partitions that have a leader"),
  skew: z.number().nullable().describe("Its leaders against an even share: 0.1 is ten per cent more"),
  outOfSync: z.number().int().describe("Replicas it should hold but that are not in sync"),
  sizeBytes: int64.nullable(),
  totalBytes: int64.nullable().describe("Of its log dirs' volumes (KIP-827, Kafka 3.3)"),
  usableBytes: int64.nullable(),
  state: brokerState,
  problem: problem.nullable(),
});
export type BrokerSummary = z.infer<typeof brokerSummary>;

export const brokerList = listOf(brokerSummary);
export type BrokerList = z.infer<typeof brokerList>;

export const listBrokers = endpoint("GET", "/api/clusters/{cluster}/brokers", {
  permission: "brokers.read",
  summary: "The brokers of a cluster and what each carries",
  params: clusterParams,
  response: brokerList,
});

export const topicOnDisk = z.object({ name: z.string(), partitions: z.number().int(), sizeBytes: int64 });

export const logDir = z.object({
  path: z.string(),
  sizeBytes: int64,
  totalBytes: int64.nullable(),
  usableBytes: int64.nullable(),
  replicas: z.number().int(),
  futureReplicas: z.number().int().describe("Replicas on their way into this directory"),
  topics: z.array(topicOnDisk).describe("The 50 biggest, the biggest first"),
  topicCount: z.number().int().describe("Topics with a replica in this directory"),
  problem: problem.nullable(),
});
export type LogDir = z.infer<typeof logDir>;

export const logDirList = listOf(logDir).extend({
  topics: z.array(topicOnDisk).describe("The 50 biggest over all directories of the broker, the biggest first"),
  topicCount: z.number().int().describe("Topics with a replica on the broker"),
});
export type LogDirList = z.infer<typeof logDirList>;

export const listLogDirs = endpoint("GET", "/api/clusters/{cluster}/brokers/{broker}/log-dirs", {
  permission: "brokers.read",
  summary: "The log dirs of a broker: path, size, free space, biggest topics",
  params: brokerParams,
  response: logDirList,
});
