import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { dataDirectory, defaultKafkaVersion, olderKafkaVersion, root } from "../lib/paths.mjs";

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * One command of the test run.
 * @typedef {object} Part
 * @property {"check" | "unit" | "conformance" | "e2e"} group What `--only` names.
 * @property {string} title
 * @property {string[]} command The script of a package below node_modules, then its arguments.
 * @property {Record<string, string>} [env]
 * @property {((report: string) => Counts) | null} read Counts what the command wrote to its report; null: the command is one check.
 */

const report = (/** @type {string} */ name) => join(dataDirectory, "results", `${name}.json`);

/** @param {string} title @param {string[]} command @returns {Part} */
const check = (title, ...command) => ({ group: "check", title, command, read: null });

/** @param {string} text @returns {Counts} */
function readVitest(text) {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(text);
  // A file that could not be loaded has failed, though none of its tests did.
  const broken = testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0).length;
  return { passed: numPassedTests, failed: numFailedTests + broken, skipped: numPendingTests + numTodoTests };
}

/** @param {string} text @returns {Counts} */
function readPlaywright(text) {
  const { stats, errors } = JSON.parse(text);
  const broken = stats.unexpected === 0 ? errors.length : 0;
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected + broken, skipped: stats.skipped };
}

/**
 * @param {Part["group"]} group
 * @param {string} title
 * @param {string} version
 * @param {string} [project] Of vitest.config.ts.
 * @returns {Part}
 */
const vitest = (group, title, version, project = group) => ({
  group,
  title,
  command: [
    "vitest/vitest.mjs",
    ...["run", "--project", project, "--reporter=default", "--reporter=json", `--outputFile.json=${report(title)}`],
  ],
  env: { KAFDECK_KAFKA_VERSION: version },
  read: readVitest,
});

/** All parts of `npm test`, the quick ones first. @type {Part[]} */
export const parts = [
  check("biome", "@biomejs/biome/bin/biome", "check", "."),
  // What an earlier run remembered of an .mjs file can be out of date: every run looks at all of it.
  check("tsc", "typescript/bin/tsc", "--noEmit", "--incremental", "false"),
  check("knip", "knip/bin/knip.js"),
  vitest("unit", "unit", defaultKafkaVersion),
  vitest("conformance", `conformance-${defaultKafkaVersion}`, defaultKafkaVersion),
  vitest("conformance", `conformance-${olderKafkaVersion}`, olderKafkaVersion, "older"),
  {
    group: "e2e",
    title: "e2e",
    command: ["@playwright/test/cli.js", "test", "--reporter=list,json"],
    env: { PLAYWRIGHT_JSON_OUTPUT_FILE: report("e2e") },
    read: readPlaywright,
  },
];

/**
 * Runs one part with its output shown.
 * @param {Part} part
 * @returns {Promise<Counts>}
 */
export async function runPart({ title, command: [script = "", ...rest], env, read }) {
  console.log(`\n== ${title} ==\n`);
  const file = report(title);
  mkdirSync(dirname(file), { recursive: true });
  rmSync(file, { force: true });
  const child = spawn(
    process.execPath,
    ["--disable-warning=TimeoutNegativeWarning", join(root, "node_modules", script), ...rest],
    { cwd: root, stdio: ["ignore", "inherit", "inherit"], env: { ...process.env, ...env } },
  );
  // The command ends what it started (brokers, browser) before it goes; the parts that follow are not run.
  const stop = () => {
    child.kill("SIGTERM");
    child.once("close", () => process.exit(1));
  };
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"])) process.on(signal, stop);
  const code = await new Promise((resolve) => {
    child.on("close", (status) => resolve(status ?? 1));
    child.on("error", () => resolve(1));
  });
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"])) process.off(signal, stop);
  const counts = read ? readReport(read, file) : { passed: code === 0 ? 1 : 0, failed: 0, skipped: 0 };
  // A command that failed without naming a failed test has failed all the same.
  if (code !== 0 && counts.failed === 0) counts.failed = 1;
  return counts;
}

/** @param {(report: string) => Counts} read @param {string} file @returns {Counts} */
function readReport(read, file) {
  try {
    return read(readFileSync(file, "utf8"));
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}
