import kafkajs from "kafkajs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type KafkaCluster, startKafka } from "../../scripts/kafka/cluster.ts";
import { createTopics } from "../../scripts/kafka/topics.ts";
import type { MessagesQuery } from "../api/message-queries.ts";
import type { MessageLine } from "../api/messages.ts";
import { problemOf } from "../api/problem.ts";
import type { CopyLine } from "../api/produce.ts";
import type { Int64 } from "../api/scalars.ts";
import { ask } from "./ask.ts";
import { type Cluster, closeCluster } from "./cluster.ts";
import { copyMessages } from "./copy.ts";
import { exportMessages } from "./export.ts";
import { readMessage } from "./message.ts";
import { readMessageLines } from "./messages.ts";
import { readTopicMetadata } from "./metadata.ts";
import { readPayloadFile } from "./payload-file.ts";
import { produceByName } from "./protocol/produce.ts";
import { closePool, sharedPool } from "./scan/pool.ts";
import { pageOf } from "./scan/testing.ts";
import { type BombKind, bombKinds, bombOf, crowdOf } from "./scan/testing-bombs.ts";
import { write } from "./scan/writer.ts";
import { clusterAt } from "./testing.ts";

const MEGABYTE = 1 << 20;
const { signal } = new AbortController();
/** zstd packs 1.5 GB into 45 kB; the others take what a topic takes. */
const unpacked: Record<BombKind, number> = {
  gzip: 260 * MEGABYTE,
  "snappy-xerial": 80 * MEGABYTE,
  "snappy-raw": 80 * MEGABYTE,
  lz4: 150 * MEGABYTE,
  zstd: 1_500_000_000,
};
/** Processor time of one answer, all threads. */
const SOON_MS = 2_000;
/** What a worker may unpack, twice over, and what a fetch holds. */
const MOST_GROWTH = 400 * MEGABYTE;
/** A download may be of 256 MB, and is there twice for a moment. */
const DOWNLOAD_GROWTH = 700 * MEGABYTE;

let kafka: KafkaCluster;
let cluster: Cluster;
const topicOf = (kind: string) => `bomb.${kind}`;

beforeAll(async () => {
  // A broker unpacks a raw snappy block in one piece, so it needs the memory that we must not.
  kafka = await startKafka({ brokers: 1, heap: 512, properties: { "auto.create.topics.enable": "false" } });
  cluster = clusterAt(kafka.bootstrap);
  const admin = new kafkajs.Kafka({ brokers: [kafka.bootstrap], logLevel: kafkajs.logLevel.NOTHING }).admin();
  await admin.connect();
  const configEntries = [{ name: "max.message.bytes", value: "30000000" }];
  await createTopics(
    admin,
    [...bombKinds, "crowd", "large", "near"].map((kind) => ({
      topic: topicOf(kind),
      numPartitions: 1,
      configEntries,
    })),
  );
  await createTopics(admin, [{ topic: "target", numPartitions: 1 }]);
  await admin.disconnect();
  for (const kind of bombKinds) {
    await send(topicOf(kind), plain("before"));
    await send(topicOf(kind), bombOf(kind, unpacked[kind]));
    await send(topicOf(kind), plain("behind"));
  }
});
afterAll(async () => {
  await closeCluster(cluster);
  await closePool(sharedPool());
  await kafka.stop();
});

const plain = (text: string) =>
  write({
    records: [{ timestamp: BigInt(Date.now()), key: null, value: Buffer.from(JSON.stringify({ text })), headers: [] }],
  });

async function send(topic: string, batch: Buffer): Promise<void> {
  const { partitions } = await readTopicMetadata(cluster, topic);
  const written = { topic, partitions: [{ partition: 0, batch }], onSend: () => {} };
  const request = { acks: -1 as const, timeoutMs: 4_000, ...written };
  const answer = await ask(cluster, partitions[0]?.leader ?? -1, produceByName, [request]);
  expect(answer.partitions).toMatchObject([{ errorCode: 0 }]);
}

/**
 * Runs `work` and holds it to what any answer may cost: time, memory, and how long nothing else is answered meanwhile. Times
 * are those of the processor, as the machine may have other work.
 */
async function bounded<T>(work: () => Promise<T>, most = SOON_MS, growth = MOST_GROWTH): Promise<T> {
  const before = process.memoryUsage().rss;
  let peak = before;
  let longest = 0;
  let last = process.threadCpuUsage();
  const sampling = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss);
    const { user, system } = process.threadCpuUsage(last);
    longest = Math.max(longest, (user + system) / 1000);
    last = process.threadCpuUsage();
  }, 5);
  const started = process.cpuUsage();
  try {
    return await work();
  } finally {
    const { user, system } = process.cpuUsage(started);
    clearInterval(sampling);
    expect((user + system) / 1000).toBeLessThan(most);
    expect(peak - before).toBeLessThan(growth);
    expect(longest).toBeLessThan(100);
  }
}

const texts = (lines: MessageLine[]) =>
  lines
    .flatMap((line) => (line.type === "messages" ? line.messages : []))
    .map(({ value, problem }) => problem?.code ?? (JSON.parse(value?.text ?? "{}") as { text: string }).text);

async function linesOf(topic: string, query: MessagesQuery): Promise<MessageLine[]> {
  const lines: MessageLine[] = [];
  for await (const line of readMessageLines(cluster, [topic], query, signal)) lines.push(line);
  return lines;
}

describe.each(bombKinds)("a bomb of %s", (kind) => {
  const topic = topicOf(kind);
  const MARK = "record-undecodable";

  test("is a mark on a page, between its neighbours", async () => {
    expect(texts(await bounded(() => linesOf(topic, {})))).toEqual(["behind", MARK, "before"]);
    expect(texts(await bounded(() => linesOf(topic, { from: "oldest" })))).toEqual(["before", MARK, "behind"]);
  });

  test.each([{ q: "behind" }, { filter: 'value.text == "behind"' }, { value: "!before", from: "oldest" }])(
    "is passed by a search with a warning that names its offset: %j",
    async (query) => {
      const lines = await bounded(() => linesOf(topic, { from: "oldest", ...query }));
      expect(texts(lines)).toEqual(["behind"]);
      expect(lines.at(-1)).toMatchObject({
        type: "end",
        reason: "end",
        covered: "3",
        warnings: [{ code: MARK, partition: 0, detail: expect.stringContaining("Offsets 1 to 1") }],
        failed: { records: 1, offset: "1" },
      });
    },
  );

  test("is passed by a live tail, which says so", async () => {
    const leaving = new AbortController();
    const lines: MessageLine[] = [];
    await bounded(async () => {
      for await (const line of readMessageLines(cluster, [topic], { follow: "true", from: "oldest" }, leaving.signal)) {
        lines.push(line);
        if (texts(lines).includes("behind") && line.type === "progress") leaving.abort();
      }
    });
    expect(texts(lines)).toEqual(["before", "behind"]);
    expect(lines.flatMap((line) => (line.type === "progress" ? (line.warnings ?? []) : []))).toMatchObject([
      { code: MARK, partition: 0 },
    ]);
  });

  test("is told where it is asked for alone", async () => {
    const place = { topic, partition: 0, offset: 1n };
    expect(await bounded(() => readMessage(cluster, place, {}, signal))).toMatchObject({
      offset: "1",
      problem: { code: MARK },
    });
    const download = () =>
      readPayloadFile(cluster, place, "value", signal)
        .then(sizeOf)
        .catch((error: unknown) => problemOf(error)?.code);
    expect([MARK, unpacked[kind]]).toContain(await bounded(download, SOON_MS, DOWNLOAD_GROWTH));
  });

  test("breaks an export off, which holds only what was before it", async () => {
    const { body } = await exportMessages(cluster, { topics: topic, format: "jsonl" }, signal);
    let text = "";
    const reading = (async () => {
      for await (const chunk of body) text += Buffer.from(chunk).toString();
    })();
    await bounded(() => expect(reading).rejects.toMatchObject({ code: MARK }));
    expect(text.split("\n").filter((line) => line !== "").length).toBeLessThan(3);
  });

  test("is not copied, and what a copy did is told", async () => {
    const lines: CopyLine[] = [];
    await bounded(async () => {
      const from = {
        cluster: "test",
        records: [0, 1, 2].map((at) => ({ topic, partition: 0, offset: `${at}` as Int64 })),
      };
      for await (const line of copyMessages(cluster, cluster, "target", { from }, signal, () => {})) lines.push(line);
    });
    const told = JSON.stringify(lines.at(-1));
    expect(told).toContain(MARK);
  });
});

describe("a record of 20 MB", () => {
  const topic = topicOf("large");
  const END = "the very end";
  const value = Buffer.concat([
    Buffer.from('{"text":"'),
    Buffer.alloc(20 * MEGABYTE, "large "),
    Buffer.from(`${END}"}`),
  ]);

  beforeAll(async () => {
    const record = { timestamp: BigInt(Date.now()), key: Buffer.from("k"), value, headers: [] };
    await send(topic, plain("before"));
    await send(topic, write({ records: [record] }));
    await send(topic, plain("behind"));
    await send(topic, write({ codec: "zstd", records: [record] }));
  });

  test.each<MessagesQuery>([{}, { from: "oldest" }])(
    "is shown cut, with its size and its neighbours: %j",
    async (query) => {
      const { messages } = await bounded(() => pageOf(cluster, topic, query));
      const shown = messages.sort((a, b) => Number(a.offset) - Number(b.offset)).map((one) => one.value);
      expect(shown).toMatchObject([
        { truncated: false },
        { format: "json", size: value.length, truncated: true },
        { truncated: false },
        { format: "json", size: value.length, truncated: true },
      ]);
      expect(shown.map((payload) => payload?.text.length)).toEqual([17, 65_536, 17, 65_536]);
    },
  );

  test.each<MessagesQuery>([
    { q: END },
    { q: END.toUpperCase(), from: "oldest" },
    { filter: `value.text.endsWith("${END}")` },
  ])("is found by what stands at its end: %j", async (query) => {
    const { messages, end } = await bounded(() => pageOf(cluster, topic, query), 8_000);
    expect(messages.map(({ offset }) => offset).sort()).toEqual(["1", "3"]);
    expect(end).toMatchObject({ reason: "end", failed: null, warnings: [] });
  });

  test("is shown to 1 MB where it is alone, and downloaded byte by byte", async () => {
    for (const offset of [1n, 3n]) {
      const place = { topic, partition: 0, offset };
      const record = await bounded(() => readMessage(cluster, place, {}, signal));
      expect(record.value).toMatchObject({ size: value.length, truncated: true });
      expect(record.value?.text.length).toBe(MEGABYTE);
      const { body } = await bounded(() => readPayloadFile(cluster, place, "value", signal));
      const parts: Uint8Array[] = [];
      for await (const part of body) parts.push(part);
      expect(Buffer.concat(parts).equals(value)).toBe(true);
    }
  });

  test("is whole in an export", async () => {
    const { body } = await exportMessages(cluster, { topics: topic, format: "jsonl" }, signal);
    const parts: Uint8Array[] = [];
    await bounded(async () => {
      for await (const part of body) parts.push(part);
    }, 8_000);
    const lines = Buffer.concat(parts).toString().trimEnd().split("\n");
    expect(lines.map((line) => (JSON.parse(line) as { value: string }).value.length)).toEqual([
      17,
      value.length,
      17,
      value.length,
    ]);
  });
});

test("a page and a search of a batch of half a million records take no more than of others", async () => {
  const topic = topicOf("crowd");
  const COUNT = 500_000;
  await send(topic, crowdOf(COUNT));
  for (const query of [{}, { from: "oldest" }, { from: "offset:250000" }])
    expect((await bounded(() => pageOf(cluster, topic, query))).messages).toHaveLength(50);
  const { end } = await bounded(() => pageOf(cluster, topic, { q: "absent", from: "oldest" }), 15_000);
  expect(end).toMatchObject({ reason: "end", scanned: { records: COUNT } });
});

test("a page of batches that all unpack to just below the limit ends in its time, with what came and a cursor", async () => {
  const topic = topicOf("near");
  const COUNT = 20;
  for (let count = 0; count < COUNT; count++) await send(topic, bombOf("lz4", 60 * MEGABYTE));
  const { messages, end } = await bounded(() => pageOf(cluster, topic, {}), 6_000);
  expect(messages.length).toBeGreaterThan(0);
  if (messages.length < COUNT) expect(end).toMatchObject({ reason: "budget", cursor: expect.any(String) });
  const rest = end.cursor ? await pageOf(cluster, topic, { cursor: end.cursor }) : null;
  expect(Number(rest?.messages[0]?.offset ?? -1)).toBe(COUNT - 1 - messages.length);
});

/** Of a file's bytes, or the code of the problem. */
const sizeOf = async ({ body }: { body: AsyncIterable<Uint8Array> }): Promise<number> => {
  let size = 0;
  for await (const chunk of body) size += chunk.length;
  return size;
};
