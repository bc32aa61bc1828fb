import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePorts } from "../scripts/kafka/ports.ts";
import { root } from "../scripts/lib/paths.mjs";

/** A Kafdeck of its own for one test. */
export type Kafdeck = { address: string; log: () => string; stop: () => Promise<void> };

const follower = join(root, "scripts", "start", "follow-parent.mjs");
/** What a developer's shell may hold and a test must not inherit. */
const ours = /^(KAFKA_|KAFDECK_)/;

/**
 * Starts the built server on a free port, with nothing of the environment but what is given, and a history of its own unless one is
 * named. Throws with its log where it does not answer.
 */
export async function startKafdeck(environment: { [name: string]: string }): Promise<Kafdeck> {
  const [port = 0] = await freePorts(1);
  const inherited = Object.entries(process.env).filter(([name]) => !ours.test(name));
  const folder = mkdtempSync(join(tmpdir(), "kafdeck-e2e-"));
  const child = spawn(process.execPath, ["--import", follower, join(root, "server.ts")], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    env: {
      ...Object.fromEntries(inherited),
      NODE_ENV: "production",
      KAFDECK_PORT: String(port),
      KAFDECK_HISTORY_FILE: join(folder, "history.db"),
      ...environment,
    } as NodeJS.ProcessEnv,
  });
  let log = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      log += text;
    });
  }
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const stop = async () => {
    child.kill("SIGTERM");
    await exited;
    rmSync(folder, { recursive: true, force: true });
  };
  const address = `http://127.0.0.1:${port}`;
  for (const end = Date.now() + 20_000; Date.now() < end && child.exitCode === null; ) {
    const answer = await fetch(`${address}/api/health`).catch(() => null);
    if (answer?.ok) return { address, log: () => log, stop };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await stop();
  throw new Error(`Kafdeck does not answer on ${address}:\n${log}`);
}
