import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { dataDirectory } from "./paths.mjs";
import { answers, runQuietly, SetUpError } from "./steps.mjs";

const folder = join(dataDirectory, "prometheus");
const tools = /** @type {const} */ (["prometheus", "promtool"]);

/**
 * Where a tool of Prometheus is: on the PATH, or unpacked by the set-up.
 * @param {(typeof tools)[number]} tool
 * @returns {string | null}
 */
function find(tool) {
  const unpacked = join(folder, "usr", "bin", tool);
  if (existsSync(unpacked)) return unpacked;
  return answers(tool, ["--version"]) ? tool : null;
}

/**
 * The same for tests, which need it: what is not there is a failure that says what to do, never a test passed over.
 * @param {(typeof tools)[number]} tool
 */
export function prometheusTool(tool) {
  const found = find(tool);
  if (!found) throw new SetUpError(`${tool} is not here. \`npm test\` fetches it before the tests.`);
  return found;
}

/**
 * Finds Prometheus, or fetches Debian's package and unpacks it beside the other data: installed, it would start a service. `update`
 * brings the lists of packages.
 * @param {() => Promise<void>} update
 */
export async function ensurePrometheus(update) {
  if (tools.every(find)) return "found";
  if (!answers("apt-get", ["--version"]))
    throw new SetUpError(
      "The tests of /metrics need Prometheus, which was not found here. Install it and start again:\n\n    brew install prometheus",
    );
  mkdirSync(folder, { recursive: true });
  const download = () => runQuietly("apt-get", ["download", "prometheus"], { cwd: folder });
  await download().catch(async () => {
    // A fresh machine has no lists, and old ones name a version that is gone.
    await update();
    await download();
  });
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".deb"))) {
    await runQuietly("dpkg", ["-x", join(folder, file), folder]);
    rmSync(join(folder, file));
  }
  const missing = tools.find((tool) => !find(tool));
  if (missing)
    throw new SetUpError(`Debian's package of Prometheus was unpacked in ${folder}, yet ${missing} is not there.`);
  return "fetched";
}
