import kafkajs from "kafkajs";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { createTopics } from "../../scripts/kafka/topics.ts";
import type { Problem } from "../api/problem.ts";
import { closeCluster } from "../kafka/cluster.ts";
import { closePool, sharedPool } from "../kafka/scan/pool.ts";
import { clusterAt } from "../kafka/testing.ts";
import { get, linesOf, openState, post, read } from "./testing-messages.ts";

const { bootstrap } = inject("kafka");
const SMALL = `questions-${process.pid}`;
const cluster = clusterAt(bootstrap, { name: "fast" });
let forgetState = () => {};

beforeAll(async () => {
  forgetState = openState([cluster]);
  const client = new kafkajs.Kafka({ brokers: [bootstrap], logLevel: kafkajs.logLevel.NOTHING });
  const admin = client.admin();
  const producer = client.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
  await admin.connect();
  await producer.connect();
  await createTopics(admin, [{ topic: SMALL, numPartitions: 2 }]);
  await producer.send({ topic: SMALL, messages: [{ key: "k", value: "needle" }] });
  await producer.disconnect();
  await admin.disconnect();
});
afterAll(async () => {
  await closeCluster(cluster);
  await closePool(sharedPool());
  forgetState();
});

describe("a question that makes no sense is answered as one, and never as a failure of ours", () => {
  const problemOf = async (response: Response) => (await response.json()) as Problem;

  test.each<[Record<string, string>, number, string]>([
    [{ topics: "" }, 400, "bad-request"],
    [{ topics: ",,," }, 400, "bad-request"],
    [{ topics: Array.from({ length: 201 }, (_, index) => `t${index}`).join(",") }, 400, "bad-request"],
    [{ topics: "a".repeat(12_001) }, 400, "bad-request"],
    [{ topics: "absent-topic" }, 404, "topic-not-found"],
    [{ topics: `${SMALL},absent-topic` }, 404, "topic-not-found"],
    [{ topics: SMALL, partition: "2" }, 404, "partition-not-found"],
    [{ topics: SMALL, partition: "999999999" }, 404, "partition-not-found"],
    [{ topics: SMALL, partition: "-1" }, 400, "bad-request"],
    [{ topics: SMALL, partition: "0", from: "offset:9223372036854775807" }, 416, "offset-out-of-range"],
    [{ topics: SMALL, from: "offset:7=1" }, 404, "partition-not-found"],
    [{ topics: SMALL, from: "offset:99999999999999999999" }, 400, "bad-request"],
    [{ topics: SMALL, from: "yesterday" }, 400, "bad-request"],
    [{ topics: SMALL, from: "end-9999999999999999999" }, 400, "bad-request"],
    [{ topics: SMALL, from: "start+9999999999999999999" }, 400, "bad-request"],
    [{ topics: SMALL, from: "time:2026-13-45T99:99:99Z" }, 400, "bad-request"],
    [{ topics: SMALL, from: "time:now", until: "time:-1h" }, 400, "bad-request"],
    [{ topics: SMALL, until: "newest" }, 400, "bad-request"],
    [{ topics: SMALL, limit: "-1" }, 400, "bad-request"],
    [{ topics: SMALL, limit: "9999999" }, 400, "bad-request"],
    [{ topics: SMALL, filter: "value ==" }, 400, "bad-filter"],
    [{ topics: SMALL, filter: "a{1000}" }, 400, "bad-filter"],
    [{ topics: SMALL, q: "(", match: "regex" }, 400, "bad-filter"],
    [{ topics: SMALL, q: "a{1000}".repeat(1_000), match: "regex" }, 400, "bad-filter"],
    [{ topics: SMALL, cursor: "AAAA" }, 400, "bad-cursor"],
    [{ topics: SMALL, cursor: "_".repeat(10_000) }, 400, "bad-cursor"],
    [{ topics: SMALL, cursor: "é" }, 400, "bad-request"],
    [{ topics: SMALL, nonsense: "1" }, 400, "bad-request"],
  ])("%j", async (query, status, code) => {
    const response = await get(read, query);
    expect(await problemOf(response)).toMatchObject({ status, code });
    expect(response.status).toBe(status);
  });

  test.each(["a b", "..", ".", "a/b", "<img src=x>", "\u0000", "名前", "x".repeat(300), "%zz"])(
    "a topic that Kafka would never take: %j",
    async (name) => {
      const response = await get(read, { topics: name });
      expect(response.status).toBeGreaterThanOrEqual(400);
      expect(response.status).toBeLessThan(500);
      expect((await problemOf(response)).code).toMatch(/^(topic-not-found|invalid-topic-name|bad-request)$/);
    },
  );

  test.each<[Record<string, string>, string[]]>([
    [{ topics: `${SMALL},${SMALL}, ${SMALL} ` }, ["needle"]],
    [{ topics: SMALL, limit: "0" }, ["needle"]],
    [{ topics: SMALL, scan: "0" }, []],
    [{ topics: SMALL, q: "needle", scan: "0", limit: "0" }, []],
    [{ topics: SMALL, from: "time:9999999999999999" }, []],
    [{ topics: SMALL, from: "time:-999999999w" }, ["needle"]],
    [{ topics: SMALL, from: "end-9223372036854775807" }, ["needle"]],
    [{ topics: SMALL, from: "start+9223372036854775807" }, []],
    [{ topics: SMALL, partition: "0,0,1,1,0" }, ["needle"]],
  ])("%j has an answer", async (query, values) => {
    const lines = await linesOf(await get(read, query));
    expect(lines.at(-1)).toMatchObject({ type: "end" });
    expect(
      lines.flatMap((line) => (line.type === "messages" ? line.messages.map(({ value }) => value?.text) : [])),
    ).toEqual(values);
  });

  test("a cursor with any bit changed is refused, or leads to records that are there", async () => {
    const end = (await linesOf(await get(read, { topics: SMALL, from: "oldest", limit: "1" }))).at(-1);
    if (end?.type !== "end" || end.cursor === null) throw new Error("no cursor");
    const bytes = Buffer.from(end.cursor, "base64url");
    for (let bit = 0; bit < bytes.length * 8; bit += 3) {
      const damaged = Buffer.from(bytes);
      damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const response = await get(read, { topics: SMALL, limit: "1", cursor: damaged.toString("base64url") });
      if (response.status !== 200) expect(await problemOf(response)).toMatchObject({ code: "bad-cursor" });
      else expect((await linesOf(response)).at(-1)).toMatchObject({ type: "end" });
    }
  });

  test("two hundred topics are asked for as a body, however long their names", async () => {
    const names = Array.from({ length: 199 }, (_, index) => `${"n".repeat(200)}${index}`);
    const response = await post({ topics: [SMALL, ...names].join(",") });
    expect(await problemOf(response)).toMatchObject({ status: 404, code: "topic-not-found" });
  });
});
