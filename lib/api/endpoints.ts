import * as brokers from "./brokers.ts";
import * as clusters from "./clusters.ts";
import * as configs from "./configs.ts";
import type { Endpoint } from "./endpoint.ts";
import * as health from "./health.ts";
import * as messages from "./messages.ts";
import * as topics from "./topics.ts";

const isEndpoint = (value: unknown): value is Endpoint =>
  typeof value === "object" && value !== null && "permission" in value;

/** Every endpoint there is. OpenAPI and the permission tests are made from it; a test compares it with the files under app/api. */
export const endpoints: Endpoint[] = [health, clusters, brokers, topics, configs, messages].flatMap((noun) =>
  Object.values(noun as Record<string, unknown>).filter(isEndpoint),
);
