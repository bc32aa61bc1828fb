import type { ExactBytes, ExactName } from "../api/payloads.ts";
import { type Problem, ProblemError } from "../api/problem.ts";
import type { NewRecord, ProduceBody, ProduceResult } from "../api/produce.ts";
import { toInt64 } from "../api/scalars.ts";
import { appendRecords } from "./append.ts";
import { openTarget, type Placed, type Target } from "./append-plan.ts";
import type { Cluster } from "./cluster.ts";
import { keylessPartitions, partitionOfKey } from "./plan/partitioner.ts";
import { bytesOf } from "./scan/exact.ts";
import type { WriteRecord } from "./scan/writer.ts";
import { forgetSnapshots } from "./snapshots.ts";

const LAST_INT64 = (1n << 63n) - 1n;

/**
 * Writes records; the items say in the order of the records where each one is, or why not. With `validateOnly` nothing is written:
 * partitions, sizes and what is known to be refused are told. Throws topic-not-found, not-authorized, internal-topic, and
 * bad-request for a text or a timestamp that Kafka cannot hold.
 */
export async function produceMessages(
  cluster: Cluster,
  name: string,
  body: ProduceBody,
  signal: AbortSignal,
): Promise<ProduceResult> {
  const now = BigInt(Date.now());
  const records = body.records.map((record, index) => ({
    partition: record.partition ?? null,
    record: toWrite(record, now, `records.${index}`),
  }));
  const target = await openTarget(cluster, name, signal);
  const validateOnly = body.validateOnly ?? false;
  const options = { codec: body.codec ?? "none", acks: body.acks ?? "all", signal } as const;
  const items = await appendRecords(target, placeRecords(target, records), options, validateOnly);
  if (!validateOnly) forgetSnapshots(cluster);
  return {
    validateOnly,
    items: items.map(({ offset, timestamp, ...item }) => ({
      ...item,
      offset: offset === null ? null : toInt64(offset),
      timestamp: timestamp === null ? null : toInt64(timestamp),
    })),
    warnings: target.problems,
  };
}

/** For the audit: how many were written, from where to where in each partition, and the first problem if not all were. */
export function whatWasWritten({ items }: ProduceResult): [did: Record<string, unknown>, problem: Problem | null] {
  const offsets: Record<string, string> = {};
  let written = 0;
  for (const { partition, offset } of items) {
    if (offset === null) continue;
    written++;
    const [first = offset] = offsets[partition]?.split("-") ?? [];
    offsets[partition] = first === offset ? offset : `${first}-${offset}`;
  }
  return [{ written, offsets }, items.find(({ problem }) => problem !== null)?.problem ?? null];
}

/** Gives a partition to each record that names none: by its key as Java clients do, without a key any that has a leader. */
export function placeRecords(
  { topic }: Target,
  records: { partition: number | null; record: WriteRecord }[],
): Placed[] {
  const led = topic.partitions.filter(({ leader }) => leader !== null).map(({ partition }) => partition);
  // Where none has a leader the records stay with the first, which then says so.
  const next = keylessPartitions(led, Math.random());
  return records.map(({ partition, record }) => ({
    record,
    partition:
      partition ??
      (record.key === null
        ? (next(record.value?.length ?? 0) ?? 0)
        : partitionOfKey(record.key, topic.partitions.length)),
  }));
}

function toWrite({ key, value, headers = [], timestamp }: NewRecord, now: bigint, field: string): WriteRecord {
  const at = timestamp === undefined ? now : BigInt(timestamp);
  if (at > LAST_INT64 || at < -LAST_INT64 - 1n)
    throw new ProblemError("bad-request", `In the body, ${field}.timestamp: ${at} is not within 64 bits.`, {
      field: `${field}.timestamp`,
    });
  return {
    timestamp: at,
    key: exact(key ?? null, `${field}.key`),
    value: exact(value, `${field}.value`),
    headers: headers.map((header, index) => ({
      key: exactName(header.key, `${field}.headers.${index}.key`),
      value: exact(header.value, `${field}.headers.${index}.value`),
    })),
  };
}

const exact = (given: ExactBytes, field: string): Buffer | null => (given === null ? null : exactName(given, field));

/** Half a surrogate pair has no UTF-8; it would silently become another character. */
function exactName(given: ExactName, field: string): Buffer {
  if (typeof given === "string" && !given.isWellFormed())
    throw new ProblemError("bad-request", `In the body, ${field}: the text holds half a surrogate pair.`, {
      field,
      todo: "Give the bytes as base64, if they are meant.",
    });
  return bytesOf(given);
}
