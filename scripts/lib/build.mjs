import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { node24 } from "./packages.mjs";
import { root } from "./paths.mjs";
import { isUpToDate, markUpToDate, runQuietly } from "./steps.mjs";

/** Everything `next build` reads. */
const sources = [
  "app",
  "components",
  "lib",
  "public",
  "instrumentation.ts",
  "next.config.js",
  "postcss.config.mjs",
  "tsconfig.json",
  "package-lock.json",
];
const isTest = /\.(test|conformance)\.tsx?$/;

/** A digest of the contents of the sources, so that a checkout or a touch alone builds nothing anew. */
function sourceFingerprint() {
  const hash = createHash("sha256");
  /** @param {string} path */
  const add = (path) => {
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(root, path)))
      .update("\0");
  };
  for (const source of sources) {
    const path = join(root, source);
    if (!existsSync(path)) continue;
    if (/\.\w+$/.test(source)) {
      add(source);
      continue;
    }
    const files = readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const names = files.map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
    for (const name of names.filter((one) => !isTest.test(one)).sort()) add(name);
  }
  return hash.digest("hex");
}

/** Runs `next build` where its sources are not those of the last one. */
export async function ensureBuild() {
  const fingerprint = sourceFingerprint();
  if (existsSync(join(root, ".next", "BUILD_ID")) && isUpToDate("build", fingerprint)) return "up to date";
  const next = join(root, "node_modules", "next", "dist", "bin", "next");
  const env = { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1", NO_COLOR: "1" };
  await runQuietly(node24(), [next, "build"], { env });
  markUpToDate("build", fingerprint);
  return "built";
}
