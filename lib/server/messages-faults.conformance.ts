import { tracingChannel } from "node:diagnostics_channel";
import kafkajs from "kafkajs";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { createTopics } from "../../scripts/kafka/topics.ts";
import type { MessageLine } from "../api/messages.ts";
import { type Cluster, closeCluster } from "../kafka/cluster.ts";
import { readMessageLines } from "../kafka/messages.ts";
import { closePool, sharedPool } from "../kafka/scan/pool.ts";
import { clusterAt } from "../kafka/testing.ts";
import { download, get, linesOf, openState, read } from "./testing-messages.ts";

const { bootstrap } = inject("kafka");
const RECORDS = 60_000;
const PARTITIONS = 3;
const TOPIC = `streams-${process.pid}`;
const SMALL = `${TOPIC}-small`;

/** As users set it; and one whose searches take a while. */
const clusters = {
  fast: clusterAt(bootstrap, { name: "fast" }),
  slow: clusterAt(bootstrap, { name: "slow", limits: { scanBytesPerSecond: 1_000_000, scansPerCluster: 2 } }),
} satisfies Record<string, Cluster>;
const client = new kafkajs.Kafka({ brokers: [bootstrap], logLevel: kafkajs.logLevel.NOTHING });
const admin = client.admin();
const producer = client.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner });

let forgetState = () => {};

beforeAll(async () => {
  forgetState = openState(Object.values(clusters));
  await admin.connect();
  await producer.connect();
  await createTopics(admin, [
    { topic: TOPIC, numPartitions: PARTITIONS },
    { topic: SMALL, numPartitions: 2 },
  ]);
  for (let at = 0; at < RECORDS; at += 6_000) {
    const messages = Array.from({ length: 6_000 }, (_, step) => ({
      partition: step % PARTITIONS,
      value: `{"n":${at + step},"text":"${"hay ".repeat(20)}"}`,
    }));
    await producer.send({ topic: TOPIC, messages });
  }
  await producer.send({ topic: SMALL, messages: [{ key: "k", value: "needle" }] });
});
afterAll(async () => {
  await producer.disconnect();
  await admin.disconnect();
  await Promise.all(Object.values(clusters).map(closeCluster));
  await closePool(sharedPool());
  forgetState();
});

/** Fetch requests to brokers while `work` runs, counted where they are written to a socket. */
async function fetchesDuring(work: () => Promise<unknown>): Promise<number> {
  let fetches = 0;
  const channel = tracingChannel<"plt:kafka:connections:api", object>("plt:kafka:connections:api");
  const start = (message: unknown) => {
    if ((message as { apiKey: number }).apiKey === 1) fetches++;
  };
  channel.start.subscribe(start);
  try {
    await work();
  } finally {
    channel.start.unsubscribe(start);
  }
  return fetches;
}

const pause = (milliseconds: number) => new Promise((resume) => setTimeout(resume, milliseconds));

describe("whoever goes away in the middle", () => {
  const streams: [string, typeof read, Record<string, string>][] = [
    ["a search", read, { topics: TOPIC, q: "absent", from: "oldest" }],
    ["a live tail", read, { topics: TOPIC, follow: "true", from: "oldest" }],
    ["a silent live tail", read, { topics: SMALL, follow: "true" }],
    ["an export", download, { topics: TOPIC, format: "jsonl" }],
  ];

  test.each(streams)(
    "of %s stops its fetches, two at most being under way, whether the request or the body ends",
    async (_, handler, query) => {
      for (const way of ["abort", "cancel"] as const) {
        const control = new AbortController();
        let reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
        const opening = await fetchesDuring(async () => {
          reader = (await get(handler, query, "slow", control.signal)).body?.getReader();
          await reader?.read();
          for (let count = 0; count < 2; count++) await Promise.race([reader?.read(), pause(200)]);
        });
        if (way === "abort") control.abort();
        else reader?.cancel().catch(() => {});
        // One fetch may be under way and one about to be sent; a stream that went on would send many, and never be silent for long.
        let later = 0;
        for (let during = 1; during > 0 && later < 10; later += during) during = await fetchesDuring(() => pause(800));
        expect([opening > 0, way, later <= 2]).toEqual([true, way, true]);
      }
    },
  );

  test("of a search that waits gives its turn to the next one", async () => {
    const query = { topics: TOPIC, q: "absent", from: "oldest" };
    const running = await Promise.all([0, 1].map(() => get(read, query, "slow")));
    const control = new AbortController();
    const waiting = await get(read, query, "slow", control.signal);
    const last = await get(read, { ...query, topics: SMALL }, "slow");
    control.abort();
    for (const response of running) response.body?.cancel();
    expect((await linesOf(last)).at(-1)).toMatchObject({ type: "end", reason: "end" });
    await waiting.body?.cancel().catch(() => {});
  });
});

describe("many at once", () => {
  test("eight searches all end, those that wait say so, and a page meanwhile waits for none of them", async () => {
    const query = { topics: TOPIC, filter: "value.n < 0.0", from: "oldest" };
    const searches = Array.from({ length: 8 }, async () => linesOf(await get(read, query)));
    const pages: number[] = [];
    let left = 8;
    const all = Promise.all(searches.map((one) => one.finally(() => left--)));
    while (left > 0) {
      const lines = await linesOf(await get(read, { topics: SMALL }));
      const end = lines.at(-1);
      if (end?.type !== "end") throw new Error(JSON.stringify(end));
      pages.push(end.cost.milliseconds);
      await pause(50);
    }
    const ends = await all;
    for (const lines of ends)
      expect(lines.at(-1)).toMatchObject({ type: "end", reason: "end", scanned: { records: RECORDS }, hits: 0 });
    const waited = ends.filter((lines) => lines.some((line) => line.type === "progress" && line.waiting > 0));
    expect(waited.length).toBeGreaterThanOrEqual(8 - clusters.fast.settings.limits.scansPerCluster);
    pages.sort((a, b) => a - b);
    // A job of a search ends after 15 ms. Were a page to wait for a whole search, each would take seconds.
    expect(pages[Math.floor(pages.length / 2)]).toBeLessThan(1_000);
  });
});

describe("a log whose beginning moves", () => {
  async function logOf(records: number): Promise<{ topic: string; deleteBefore: (offset: number) => Promise<void> }> {
    const topic = `${TOPIC}-moves-${Math.random().toString(36).slice(2)}`;
    await createTopics(admin, [{ topic, numPartitions: 1 }]);
    for (let at = 0; at < records; at += 500)
      await producer.send({
        topic,
        messages: Array.from({ length: 500 }, (_, step) => ({ value: `v${at + step} ${"x".repeat(500)}` })),
      });
    await admin.fetchTopicOffsets(topic); // kafkajs looks for the leader in what it knows already
    return {
      topic,
      deleteBefore: (offset) =>
        admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: `${offset}` }] }),
    };
  }
  const offsetsOf = (lines: MessageLine[]) =>
    lines.flatMap((line) => (line.type === "messages" ? line.messages.map(({ offset }) => Number(offset)) : []));

  test.each(["oldest", "newest"])("under a search from the %s: what is left is looked through once", async (from) => {
    const { topic, deleteBefore } = await logOf(6_000);
    const response = await get(read, { topics: topic, q: "v", from, limit: "100000" }, "slow");
    const lines: MessageLine[] = [];
    let rest = "";
    let moved = false;
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const parts = (rest + chunk).split("\n");
      rest = parts.pop() ?? "";
      lines.push(...parts.map((part) => JSON.parse(part) as MessageLine));
      if (moved || offsetsOf(lines).length === 0) continue;
      moved = true;
      await deleteBefore(5_000);
    }
    const offsets = offsetsOf(lines);
    expect(lines.at(-1)).toMatchObject({ type: "end", reason: "end", warnings: [] });
    expect(new Set(offsets).size).toBe(offsets.length);
    expect(offsets.filter((offset) => offset >= 5_000)).toHaveLength(1_000);
  });

  test("under a live tail: it goes on where the log begins now", async () => {
    const { topic, deleteBefore } = await logOf(500);
    const control = new AbortController();
    const first = readMessageLines(clusters.fast, [topic], { follow: "true", from: "oldest" }, control.signal);
    const lines: MessageLine[] = [];
    let deleted = false;
    for await (const line of first) {
      lines.push(line);
      const offsets = offsetsOf(lines);
      if (offsets.length >= 500 && !deleted) {
        deleted = true;
        await deleteBefore(500);
        await producer.send({ topic, messages: [{ value: "after" }] });
      }
      if (offsets.includes(500)) control.abort();
    }
    expect(offsetsOf(lines)).toEqual(Array.from({ length: 501 }, (_, index) => index));
  });

  test("before what a cursor stands at: the next page begins where the log does", async () => {
    const { topic, deleteBefore } = await logOf(500);
    const end = (await linesOf(await get(read, { topics: topic, from: "oldest", limit: "10" }))).at(-1);
    if (end?.type !== "end" || end.cursor === null) throw new Error("no cursor");
    await deleteBefore(300);
    const lines = await linesOf(await get(read, { topics: topic, limit: "10", cursor: end.cursor }));
    expect(offsetsOf(lines)).toEqual(Array.from({ length: 10 }, (_, index) => 300 + index));
  });
});
