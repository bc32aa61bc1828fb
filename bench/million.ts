import { spawn } from "node:child_process";
import { createReadStream, createWriteStream } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { Kafka, logLevel } from "kafkajs";
import type { Codec } from "../lib/kafka/scan/codecs.ts";
import { createTopics } from "../scripts/kafka/topics.ts";

export const RECORDS = 1_000_000;
export const PARTITIONS = 6;
/** In 10 of all records. */
export const NEEDLE = "needle-7f3a9c";
export const topicOf = (codec: Codec): string => `bench.million.${codec}`;

/** A small generator with a fixed seed, so that every run searches the same records. */
function makeRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** JSON of about 250 bytes: 20 % FAILED, 1 in 1,000 of region antarctica, an id above 2^53, amounts from 0 to 1,000. */
function* lines(): Generator<string> {
  const random = makeRandom(88_172_645);
  const hex = () =>
    Math.floor(random() * 2 ** 32)
      .toString(16)
      .padStart(8, "0");
  for (let index = 0; index < RECORDS; index++) {
    const status = random() < 0.2 ? "FAILED" : "SETTLED";
    const region = index % 1_000 === 500 ? "antarctica" : "europe-west";
    const note = index % 100_000 === 50_000 ? NEEDLE : `note-${hex()}`;
    const ledger = 9_007_199_254_740_993n + BigInt(index);
    yield `acc_${hex()}\t{"status":"${status}","amount":${(random() * 1_000).toFixed(2)},"currency":"EUR","ledgerEntryId":${ledger},"region":"${region}","trace":"${hex()}${hex()}${hex()}${hex()}","merchant":"m_${index % 5_000}","note":"${note}","attempts":[{"at":17638354${index % 100_000},"code":"91"}]}\n`;
  }
}

/** Writes the records as lines of key, tab, value into a file of `folder`; one file serves every codec. */
export async function writeLines(folder: string): Promise<string> {
  const file = join(folder, "million.tsv");
  const chunks = function* () {
    let chunk = "";
    for (const line of lines()) {
      chunk += line;
      if (chunk.length < 1 << 20) continue;
      yield chunk;
      chunk = "";
    }
    yield chunk;
  };
  await pipeline(chunks, createWriteStream(file));
  return file;
}

/** One topic of a million records, written by kcat: neither Kafdeck's own writer nor its reader made them. */
export async function seedMillion(bootstrap: string, file: string, codec: Codec): Promise<void> {
  const topic = topicOf(codec);
  const admin = new Kafka({ brokers: bootstrap.split(","), logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  await createTopics(admin, [{ topic, numPartitions: PARTITIONS, replicationFactor: 1 }]);
  await admin.disconnect();
  const options = ["-P", "-q", "-b", bootstrap, "-t", topic, "-K", "\t", "-z", codec];
  const kcat = spawn("kcat", options, { stdio: ["pipe", "ignore", "inherit"] });
  const ended = new Promise<number | null>((resolve) => kcat.once("exit", resolve));
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), kcat.stdin);
  const code = await ended;
  if (code !== 0) throw new Error(`kcat ended with ${code} while it wrote ${topic}.`);
}
