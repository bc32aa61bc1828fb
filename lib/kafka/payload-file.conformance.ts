import { expect, test } from "vitest";
import { readPayloadFile } from "./payload-file.ts";
import { pageOf } from "./scan/testing.ts";
import { topicsOf } from "./scan/testing-topics.ts";

const { cluster, producer, makeTopic } = topicsOf("payload-file");
const signal = new AbortController().signal;

test("a payload is given byte for byte as a file, 20 MB of it too, which does not keep its neighbours from the page", async () => {
  const topic = await makeTopic(2, { "max.message.bytes": "30000000" });
  const value = Buffer.alloc(20 << 20, "0123456789abcdef\u00e9\n");
  await producer.send({ topic, messages: [{ partition: 0, key: null, value: "before" }] });
  await producer.send({ topic, messages: [{ partition: 0, key: Buffer.from([0xff, 0, 1]), value }] });
  await producer.send({ topic, messages: [{ partition: 0, value: null }] });
  await producer.send({ topic, messages: Array.from({ length: 20 }, (_, n) => ({ partition: 1, value: `n${n}` })) });
  const file = (offset: bigint, part: "key" | "value") =>
    readPayloadFile(cluster, { topic, partition: 0, offset }, part, signal);
  const bytesOf = async (body: AsyncIterable<Uint8Array>) => {
    const parts: Uint8Array[] = [];
    for await (const part of body) parts.push(part);
    return Buffer.concat(parts);
  };
  const big = await file(1n, "value");
  expect(big).toMatchObject({ name: `${topic}-0-1.value.txt`, mediaType: "text/plain; charset=utf-8" });
  expect((await bytesOf(big.body)).equals(value)).toBe(true);
  const key = await file(1n, "key");
  expect(key.name).toBe(`${topic}-0-1.key.bin`);
  expect(await bytesOf(key.body)).toEqual(Buffer.from([0xff, 0, 1]));
  await expect(file(2n, "value")).rejects.toMatchObject({ code: "no-payload" });
  await expect(file(3n, "value")).rejects.toMatchObject({ code: "record-not-found" });
  await expect(file(9n, "value")).rejects.toMatchObject({ code: "offset-out-of-range" });
  for (const from of ["newest", "oldest"]) {
    const { messages, end } = await pageOf(cluster, topic, { from });
    expect([messages.length, end.reason, end.warnings]).toEqual([23, "end", []]);
    const shown = messages.find(({ partition, offset }) => partition === 0 && offset === "1");
    expect(shown?.value).toMatchObject({ size: value.length, truncated: true });
  }
});
