import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import kafkajs from "kafkajs";
import { defaultKafkaVersion, kafkaLibraries, streamsLibraries } from "../lib/paths.mjs";
import { startJvm } from "./jvm.ts";
import { loggingFlags } from "./logging.ts";
import { writeProperties } from "./properties.ts";
import { createTopics } from "./topics.ts";

/** What WordCountDemo reads and writes; the names are in its code. */
export const wordCountTopics = { input: "streams-plaintext-input", output: "streams-wordcount-output" } as const;

export type WordCountOptions = {
  /** "streams", which nothing given means, is the protocol of KIP-1071: brokers offer it from Kafka 4.2 on. */
  protocol?: "streams" | "classic";
  /** Threads, each a member of the group; 1 if nothing is given. */
  threads?: number;
};

/** Kafka's own example of a Streams application, running. */
export type WordCount = {
  /** Of the Java process. */
  pid: number;
  logFile: string;
  /** Lets it leave its group and end; comes back when it is gone. */
  stop(): Promise<void>;
};

const patience = 10;

async function makeTopics(bootstrap: string, partitions: number): Promise<void> {
  const admin = new kafkajs.Kafka({ brokers: bootstrap.split(","), logLevel: kafkajs.logLevel.NOTHING }).admin();
  await admin.connect();
  const existing = new Set(await admin.listTopics());
  const missing = Object.values(wordCountTopics).filter((topic) => !existing.has(topic));
  if (missing.length > 0) {
    await createTopics(
      admin,
      missing.map((topic) => ({ topic, numPartitions: partitions })),
    );
  }
  await admin.disconnect();
}

/**
 * Starts WordCountDemo: two subtopologies, a repartition topic, a changelog topic. It ends with this process. Its topics are made
 * where they are missing, with two partitions, and left behind; it does not wait until the group is stable.
 * @param applicationId The group's id.
 */
export async function startWordCount(
  bootstrap: string,
  applicationId: string,
  { protocol = "streams", threads = 1 }: WordCountOptions = {},
): Promise<WordCount> {
  const libraries = [streamsLibraries(defaultKafkaVersion), kafkaLibraries(defaultKafkaVersion)];
  if (!libraries.every((folder) => existsSync(folder)))
    throw new Error("Kafka's Streams examples are not here yet: npm test -- --only conformance fetches them");
  await makeTopics(bootstrap, 2);
  const directory = mkdtempSync(join(tmpdir(), "kafdeck-streams-"));
  const config = join(directory, "streams.properties");
  const logFile = join(directory, "streams.log");
  writeFileSync(
    config,
    writeProperties({
      "bootstrap.servers": bootstrap,
      "application.id": applicationId,
      "group.protocol": protocol,
      "num.stream.threads": threads,
      // Under the classic protocol a member that ends does not leave: it is gone after this. The streams protocol takes no such setting.
      "session.timeout.ms": protocol === "classic" ? 6000 : null,
      "state.dir": join(directory, "state"),
      "commit.interval.ms": 200,
      // Each word's count shows at once.
      "statestore.cache.max.bytes": 0,
      // RocksDB's jar alone weighs 72 MB; the words of a test fit in memory.
      "dsl.store.suppliers.class": "org.apache.kafka.streams.state.BuiltInDslStoreSuppliers$InMemoryDslStoreSuppliers",
    }),
  );
  const jvm = await startJvm(
    {
      libraries,
      mainClass: "org.apache.kafka.streams.examples.wordcount.WordCountDemo",
      arguments: [config],
      flags: loggingFlags(directory, defaultKafkaVersion),
      heap: 64,
    },
    logFile,
    patience,
  );
  return {
    pid: jvm.pid,
    logFile,
    async stop() {
      jvm.kill("SIGTERM");
      const timer = setTimeout(() => jvm.kill("SIGKILL"), patience * 1000);
      await jvm.exited;
      clearTimeout(timer);
      rmSync(directory, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}
