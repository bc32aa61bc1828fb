import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";

/** A running Java process. */
export type Jvm = {
  pid: number;
  /** Settles with the exit code (128 + signal where a signal ended it) when the process is gone. */
  exited: Promise<number>;
  /** Sends a signal to the Java process itself, such as SIGKILL, SIGSTOP or SIGCONT. */
  kill(signal: NodeJS.Signals): void;
};

/** What a Java process is started with. */
export type JvmOptions = {
  /** Folders of jars; of two that hold the same class, the first counts. */
  libraries: string | string[];
  mainClass: string;
  arguments: string[];
  /** `-D` properties and other flags beside those every process here gets. */
  flags?: string[];
  /** In megabytes. */
  heap?: number;
};

export const java = () => process.env.KAFDECK_JAVA ?? "java";

/** A small JVM that starts fast: no parallel collector, no optimising compiler, little memory kept by malloc. */
export function jvmCommand({ libraries, mainClass, arguments: rest, flags = [], heap = 160 }: JvmOptions): string[] {
  return [
    java(),
    `-Xmx${heap}m`,
    "-Xss512k",
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",
    "-XX:ReservedCodeCacheSize=48m",
    "-XX:-UsePerfData",
    "-Djava.awt.headless=true",
    ...flags,
    "-cp",
    [libraries]
      .flat()
      .map((folder) => join(folder, "*"))
      .join(":"),
    mainClass,
    ...rest,
  ];
}

export const jvmEnvironment = (): NodeJS.ProcessEnv => ({ ...process.env, MALLOC_ARENA_MAX: "2" });

/**
 * Java outlives its parent: nothing tells it that the parent was killed. This shell holds the parent's pipe and, when
 * that closes, ends Java first kindly, then for good. It also frees Java from a SIGSTOP, in which it would ignore both.
 * `$1` is the log, `$2` the seconds Java has to stop by itself, the rest the command.
 */
const watchdog = `
log=$1; patience=$2; shift 2
exec 3<&0
"$@" >>"$log" 2>&1 </dev/null 3<&- &
child=$!
echo $child
exec >/dev/null
( read -r _ <&3
  kill -CONT $child; kill -TERM $child
  tenths=$((patience * 10))
  while [ $tenths -gt 0 ] && kill -0 $child; do sleep 0.1; tenths=$((tenths - 1)); done
  kill -KILL $child ) 2>/dev/null &
watcher=$!
wait $child
code=$?
kill -KILL $watcher 2>/dev/null
exit $code
`;

/**
 * Starts a Java process that ends with this one, however this one ends. Its output is added to `log`.
 * @param patience Seconds it has to stop by itself once this process is gone.
 */
export async function startJvm(options: JvmOptions, log: string, patience: number): Promise<Jvm> {
  mkdirSync(dirname(log), { recursive: true });
  // Its own session: Ctrl-C in the terminal is for the parent, which stops things in the right order.
  const shell = spawn("sh", ["-c", watchdog, "watchdog", log, String(patience), ...jvmCommand(options)], {
    stdio: ["pipe", "pipe", "ignore"],
    detached: true,
    env: jvmEnvironment(),
  });
  const exited = new Promise<number>((resolve) => shell.on("exit", (code) => resolve(code ?? 1)));
  const pid = await new Promise<number>((resolve, reject) => {
    createInterface({ input: shell.stdout }).once("line", (line) => resolve(Number(line)));
    shell.once("error", reject);
    exited.then((code) => reject(new Error(`${options.mainClass} ended with code ${code} at once; see ${log}`)));
  });
  shell.stdin.on("error", () => {});
  return {
    pid,
    exited,
    kill(signal) {
      try {
        process.kill(pid, signal);
      } catch {
        // Gone already: what was wanted.
      }
    },
  };
}

/** What a command wrote and its exit code; it is not an error here when that is not 0. */
export type CommandResult = { stdout: string; stderr: string; code: number };

/**
 * Runs a Java command to its end.
 * @param deadline In milliseconds; a command that takes longer is killed and the promise rejects.
 */
export function runJvm(options: JvmOptions, deadline = 60_000, input = ""): Promise<CommandResult> {
  const [command = "java", ...rest] = jvmCommand({ heap: 128, ...options });
  return new Promise((resolve, reject) => {
    const child = spawn(command, rest, { env: jvmEnvironment(), timeout: deadline, killSignal: "SIGKILL" });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      stdout += chunk;
    });
    child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
      stderr += chunk;
    });
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === null)
        reject(new Error(`${options.mainClass} took longer than ${deadline} ms:\n${stderr || stdout}`));
      else resolve({ stdout, stderr, code });
    });
    child.stdin.on("error", () => {});
    child.stdin.end(input);
  });
}
