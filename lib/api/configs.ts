import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { brokerParams, listOf, topicParams } from "./lists.ts";
import { problem } from "./problem.ts";

/** Where a value comes from, in the order of Kafka's numbers (KIP-226, KIP-412, KIP-714, KIP-1142). */
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

/** In the order of Kafka's numbers (KIP-569). */
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

/** What kind of value it is, so that it can be read and typed in human units. Derived from name and type. */
export const configFormat = z.object({
  kind: z.enum(["text", "boolean", "integer", "decimal", "duration", "size", "choice", "list", "level"]),
  unit: z
    .enum(["ms", "seconds", "minutes", "hours", "days", "bytes", "kilobytes"])
    .nullable()
    .describe("What the raw number of a duration or a size counts"),
  choices: z.array(z.string()).describe("The values a choice or a list may hold; empty where any may stand"),
  words: z
    .array(z.object({ value: z.string(), word: z.string() }))
    .describe("Values that mean something else than a number, such as -1: no limit"),
});
export type ConfigFormat = z.infer<typeof configFormat>;

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
  format: configFormat,
  documentation: z.string().nullable().describe("The broker's own words, without markup"),
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
    .describe(
      "The values of this level that the plan was made from (null: not set here); where one differs now, nothing is written (409)",
    ),
});
export type AlterConfigsBody = z.infer<typeof alterConfigsBody>;

/** What a change brings with it. `loss` (records may go for good) is to be confirmed by whoever applies it. */
export const configEffect = z.object({
  tone: z.enum(["note", "warn", "loss"]),
  text: z.string(),
  loss: z.string().nullable().describe("What may be lost, as the object of a sentence: about 231 GiB of records"),
});
export type ConfigEffect = z.infer<typeof configEffect>;

export const configChange = z.object({
  name: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable().describe("What it will be (or is, once applied); null where it is sensitive or not set"),
  reset: z.boolean().describe("true: the value of this level is taken away"),
  effects: z.array(configEffect),
});
export type ConfigChange = z.infer<typeof configChange>;

export const alterConfigsResult = z.object({
  validateOnly: z.boolean(),
  broker: z.number().int().nullable().describe("The broker that validated, where one did"),
  milliseconds: z.number().describe("What the broker took for it"),
  changes: z.array(configChange),
  readBack: z.boolean().describe("true: the new values were read from a broker afterwards"),
  undo: alterConfigsBody
    .nullable()
    .describe("The request that puts the old values back; null where nothing was written, or they are not known"),
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
