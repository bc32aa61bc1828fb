import type { TestProject } from "vitest/node";
import { startKafka } from "./cluster.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** One plain broker that all conformance tests of a run share: `inject("kafka")`. Use topics of your own. */
    kafka: { bootstrap: string; version: string };
  }
}

/** Starts the shared broker before the first conformance test and stops it after the last. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const kafka = await startKafka({ brokers: 1 });
  project.provide("kafka", { bootstrap: kafka.bootstrap, version: kafka.version });
  return kafka.stop;
}
