import { expect, test } from "vitest";
import type { MessagesQuery } from "../api/message-queries.ts";
import type { MessageLine } from "../api/messages.ts";
import { readMessageLines } from "./messages.ts";
import { topicsOf } from "./scan/testing-topics.ts";

const { cluster, admin, producer, makeTopic } = topicsOf("tail");

const send = (topic: string, values: string[], partition = 0) =>
  producer.send({ topic, messages: values.map((value) => ({ partition, value })) });

/** A tail that is read line by line: `until` gives all values so far once they are enough. */
function follow(names: string[], query: MessagesQuery = {}) {
  const control = new AbortController();
  const lines: MessageLine[] = [];
  const reading = readMessageLines(cluster, names, { ...query, follow: "1" }, control.signal);
  const values = () =>
    lines.flatMap((line) => (line.type === "messages" ? line.messages.map(({ value }) => value?.text) : []));
  return {
    lines,
    values,
    progress: () => lines.findLast((line) => line.type === "progress"),
    async until(done: () => boolean) {
      while (!done()) {
        const { value, done: ended } = await reading.next();
        if (ended || !value) break;
        lines.push(value);
      }
      return values();
    },
    async leave() {
      control.abort();
      await reading.return();
    },
  };
}
const isOpen = (tail: ReturnType<typeof follow>) => tail.until(() => tail.progress() !== undefined);

test("what comes to several topics is told as it comes, what was there before is not, and a cursor goes on where it ended", async () => {
  const [a, b] = [await makeTopic(2), await makeTopic()];
  await send(a, ["before"]);
  const tail = follow([a, b]);
  await isOpen(tail);
  await send(a, ["a0"]);
  await send(a, ["a1"], 1);
  await send(b, ["b0"]);
  expect((await tail.until(() => tail.values().length >= 3)).sort()).toEqual(["a0", "a1", "b0"]);
  const seen = tail.lines.length;
  await tail.until(() => tail.lines.length > seen && tail.lines.at(-1)?.type === "progress");
  const { cursor, hits, dropped } = tail.progress() ?? {};
  expect({ hits, dropped }).toEqual({ hits: 3, dropped: 0 });
  await tail.leave();
  await send(b, ["b1"]);
  const again = follow([a, b], { cursor: cursor ?? "" });
  expect(await again.until(() => again.values().length >= 1)).toEqual(["b1"]);
  await again.leave();
});

test("only what matches is told; a silent topic still says that it is followed", async () => {
  const topic = await makeTopic();
  const tail = follow([topic], { filter: "value.n > 1", from: "oldest" });
  await isOpen(tail);
  const before = tail.lines.length;
  const started = performance.now();
  await tail.until(() => tail.lines.length > before);
  expect(performance.now() - started).toBeLessThan(2_500);
  await send(topic, ['{"n":1}', '{"n":2}', '{"n":3}']);
  expect(await tail.until(() => tail.values().length >= 2)).toEqual(['{"n":2}', '{"n":3}']);
  await tail.leave();
});

test("a reader that stays behind is brought near the end, and what was passed over is counted to the offset", async () => {
  const topic = await makeTopic();
  const tail = follow([topic]);
  await isOpen(tail);
  const total = 20_000;
  for (let at = 0; at < total; at += 5_000)
    await send(
      topic,
      Array.from({ length: 5_000 }, (_, index) => `${at + index}`.padEnd(100)),
    );
  const told = await tail.until(() => tail.values().at(-1)?.trim() === String(total - 1));
  const seen = tail.lines.length;
  await tail.until(() => tail.lines.length > seen);
  const dropped = tail.progress()?.dropped ?? 0;
  expect(dropped).toBeGreaterThan(0);
  expect(told.length + dropped).toBe(total);
  await tail.leave();
});

test("what was asked for with `from` is read whole before anything may be passed over", async () => {
  const topic = await makeTopic();
  await send(
    topic,
    Array.from({ length: 9_000 }, (_, index) => String(index)),
  );
  const tail = follow([topic], { from: "oldest" });
  expect(await tail.until(() => tail.values().length >= 9_000)).toHaveLength(9_000);
  await tail.leave();
});

test("a partition that is added is followed from its beginning", async () => {
  const topic = await makeTopic();
  const tail = follow([topic]);
  await isOpen(tail);
  await admin.createPartitions({ topicPartitions: [{ topic, count: 2 }] });
  await new Promise((done) => setTimeout(done, 500));
  await send(topic, ["new"], 1);
  expect(await tail.until(() => tail.values().length > 0)).toEqual(["new"]);
  await tail.leave();
}, 20_000);

test("a topic that is deleted ends its tail with an error", async () => {
  const topic = await makeTopic();
  const tail = follow([topic]);
  await isOpen(tail);
  await admin.deleteTopics({ topics: [topic] });
  await tail.until(() => tail.lines.at(-1)?.type === "error");
  expect(tail.lines.at(-1)).toMatchObject({ type: "error", problem: { code: "topic-not-found" } });
}, 20_000);

test("leaving ends the connections of the tail at once; others are not held up by its long polls", async () => {
  const topic = await makeTopic();
  const tail = follow([topic]);
  await isOpen(tail);
  const mine = () => [...cluster.lines.keys()].filter((key) => key.includes("#tail-"));
  await tail.until(() => mine().length > 0);
  const started = performance.now();
  await tail.leave();
  expect(performance.now() - started).toBeLessThan(500);
  expect(mine()).toEqual([]);
});
