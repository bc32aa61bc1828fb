import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { type KafkaCluster, startKafka } from "../../scripts/kafka/cluster.ts";
import type { ExportQuery } from "../api/message-queries.ts";
import { problemOf } from "../api/problem.ts";
import type { CopyBody, CopyLine, NewRecord } from "../api/produce.ts";
import { parseRecordLines } from "../api/record-lines.ts";
import { type Int64, toInt64 } from "../api/scalars.ts";
import { type Cluster, closeCluster } from "./cluster.ts";
import { copyMessages } from "./copy.ts";
import { withCost } from "./cost.ts";
import { createTopic } from "./create-topic.ts";
import { exportMessages } from "./export.ts";
import { produceMessages } from "./produce.ts";
import { clusterAt } from "./testing.ts";

const { signal } = new AbortController();
let kafka: KafkaCluster;
let here: Cluster;
let there: Cluster;

beforeAll(async () => {
  kafka = await startKafka({ brokers: 1 });
  here = clusterAt(inject("kafka").bootstrap, { name: "here" });
  there = clusterAt(kafka.bootstrap, { name: "there" });
});
afterAll(async () => {
  for (const cluster of [here, there]) if (cluster) await closeCluster(cluster);
  await kafka?.stop();
});

async function made(cluster: Cluster, partitions = 3, configs: Record<string, string> = {}): Promise<string> {
  const name = `c-${randomBytes(4).toString("hex")}`;
  await createTopic(cluster, { name, partitions, configs }, signal);
  return name;
}
const produce = (cluster: Cluster, topic: string, records: NewRecord[], codec?: "zstd") =>
  withCost(() => produceMessages(cluster, topic, { records, codec }, signal), 15_000);

async function exported(cluster: Cluster, topics: string, query: Partial<ExportQuery> = {}): Promise<string> {
  const file = await exportMessages(cluster, { topics, format: "jsonl", ...query }, signal);
  const pieces: Uint8Array[] = [];
  for await (const piece of file.body) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

/** The lines without what differs from topic to topic. */
const bare = (text: string) =>
  text
    .trim()
    .split("\n")
    .map((line) => {
      const { topic: _, offset: __, ...rest } = JSON.parse(line);
      return rest;
    });
const byKey = (a: { key: unknown }, b: { key: unknown }) => JSON.stringify(a.key).localeCompare(JSON.stringify(b.key));

const odd: NewRecord[] = [
  {
    partition: 0,
    key: "ключ",
    value: '{"n":12345678901234567890.10,"a":1,"a":2}',
    timestamp: "1763812800123" as Int64,
  },
  { partition: 0, key: null, value: null, timestamp: "-1" as Int64 },
  { partition: 1, key: "", value: "", timestamp: "0" as Int64, headers: [] },
  { partition: 1, key: { base64: "/wA=" }, value: { base64: "gIGC" }, timestamp: "5" as Int64 },
  {
    partition: 2,
    key: "h",
    value: "line\nline\u2028\u0000",
    timestamp: "6" as Int64,
    headers: [
      { key: "b", value: "1" },
      { key: { base64: "/w==" }, value: null },
      { key: "b", value: { base64: "/w==" } },
      { key: "", value: "" },
    ],
  },
];

describe("an export", () => {
  test("as JSON lines is produced again as the same records, and exported again as the same lines", async () => {
    const [first, second] = [await made(here), await made(here)];
    await produce(here, first, odd);
    const text = await exported(here, first);
    const { records, problems } = parseRecordLines(text);
    expect([records.length, problems]).toEqual([odd.length, []]);
    const { items } = await produce(here, second, records, "zstd");
    expect(items.every(({ problem }) => problem === null)).toBe(true);
    const again = await exported(here, second);
    expect(again.split("\n").sort()).toEqual(text.replaceAll(first, second).split("\n").sort());
  });

  test("has what matches, or the newest, and a name with the time", async () => {
    const topic = await made(here, 1);
    await produce(
      here,
      topic,
      Array.from({ length: 20 }, (_, at) => ({ key: `${at}`, value: `v${at % 5}` })),
    );
    expect(bare(await exported(here, topic, { value: "v3", match: "exact" })).map(({ key }) => key)).toEqual([
      "3",
      "8",
      "13",
      "18",
    ]);
    expect(bare(await exported(here, topic, { limit: "2" })).map(({ key }) => key)).toEqual(["19", "18"]);
    expect(bare(await exported(here, topic, { from: "offset:17" })).map(({ key }) => key)).toEqual(["17", "18", "19"]);
    const { name } = await exportMessages(here, { topics: `${topic},${topic}`, format: "csv" }, signal);
    expect(name).toMatch(new RegExp(`^${topic}-\\d{8}T\\d{6}Z\\.csv$`));
  });

  test("as CSV has its header line even where nothing matches, and JSON lines have nothing", async () => {
    const topic = await made(here, 1);
    expect(await exported(here, topic, { format: "csv" })).toMatch(/^time,timestamp,topic.*\r\n$/);
    expect(await exported(here, topic)).toBe("");
  });

  test("ends where the topic ended when it began, and stops when its reader leaves", async () => {
    const topic = await made(here, 2);
    const value = "x".repeat(900);
    const some = Array.from({ length: 5000 }, (_, at) => ({ key: `${at}`, value, partition: at % 2 }));
    await produce(here, topic, some);
    const file = await exportMessages(here, { topics: topic, format: "jsonl" }, signal);
    const body = file.body[Symbol.asyncIterator]();
    let lines = 0;
    for (let step = await body.next(); !step.done; step = await body.next()) {
      if (lines === 0) await produce(here, topic, some.slice(0, 100));
      expect(step.value.at(-1)).toBe(10);
      lines += Buffer.from(step.value).toString().split("\n").length - 1;
    }
    expect(lines).toBe(5000);
    const left = (await exportMessages(here, { topics: topic, format: "jsonl" }, signal)).body[Symbol.asyncIterator]();
    await left.next();
    await left.return?.();
    expect((await left.next()).done).toBe(true);
  });

  test("that is cancelled breaks off", async () => {
    const topic = await made(here, 1);
    await produce(
      here,
      topic,
      Array.from({ length: 5000 }, () => ({ value: "x".repeat(900) })),
    );
    const leaving = new AbortController();
    const { body } = await exportMessages(here, { topics: topic, format: "jsonl" }, leaving.signal);
    const reading = (async () => {
      for await (const _ of body) leaving.abort();
    })();
    await expect(reading).rejects.toMatchObject({ code: "cancelled" });
  });
});

async function copied(target: string, body: CopyBody, from: Cluster = there, to: Cluster = here) {
  const lines: CopyLine[] = [];
  const told: Record<string, unknown>[] = [];
  for await (const line of copyMessages(from, to, target, body, signal, (did) => told.push(did))) lines.push(line);
  const [plan, last] = [lines[0], lines.at(-1)];
  return { lines, plan, last, told: told.at(-1) };
}
const refusal = (work: Promise<unknown>) => work.then(() => null).catch((error: unknown) => problemOf(error));
const all = (topics: string, cluster = "there") => ({ cluster, query: { topics } });

describe("a copy", () => {
  test("to another cluster is the same to the byte, in the same partitions", async () => {
    const [source, target] = [await made(there), await made(here)];
    await produce(there, source, odd, "zstd");
    const { plan, last, told } = await copied(target, { from: all(source), partitions: "same", codec: "lz4" });
    expect(plan).toMatchObject({ type: "plan", offsets: "5", partitions: 3, warnings: [] });
    expect(last).toMatchObject({ type: "end", covered: "5", copied: 5, cursor: null, warnings: [] });
    expect(told).toMatchObject({ copied: 5 });
    expect(bare(await exported(here, target)).sort(byKey)).toEqual(bare(await exported(there, source)).sort(byKey));
    const { stdout } = await kafkaConsumer(target);
    expect(stdout).toContain("CreateTime:1763812800123|Partition:0|NO_HEADERS|ключ|");
  });

  test("is planned without writing, and the cursor of the plan copies just that", async () => {
    const [source, target] = [await made(there, 2), await made(here, 5)];
    await produce(
      there,
      source,
      Array.from({ length: 3000 }, (_, at) => ({ key: `${at}`, value: `v${at}` })),
    );
    const planned = await copied(target, { from: all(source), validateOnly: true });
    expect(planned.lines.map(({ type }) => type)).toEqual(["plan", "end"]);
    expect(await exported(here, target)).toBe("");
    await produce(there, source, [{ key: "later", value: "x" }]);
    const cursor = planned.plan?.type === "plan" ? (planned.plan.cursor ?? undefined) : undefined;
    const { last } = await copied(target, {
      from: { cluster: "there", query: { topics: source, cursor } },
      timestamps: "now",
    });
    expect(last).toMatchObject({ type: "end", copied: 3000, cursor: null });
    const found = bare(await exported(here, target));
    expect(new Set(found.map(({ key }) => key)).size).toBe(3000);
    expect(found.some(({ key }) => key === "later")).toBe(false);
  });

  test("of matches and of named records leaves the others, and tells what is not there", async () => {
    const [source, target, other] = [await made(there, 1), await made(here, 1), await made(here, 1)];
    await produce(
      there,
      source,
      Array.from({ length: 1200 }, (_, at) => ({ key: `${at}`, value: `v${at % 400}` })),
    );
    await copied(target, { from: { cluster: "there", query: { topics: source, value: "v7", match: "exact" } } });
    expect(bare(await exported(here, target)).map(({ key }) => key)).toEqual(["7", "407", "807"]);
    const place = (offset: bigint) => ({ topic: source, partition: 0, offset: toInt64(offset) });
    const records = [place(1100n), place(3n), place(4n), place(3n)];
    const { plan, last } = await copied(other, { from: { cluster: "there", records } });
    expect([plan, last]).toMatchObject([{ offsets: "3" }, { type: "end", copied: 3, cursor: null, warnings: [] }]);
    expect(bare(await exported(here, other)).map(({ key }) => key)).toEqual(["3", "4", "1100"]);
    const beyond = copied(other, { from: { cluster: "there", records: [place(1200n)] } });
    expect(await refusal(beyond)).toMatchObject({ code: "offset-out-of-range" });
  });

  test("to the same numbers is refused where the target has fewer", async () => {
    const [source, target] = [await made(there, 3), await made(here, 2)];
    const body: CopyBody = { from: all(source), partitions: "same", validateOnly: true };
    expect(await refusal(copied(target, body))).toMatchObject({ code: "partition-not-found", field: "partitions" });
  });

  test("onto itself doubles the topic and ends", async () => {
    const topic = await made(here, 2);
    await produce(
      here,
      topic,
      Array.from({ length: 2500 }, (_, at) => ({ key: `${at}`, value: "v" })),
    );
    const { last } = await copied(topic, { from: all(topic, "here") }, here, here);
    expect(last).toMatchObject({ type: "end", copied: 2500, cursor: null });
    expect(bare(await exported(here, topic))).toHaveLength(5000);
  });

  test("that meets a record the target does not take names it, and its cursor goes on from there", async () => {
    const [source, target] = [await made(there, 1), await made(here, 1, { "max.message.bytes": "2000" })];
    const records = Array.from({ length: 30 }, (_, at) => ({
      key: `${at}`,
      value: at === 17 ? "x".repeat(3000) : "v",
    }));
    await produce(there, source, records);
    const { last } = await copied(target, { from: all(source) });
    expect(last).toMatchObject({
      type: "error",
      copied: 17,
      problem: {
        code: "record-too-large",
        detail: expect.stringMatching(
          /^Offset 17 of .* partition 0: It takes 30\d\d bytes; [^.]*.message.bytes of \S+ is 2000\.$/,
        ),
      },
    });
    const cursor = last?.type === "error" ? (last.cursor ?? undefined) : undefined;
    const more = await copied(target, { from: { cluster: "there", query: { topics: source, cursor } }, codec: "gzip" });
    expect(more.last).toMatchObject({ type: "end", copied: 13, cursor: null });
    expect(bare(await exported(here, target)).map(({ key }) => key)).toEqual(records.map(({ key }) => key));
  });

  test("needs either records or a query", async () => {
    const target = await made(here, 1);
    expect(await refusal(copied(target, { from: { cluster: "there" } }))).toMatchObject({ code: "bad-request" });
  });
});

/** What Kafka's own consumer reads on the shared broker. */
const kafkaConsumer = (topic: string) =>
  kafka.run("kafka-console-consumer", [
    ...["--bootstrap-server", inject("kafka").bootstrap, "--topic", topic, "--from-beginning", "--max-messages", "5"],
    ...["timestamp", "partition", "headers", "key"].flatMap((part) => ["--property", `print.${part}=true`]),
    ...["--property", "key.separator=|", "--timeout-ms", "8000"],
  ]);
