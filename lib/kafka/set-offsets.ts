import type { OffsetChange, SetOffset, SetOffsetsBody, SetOffsetsResult } from "../api/group-offsets.ts";
import { makeProblem, type Problem, ProblemError } from "../api/problem.ts";
import { toInt64 } from "../api/scalars.ts";
import type { Cluster } from "./cluster.ts";
import { timeLeft, withCost } from "./cost.ts";
import { problemFrom } from "./failures.ts";
import { forgotten, type GroupNow, readGroupNow, refuseLive } from "./group-now.ts";
import { readLogs } from "./log-ranges.ts";
import { findTopicsMetadata, type TopicMetadata } from "./metadata.ts";
import { missingPlace } from "./missing-place.ts";
import { placeKey } from "./peek.ts";
import { refuseMoved, undoOf } from "./plan/offset-changes.ts";
import { LAST_OFFSET } from "./plan/places.ts";
import { lackedRight } from "./rights.ts";
import { forgetSnapshots } from "./snapshots.ts";
import { type Verdict, writeOffsets } from "./write-offsets.ts";

/** What a write leaves for reading back. */
const READ_BACK_MS = 3_000;

/**
 * Sets or deletes committed offsets as a plan showed them, or with `validateOnly` says whether it could. Nothing is written, and it
 * throws, where the group has live members (group-not-empty, named), where a commit is neither `before` nor already `after`, or where
 * a topic is another one than in the plan (plan-outdated, naming what moved), and where an offset is none (bad-request). A
 * partition that cannot be set carries a problem, the others are set. Sending the same body again is safe: what it has set already
 * is `unchanged`. Throws no-coordinator before anything was sent; after that the rows say what is known.
 */
export async function setOffsets(
  cluster: Cluster,
  groupId: string,
  body: SetOffsetsBody,
  signal?: AbortSignal,
): Promise<SetOffsetsResult> {
  const now = await readGroupNow(cluster, groupId, signal);
  refuseLive(now);
  return changeOffsets(cluster, now, body, signal);
}

/** The same for a group that was just read, and of which the caller knows that it may be changed. */
export async function changeOffsets(
  cluster: Cluster,
  now: GroupNow,
  { partitions: changes, validateOnly = false }: SetOffsetsBody,
  signal?: AbortSignal,
): Promise<SetOffsetsResult> {
  refuseOdd(changes);
  const known = await findTopicsMetadata(cluster, [...new Set(changes.map(({ topic }) => topic))], signal);
  // First: with a topic its commits are gone, too.
  refuseOtherTopics(changes, known);
  refuseMoved(changes, new Map<string, Told>([...now.committed, ...untold(changes, known)]));
  const checked = changes.map((change) => check(change, now, known));
  const toWrite = checked.flatMap(({ change, isWritten }) => (isWritten ? [change] : []));
  const warnings = await outsideWarnings(cluster, toWrite, known, signal);
  // From here on whoever asked may leave: what was begun is ended, read back and written to the audit.
  const rows = validateOnly
    ? checked.map((each) => plannedRow(each, now, known))
    : await apply(cluster, now, checked, toWrite, known);
  const { undo, warnings: losses } = undoOf(rows, now.committed);
  return {
    groupId: now.groupId,
    validateOnly,
    partitions: rows,
    set: rows.filter(({ outcome }) => outcome === "set").length,
    failed: rows.filter(({ outcome }) => outcome === "not-set" || outcome === "not-known").length,
    undo,
    warnings: [...(toWrite.length > 0 ? forgotten(now) : []), ...warnings, ...losses],
  };
}

function plannedRow(
  { change, problem, isWritten }: Checked,
  now: GroupNow,
  known: Map<string, TopicMetadata>,
): SetOffset {
  const refused = problem ?? (isWritten ? lackedFor(change, now, known) : null);
  const outcome = refused ? "not-set" : isWritten ? "planned" : "unchanged";
  return { ...change, readBack: commitOf(now, change), outcome, problem: refused };
}

/** A write is left to the broker's judgement; this is what it will say. */
function lackedFor({ topic, after }: OffsetChange, now: GroupNow, known: Map<string, TopicMetadata>): Problem | null {
  const onTopic = known.get(topic)?.operations ?? null;
  return (
    lackedRight("group", now.operations, [after === null ? "Delete" : "Read", now.groupId]) ??
    lackedRight("topic", onTopic, ["Read", topic])
  );
}

/** What would be refused by no broker, but must be: signs in the place of offsets, and a partition named twice. */
function refuseOdd(changes: OffsetChange[]): void {
  const seen = new Set<string>();
  for (const [index, change] of changes.entries()) {
    const field = `partitions.${index}`;
    const { topic, partition, after } = change;
    if (after !== null && (BigInt(after) < 0n || BigInt(after) > LAST_OFFSET))
      throw new ProblemError("bad-request", `${after} is not an offset.`, {
        field: `${field}.after`,
        topic,
        partition,
      });
    if (seen.has(placeKey(change)))
      throw new ProblemError("bad-request", `Partition ${partition} of ${topic} is given twice.`, { field });
    seen.add(placeKey(change));
  }
}

const UNKNOWN_TOPIC = 3;

/** The commits would go to another topic, whose offsets mean other records. */
function refuseOtherTopics(changes: OffsetChange[], known: Map<string, TopicMetadata>): void {
  for (const { topic, topicId } of changes) {
    const found = known.get(topic);
    if (!topicId || !found || found.id === topicId) continue;
    const isGone = found.errorCode === UNKNOWN_TOPIC;
    // A topic that may not be described is a problem of its rows; brokers before Kafka 2.8 have no ids.
    if (!isGone && (found.errorCode !== 0 || found.id === null)) continue;
    const detail = isGone
      ? `${topic} was deleted since.`
      : `${topic} was deleted and created anew since: it is another topic now.`;
    throw new ProblemError("plan-outdated", detail, { topic });
  }
}

type Told = { offset: bigint; metadata: string | null; problem: Problem | null };

/** Kafka leaves commits of what may not be described out, as if there were none: nothing says that one has moved. */
const untold = (changes: OffsetChange[], known: Map<string, TopicMetadata>) =>
  changes.flatMap((change) => {
    const problem = missingPlace(change, known);
    if (problem?.code !== "not-authorized") return [];
    return [[placeKey(change), { offset: -1n, metadata: null, problem }] as const];
  });

type Checked = { change: OffsetChange; problem: Problem | null; isWritten: boolean };

function check(change: OffsetChange, now: GroupNow, known: Map<string, TopicMetadata>): Checked {
  const problem = missingPlace(change, known) ?? now.committed.get(placeKey(change))?.problem ?? null;
  return { change, problem, isWritten: !problem && commitOf(now, change) !== change.after };
}

const commitOf = ({ committed }: GroupNow, change: OffsetChange) => {
  const commit = committed.get(placeKey(change));
  return commit && !commit.problem ? toInt64(commit.offset) : null;
};

/** Offsets outside their logs are set all the same, as an undo may have to, but not in silence. */
async function outsideWarnings(
  cluster: Cluster,
  changes: OffsetChange[],
  known: Map<string, TopicMetadata>,
  signal?: AbortSignal,
): Promise<Problem[]> {
  const named = new Set(changes.filter(({ after }) => after !== null).map(({ topic }) => topic));
  const logs = await readLogs(
    cluster,
    [...known.values()].filter(({ name }) => named.has(name)),
    signal,
  );
  return changes.flatMap(({ topic, partition, after }) => {
    const log = after === null ? null : logs.get(topic, partition);
    if (!log || after === null || (BigInt(after) >= log.start && BigInt(after) <= log.end)) return [];
    const detail = `${after} is outside the log of partition ${partition} of ${topic}, which holds ${log.start} to ${log.end}.`;
    const todo = "A consumer that begins there goes where its auto.offset.reset says: to the start, or to the end.";
    return [makeProblem("offset-out-of-range", detail, { topic, partition, todo })];
  });
}

async function apply(
  cluster: Cluster,
  now: GroupNow,
  checked: Checked[],
  toWrite: OffsetChange[],
  known: Map<string, TopicMetadata>,
): Promise<SetOffset[]> {
  let verdicts = new Map<string, Verdict>();
  try {
    verdicts = await withCost(() => writeOffsets(cluster, now, toWrite, known), Math.max(1, timeLeft() - READ_BACK_MS));
  } finally {
    forgetSnapshots(cluster);
  }
  await refuseJoined(cluster, now, toWrite, verdicts);
  const { found, problem: unread } = await readBack(cluster, now.groupId);
  return checked.map(({ change, problem, isWritten }): SetOffset => {
    if (!isWritten) {
      const current = commitOf(found ?? now, change);
      return { ...change, readBack: current, outcome: problem ? "not-set" : "unchanged", problem };
    }
    const verdict = verdicts.get(placeKey(change)) ?? { done: false, problem: makeProblem("no-coordinator") };
    const current = found ? commitOf(found, change) : null;
    // What is there counts more than an answer that was lost.
    const isThere = verdict.done || (found !== null && current === change.after);
    if (isThere) return { ...change, readBack: current, outcome: "set", problem: null };
    const outcome = verdict.done === null && found === null ? "not-known" : "not-set";
    return { ...change, readBack: current, outcome, problem: verdict.problem ?? unread };
  });
}

/** Members that joined after the look: the broker refused every change, so nothing was written. */
async function refuseJoined(
  cluster: Cluster,
  now: GroupNow,
  toWrite: OffsetChange[],
  verdicts: Map<string, Verdict>,
): Promise<void> {
  const refused = toWrite.flatMap((change) => verdicts.get(placeKey(change))?.problem ?? []);
  const [first] = refused;
  if (!first || refused.length < toWrite.length || refused.some(({ code }) => code !== first.code)) return;
  if (first.code === "group-not-empty") refuseLive(await readGroupNow(cluster, now.groupId).catch(() => now));
  if (first.code === "group-not-empty" || first.code === "group-subscribed")
    throw new ProblemError(first.code, first.detail);
}

async function readBack(
  cluster: Cluster,
  groupId: string,
): Promise<{ found: GroupNow | null; problem: Problem | null }> {
  try {
    return { found: await readGroupNow(cluster, groupId), problem: null };
  } catch (error) {
    return { found: null, problem: problemFrom(error) };
  }
}
