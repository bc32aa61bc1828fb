import { expect, test } from "vitest";
import { everyPage, pageOf } from "./scan/testing.ts";
import { topicsOf } from "./scan/testing-topics.ts";

const { cluster, producer, makeTopic } = topicsOf("large-records");

test("records that fill a page's budget before every partition has told its newest are shown all the same, page after page", async () => {
  const [PARTITIONS, EACH] = [8, 3];
  const topic = await makeTopic(PARTITIONS, { "max.message.bytes": "10000000" });
  const value = Buffer.alloc(9_000_000, "large ");
  const written: string[] = [];
  for (let at = 0; at < PARTITIONS * EACH; at++) {
    const [partition, offset] = [at % PARTITIONS, Math.floor(at / PARTITIONS)];
    await producer.send({ topic, messages: [{ partition, timestamp: String(Date.now() + at), value }] });
    written.push(`${partition}:${offset}`);
  }
  const places = (messages: { partition: number; offset: string }[]) =>
    messages.map(({ partition, offset }) => `${partition}:${offset}`);
  const { messages, end } = await pageOf(cluster, topic);
  expect(messages.length).toBeGreaterThan(2);
  expect(end.warnings).toEqual([]);
  expect(places(await everyPage(cluster, topic, {}))).toEqual(written.toReversed());
  expect(places(await everyPage(cluster, topic, { from: "oldest" }))).toEqual(written);
});
