import type { z } from "zod";
import packageJson from "../../package.json" with { type: "json" };
import type { health } from "../api/health.ts";
import { state } from "./state.ts";

/** State and numbers only: this address answers anybody. */
export function readHealth(): z.infer<typeof health> {
  const { clusters, startedAt, stopping } = state();
  return {
    status: stopping ? "stopping" : "ok",
    version: packageJson.version,
    uptimeSeconds: Math.round((Date.now() - startedAt) / 1000),
    clusters: clusters.size,
  };
}
