import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { root } from "../lib/paths.mjs";

/** A Node process that ends with this one. */
export type Child = {
  pid: number | undefined;
  exited: Promise<number>;
  /** The first message it sends over its channel. */
  message: Promise<unknown>;
  /** Sends SIGTERM, and SIGKILL where that does not end it within `patience` milliseconds. */
  stop(patience: number): Promise<void>;
};

const followParent = join(root, "scripts", "start", "follow-parent.mjs");

/** What keeps a long-running Node small: a young generation that is collected early, and few arenas for many threads (glibc). */
const smallMemory = { flags: ["--max-semi-space-size=2"], env: { MALLOC_ARENA_MAX: "2" } };

/**
 * Starts a script with this Node in a session of its own: Ctrl-C in the terminal is for this process, which stops its
 * children in the right order.
 * @param output "inherit" shows what it writes, "ignore" drops it.
 */
export function startChild(
  script: string,
  arguments_: string[],
  env: Record<string, string>,
  output: "inherit" | "ignore",
): Child {
  const flags = ["--disable-warning=TimeoutNegativeWarning", ...smallMemory.flags, "--import", followParent];
  const child: ChildProcess = spawn(process.execPath, [...flags, join(root, script), ...arguments_], {
    cwd: root,
    env: { ...smallMemory.env, ...process.env, ...env },
    stdio: ["ignore", output, output, "ipc"],
    detached: true,
  });
  const exited = new Promise<number>((resolve) => {
    child.once("exit", (code) => resolve(code ?? 1));
    child.once("error", () => resolve(1));
  });
  return {
    pid: child.pid,
    exited,
    message: new Promise((resolve) => child.once("message", resolve)),
    async stop(patience) {
      child.kill("SIGTERM");
      const timer = setTimeout(() => child.kill("SIGKILL"), patience);
      await exited;
      clearTimeout(timer);
    },
  };
}
