import { setTimeout as timer } from "node:timers/promises";
import type { Kafka, Producer } from "kafkajs";
import { demoClient, ledgerProducer, makeMessages, send, sendTransaction } from "./seed.ts";
import { type DemoTopic, demoTopics } from "./topics.ts";

/**
 * How long a record takes the group that lags, as many at once as its topic has partitions: it reads one a second of the two that
 * are written, so its lag grows in all of them.
 */
const slowRecord = 12_000;
const tick = 1000;

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** How many records have fallen due since the last tick, of a rate that may be less than one a tick. */
export function dueRecords(owed: number, rate: number, elapsed: number): { count: number; owed: number } {
  const total = owed + (rate * elapsed) / 1000;
  return { count: Math.floor(total), owed: total - Math.floor(total) };
}

/** Writes to every topic at its rate, for good. A tick that fails is lost: the next one tries again. */
async function produce(kafka: Kafka, signal: AbortSignal): Promise<void> {
  const plain = kafka.producer();
  const ledger = ledgerProducer(kafka);
  await Promise.all([plain.connect(), ledger.connect()]);
  const owed = new Map<string, number>();
  // Numbers go on from the time, so that a demo that starts again does not repeat the keys of the last one.
  const first = Math.floor(Date.now() / 1000) % 1_000_000;
  const written = new Map<string, number>();
  let last = Date.now();
  while (!signal.aborted) {
    await pause(tick);
    // A machine that slept does not write a night's records at once.
    const elapsed = Math.min(Date.now() - last, 5 * tick);
    last = Date.now();
    const due = demoTopics.map((topic) => {
      const next = dueRecords(owed.get(topic.name) ?? 0, topic.rate, elapsed);
      owed.set(topic.name, next.owed);
      const from = first + (written.get(topic.name) ?? 0);
      written.set(topic.name, from - first + next.count);
      return { topic, messages: makeMessages(topic, from, next.count, Math.random), number: from };
    });
    await Promise.allSettled(due.filter(({ messages }) => messages.length > 0).map((one) => write(plain, ledger, one)));
  }
  await Promise.allSettled([plain.disconnect(), ledger.disconnect()]);
}

type Due = { topic: DemoTopic; messages: ReturnType<typeof makeMessages>; number: number };

const write = (plain: Producer, ledger: Producer, { topic, messages, number }: Due) =>
  topic.transactional ? sendTransaction(ledger, topic, messages, number) : send(plain, topic, messages);

/** One consumer of a group, until the signal: `each` is what it does with a record. */
async function consume(
  kafka: Kafka,
  groupId: string,
  topics: string[],
  each: () => Promise<unknown>,
  signal: AbortSignal,
) {
  // The heartbeat is sent between records: a session outlives two slow ones. A consumer that stops waits for its fetch first.
  const consumer = kafka.consumer({
    groupId,
    sessionTimeout: 30_000,
    maxBytesPerPartition: 4096,
    maxWaitTimeInMs: 1000,
  });
  await consumer.connect();
  await consumer.subscribe({ topics, fromBeginning: true });
  await consumer.run({
    autoCommitInterval: 2000,
    partitionsConsumedConcurrently: 12,
    eachMessage: async () => {
      await each();
    },
  });
  signal.addEventListener("abort", () => consumer.disconnect().catch(() => {}));
}

/** A group of the protocol of KIP-848, which brokers speak from Kafka 4.0 on; an older broker just has none. */
async function consumeNextGeneration(bootstrap: string, signal: AbortSignal): Promise<void> {
  const { Consumer } = await import("@platformatic/kafka");
  const consumer = new Consumer({
    clientId: "session-builder",
    groupId: "clickstream-sessions",
    groupProtocol: "consumer",
    bootstrapBrokers: bootstrap.split(","),
    retries: 100,
    retryDelay: 1000,
  });
  consumer.on("error", () => {});
  const stream = await consumer.consume({
    topics: ["telemetry.clickstream.raw"],
    autocommit: 2000,
    mode: "committed",
    fallbackMode: "latest",
  });
  stream.on("error", () => {});
  stream.on("data", () => {});
  signal.addEventListener("abort", () => consumer.close(true).catch(() => {}));
}

/**
 * Two members of a share group (KIP-932), which read the same partitions beside each other. They are a few requests of this
 * process and not Kafka's console consumer: that would be a Java process of 90 MB each for as long as somebody tries Kafdeck.
 */
async function shareOut(bootstrap: string, signal: AbortSignal): Promise<void> {
  const { consumeShared } = await import("./share-group.ts");
  const shared = { bootstrap, group: "warehouse-picking", topic: "orders.checkout.events" };
  const pickers = ["picker-1", "picker-2"];
  await Promise.all(pickers.map((clientId) => consumeShared({ ...shared, clientId }, signal)));
}

/** Producers and consumers that keep the demo cluster alive: groups that keep up, one that lags, one of KIP-848, one that shares. */
export async function runWorkload(bootstrap: string, signal: AbortSignal): Promise<void> {
  const client = (id: string) => demoClient(bootstrap, id);
  const quick = () => Promise.resolve();
  const slow = () => timer(slowRecord, undefined, { signal }).catch(() => {});
  await Promise.allSettled([
    produce(client("shop-backend"), signal),
    consume(client("fulfilment-1"), "order-fulfilment", ["orders.checkout.events", "inventory.levels"], quick, signal),
    consume(client("fulfilment-2"), "order-fulfilment", ["orders.checkout.events", "inventory.levels"], quick, signal),
    consume(client("fraud-scoring-1"), "payments-fraud-scoring", ["payments.authorisation.v3"], slow, signal),
    consumeNextGeneration(bootstrap, signal),
    shareOut(bootstrap, signal),
  ]);
}
