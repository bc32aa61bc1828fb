import { expect, inject, test } from "vitest";
import { runJvm } from "../../../scripts/kafka/jvm.ts";
import { toolCommand } from "../../../scripts/kafka/tools.ts";
import { kafkaLibraries } from "../../../scripts/lib/paths.mjs";
import { type Codec, codecNames } from "./codecs.ts";
import { everyPage, registerCodecs } from "./testing.ts";
import { topicsOf } from "./testing-topics.ts";

registerCodecs();
const { version } = inject("kafka");
const { bootstrap, cluster, producer, makeTopic } = topicsOf("codecs");

const kafkajsType: Record<Codec, number> = { none: 0, gzip: 1, snappy: 2, lz4: 3, zstd: 4 };

test.each(codecNames)(
  "%s batches written through our compressor are taken by the broker and read back",
  async (codec) => {
    const topic = await makeTopic();
    const messages = Array.from({ length: 300 }, (_, index) => ({
      key: `k${index}`,
      value: JSON.stringify({ index, text: "again and again ".repeat(index % 20) }),
    }));
    await producer.send({ topic, compression: kafkajsType[codec], messages });
    const read = await everyPage(cluster, topic, { from: "oldest", limit: "100" });
    expect(read.map(({ key, value }) => [key?.text, value?.text])).toEqual(
      messages.map(({ key, value }) => [key, value]),
    );
    expect(new Set(read.map((message) => message.codec))).toEqual(new Set([codec]));
  },
);

test.each(codecNames.filter((codec) => codec !== "none"))(
  "%s batches of Kafka's own producer are read",
  async (codec) => {
    const topic = await makeTopic();
    const lines = Array.from(
      { length: 2000 },
      (_, index) => `{"line":${index},"text":"${"Kafka ".repeat(index % 40)}"}`,
    );
    const command = toolCommand(
      "kafka-console-producer",
      version,
      ["--topic", topic, "--compression-codec", codec],
      bootstrap,
      null,
    );
    const written = await runJvm({ libraries: kafkaLibraries(version), ...command }, 60_000, `${lines.join("\n")}\n`);
    expect(written.code).toBe(0);
    const read = await everyPage(cluster, topic, { from: "oldest", limit: "1000" });
    expect(read.map(({ value }) => value?.text)).toEqual(lines);
    expect(new Set(read.map((message) => message.codec))).toEqual(new Set([codec]));
  },
);
