import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { freePorts } from "../scripts/kafka/ports.ts";
import { root } from "../scripts/lib/paths.mjs";

/** A built Kafdeck as a process of its own. */
export type RunningServer = {
  origin: string;
  readyMilliseconds: number;
  rssMegabytes(): number;
  stop(): Promise<void>;
};

/** Starts the built server on a free port and comes back when /api/health answers; tells how long that took from the spawn. */
export async function startServer(bootstrap: string): Promise<RunningServer> {
  const [port] = await freePorts(1);
  const origin = `http://127.0.0.1:${port}`;
  const started = performance.now();
  const child = spawn(process.execPath, [join(root, "server.ts")], {
    cwd: root,
    env: {
      ...process.env,
      NODE_ENV: "production",
      KAFKA_BROKERS: bootstrap,
      KAFDECK_CLUSTER_NAME: "bench",
      KAFDECK_PORT: String(port),
    },
    stdio: ["ignore", "ignore", "inherit"],
  });
  await untilHealthy(origin, child);
  return {
    origin,
    readyMilliseconds: performance.now() - started,
    rssMegabytes: () => Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${child.pid}/status`, "utf8"))?.[1]) / 1024,
    stop: async () => {
      const gone = new Promise((resume) => child.once("exit", resume));
      child.kill("SIGTERM");
      await gone;
    },
  };
}

async function untilHealthy(origin: string, child: ChildProcess): Promise<void> {
  const until = Date.now() + 30_000;
  while (Date.now() < until && child.exitCode === null) {
    const healthy = await fetch(`${origin}/api/health`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (healthy) return;
    await new Promise((resume) => setTimeout(resume, 10));
  }
  throw new Error("Kafdeck did not become healthy.");
}
