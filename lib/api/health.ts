import { z } from "zod";
import { endpoint } from "./endpoint.ts";

export const health = z.object({
  status: z.enum(["ok", "stopping"]),
  version: z.string(),
  uptimeSeconds: z.number(),
  clusters: z.number().int(),
});

/** Exempt from the Host check: probes come by IP. Tells state and numbers only. */
export const getHealth = endpoint("GET", "/api/health", {
  permission: "health.read",
  summary: "Whether this process serves. Clusters that are down do not make it unhealthy",
  response: health,
});

/** Exempt from the Host check: scrapers come by IP. Tells states, numbers and names of groups and topics only. */
export const getMetrics = endpoint("GET", "/metrics", {
  permission: "health.read",
  summary: "Lag of groups, ends of topics and Kafdeck's own health, as Prometheus reads them",
  response: z.string().describe("The text format 0.0.4"),
  answers: "text",
});

export const getOpenApi = endpoint("GET", "/api/openapi.json", {
  permission: "health.read",
  summary: "This description",
  response: z.looseObject({}),
});
