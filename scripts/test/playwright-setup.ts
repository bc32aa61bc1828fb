import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { seedDemo } from "../demo/seed.ts";
import { startKafka } from "../kafka/cluster.ts";
import { freePorts } from "../kafka/ports.ts";
import { startChild } from "../start/children.ts";

/** The server's name for the seeded cluster, as in the address of its pages. */
const clusterName = "embedded";

async function untilServing(address: string, exited: Promise<number>): Promise<void> {
  let code: number | null = null;
  exited.then((status) => {
    code = status;
  });
  for (const end = Date.now() + 30_000; Date.now() < end; ) {
    if (code !== null) throw new Error(`the server ended with code ${code}`);
    const answer = await fetch(`${address}/api/health`).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`the server does not answer on ${address}`);
}

/** One broker with the demo's records and nothing that writes on, so that counts stay; and the server as it is built. */
export default async function setUp(): Promise<() => Promise<void>> {
  // Who writes a test points it at a server that runs already, by KAFDECK_E2E_URL and KAFDECK_E2E_BOOTSTRAP.
  if (process.env.KAFDECK_E2E_URL && process.env.KAFDECK_E2E_BOOTSTRAP) return async () => {};
  const kafka = await startKafka({ brokers: 1 });
  await seedDemo(kafka.bootstrap);
  const [port = 0] = await freePorts(1);
  const folder = mkdtempSync(join(tmpdir(), "kafdeck-e2e-"));
  const environment = {
    NODE_ENV: "production",
    KAFDECK_PORT: String(port),
    KAFDECK_HOST: "127.0.0.1",
    KAFKA_BROKERS: kafka.bootstrap,
    KAFDECK_CLUSTER_NAME: clusterName,
    // Of its own: an earlier run's cluster had the same name and other groups.
    KAFDECK_HISTORY_FILE: join(folder, "history.db"),
  };
  const server = startChild("server.ts", [], environment, "inherit");
  const stop = async () => {
    await server.stop(5000);
    await kafka.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  const address = `http://127.0.0.1:${port}`;
  try {
    await untilServing(address, server.exited);
  } catch (error) {
    await stop();
    throw error;
  }
  process.env.KAFDECK_E2E_URL = address;
  process.env.KAFDECK_E2E_BOOTSTRAP = kafka.bootstrap;
  return stop;
}
