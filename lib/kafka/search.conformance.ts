import { beforeAll, describe, expect, test } from "vitest";
import type { MessagesQuery } from "../api/message-queries.ts";
import type { Message, MessageLine } from "../api/messages.ts";
import { type Cluster, closeCluster } from "./cluster.ts";
import { readMessageLines } from "./messages.ts";
import { openRanges } from "./ranges.ts";
import { type Codec, codecNames } from "./scan/codecs.ts";
import type { Search } from "./scan/search-state.ts";
import { pageOf, registerCodecs } from "./scan/testing.ts";
import { topicsOf } from "./scan/testing-topics.ts";
import { followSearch } from "./search.ts";
import { clusterAt, eventually } from "./testing.ts";

registerCodecs();
const { bootstrap, cluster, kafka, admin, producer, makeTopic, ended } = topicsOf("search");
const RECORDS = 6_000;
const PARTITIONS = 3;
const codecNumbers: Record<Codec, number> = { none: 0, gzip: 1, snappy: 2, lz4: 3, zstd: 4 };

/** Every 100th record is rare; an id above 2^53; text to make the batches large. */
const textOf = (index: number) =>
  `{"n":${index},"id":${9_007_199_254_740_993n + BigInt(index)},"kind":"${index % 100 === 7 ? "rare" : "usual"}","text":"${`t${index} `.repeat(20)}"}`;

async function fill(topic: string, codec: Codec): Promise<void> {
  for (let from = 0; from < RECORDS; from += 500) {
    const messages = Array.from({ length: 500 }, (_, step) => ({
      partition: (from + step) % PARTITIONS,
      key: `k${from + step}`,
      value: textOf(from + step),
    }));
    await producer.send({ topic, compression: codecNumbers[codec], messages });
  }
}

const numberOf = ({ value }: Message): number => (JSON.parse(value?.text ?? "{}") as { n: number }).n;
const sorted = (messages: Message[]) => messages.map(numberOf).sort((a, b) => a - b);
const rare = Array.from({ length: RECORDS / 100 }, (_, index) => index * 100 + 7);

describe.each(codecNames)("in batches of %s", (codec) => {
  let topic: string;
  beforeAll(async () => {
    topic = await makeTopic(PARTITIONS);
    await fill(topic, codec);
  });

  test.each([
    { q: "RARE" },
    { q: "rare", case: "true", in: "value" },
    { filter: 'value.kind == "rare"' },
    { filter: "value.n % 100 == 7" },
    { filter: "(value.id - 9007199254741000) % 100 == 0" },
    { q: "kind...rare", match: "regex" },
  ] as MessagesQuery[])("%j finds each match once, forwards and backwards", async (query) => {
    for (const from of ["oldest", "newest"]) {
      const { messages, end } = await pageOf(cluster, topic, { ...query, from, limit: "1000" });
      expect(sorted(messages)).toEqual(rare);
      expect(end).toMatchObject({
        reason: "end",
        hits: rare.length,
        failed: null,
        warnings: [],
        covered: `${RECORDS}`,
      });
      expect(end.scanned.records).toBe(RECORDS);
    }
  });

  test.each(["oldest", "newest"])(
    "cursors continue from %s without repeat or gap, whatever ended each part",
    async (from) => {
      const found: Message[] = [];
      let scanned = 0;
      let query: MessagesQuery = { from };
      for (let part = 0; part < 100; part++) {
        const limits: MessagesQuery = part % 2 === 0 ? { limit: "7" } : { scan: "777", limit: "1000" };
        const { messages, end } = await pageOf(cluster, topic, { ...query, ...limits, q: "rare" });
        found.push(...messages);
        scanned += end.scanned.records;
        if (part % 2 === 1 && end.reason === "scan") expect(end.scanned.records).toBe(777);
        if (part % 2 === 0 && end.reason === "limit") expect(messages).toHaveLength(7);
        if (end.reason === "end" || end.cursor === null) break;
        query = { cursor: end.cursor };
      }
      expect(sorted(found)).toEqual(rare);
      expect(scanned).toBeGreaterThanOrEqual(RECORDS);
    },
  );
});

describe("what is not there any more, or not yet", () => {
  test("compacted records are passed over, and counted as what they are", async () => {
    const topic = await makeTopic(1, {
      "cleanup.policy": "compact",
      "segment.ms": "100",
      "min.cleanable.dirty.ratio": "0.01",
      "max.compaction.lag.ms": "100",
    });
    for (let round = 0; round < 5; round++) {
      const messages = Array.from({ length: 50 }, (_, n) => ({
        key: `k${n % 5}`,
        value: `{"n":${n},"round":${round}}`,
      }));
      await producer.send({ topic, messages });
      await new Promise((resume) => setTimeout(resume, 150));
    }
    const whole = () => pageOf(cluster, topic, { from: "oldest", scan: "100000", limit: "1000" });
    await producer.send({ topic, messages: [{ key: "last", value: '{"n":0,"round":9}' }] });
    const compacted = await eventually(whole, ({ messages }) => messages.length < 150);
    for (const from of ["oldest", "newest"]) {
      const { messages, end } = await pageOf(cluster, topic, { from, filter: "value.round == 4", limit: "1000" });
      expect(messages.length).toBe(compacted.messages.filter(({ value }) => value?.text.includes('"round":4')).length);
      expect(end).toMatchObject({ reason: "end", covered: "251" });
    }
  });

  test("aborted records are hits only where uncommitted ones are asked for, and then marked", async () => {
    const topic = await makeTopic(1);
    const transactional = kafka.producer({ transactionalId: `${topic}-tx`, idempotent: true, maxInFlightRequests: 1 });
    await transactional.connect();
    for (const outcome of ["commit", "abort", "commit"] as const) {
      const transaction = await transactional.transaction();
      await transaction.send({ topic, messages: [{ value: `needle ${outcome}` }] });
      await transaction[outcome]();
    }
    await transactional.disconnect();
    await ended(topic, 6);
    for (const from of ["oldest", "newest"]) {
      const committed = await pageOf(cluster, topic, { from, q: "needle" });
      expect(committed.messages.map(({ value }) => value?.text)).toEqual(["needle commit", "needle commit"]);
      const all = await pageOf(cluster, topic, { from, q: "needle", isolation: "read_uncommitted" });
      expect(all.messages.map(({ transaction }) => transaction)).toEqual(["committed", "aborted", "committed"]);
    }
  });

  test("a topic that is deleted meanwhile ends the search with topic-not-found", async () => {
    const topic = await makeTopic(PARTITIONS);
    await fill(topic, "none");
    const slow = clusterAt(bootstrap, { limits: { scanBytesPerSecond: 100_000, scansPerCluster: 2 } });
    const lines = readMessageLines(slow, [topic], { from: "oldest", q: "absent" }, new AbortController().signal);
    let last: MessageLine | null = null;
    for await (const line of lines) {
      if (line.type === "start") await admin.deleteTopics({ topics: [topic] });
      last = line;
    }
    await closeCluster(slow);
    expect(last).toMatchObject({ type: "error", problem: { code: "topic-not-found" } });
  });

  test("a topic or a filter that is not valid is said before the first line", async () => {
    await expect(pageOf(cluster, "nowhere", { q: "x" })).rejects.toMatchObject({ code: "topic-not-found" });
    await expect(pageOf(cluster, "nowhere", { filter: "value ==" })).rejects.toMatchObject({ code: "bad-filter" });
  });
});

describe("searches and others", () => {
  let topic: string;
  beforeAll(async () => {
    topic = await makeTopic(PARTITIONS);
    await fill(topic, "none");
  });

  const wish = { output: "shown", hits: 1_000, view: null } as const;
  const slowly = (scansPerCluster: number): Cluster =>
    clusterAt(bootstrap, { limits: { scanBytesPerSecond: 200_000, scansPerCluster } });

  test("whoever leaves stops the fetches at once", async () => {
    const slow = slowly(2);
    const { signal } = new AbortController();
    const opened = await openRanges(slow, [topic], { from: "oldest" }, signal);
    let left: Search | null = null;
    for await (const { search } of followSearch(slow, opened, { q: "absent" }, wish, signal)) {
      left = search;
      if (search.source.requests >= 1) break;
    }
    const requests = left?.source.requests;
    await new Promise((resume) => setTimeout(resume, 1_500));
    expect(left?.source.requests).toBe(requests);
    expect(left?.held).toBe(0);
    expect(left?.ended).toBeNull();
    await closeCluster(slow);
  });

  test("one that waits for others says so, and runs when they are done", async () => {
    const slow = slowly(1);
    const run = async (query: MessagesQuery) => {
      const lines: MessageLine[] = [];
      for await (const line of readMessageLines(slow, [topic], query, new AbortController().signal)) lines.push(line);
      return lines;
    };
    const first = run({ from: "oldest", q: "absent" });
    await new Promise((resume) => setTimeout(resume, 300));
    const second = await run({ from: "oldest", q: "rare", limit: "1" });
    const waits = second.flatMap((line) => (line.type === "progress" ? [line.waiting] : []));
    expect(waits[0]).toBe(1);
    expect(waits.at(-1)).toBe(0);
    expect(second.at(-1)).toMatchObject({ type: "end", reason: "limit", hits: 1 });
    expect((await first).at(-1)).toMatchObject({ type: "end", reason: "end" });
    await closeCluster(slow);
  });

  test("a filter that takes too long for one record ends with that, and pages are read on", async () => {
    const evil = await makeTopic(1);
    const list = JSON.stringify(Array.from({ length: 30_000 }, (_, index) => index));
    await producer.send({ topic: evil, messages: [{ value: list }] });
    const lines: MessageLine[] = [];
    const filter = "value.exists(x, value.exists(y, x + y < 0.0))";
    for await (const line of readMessageLines(cluster, [evil], { filter }, new AbortController().signal))
      lines.push(line);
    expect(lines.at(-1)).toMatchObject({ type: "error", problem: { code: "filter-too-slow" } });
    expect((await pageOf(cluster, topic, { limit: "5" })).messages).toHaveLength(5);
  });

  test("several topics are searched at once", async () => {
    const other = await makeTopic(PARTITIONS);
    await producer.send({ topic: other, messages: [{ key: "k107", value: textOf(107) }] });
    const { messages, end } = await pageOf(cluster, `${topic},${other}`, { q: "k107", in: "key", match: "exact" });
    expect(messages.map((message) => message.topic).sort()).toEqual([topic, other].sort());
    expect(end.scanned.records).toBe(RECORDS + 1);
  });

  test("a limit on bytes a second is kept", async () => {
    const started = performance.now();
    const slow = clusterAt(bootstrap, { limits: { scanBytesPerSecond: 500_000, scansPerCluster: 2 } });
    const { end } = await pageOf(slow, topic, { from: "oldest", q: "absent" });
    const seconds = (performance.now() - started) / 1_000;
    await closeCluster(slow);
    expect(end.reason).toBe("end");
    // The first half second's worth is there from the start, and the last answer is not waited for.
    expect(end.scanned.bytes / seconds).toBeLessThan(2_000_000);
  });
});
