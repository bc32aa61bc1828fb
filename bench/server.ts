import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePorts } from "../scripts/kafka/ports.ts";
import { startChild } from "../scripts/start/children.ts";

/** A built Kafdeck as a process of its own. */
export type RunningServer = {
  origin: string;
  readyMilliseconds: number;
  rssMegabytes(): number;
  stop(): Promise<void>;
};

/** Starts the built server on a free port and comes back when /api/health answers; tells how long that took from the spawn. */
export async function startServer(bootstrap: string, more: Record<string, string> = {}): Promise<RunningServer> {
  const [port] = await freePorts(1);
  const origin = `http://127.0.0.1:${port}`;
  const started = performance.now();
  const folder = mkdtempSync(join(tmpdir(), "kafdeck-bench-"));
  const environment = {
    NODE_ENV: "production",
    KAFKA_BROKERS: bootstrap,
    KAFDECK_CLUSTER_NAME: "bench",
    KAFDECK_PORT: String(port),
    KAFDECK_HISTORY_FILE: join(folder, "history.db"),
    ...more,
  };
  const child = startChild("server.ts", [], environment, "ignore");
  await untilHealthy(origin);
  return {
    origin,
    readyMilliseconds: performance.now() - started,
    rssMegabytes: () => Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${child.pid}/status`, "utf8"))?.[1]) / 1024,
    stop: async () => {
      await child.stop(5_000);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function untilHealthy(origin: string): Promise<void> {
  const until = Date.now() + 30_000;
  while (Date.now() < until) {
    const healthy = await fetch(`${origin}/api/health`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (healthy) return;
    await new Promise((resume) => setTimeout(resume, 10));
  }
  throw new Error("Kafdeck did not become healthy.");
}

/** Asks the server for one path and reads the answer to its end. */
export async function ask(server: RunningServer, path: string): Promise<Response> {
  const answer = await fetch(server.origin + path);
  await answer.arrayBuffer();
  return answer;
}

/** Broker requests behind an answer, as it says itself. */
export const requestsOf = (answer: Response): number =>
  Number(/desc="(\d+) requests"/.exec(answer.headers.get("server-timing") ?? "")?.[1] ?? Number.NaN);
