import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { enableCompileCache, flushCompileCache } from "node:module";
import { promisify } from "node:util";
import { isMainThread, workerData } from "node:worker_threads";

/**
 * Starts the thread of the history. Node takes the types out of a `.ts` file with a compiler that stays in the memory of the thread,
 * 35 MB for as long as it runs; what comes out is kept in a folder beside the history, so that the next thread needs no compiler. A
 * process of its own fills that folder the first time, and ends.
 */
const folder = isMainThread ? process.argv[2] : workerData.codeFolder;
if (folder) {
  if (!isMainThread && !existsSync(folder)) {
    // Where that fails the thread starts all the same, larger.
    await promisify(execFile)(process.execPath, [...process.execArgv, import.meta.filename, folder], {
      timeout: 20_000,
    }).catch(() => {});
  }
  enableCompileCache(folder);
}
await import("./worker.ts");
if (folder) flushCompileCache();
