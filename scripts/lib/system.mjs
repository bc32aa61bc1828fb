import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { answers, runQuietly, SetUpError } from "./steps.mjs";

/** Debian's name of the package, what macOS calls it, and what Kafdeck needs it for. */
const packages = {
  java: { debian: "openjdk-17-jre-headless", brew: "openjdk@17", need: "Kafka needs Java 17 or later" },
  maven: { debian: "maven", brew: "maven", need: "Kafka's jars are fetched with Maven" },
  chromium: { debian: "chromium", brew: "--cask chromium", need: "the browser tests need Chromium" },
  kcat: { debian: "kcat", brew: "kcat", need: "the figures are taken beside kcat's" },
  openssl: { debian: "openssl", brew: "openssl", need: "the tests' certificates are made with openssl" },
};

let listsAreFresh = false;

/**
 * Installs a system package where that is possible without asking (Debian, root), else stops with the command to run.
 * @param {keyof typeof packages} name
 */
async function install(name) {
  const { debian, brew, need } = packages[name];
  const hasApt = answers("apt-get", ["--version"]);
  if (!hasApt || process.getuid?.() !== 0) {
    const command = hasApt ? `sudo apt-get update && sudo apt-get install -y ${debian}` : `brew install ${brew}`;
    throw new SetUpError(`${need}, which was not found here. Install it and start again:\n\n    ${command}`);
  }
  await updateLists();
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  await runQuietly("apt-get", ["install", "-y", "--no-install-recommends", debian], { env });
}

/** A fresh machine has no package lists, and one update serves every package of this run. Only root may bring them. */
export async function updateLists() {
  if (listsAreFresh) return;
  if (process.getuid?.() !== 0)
    throw new SetUpError(
      "Debian's lists of packages are missing or old. Bring them and start again:\n\n    sudo apt-get update",
    );
  await runQuietly("apt-get", ["update"], { env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } });
  listsAreFresh = true;
}

/** @param {string} command The major version of the Java that `command` starts, or null where it starts none. */
function javaVersion(command) {
  const { stderr } = spawnSync(command, ["-version"], { encoding: "utf8" });
  const match = /version "(\d+)/.exec(stderr ?? "");
  return match ? Number(match[1]) : null;
}

/** @returns {{ command: string, version: number } | null} The first Java 17 or later: JAVA_HOME's, then the PATH's. */
function findJava() {
  const home = process.env.JAVA_HOME;
  for (const command of [...(home ? [join(home, "bin", "java")] : []), "java"]) {
    const version = javaVersion(command);
    if (version !== null && version >= 17) return { command, version };
  }
  return null;
}

/** Finds or installs Java 17 or later; `KAFDECK_JAVA` then names it for every process started from here. */
export async function ensureJava() {
  const found = findJava();
  if (!found) await install("java");
  const java = found ?? findJava();
  if (!java)
    throw new SetUpError("Java 17 was installed, yet `java -version` does not answer. Check JAVA_HOME and PATH.");
  process.env.KAFDECK_JAVA = java.command;
  return `Java ${java.version} ${found ? "found" : "installed"}`;
}

/** Finds or installs Maven, which is asked for only where something is to be fetched. */
export async function ensureMaven() {
  if (!answers("mvn", ["-v"])) await install("maven");
}

/** Finds or installs openssl. */
export async function ensureOpenssl() {
  if (answers("openssl", ["version"])) return "found";
  await install("openssl");
  return "installed";
}

/** Finds or installs kcat, the peer that the figures of searches are compared with. */
export async function ensureKcat() {
  if (answers("kcat", ["-V"])) return "found";
  await install("kcat");
  return "installed";
}

/** @returns {string | null} A Chromium that Playwright downloaded before, the newest first. */
function playwrightChromium() {
  const folders = [
    process.env.PLAYWRIGHT_BROWSERS_PATH,
    join(homedir(), ".cache", "ms-playwright"),
    join(homedir(), "Library", "Caches", "ms-playwright"),
  ];
  const inside = [
    ["chrome-linux", "chrome"],
    ["chrome-linux64", "chrome"],
    ["chrome-mac", "Chromium.app", "Contents", "MacOS", "Chromium"],
  ];
  for (const folder of folders) {
    if (!folder || !existsSync(folder)) continue;
    const builds = readdirSync(folder).filter((name) => /^chromium-\d+$/.test(name));
    builds.sort((a, b) => Number(b.slice(9)) - Number(a.slice(9)));
    for (const build of builds) {
      const found = inside.map((path) => join(folder, build, ...path)).find((path) => existsSync(path));
      if (found) return found;
    }
  }
  return null;
}

/** @returns {string | null} The Chromium on this machine: KAFDECK_CHROMIUM, the PATH's, Chrome's or Playwright's own. */
export function chromiumPath() {
  const applications = ["/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"];
  const folders = (process.env.PATH ?? "").split(":");
  const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
  const candidates = [
    process.env.KAFDECK_CHROMIUM ?? "",
    ...names.flatMap((name) => folders.map((folder) => join(folder, name))),
    ...applications,
  ];
  return candidates.find((path) => path !== "" && existsSync(path)) ?? playwrightChromium();
}

/** Finds or installs a Chromium. */
export async function ensureChromium() {
  const found = chromiumPath();
  if (!found) await install("chromium");
  const chromium = found ?? chromiumPath();
  if (!chromium) {
    throw new SetUpError("Chromium was installed, yet it is not on the PATH. Name it in KAFDECK_CHROMIUM.");
  }
  return `${chromium} ${found ? "found" : "installed"}`;
}
