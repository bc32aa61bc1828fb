import type { PayloadFormat } from "../api/payloads.ts";
import { ProblemError } from "../api/problem.ts";
import { ask } from "./ask.ts";
import type { Cluster } from "./cluster.ts";
import { throwKafkaError } from "./failures.ts";
import { openRecord, outsideLog, type RecordPlace, recordNotFound } from "./message.ts";
import type { TopicMetadata } from "./metadata.ts";
import { refusalWords } from "./rights.ts";
import { fetchNames } from "./scan/load.ts";
import { runJob, sharedPool } from "./scan/pool.ts";

/** Unpacked bytes of the batch that holds the record: more is a bomb rather than a record. */
const BATCH_BYTES = 256 << 20;
/** A broker gives the first batch whole, whatever its size (KIP-74). */
const ANSWER_BYTES = 1 << 20;
const CHUNK_BYTES = 256 << 10;
const OUT_OF_RANGE = 1;

/** A payload as a file: its bytes as they are in the log. */
export type PayloadFile = { name: string; mediaType: string; body: AsyncIterable<Uint8Array> };

/**
 * The bytes of a key or value, of any size. The worker finds them and hands them over; here they are only passed on. Throws
 * record-not-found, offset-out-of-range, no-payload where it is null, record-undecodable where its batch cannot be read.
 */
export async function readPayloadFile(
  cluster: Cluster,
  place: RecordPlace,
  part: "key" | "value",
  signal: AbortSignal,
): Promise<PayloadFile> {
  const { topic } = await openRecord(cluster, place, signal);
  const bytes = await fetchRecord(cluster, topic, place, signal);
  const decode = { topic: place.topic, keyFormat: null, valueFormat: null, protobuf: cluster.settings.protobuf };
  const { offset } = place;
  const job = { bytes, offset, part, decode, limit: BATCH_BYTES };
  const found = await runJob(sharedPool(), "payload", job, { signal, transfer: [bytes.buffer] });
  if ("missing" in found) {
    if (found.problem === null) throw recordNotFound(place);
    const { topic: name, partition } = place;
    throw new ProblemError("record-undecodable", found.problem, { topic: name, partition });
  }
  if (found.payload === null) throw new ProblemError("no-payload", `The ${part} of offset ${offset} is null.`);
  return fileOf(place, part, found.payload, found.format);
}

async function fetchRecord(cluster: Cluster, topic: TopicMetadata, place: RecordPlace, signal: AbortSignal) {
  const { partition, offset } = place;
  const where = { topic: topic.name, partition };
  const leader = topic.partitions.find((one) => one.partition === partition)?.leader ?? null;
  if (leader === null) throw new ProblemError("no-leader", undefined, where);
  const { api, idOf } = fetchNames([topic]);
  const asked = { topic: idOf(topic.name), partition, offset, maxBytes: ANSWER_BYTES };
  const request = { maxWaitMs: 0, maxBytes: ANSWER_BYTES, isolation: "read_uncommitted" as const, partitions: [asked] };
  const answer = await ask(cluster, leader, api, [request], signal);
  throwKafkaError(answer.errorCode, null, where);
  const [only] = answer.partitions;
  if (only?.errorCode === OUT_OF_RANGE) throw await outsideLog(cluster, topic, place, signal);
  throwKafkaError(only?.errorCode ?? 0, refusalWords(only?.errorCode ?? 0, { topic: ["Read", topic.name] }), where);
  return only?.records ?? new Uint8Array(0);
}

const endings: Partial<Record<PayloadFormat, [string, string]>> = {
  json: ["json", "application/json"],
  text: ["txt", "text/plain; charset=utf-8"],
  xml: ["xml", "application/xml"],
};

function fileOf(
  { topic, partition, offset }: RecordPlace,
  part: string,
  bytes: Uint8Array<ArrayBuffer>,
  format: PayloadFormat | null,
): PayloadFile {
  const [ending, mediaType] = (format && endings[format]) ?? ["bin", "application/octet-stream"];
  return { name: `${topic}-${partition}-${offset}.${part}.${ending}`, mediaType, body: inChunks(bytes) };
}

async function* inChunks(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, void> {
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) yield bytes.subarray(at, at + CHUNK_BYTES);
}
