import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { brokerParams, listOf, topicParams } from "./lists.ts";
import { problem } from "./problem.ts";

/** Where a value comes from, in the order Kafka looks (KIP-226, KIP-412, KIP-714, KIP-1142). */
export const configSource = z.enum([
  "unknown",
  "topic",
  "broker",
  "cluster",
  "static",
  "default",
  "broker-logger",
  "client-metrics",
  "group",
]);
export type ConfigSource = z.infer<typeof configSource>;

export const configType = z.enum([
  "unknown",
  "boolean",
  "string",
  "int",
  "short",
  "long",
  "double",
  "list",
  "class",
  "password",
]);
export type ConfigType = z.infer<typeof configType>;

export const configEntry = z.object({
  name: z.string(),
  value: z.string().nullable().describe("null where it is sensitive, or not set"),
  inherited: z
    .string()
    .nullable()
    .describe("What it would be without the value set at this level; null if unknown or not set"),
  inheritedFrom: configSource.nullable(),
  source: configSource,
  changed: z.boolean().describe("Set at this very level, not inherited"),
  sensitive: z.boolean(),
  readOnly: z.boolean(),
  type: configType,
  documentation: z.string().nullable(),
  synonyms: z.array(z.object({ name: z.string(), value: z.string().nullable(), source: configSource })),
});
export type ConfigEntry = z.infer<typeof configEntry>;

export const configList = listOf(configEntry);
export type ConfigList = z.infer<typeof configList>;

/** `{name: value}` sets; `{name: null}` takes the value of this level away, so that the inherited one shows again. */
export const configChanges = z.record(z.string(), z.string().nullable());
export type ConfigChanges = z.infer<typeof configChanges>;

export const alterConfigsBody = z.object({
  configs: configChanges,
  validateOnly: z.boolean().optional().describe("true: the broker checks, nothing is written"),
  before: configChanges
    .optional()
    .describe("The values the plan was made from; where one differs now, nothing is written (409)"),
});
export type AlterConfigsBody = z.infer<typeof alterConfigsBody>;

export const configChange = z.object({
  name: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable().describe("What it will be (or is, once applied); null where it is sensitive or not set"),
  reset: z.boolean().describe("true: the value of this level is taken away"),
});
export type ConfigChange = z.infer<typeof configChange>;

export const alterConfigsResult = z.object({
  validateOnly: z.boolean(),
  broker: z.number().int().nullable().describe("The broker that validated, where one did"),
  changes: z.array(configChange),
  warnings: z.array(problem),
});
export type AlterConfigsResult = z.infer<typeof alterConfigsResult>;

/** `default` in place of a broker id means the cluster-wide dynamic default (KIP-226). */
const brokerOrDefault = brokerParams.extend({
  broker: z.string().describe("A broker id, or `default` for the cluster-wide default"),
});

export const listTopicConfigs = endpoint("GET", "/api/clusters/{cluster}/topics/{topic}/configs", {
  permission: "topics.read",
  summary: "Every config of a topic with its value, where that comes from and what it means",
  params: topicParams,
  response: configList,
});

export const alterTopicConfigs = endpoint("PATCH", "/api/clusters/{cluster}/topics/{topic}/configs", {
  permission: "topics.alter",
  summary: "Set or reset configs of a topic by IncrementalAlterConfigs",
  params: topicParams,
  body: alterConfigsBody,
  response: alterConfigsResult,
});

/** The configs that a topic may have, as the broker would set them: what a create form offers. */
export const listTopicConfigDefaults = endpoint("GET", "/api/clusters/{cluster}/topic-configs", {
  permission: "topics.read",
  summary: "The configs a new topic may be given, with the values it would inherit",
  params: brokerParams.pick({ cluster: true }),
  response: configList,
});

export const listBrokerConfigs = endpoint("GET", "/api/clusters/{cluster}/brokers/{broker}/configs", {
  permission: "brokers.read",
  summary: "Every config of a broker, or the cluster-wide dynamic defaults",
  params: brokerOrDefault,
  response: configList,
});

export const alterBrokerConfigs = endpoint("PATCH", "/api/clusters/{cluster}/brokers/{broker}/configs", {
  permission: "brokers.alter",
  summary: "Set or reset dynamic configs of a broker, or of all brokers",
  params: brokerOrDefault,
  body: alterConfigsBody,
  response: alterConfigsResult,
});

export const listBrokerLoggers = endpoint("GET", "/api/clusters/{cluster}/brokers/{broker}/loggers", {
  permission: "brokers.read",
  summary: "The loggers of a broker and their levels (KIP-412)",
  params: brokerParams,
  response: configList,
});

export const alterBrokerLoggers = endpoint("PATCH", "/api/clusters/{cluster}/brokers/{broker}/loggers", {
  permission: "brokers.alter",
  summary: "Set or reset the level of loggers of a broker until it restarts",
  params: brokerParams,
  body: alterConfigsBody,
  response: alterConfigsResult,
});
