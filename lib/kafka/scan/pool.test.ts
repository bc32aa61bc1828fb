import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import type { ReadJob } from "./jobs.ts";
import { closePool, makePool, type Pool, runJob, sharedPool } from "./pool.ts";
import { write } from "./writer.ts";

const pools: Pool[] = [];
const folders: string[] = [];
afterEach(async () => {
  await Promise.all(pools.splice(0).map(closePool));
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true })));
});

function pool(options: Parameters<typeof makePool>[0] = {}) {
  const made = makePool(options);
  pools.push(made);
  return made;
}

/** A worker file of its own for what the real one never does. */
async function workerThat(body: string) {
  const folder = await mkdtemp(join(tmpdir(), "kafdeck-pool-"));
  folders.push(folder);
  const file = join(folder, "worker.mjs");
  await writeFile(
    file,
    `import { parentPort } from "node:worker_threads";\nparentPort.on("message", (task) => { ${body} });\n`,
  );
  return file;
}

const empty: ReadJob = {
  slices: [],
  shown: { aborted: false, control: false },
  decode: { keyFormat: null, valueFormat: null, protobuf: null },
  limits: { payload: 100, batch: 1 << 20, result: 1 << 20 },
  explain: false,
};

function jobOf(value: string): ReadJob {
  const written = write({
    codec: "lz4",
    baseOffset: 7n,
    records: [{ timestamp: 5n, key: null, value: Buffer.from(value), headers: [] }],
  });
  const bytes = new Uint8Array(written); // a buffer of its own, which can be transferred
  return {
    ...empty,
    slices: [{ topic: "t", partition: 3, bytes, from: 0n, to: 100n, order: "first", want: 10, aborted: null }],
  };
}

test("a job is done in a worker, and its buffers are taken over", async () => {
  const job = jobOf('{"a":1}');
  const buffer = job.slices[0]?.bytes.buffer as ArrayBuffer;
  const [slice] = await runJob(pool(), "read", job, { transfer: [buffer] });
  expect(slice?.messages).toMatchObject([
    { partition: 3, offset: "7", key: null, value: { format: "json", text: '{"a":1}' } },
  ]);
  expect(buffer.byteLength).toBe(0);
});

test("workers are made on demand, at most `size`, and used again", async () => {
  const used = pool({ size: 2 });
  expect(used.seats).toHaveLength(0);
  await runJob(used, "read", empty);
  await runJob(used, "read", empty);
  expect(used.seats).toHaveLength(1);
  await Promise.all(Array.from({ length: 9 }, () => runJob(used, "read", empty)));
  expect(used.seats).toHaveLength(2);
});

test("an aborted job is rejected at once; a worker that goes on is replaced", async () => {
  const file = await workerThat(
    "if (task.job.explain) for (;;); else parentPort.postMessage({ id: task.id, result: [] });",
  );
  const stubborn = pool({ file, size: 1, patience: 100 });
  const control = new AbortController();
  const endless = runJob(stubborn, "read", { ...empty, explain: true }, { signal: control.signal });
  const [first] = stubborn.seats;
  const behind = runJob(stubborn, "read", empty);
  control.abort();
  await expect(endless).rejects.toMatchObject({ code: "cancelled" });
  await expect(behind).resolves.toEqual([]);
  expect(stubborn.seats[0]).not.toBe(first);
});

test("a job that still waits is taken out of the queue when it is aborted", async () => {
  const busy = pool({ file: await workerThat(""), size: 1 });
  runJob(busy, "read", empty).catch(() => {});
  const control = new AbortController();
  const waiting = runJob(busy, "read", empty, { signal: control.signal });
  control.abort();
  await expect(waiting).rejects.toMatchObject({ code: "cancelled" });
  expect(busy.queue).toHaveLength(0);
});

test("a worker that dies fails its job only; the next one gets a new worker", async () => {
  const file = await workerThat(
    "if (task.job.explain) process.exit(3); else parentPort.postMessage({ id: task.id, result: [] });",
  );
  const mortal = pool({ file, size: 1 });
  const dying = runJob(mortal, "read", { ...empty, explain: true });
  await expect(dying).rejects.toThrow("ended");
  await expect(runJob(mortal, "read", empty)).resolves.toEqual([]);
});

test("closing rejects what runs and waits, and what comes later", async () => {
  const closing = pool({ file: await workerThat(""), size: 1 });
  const both = [runJob(closing, "read", empty), runJob(closing, "read", empty)];
  const refused = Promise.all(both.map((one) => expect(one).rejects.toMatchObject({ code: "server-stopping" })));
  await closePool(closing);
  await refused;
  await expect(runJob(closing, "read", empty)).rejects.toMatchObject({ code: "server-stopping" });
});

test("the process has one pool, whichever copy of the module asks", () => {
  expect(sharedPool()).toBe(sharedPool());
  expect(sharedPool()).toBe((globalThis as Record<symbol, unknown>)[Symbol.for("kafdeck.scan.pool")]);
});
