import kafkajs, { type Kafka, type Message, type Producer } from "kafkajs";
import { type Codec, compress, decompress } from "../../lib/kafka/scan/codecs.ts";
import { createTopics } from "../kafka/topics.ts";
import { type DemoTopic, demoTopics } from "./topics.ts";

// kafkajs is CommonJS, of which Node finds no names to import.
const { CompressionCodecs, CompressionTypes, logLevel } = kafkajs;

const types = {
  none: CompressionTypes.None,
  gzip: CompressionTypes.GZIP,
  snappy: CompressionTypes.Snappy,
  lz4: CompressionTypes.LZ4,
  zstd: CompressionTypes.ZSTD,
} as const satisfies Record<Codec, number>;

/** kafkajs brings gzip alone; the other codecs are those Kafdeck reads with. */
function registerCodecs(): void {
  for (const codec of ["snappy", "lz4", "zstd"] as const) {
    CompressionCodecs[types[codec]] = () => ({
      compress: async (encoder: { buffer: Buffer }) => Buffer.from(compress(codec, encoder.buffer)),
      decompress: async (bytes: Buffer) => Buffer.from(decompress(codec, bytes, 64 << 20)),
    });
  }
}

/** A quiet client that never gives up: a broker that restarts is no reason to end the demo. */
export function demoClient(bootstrap: string, clientId: string): Kafka {
  registerCodecs();
  return new kafkajs.Kafka({
    clientId,
    brokers: bootstrap.split(","),
    logLevel: logLevel.NOTHING,
    retry: { initialRetryTime: 200, maxRetryTime: 5000, retries: 100, restartOnFailure: async () => true },
  });
}

/** Tries again for half a minute: a new topic's leaders take a moment to be known everywhere, and kafkajs gives up at once. */
async function persist<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === 60) throw error;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}

/** Random numbers in [0, 1) that are the same for the same seed (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Records `from` to `from + count` of a topic as kafkajs takes them. */
export function makeMessages(topic: DemoTopic, from: number, count: number, random: () => number): Message[] {
  const { make } = topic;
  if (!make) return [];
  return Array.from({ length: count }, (_, index) => make(from + index, random));
}

export const send = (producer: Pick<Producer, "send">, topic: DemoTopic, messages: Message[]) =>
  producer.send({ topic: topic.name, messages, compression: types[topic.codec], acks: -1 });

/** One transaction of the ledger; every fifth is aborted, so its records stay in the log and no one who is committed reads them. */
export async function sendTransaction(
  producer: Producer,
  topic: DemoTopic,
  messages: Message[],
  number: number,
): Promise<void> {
  const transaction = await producer.transaction();
  try {
    await send(transaction, topic, messages);
  } catch (error) {
    await transaction.abort();
    throw error;
  }
  if (number % 5 === 4) await transaction.abort();
  else await transaction.commit();
}

/** The one producer whose records are written in transactions. */
export const ledgerProducer = (kafka: Kafka): Producer =>
  kafka.producer({ transactionalId: "ledger-poster", idempotent: true, maxInFlightRequests: 1 });

const batch = 100;

async function seedTopic(kafka: Kafka, topic: DemoTopic, random: () => number): Promise<void> {
  const producer = topic.transactional ? ledgerProducer(kafka) : kafka.producer();
  await producer.connect();
  const size = topic.transactional ? 10 : batch;
  for (let from = 0; from < topic.seed; from += size) {
    const messages = makeMessages(topic, from, Math.min(size, topic.seed - from), random);
    if (topic.transactional) await sendTransaction(producer, topic, messages, from / size);
    else await send(producer, topic, messages);
  }
  await producer.disconnect();
}

/**
 * Creates the demo's topics where they are missing and fills those that are empty; what is there stays as it is.
 * @returns The names of the topics that were filled.
 */
export async function seedDemo(bootstrap: string): Promise<string[]> {
  const kafka = demoClient(bootstrap, "kafdeck-demo");
  const admin = kafka.admin();
  await persist(() => admin.connect());
  const existing = new Set(await admin.listTopics());
  const missing = demoTopics.filter(({ name }) => !existing.has(name));
  if (missing.length > 0) {
    const toCreate = missing.map(({ name, partitions, configs }) => ({
      topic: name,
      numPartitions: partitions,
      configEntries: Object.entries(configs).map(([key, value]) => ({ name: key, value })),
    }));
    await createTopics(admin, toCreate);
  }
  const fill = async (topic: DemoTopic, index: number): Promise<string[]> => {
    if (topic.seed === 0) return [];
    const offsets = await persist(() => admin.fetchTopicOffsets(topic.name));
    if (offsets.some(({ high }) => high !== "0")) return [];
    await seedTopic(kafka, topic, randomNumbers(index + 1));
    return [topic.name];
  };
  const filled = await Promise.all(demoTopics.map(fill));
  await persist(() => seedGroups(admin));
  await admin.disconnect();
  return filled.flat();
}

/** A group without members that once committed half of each partition and has stood still since. */
async function seedGroups(admin: ReturnType<Kafka["admin"]>): Promise<void> {
  const [group, topic] = ["nightly-settlement-report", "payments.authorisation.v3"];
  const { groups } = await admin.listGroups();
  if (groups.some(({ groupId }) => groupId === group)) return;
  const ends = await admin.fetchTopicOffsets(topic);
  const partitions = ends.map(({ partition, high }) => ({ partition, offset: String(BigInt(high) / 2n) }));
  await admin.setOffsets({ groupId: group, topic, partitions });
}
