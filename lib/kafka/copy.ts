import { makeProblem, type Problem, ProblemError } from "../api/problem.ts";
import type { CopyBody, CopyLine } from "../api/produce.ts";
import { toInt64 } from "../api/scalars.ts";
import { appendRecords } from "./append.ts";
import { type Appended, type AppendOptions, openTarget, type Placed, type Target } from "./append-plan.ts";
import type { Cluster } from "./cluster.ts";
import { type CopySource, openSource, type Portion } from "./copy-source.ts";
import { withCost } from "./cost.ts";
import { problemFrom } from "./failures.ts";
import { placeRecords } from "./produce.ts";
import { lackedRight } from "./rights.ts";
import type { ExactRecord } from "./scan/exact.ts";
import { forgetSnapshots } from "./snapshots.ts";

/** For one portion: as long as a write may take. */
const WRITE_MS = 15_000;
const PROGRESS_MS = 200;

type Tell = (did: Record<string, unknown>) => void;
type Wish = Pick<CopyBody, "partitions" | "timestamps">;
type Count = {
  covered: bigint;
  copied: number;
  bytes: number /** Goes on from the last portion that was written. */;
  cursor: () => string | null;
  last: Map<number, bigint>;
};

/**
 * Writes records of one topic or several to another, byte by byte: keys, values and headers as they are in the log, each
 * partition's in its order. Rejects before the first line for what is wrong with the question, such as `partitions: "same"` with
 * a number the target does not have. A record that is not taken ends it with an `error` line, whose cursor goes on from there.
 */
export async function* copyMessages(
  from: Cluster,
  to: Cluster,
  name: string,
  body: CopyBody,
  signal: AbortSignal,
  tell: Tell,
): AsyncGenerator<CopyLine, void, void> {
  const validateOnly = body.validateOnly ?? false;
  const [target, source] = await Promise.all([openTarget(to, name, signal), openSource(from, body.from, signal)]);
  if (body.partitions === "same") checkSame(target, source);
  const lacked = lackedRight("topic", target.topic.operations, ["Write", name]);
  yield {
    type: "plan",
    validateOnly,
    offsets: toInt64(source.offsets),
    partitions: target.topic.partitions.length,
    cursor: source.cursor,
    warnings: [...(lacked ? [lacked] : []), ...target.problems, ...source.problems],
  };
  const count: Count = {
    covered: 0n,
    copied: 0,
    bytes: 0,
    cursor: () => (validateOnly ? null : source.cursor),
    last: new Map(),
  };
  try {
    if (!validateOnly) yield* copyPortions(target, source, body, count, signal, tell);
    yield endLine(count, source);
  } catch (error) {
    if (signal.aborted) return;
    yield { type: "error", problem: problemFrom(error), copied: count.copied, cursor: count.cursor() };
  } finally {
    if (count.copied > 0) forgetSnapshots(to);
  }
}

async function* copyPortions(
  target: Target,
  source: CopySource,
  body: CopyBody,
  count: Count,
  signal: AbortSignal,
  tell: Tell,
): AsyncGenerator<CopyLine, void, void> {
  const options: AppendOptions = { codec: body.codec ?? "none", acks: body.acks ?? "all", signal };
  let toldAt = 0;
  for await (const portion of source.portions(signal)) {
    if (portion.records.length > 0) {
      const placed = place(target, portion.records, body);
      const items = await withCost(() => appendInOrder(target, placed, options), WRITE_MS);
      noteWritten(count, portion, items);
      tell({ copied: count.copied, bytes: count.bytes, last: lastOf(count) });
      throwFailed(items, portion.records);
    }
    count.covered = portion.covered;
    count.cursor = portion.cursor;
    if (performance.now() - toldAt < PROGRESS_MS) continue;
    toldAt = performance.now();
    const { covered, copied, bytes, cursor } = count;
    yield { type: "progress", covered: toInt64(covered), copied, bytes, cursor: cursor() };
  }
}

/** Nothing is written behind a record that is known to be refused: the copy goes on from there. */
async function appendInOrder(target: Target, placed: Placed[], options: AppendOptions): Promise<Appended[]> {
  const checked = await appendRecords(target, placed, options, true);
  const refused = checked.findIndex(({ problem }) => problem !== null);
  if (refused < 0) return appendRecords(target, placed, options);
  const unsent = makeProblem("not-sent", "A record before it is refused.");
  const rest = checked.slice(refused + 1).map((item) => ({ ...item, problem: unsent }));
  return [
    ...(await appendRecords(target, placed.slice(0, refused), options)),
    ...checked.slice(refused, refused + 1),
    ...rest,
  ];
}

const lastOf = ({ last }: Count) =>
  [...last]
    .map(([partition, offset]) => ({ partition, offset: toInt64(offset) }))
    .sort((a, b) => a.partition - b.partition);

const endLine = (count: Count, source: CopySource): CopyLine => ({
  type: "end",
  covered: toInt64(count.covered),
  copied: count.copied,
  bytes: count.bytes,
  cursor: count.cursor(),
  last: lastOf(count),
  warnings: source.warnings(),
});

/** A number that the target does not have would be found out in the middle of the copy. */
function checkSame({ topic }: Target, { partitions }: CopySource): void {
  const missing = partitions.find((partition) => !topic.partitions.some((known) => known.partition === partition));
  if (missing === undefined) return;
  throw new ProblemError(
    "partition-not-found",
    `Records of partition ${missing} would go to partition ${missing} of ${topic.name}, which has 0 to ${topic.partitions.length - 1}.`,
    {
      topic: topic.name,
      partition: missing,
      field: "partitions",
      todo: "Copy by the key, or add partitions to the target.",
    },
  );
}

function place(target: Target, records: ExactRecord[], { partitions, timestamps }: Wish) {
  const now = BigInt(Date.now());
  return placeRecords(
    target,
    records.map(({ partition, timestamp, key, value, headers }) => ({
      partition: partitions === "same" ? partition : null,
      record: { timestamp: timestamps === "now" ? now : (timestamp ?? now), key, value, headers },
    })),
  );
}

/** Counts what was written. Where something was not, the cursor goes on from the first such record of each partition. */
function noteWritten(count: Count, { records, cursor }: Portion, items: Appended[]): void {
  const stops = new Map<string, bigint>();
  for (const [at, { partition, offset, size }] of items.entries()) {
    const record = records[at];
    if (!record) continue;
    if (offset === null) {
      const key = `${record.topic}/${record.partition}`;
      if (!stops.has(key)) stops.set(key, record.offset);
      continue;
    }
    count.copied++;
    count.bytes += size;
    count.last.set(partition, offset);
  }
  if (stops.size > 0) count.cursor = () => cursor((topic, partition) => stops.get(`${topic}/${partition}`));
}

/** Throws the problem of the first record that was not written, naming it by where it was; the others that follow from it say less. */
function throwFailed(items: Appended[], records: ExactRecord[]): void {
  const failed = [...items.keys()].filter((at) => items[at]?.problem);
  const first = failed.find((at) => items[at]?.problem?.code !== "not-sent") ?? failed[0];
  const problem: Problem | null | undefined = first === undefined ? null : items[first]?.problem;
  const record = records[first ?? -1];
  if (!problem || !record) return;
  const again = writtenBehind(items, records);
  const twice =
    again > 0 ? ` ${again} records behind it were written: going on from the cursor writes them again.` : "";
  const detail = `Offset ${record.offset} of ${record.topic} partition ${record.partition}: ${problem.detail ?? problem.title}${twice}`;
  const located = { ...problem, detail };
  throw new ProblemError(problem.code, detail, located);
}

/** Records that were written although one before them, in the partition they come from, was not: they went to another one. */
function writtenBehind(items: Appended[], records: ExactRecord[]): number {
  const stopped = new Set<string>();
  let again = 0;
  for (const [at, { offset }] of items.entries()) {
    const key = `${records[at]?.topic}/${records[at]?.partition}`;
    if (offset === null) stopped.add(key);
    else if (stopped.has(key)) again++;
  }
  return again;
}
