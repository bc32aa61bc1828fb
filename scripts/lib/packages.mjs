import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./paths.mjs";
import { runQuietly, SetUpError } from "./steps.mjs";

const bundledNode = join(root, "node_modules", ".bin", "node");

/** @param {string} command The major version of a Node, 0 where the command does not start one. */
function majorOf(command) {
  const { stdout } = spawnSync(command, ["-p", "process.versions.node"], { encoding: "utf8" });
  return Number.parseInt(stdout ?? "", 10) || 0;
}

/**
 * Whether node_modules holds what package-lock.json names: npm writes its own list last, after an install went well.
 * Optional packages are those of other platforms.
 */
function packagesAreInstalled() {
  const installed = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(installed)) return false;
  const present = JSON.parse(readFileSync(installed, "utf8")).packages;
  const wanted = Object.entries(JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages);
  return wanted.every(([path, { version, optional }]) => path === "" || optional || present[path]?.version === version);
}

/** Installs what package-lock.json names, where node_modules does not hold just that. */
export async function ensurePackages() {
  if (packagesAreInstalled()) return "up to date";
  const env = { ...process.env, PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: "1", NEXT_TELEMETRY_DISABLED: "1" };
  await runQuietly("npm", ["ci", "--no-audit", "--no-fund"], { env });
  return "installed";
}

/**
 * The Node 24 that everything but set-up runs on: this one, or the one that came with the packages on Linux.
 * @returns {string} Its path.
 */
export function node24() {
  if (Number.parseInt(process.versions.node, 10) >= 24) return process.execPath;
  if (existsSync(bundledNode) && majorOf(bundledNode) >= 24) return bundledNode;
  throw new SetUpError(
    `Kafdeck runs on Node 24; this is Node ${process.versions.node} and ${process.platform} on ${process.arch} has none ` +
      "among the packages. Install it and start again:\n\n    brew install node@24   (or see https://nodejs.org/)",
  );
}

/**
 * Goes on under Node 24: under an older Node it starts the same script again with the newer one, hands signals over
 * and ends with its exit code; it comes back only where nothing has to be done.
 * @param {string} script
 */
export async function continueUnderNode24(script) {
  const node = node24();
  if (node === process.execPath) return;
  // The channel is how the inner process notices that this one was killed and could not say so.
  const child = spawn(node, [...process.execArgv, script, ...process.argv.slice(2)], {
    stdio: ["inherit", "inherit", "inherit", "ipc"],
    env: { ...process.env, KAFDECK_OUTER: "1" },
  });
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
    process.on(signal, () => child.kill(signal));
  }
  onParentGone(() => child.kill("SIGTERM"));
  const code = await new Promise((resolve) => child.on("exit", (status) => resolve(status ?? 1)));
  process.exit(code);
}

/**
 * Calls `stop` once when the process that waits for this one is gone without a word (kill -9): the older Node that
 * started this one, or npm, or npm's shell.
 * @param {() => void} stop
 */
export function onParentGone(stop) {
  if (process.env.KAFDECK_OUTER && process.channel) {
    process.once("disconnect", stop);
    process.channel.unref();
  } else if (process.env.npm_lifecycle_event) {
    const parent = process.ppid;
    const timer = setInterval(() => {
      if (process.ppid === parent) return;
      clearInterval(timer);
      stop();
    }, 500);
    timer.unref();
  }
}
