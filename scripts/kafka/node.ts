import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Jvm, startJvm } from "./jvm.ts";
import { loggingFlags } from "./logging.ts";
import type { KafkaNode } from "./properties.ts";
import { type PlainLogin, untilReady } from "./ready.ts";

/** One broker or controller as a process that can be killed, frozen and started again. */
export type NodeProcess = {
  id: number;
  /** Of the first listener; null for a controller. */
  port: number | null;
  /** `host:port`. */
  address: string;
  /** Of the Java process; another one after `start`. */
  readonly pid: number;
  readonly running: boolean;
  /** The node's folder, with its log directories in it. */
  directory: string;
  logFile: string;
  /**
   * Sends a signal, such as SIGKILL, SIGSTOP or SIGCONT; after SIGKILL and SIGTERM it comes back when the process is gone, after
   * SIGSTOP when it stands still.
   */
  kill(signal: NodeJS.Signals): Promise<void>;
  /** Starts the process again on the same port and comes back when it answers; nothing happens where it still runs. */
  start(): Promise<void>;
  /** Stops the process: as a user would where the data is kept, else at once. */
  stop(): Promise<void>;
  /** Comes back when this broker answers Metadata with all of these brokers in it. */
  ready(brokers: readonly number[]): Promise<void>;
};

type NodeStart = {
  node: KafkaNode;
  config: string;
  libraries: string;
  version: string;
  heap: number | undefined;
  login: PlainLogin | null;
  keepsData: boolean;
};

/** Seconds a broker has to stop by itself. */
const patience = 10;

/** Ends the process an earlier start left behind in this folder, which only a killed watchdog can have done. */
function removeLeftover(pidFile: string, config: string): void {
  if (!existsSync(pidFile)) return;
  const pid = Number(readFileSync(pidFile, "utf8"));
  const { stdout } = spawnSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" });
  if (stdout?.includes(config)) process.kill(pid, "SIGKILL");
  rmSync(pidFile, { force: true });
}

/** A signal is sent before it is heeded, and a thread at work may still answer. */
async function untilFrozen(pid: number): Promise<void> {
  for (const end = Date.now() + 1000 * patience; ; await new Promise((resume) => setTimeout(resume, 20))) {
    const { stdout } = spawnSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" });
    if (stdout?.trim().startsWith("T")) return;
    if (Date.now() > end) throw new Error(`Process ${pid} does not stand still; ps says “${stdout}”.`);
  }
}

/** Starts one node; it does not wait for the node to be ready. */
export async function startNode(start: NodeStart): Promise<NodeProcess> {
  const { node, config, libraries, version, heap, login, keepsData } = start;
  const pidFile = join(node.directory, "pid");
  const logFile = join(node.directory, "broker.log");
  let running = false;
  let jvm: Jvm = await launch();

  async function launch(): Promise<Jvm> {
    removeLeftover(pidFile, config);
    const flags = loggingFlags(node.directory, version);
    const started = await startJvm(
      { libraries, mainClass: "kafka.Kafka", arguments: [config], flags, heap },
      logFile,
      keepsData ? patience : 0,
    );
    running = true;
    writeFileSync(pidFile, String(started.pid));
    started.exited.then(() => {
      running = false;
      rmSync(pidFile, { force: true });
    });
    return started;
  }

  const gone = () =>
    running ? null : `Kafka node ${node.id} ended; the last lines of ${logFile}:\n${lastLines(logFile)}`;

  const self: NodeProcess = {
    id: node.id,
    port: node.port,
    address: `127.0.0.1:${node.port ?? node.controllerPort}`,
    get pid() {
      return jvm.pid;
    },
    get running() {
      return running;
    },
    directory: node.directory,
    logFile,
    async kill(signal) {
      jvm.kill(signal);
      if (signal === "SIGKILL" || signal === "SIGTERM") await jvm.exited;
      if (signal === "SIGSTOP") await untilFrozen(jvm.pid);
    },
    async start() {
      if (running) return;
      jvm = await launch();
      if (node.port !== null) await self.ready([node.id]);
    },
    async stop() {
      if (!running) return;
      jvm.kill("SIGCONT");
      jvm.kill(keepsData ? "SIGTERM" : "SIGKILL");
      const timer = setTimeout(() => jvm.kill("SIGKILL"), patience * 1000);
      await jvm.exited;
      clearTimeout(timer);
    },
    async ready(brokers) {
      if (node.port !== null) await untilReady(node.port, brokers, login, gone);
    },
  };
  return self;
}

function lastLines(file: string): string {
  return existsSync(file) ? readFileSync(file, "utf8").trimEnd().split("\n").slice(-15).join("\n") : "(no log)";
}
