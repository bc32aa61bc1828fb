import { makeProblem, type Problem, ProblemError } from "../api/problem.ts";
import type { DeleteRecordsBody, DeleteRecordsResult } from "../api/records.ts";
import { toInt64 } from "../api/scalars.ts";
import { ask, askEach } from "./ask.ts";
import type { Cluster } from "./cluster.ts";
import { CONTROLLER_TIMEOUT_MS } from "./controller.ts";
import { kafkaProblem } from "./failures.ts";
import { readTopicMetadata, type TopicMetadata } from "./metadata.ts";
import { type OffsetTable, readOffsets } from "./offsets.ts";
import { type Cut, planCut } from "./plan/delete-records.ts";
import { internalWarnings } from "./plan/internal-topic.ts";
import * as apis from "./protocol/apis.ts";
import { forgetSnapshots } from "./snapshots.ts";
import { guardTopicId } from "./topic.ts";
import { readTopicSettings } from "./topic-settings.ts";

type Row = DeleteRecordsResult["partitions"][number];
type Planned = { row: Row; leader: number | null; offset: bigint | null };

/**
 * Moves the log start of partitions: before given offsets, before a time, or to the end. With `validateOnly` it says where each log
 * would start, and nothing is written; what is applied should be the offsets of that plan. Partitions that could not be asked or
 * set carry a problem, the others stand. Throws policy-violation for a topic that is only compacted, as the broker would,
 * plan-outdated for another topic of the name, bad-request for a partition there is not, a time that is none, or where nothing says
 * which records are meant.
 */
export async function deleteRecords(
  cluster: Cluster,
  topic: string,
  body: DeleteRecordsBody,
  signal: AbortSignal,
): Promise<DeleteRecordsResult> {
  const found = await readTopicMetadata(cluster, topic, signal);
  guardTopicId(found, body.topicId);
  refuseVague(topic, body);
  const chosen = chosenPartitions(found, body);
  const { byTopic, problems } = await readTopicSettings(cluster, [topic], signal);
  const policy = byTopic.get(topic)?.cleanupPolicy ?? null;
  refuseCompacted(topic, policy);
  const planned = await plan(cluster, chosen, body, signal);
  const validateOnly = body.validateOnly ?? false;
  const rows = validateOnly ? planned.map(({ row }) => row) : await apply(cluster, chosen, planned, signal);
  return {
    validateOnly,
    topicId: found.id,
    partitions: rows,
    records: toInt64(rows.reduce((sum, { records }) => sum + BigInt(records), 0n)),
    estimate: policy === null || policy.includes("compact"),
    warnings: [...internalWarnings(found, "empty"), ...problems],
  };
}

/** A body that was left out must not empty a topic, and neither may one that asks for a part and for all. */
function refuseVague(topic: string, { offsets, time, partitions, all }: DeleteRecordsBody): void {
  const names = [offsets, time, partitions].some((given) => given !== undefined);
  if (names !== (all === true)) return;
  const detail = names
    ? "`all: true` does not go with `offsets`, `time` or `partitions`."
    : "Nothing says which records are meant.";
  throw new ProblemError("bad-request", detail, {
    topic,
    field: "all",
    todo: "Give `offsets`, `time` or `partitions`, or `all: true` for every record of the topic.",
  });
}

/** The topic with only the partitions the body names. */
function chosenPartitions(topic: TopicMetadata, { offsets, partitions }: DeleteRecordsBody): TopicMetadata {
  // In Kafka's own tool -1 means the end; here it would silently mean nothing.
  const negative = offsets?.find(({ offset }) => offset.startsWith("-"));
  if (negative)
    throw new ProblemError("bad-request", `${negative.offset} is not an offset. \`partitions\` empties partitions.`, {
      topic: topic.name,
      field: "offsets",
    });
  const wanted = offsets?.map(({ partition }) => partition) ?? partitions;
  if (wanted === undefined) return topic;
  const chosen = new Set(wanted);
  const kept = topic.partitions.filter(({ partition }) => chosen.has(partition));
  if (kept.length === wanted.length) return { ...topic, partitions: kept };
  const known = new Set(kept.map(({ partition }) => partition));
  const odd = wanted.find((partition) => !known.has(partition));
  throw new ProblemError(
    "bad-request",
    odd === undefined ? "A partition is given twice." : `${topic.name} has no partition ${odd}.`,
    { topic: topic.name, field: offsets ? "offsets" : "partitions" },
  );
}

/** The broker refuses too (POLICY_VIOLATION), a partition at a time and without words. */
function refuseCompacted(topic: string, policy: string | null): void {
  if (policy === null || policy.includes("delete")) return;
  throw new ProblemError(
    "policy-violation",
    `cleanup.policy of ${topic} is ${policy}: Kafka deletes records on demand only where the policy includes delete.`,
    {
      topic,
      todo: "Set cleanup.policy to compact,delete, delete the records, and set it back; or recreate the topic.",
    },
  );
}

async function plan(
  cluster: Cluster,
  topic: TopicMetadata,
  body: DeleteRecordsBody,
  signal: AbortSignal,
): Promise<Planned[]> {
  const time = body.offsets ? null : timeOf(body.time);
  const [first, last, at] = await Promise.all([
    readOffsets(cluster, [topic], "earliest", signal),
    readOffsets(cluster, [topic], "latest", signal),
    time === null ? null : readOffsets(cluster, [topic], { time }, signal),
  ]);
  const offsets = new Map(body.offsets?.map(({ partition, offset }) => [partition, BigInt(offset)]));
  return topic.partitions.map(({ partition, leader }) => {
    const [start, end] = [first.get(topic.name, partition), last.get(topic.name, partition)];
    const unknown = [first, last, at].flatMap((table) => table?.problemOf(topic.name, partition) ?? [])[0] ?? null;
    if (!start || !end || unknown)
      return { leader, offset: null, row: blankRow(partition, unknown ?? noLeader(topic.name, partition)) };
    const log = { start: start.offset, end: end.offset };
    const cut = planCut(log, cutOf(offsets.get(partition), at, topic.name, partition));
    const range = { partition, before: toInt64(log.start), end: toInt64(log.end) };
    if (cut.kind === "above-end") {
      const detail = `Partition ${partition} ends at ${log.end}.`;
      const problem = makeProblem("offset-out-of-range", detail, { topic: topic.name, partition });
      return { leader, offset: null, row: { ...range, after: range.before, records: toInt64(0n), problem } };
    }
    const row = { ...range, after: toInt64(cut.after), records: toInt64(cut.records), problem: null };
    return { leader, offset: cut.records > 0n ? cut.after : null, row };
  });
}

const noLeader = (topic: string, partition: number): Problem =>
  makeProblem("no-leader", undefined, { topic, partition });

const blankRow = (partition: number, problem: Problem): Row => ({
  partition,
  before: null,
  after: null,
  end: null,
  records: toInt64(0n),
  problem,
});

function cutOf(offset: bigint | undefined, at: OffsetTable | null, topic: string, partition: number): Cut {
  if (offset !== undefined) return { to: "offset", offset };
  if (at === null) return { to: "end" };
  const found = at.get(topic, partition)?.offset ?? -1n;
  return { to: "time", found: found < 0n ? null : found };
}

/** With its zone: without one it would be read in the zone of this process, which nobody sees. */
const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/;

/** JavaScript takes the 30th of February for the 2nd of March. */
const isDay = (time: string): boolean =>
  new Date(Date.parse(time.slice(0, 10))).getUTCDate() === Number(time.slice(8, 10));

/** Epoch ms of an ISO 8601 time with its zone; null where none is given. Throws bad-request. Before 1970 Kafka's own signs begin: -1 means the end, not a time. */
export function timeOf(time: string | undefined): bigint | null {
  if (time === undefined) return null;
  const epoch = ISO_TIME.test(time) && isDay(time) ? Date.parse(time) : Number.NaN;
  if (!(epoch >= 0))
    throw new ProblemError(
      "bad-request",
      `${JSON.stringify(time)} is not an ISO 8601 time with its zone, from 1970 on, such as 2026-11-22T12:00:00Z.`,
      { field: "time" },
    );
  return BigInt(epoch);
}

/** One DeleteRecords a leader, then the log starts read back. */
async function apply(cluster: Cluster, topic: TopicMetadata, planned: Planned[], signal: AbortSignal): Promise<Row[]> {
  const byLeader = Map.groupBy(
    planned.filter(({ offset }) => offset !== null),
    ({ leader }) => leader ?? -1,
  );
  const failed = new Map<number, Problem>();
  try {
    const { answers, problems } = await askEach(byLeader.keys(), (leader) =>
      ask(cluster, leader, apis.deleteRecords, [request(topic.name, byLeader.get(leader)), CONTROLLER_TIMEOUT_MS]),
    );
    for (const answer of answers.values()) {
      for (const { partitionIndex, errorCode } of answer.topics.flatMap(({ partitions }) => partitions)) {
        const problem = kafkaProblem(errorCode, undefined, { topic: topic.name, partition: partitionIndex });
        if (problem) failed.set(partitionIndex, problem);
      }
    }
    for (const problem of problems) {
      for (const { row } of byLeader.get(problem.broker ?? -1) ?? [])
        failed.set(row.partition, { ...problem, topic: topic.name, partition: row.partition });
    }
  } finally {
    forgetSnapshots(cluster);
  }
  const first = await readOffsets(cluster, [topic], "earliest", signal);
  return planned.map(({ row }) =>
    readBack(row, first.get(topic.name, row.partition)?.offset, failed.get(row.partition)),
  );
}

const request = (name: string, planned: Planned[] | undefined) => [
  {
    name,
    partitions: (planned ?? []).flatMap(({ row, offset }) =>
      offset === null ? [] : [{ partitionIndex: row.partition, offset }],
    ),
  },
];

/** What the log says now, whatever was asked for: a row never claims more than was read. */
function readBack(row: Row, start: bigint | undefined, problem: Problem | undefined): Row {
  if (start === undefined || row.before === null) return { ...row, problem: problem ?? row.problem };
  return {
    ...row,
    after: toInt64(start),
    records: toInt64(start - BigInt(row.before)),
    problem: problem ?? row.problem,
  };
}
