import kafkajs from "kafkajs";
import type { MessagesQuery } from "../../api/message-queries.ts";
import type { Message, MessageLine } from "../../api/messages.ts";
import type { Cluster } from "../cluster.ts";
import { readMessageLines } from "../messages.ts";
import { compress } from "./codecs.ts";

type Line<Type extends MessageLine["type"]> = Extract<MessageLine, { type: Type }>;
export type TestPage = { start: Line<"start">; messages: Message[]; end: Line<"end"> };

/** One page; throws the lines that came where they are not one. */
export async function pageOf(cluster: Cluster, topic: string, query: MessagesQuery = {}): Promise<TestPage> {
  const lines: MessageLine[] = [];
  for await (const line of readMessageLines(cluster, topic.split(","), query, new AbortController().signal))
    lines.push(line);
  const [start] = lines;
  const end = lines.at(-1);
  if (start?.type !== "start" || end?.type !== "end") throw new Error(JSON.stringify(lines));
  return { start, end, messages: lines.flatMap((line) => (line.type === "messages" ? line.messages : [])) };
}

/** Page after page by their cursors, until nothing is left. */
export async function everyPage(cluster: Cluster, topic: string, query: MessagesQuery): Promise<Message[]> {
  const all: Message[] = [];
  for (let next = query; ; ) {
    const { messages, end } = await pageOf(cluster, topic, next);
    all.push(...messages);
    if (end.cursor === null || (end.reason === "end" && messages.length === 0)) return all;
    next = { ...query, cursor: end.cursor };
  }
}

/** kafkajs brings gzip only; the others are ours, so that the broker's own check of the batches tests our compressors. */
export function registerCodecs(): void {
  const { CompressionTypes, CompressionCodecs } = kafkajs;
  const types = [
    ["snappy", CompressionTypes.Snappy],
    ["lz4", CompressionTypes.LZ4],
    ["zstd", CompressionTypes.ZSTD],
  ] as const;
  for (const [codec, type] of types) {
    CompressionCodecs[type] = () => ({
      compress: async (encoder: { buffer: Buffer }) => Buffer.from(compress(codec, encoder.buffer)),
      decompress: async (bytes: Buffer) => bytes,
    });
  }
}
