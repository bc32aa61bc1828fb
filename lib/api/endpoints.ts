import type { z } from "zod";
import * as acls from "./acls.ts";
import * as alerts from "./alerts.ts";
import * as brokers from "./brokers.ts";
import * as clusters from "./clusters.ts";
import * as configs from "./configs.ts";
import type { Endpoint } from "./endpoint.ts";
import * as groupOffsets from "./group-offsets.ts";
import * as groups from "./groups.ts";
import * as health from "./health.ts";
import * as lag from "./lag.ts";
import { snapshot } from "./lists.ts";
import * as messageQueries from "./message-queries.ts";
import * as messages from "./messages.ts";
import * as payloads from "./payloads.ts";
import { problem } from "./problem.ts";
import * as produce from "./produce.ts";
import * as records from "./records.ts";
import { int64 } from "./scalars.ts";
import * as topics from "./topics.ts";

const isEndpoint = (value: unknown): value is Endpoint =>
  typeof value === "object" && value !== null && "permission" in value;
const isSchema = (value: unknown): value is z.ZodType => typeof value === "object" && value !== null && "_zod" in value;

const nouns: Record<string, unknown>[] = [
  health,
  clusters,
  brokers,
  topics,
  records,
  acls,
  configs,
  payloads,
  messageQueries,
  messages,
  produce,
  groups,
  lag,
  groupOffsets,
  alerts,
];
const exported = nouns.flatMap((noun) => Object.entries(noun));

/**
 * Every endpoint there is, by the name it is exported under. OpenAPI and the permission tests are made from it; a test compares it
 * with the files under app/api.
 */
export const operations: Record<string, Endpoint> = Object.fromEntries(
  exported.filter((entry): entry is [string, Endpoint] => isEndpoint(entry[1])),
);

/** The schemas of the contract that have a name of their own, by that name. */
export const schemas: Record<string, z.ZodType> = Object.fromEntries(
  [...exported, ...Object.entries({ problem, int64, snapshot })].filter((entry): entry is [string, z.ZodType] =>
    isSchema(entry[1]),
  ),
);
