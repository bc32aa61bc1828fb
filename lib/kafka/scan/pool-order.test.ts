import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ReadJob } from "./jobs.ts";
import { closePool, makePool, type Pool, runJob } from "./pool.ts";

const job: ReadJob = {
  slices: [],
  shown: { aborted: false, control: false },
  decode: { keyFormat: null, valueFormat: null, protobuf: null },
  limits: { payload: 100, batch: 1 << 20, result: 1 << 20 },
  explain: false,
};
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "kafdeck-pool-order-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** One worker; `body` is run for a task, after the worker has loaded for `loading` milliseconds. */
async function poolThat(body: string, loading = 0): Promise<Pool> {
  const file = join(folder, `worker-${Math.random()}.mjs`);
  const wait = (name: string) =>
    `const ${name} = (ms) => { for (const end = Date.now() + ms; Date.now() < end; ) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5); };`;
  await writeFile(
    file,
    `import { parentPort, workerData } from "node:worker_threads";
    ${wait("wait")}
    const stop = new Int32Array(workerData.stop);
    wait(${loading});
    parentPort.on("message", (task) => { ${body}; parentPort.postMessage({ id: task.id, result: [] }); });
    parentPort.postMessage({ ready: true });`,
  );
  return makePool({ size: 1, file, patience: 200 });
}

test("jobs that yield let those that come later go first, and keep their own order", async () => {
  const pool = await poolThat("wait(20)");
  const done: string[] = [];
  const run = (name: string, yields: boolean) => runJob(pool, "read", job, { yields }).then(() => done.push(name));
  await Promise.all([run("runs", true), run("search 1", true), run("search 2", true), run("page", false)]);
  expect(done).toEqual(["runs", "page", "search 1", "search 2"]);
  await closePool(pool);
});

test("a job that runs longer than allowed is ended; the time it waited or its worker loaded is not counted", async () => {
  const pool = await poolThat("while (Atomics.load(stop, 0) !== task.id) wait(5)", 300);
  const started = performance.now();
  const slow = runJob(pool, "read", job, { allowed: 100 });
  const next = runJob(pool, "read", job, { allowed: 100 });
  await expect(slow).rejects.toMatchObject({ code: "filter-too-slow" });
  expect(performance.now() - started).toBeGreaterThan(300);
  await expect(next).rejects.toMatchObject({ code: "filter-too-slow" });
  expect(pool.seats).toHaveLength(1);
  await closePool(pool);
});

test("one that does not stop by itself loses its worker", async () => {
  const pool = await poolThat("wait(60_000)");
  await expect(runJob(pool, "read", job, { allowed: 50 })).rejects.toMatchObject({ code: "filter-too-slow" });
  await new Promise((resume) => setTimeout(resume, 400));
  expect(pool.seats).toHaveLength(0);
  await closePool(pool);
});
