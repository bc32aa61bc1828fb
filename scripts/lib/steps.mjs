import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { dataDirectory, root } from "./paths.mjs";

/** A failure whose message already tells the reader what to do: printed without a stack trace. */
export class SetUpError extends Error {}

/**
 * One line of progress: `title ... what it did (seconds)`.
 * @param {string} title
 * @param {() => Promise<string> | string} work Gives back the word or two that say what was done, such as "up to date".
 */
export async function step(title, work) {
  const started = performance.now();
  const head = `  ${title.padEnd(16)} `;
  // On a terminal the title shows while the work runs; in a log each step is one whole line.
  if (process.stdout.isTTY) process.stdout.write(`${head}...`);
  const outcome = await work();
  const line = `${head}${outcome} (${((performance.now() - started) / 1000).toFixed(1)} s)`;
  process.stdout.write(process.stdout.isTTY ? `\r\x1b[2K${line}\n` : `${line}\n`);
}

/**
 * Runs a command to its end with its output kept; the end of that output is in the error when it fails.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<string>} What it wrote to stdout.
 */
export function runQuietly(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"], ...options });
    let stdout = "";
    let tail = "";
    child.stdout.on("data", (chunk) => {
      stdout += chunk;
      tail = (tail + chunk).slice(-4000);
    });
    child.stderr.on("data", (chunk) => {
      tail = (tail + chunk).slice(-4000);
    });
    child.on("error", (error) => reject(new SetUpError(`${command} could not be started: ${error.message}`)));
    child.on("close", (code) => {
      if (code === 0) resolve(stdout);
      else
        reject(
          new SetUpError(
            `\`${[command, ...args].join(" ")}\` ended with code ${code}:\n${stripVTControlCharacters(tail).trim()}`,
          ),
        );
    });
  });
}

/**
 * Whether a command answers.
 * @param {string} command
 * @param {string[]} args
 */
export function answers(command, args) {
  return spawnSync(command, args, { stdio: "ignore" }).status === 0;
}

/** @param {string} text */
export const digest = (text) => createHash("sha256").update(text).digest("hex");

/** @param {string} name */
const fingerprintFile = (name) => join(dataDirectory, "fingerprints", name);

/**
 * Whether the step called `name` was last finished with the same fingerprint.
 * @param {string} name
 * @param {string} fingerprint
 */
export function isUpToDate(name, fingerprint) {
  try {
    return readFileSync(fingerprintFile(name), "utf8") === fingerprint;
  } catch {
    return false;
  }
}

/**
 * Remembers that the step called `name` is finished.
 * @param {string} name
 * @param {string} fingerprint
 */
export function markUpToDate(name, fingerprint) {
  mkdirSync(dirname(fingerprintFile(name)), { recursive: true });
  writeFileSync(fingerprintFile(name), fingerprint);
}

/**
 * Ends the process with the message of a failed set-up; anything else keeps its stack trace.
 * @param {unknown} error
 * @returns {never}
 */
export function giveUp(error) {
  console.error(error instanceof SetUpError ? `\n${error.message}\n` : error);
  process.exit(1);
}
