import type { OffsetsPlan, PlannedOffset, PlanOffsetsBody, Reset } from "../api/group-offsets.ts";
import { makeProblem, type Problem } from "../api/problem.ts";
import { toInt64 } from "../api/scalars.ts";
import type { Cluster } from "./cluster.ts";
import { timeLeft, withCost } from "./cost.ts";
import { existing, forgotten, type GroupNow, liveMembers, liveProblem, readGroupNow } from "./group-now.ts";
import { readLogs } from "./log-ranges.ts";
import { findTopicsMetadata, type TopicMetadata } from "./metadata.ts";
import { missingPlace } from "./missing-place.ts";
import { type OffsetTable, readOffsets } from "./offsets.ts";
import { peekRecords, placeKey } from "./peek.ts";
import { readOffsetFile } from "./plan/offset-file.ts";
import { type Goal, placeOffset, readingTime, realCommit, totals } from "./plan/reset.ts";
import { timeOf } from "./records.ts";
import { lackedRight } from "./rights.ts";

/** Where one partition is to go by a file or another group; others have one goal for all. `topicId`: of the topic that is meant. */
type Wish = { goal: Goal; metadata: string | null; topicId: string | null };
type Wishes = { byPartition: Map<string, Wish & { topic: string; partition: number }> | null; warnings: Problem[] };
type Place = { topic: string; partition: number };
type Row = { row: PlannedOffset; isSettable: boolean };

/**
 * What a reset of a group's committed offsets would do, partition by partition; nothing is written. The group need not exist:
 * setting offsets makes it. Live members do not hinder the plan, but its `problem` names them. `readRate`: records a second that the
 * group read of late; null: not known. Throws group-not-found for another group that is not there, offsets-unreadable, bad-request
 * for a time that is none, no-coordinator.
 */
export async function planOffsets(
  cluster: Cluster,
  groupId: string,
  { reset, topics }: PlanOffsetsBody,
  readRate: number | null,
  signal: AbortSignal,
): Promise<OffsetsPlan> {
  const time = startOf(reset);
  const now = await readGroupNow(cluster, groupId, signal);
  const wishes = await wishesOf(cluster, groupId, reset, signal);
  const names = namedTopics(now, topics, wishes);
  const known = await findTopicsMetadata(cluster, names, signal);
  const { places, warnings } = placesOf({ now, topics, wishes, known, isShift: reset.to === "shift" });
  const wanted = wantedPartitions(places, known);
  const [logs, atTime] = await Promise.all([
    readLogs(cluster, wanted, signal),
    time === null ? null : readOffsets(cluster, wanted, { time }, signal),
  ]);
  const rows = places.map((place) => planRow(place, now, known, logs, atTime, goalAt(reset, place, wishes, atTime)));
  await addFirstRecords(cluster, rows, signal);
  return toPlan(now, rows, readRate, [...wishes.warnings, ...warnings, ...logs.problems], topics !== undefined);
}

/** The time that is looked for, in epoch ms; null where the reset names none. Kafka's own signs are below 0. */
function startOf(reset: Reset): bigint | null {
  if (reset.to === "time") return timeOf(reset.time);
  if (reset.to === "duration") return BigInt(Math.max(0, Date.now() - reset.milliseconds));
  return null;
}

async function wishesOf(cluster: Cluster, groupId: string, reset: Reset, signal: AbortSignal): Promise<Wishes> {
  if (reset.to === "group") {
    const other = existing(await readGroupNow(cluster, reset.group, signal));
    const wishes = [...other.committed.values()].flatMap(({ topic, partition, offset }) => {
      const real = realCommit(offset);
      const goal = real === null ? null : ({ to: "offset", offset: real } as const);
      return goal ? [{ topic, partition, goal, metadata: null, topicId: null }] : [];
    });
    return { byPartition: byPlace(wishes), warnings: [] };
  }
  if (reset.to !== "file") return { byPartition: null, warnings: [] };
  const { offsets, left } = readOffsetFile(reset.text, groupId);
  const wishes = offsets.map(({ offset, ...told }) => ({
    ...told,
    goal: offset === null ? ({ to: "none" } as const) : ({ to: "offset", offset } as const),
  }));
  return { byPartition: byPlace(wishes), warnings: left.map((detail) => makeProblem("offsets-left-out", detail)) };
}

const byPlace = <P extends Place>(places: P[]): Map<string, P> =>
  new Map(places.map((place) => [placeKey(place), place]));

/** Every topic that the plan may be about, each once. */
function namedTopics(now: GroupNow, topics: PlanOffsetsBody["topics"], { byPartition }: Wishes): string[] {
  const named =
    topics?.map(({ topic }) => topic) ?? [...(byPartition ?? now.committed).values()].map(({ topic }) => topic);
  return [...new Set(named)].sort();
}

type Choice = {
  now: GroupNow;
  topics: PlanOffsetsBody["topics"];
  wishes: Wishes;
  known: Map<string, TopicMetadata>;
  isShift: boolean;
};

/** The partitions of the plan, by topic and partition; what was asked for and is not there is a warning. */
function placesOf({ now, topics, wishes, known, isShift }: Choice): { places: Place[]; warnings: Problem[] } {
  const warnings: Problem[] = [];
  const sources = wishes.byPartition;
  const partitionsOf = (topic: string) => known.get(topic)?.partitions.map(({ partition }) => partition) ?? [];
  const [commits, given] = [now.committed, sources ?? new Map<string, Place>()].map((of) =>
    Map.groupBy(of.values(), ({ topic }: Place) => topic),
  );
  const within = (of: Map<string, Place[]> | undefined, topic: string) =>
    (of?.get(topic) ?? []).map(({ partition }) => partition);
  const chosen = topics ?? namedTopics(now, undefined, wishes).map((topic) => ({ topic, partitions: undefined }));
  const places = chosen.flatMap(({ topic, partitions }) => {
    const own = within(commits, topic);
    // A topic that is gone still has its commits; and only what has one can be shifted, unless it is named.
    const all = sources ? within(given, topic) : isShift && !topics ? own : [...partitionsOf(topic), ...own];
    const these = [...new Set(partitions ?? all)].sort((a, b) => a - b);
    if (these.length === 0) warnings.push(nothingOf(topic, sources !== null, known));
    return these.map((partition) => ({ topic, partition }));
  });
  return { places: [...byPlace(places).values()].sort(inOrder), warnings };
}

const inOrder = (a: Place, b: Place) => (a.topic === b.topic ? a.partition - b.partition : a.topic < b.topic ? -1 : 1);

const nothingOf = (topic: string, fromSource: boolean, known: Map<string, TopicMetadata>): Problem =>
  (known.get(topic)?.partitions.length ?? 0) === 0
    ? makeProblem("topic-not-found", topic, { topic })
    : makeProblem(
        "offsets-left-out",
        fromSource ? `${topic}: no offset is given for it.` : `${topic}: no partition of it has a commit to shift.`,
        { topic },
      );

/** What of the places is there to be asked for. */
function wantedPartitions(places: Place[], known: Map<string, TopicMetadata>): TopicMetadata[] {
  const byTopic = Map.groupBy(places, ({ topic }) => topic);
  return [...byTopic].flatMap(([name, of]) => {
    const topic = known.get(name);
    const chosen = new Set(of.map(({ partition }) => partition));
    return topic ? [{ ...topic, partitions: topic.partitions.filter(({ partition }) => chosen.has(partition)) }] : [];
  });
}

/** null: nothing is given for this partition. */
function goalAt(reset: Reset, place: Place, { byPartition }: Wishes, atTime: OffsetTable | null): Wish | null {
  if (byPartition) return byPartition.get(placeKey(place)) ?? null;
  const found = atTime?.get(place.topic, place.partition)?.offset ?? -1n;
  const time: Goal = { to: "time", found: found < 0n ? null : found };
  const goals: Partial<Record<Reset["to"], Goal>> = {
    earliest: { to: "earliest" },
    latest: { to: "latest" },
    time,
    duration: time,
  };
  const goal =
    reset.to === "offset"
      ? ({ to: "offset", offset: BigInt(reset.offset) } as const)
      : reset.to === "shift"
        ? ({ to: "shift", by: BigInt(reset.by) } as const)
        : goals[reset.to];
  return goal ? { goal, metadata: null, topicId: null } : null;
}

function planRow(
  place: Place,
  now: GroupNow,
  known: Map<string, TopicMetadata>,
  logs: Awaited<ReturnType<typeof readLogs>>,
  atTime: OffsetTable | null,
  wish: Wish | null,
): Row {
  const { topic, partition } = place;
  const commit = now.committed.get(placeKey(place));
  const before = commit && !commit.problem ? commit.offset : null;
  const log = logs.get(topic, partition);
  const blank: PlannedOffset = {
    topic,
    topicId: known.get(topic)?.id ?? null,
    partition,
    before: before === null ? null : toInt64(before),
    after: before === null ? null : toInt64(before),
    start: log && toInt64(log.start),
    end: log && toInt64(log.end),
    records: toInt64(0n),
    lagAfter: null,
    note: null,
    wanted: null,
    first: null,
    problem: null,
  };
  const unset = (problem: Problem): Row => ({
    row: { ...blank, problem: { ...problem, topic, partition } },
    isSettable: false,
  });
  if (commit?.problem) return unset(commit.problem);
  const operations = known.get(topic)?.operations ?? null;
  const missing = missingPlace(place, known) ?? lackedRight("topic", operations, ["Read", topic]);
  if (missing) return unset(missing);
  if (wish === null) return unset(makeProblem("offsets-left-out", "No offset is given for this partition."));
  if (wish.topicId && blank.topicId && wish.topicId !== blank.topicId) return unset(otherTopic(topic));
  if (!log) return unset(logs.problemOf(topic, partition));
  const unasked = atTime?.problemOf(topic, partition);
  if (unasked) return unset(unasked);
  const placed = placeOffset(log, before, wish.goal);
  if (!placed) return unset(nothingToShift(before));
  const row = {
    ...blank,
    after: placed.after === null ? null : toInt64(placed.after),
    ...(wish.metadata === null || placed.after === null ? {} : { metadata: wish.metadata }),
    records: toInt64(placed.records),
    lagAfter: placed.lagAfter === null ? null : toInt64(placed.lagAfter),
    note: placed.note,
    wanted: placed.wanted === null ? null : toInt64(placed.wanted),
  };
  return { row, isSettable: true };
}

/** An undo is kept for as long as the audit is, and its offsets mean records of the topic that there was. */
const otherTopic = (topic: string): Problem =>
  makeProblem("topic-not-found", `The file means another ${topic}, of before it was deleted or of another cluster.`, {
    todo: "Where its offsets are meant all the same, give them as CSV, which names no topic ids.",
  });

const nothingToShift = (before: bigint | null): Problem =>
  makeProblem(
    "bad-request",
    before === null ? "There is no commit to shift." : `The commit is ${before}, which is no offset to shift from.`,
    { field: "reset.by", todo: "Choose earliest, latest, a time or an offset for this partition." },
  );

/** A plan without some first records is better than one that is waited for. */
const PEEKS_MS = 2_500;

/** Looks at the first record that each change leads to, as far as the time goes. What cannot be looked at stays without. */
async function addFirstRecords(cluster: Cluster, rows: Row[], signal: AbortSignal): Promise<void> {
  const changed = rows.filter(
    ({ row: { before, after, end }, isSettable }) => isSettable && after !== null && after !== before && after !== end,
  );
  const places = changed.map(({ row }) => ({
    topic: row.topic,
    partition: row.partition,
    offset: BigInt(row.after ?? 0),
  }));
  const peeked = await withCost(() => peekRecords(cluster, places, signal), Math.min(PEEKS_MS, timeLeft()));
  for (const { row } of changed) {
    const first = peeked.get(placeKey(row))?.first;
    if (!first) continue;
    const timestamp = first.timestamp === null ? null : toInt64(first.timestamp);
    row.first = { offset: toInt64(first.offset), timestamp, key: first.key };
  }
}

function toPlan(
  now: GroupNow,
  rows: Row[],
  readRate: number | null,
  warnings: Problem[],
  isNamed: boolean,
): OffsetsPlan {
  const big = (value: string | null) => (value === null ? null : BigInt(value));
  const sums = totals(
    rows
      .filter(({ isSettable }) => isSettable)
      .map(({ row }) => ({
        before: big(row.before),
        after: big(row.after),
        records: BigInt(row.records),
        lagAfter: big(row.lagAfter),
      })),
  );
  return {
    groupId: now.groupId,
    type: now.type,
    state: now.state,
    live: liveMembers(now),
    problem:
      liveProblem(now) ??
      lackedRight("group", now.operations, ["Read", now.groupId]) ??
      (rows.length === 0 && !isNamed ? noTopics(now) : null),
    partitions: rows.map(({ row }) => row),
    changes: sums.changes,
    readAgain: toInt64(sums.readAgain),
    skipped: toInt64(sums.skipped),
    lagAfter: sums.lagAfter === null ? null : toInt64(sums.lagAfter),
    readAgainMs: readingTime(sums.lagAfter, readRate),
    warnings: [...(sums.changes > 0 ? forgotten(now) : []), ...warnings],
  };
}

const noTopics = ({ groupId }: GroupNow): Problem =>
  makeProblem("bad-request", `${groupId} has no committed offsets.`, {
    field: "topics",
    todo: "Name the topics that it is to have offsets of; commits of topics that this user may not Describe are not shown.",
  });
