import { randomBytes } from "node:crypto";
import kafkajs from "kafkajs";
import { expect, inject, test } from "vitest";
import { startWordCount, wordCountTopics } from "./streams.ts";

const { bootstrap, version } = inject("kafka");

test("Kafka's own Streams example counts words, as the newest protocol that the broker has, and ends when told to", async () => {
  const protocol = version.startsWith("3.") ? "classic" : "streams";
  const words = await startWordCount(bootstrap, `words-${randomBytes(3).toString("hex")}`, { protocol });
  const kafka = new kafkajs.Kafka({ brokers: bootstrap.split(","), logLevel: kafkajs.logLevel.NOTHING });
  const [admin, producer] = [kafka.admin(), kafka.producer()];
  try {
    await Promise.all([admin.connect(), producer.connect()]);
    await producer.send({ topic: wordCountTopics.input, messages: [{ value: "one two one" }] });
    const counted = async () => (await admin.fetchTopicOffsets(wordCountTopics.output)).map(({ high }) => Number(high));
    const total = async () => (await counted()).reduce((sum, high) => sum + high, 0);
    await expect.poll(total, { timeout: 30_000, interval: 300 }).toBeGreaterThanOrEqual(3);
  } finally {
    await Promise.all([admin.disconnect(), producer.disconnect(), words.stop()]);
  }
  expect(() => process.kill(words.pid, 0)).toThrow();
});
