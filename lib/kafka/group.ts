import type { GroupDetail, GroupPartition } from "../api/groups.ts";
import { type Problem, ProblemError } from "../api/problem.ts";
import type { Cluster } from "./cluster.ts";
import { timeLeft, withCost } from "./cost.ts";
import { distinctProblems, problemFrom } from "./failures.ts";
import { type FoundGroup, findGroup } from "./find-group.ts";
import {
  groupTimeLag,
  memberRows,
  partitionRows,
  placesOf,
  type Sources,
  type Topics,
  withAges,
} from "./group-partitions.ts";
import { summaryOf } from "./groups.ts";
import { holdersOf, memberTopics } from "./groups-at-coordinators.ts";
import { findTopicsMetadata } from "./metadata.ts";
import { readOffsets } from "./offsets.ts";
import { peekRecords } from "./peek.ts";
import { sumLags } from "./plan/lag.ts";
import { readShareFacts } from "./share-state.ts";
import { operationNames } from "./topic.ts";
import type { PartitionTrend, Trends } from "./trends.ts";

/** Each costs a Fetch: of more partitions that lag, the rest have the history's estimate. */
const EXACT_AT_MOST = 64;
/** Ages come last, and an answer without them is better than none. */
const EXACT_MS = 2_000;

/**
 * One group, read from the brokers now: its coordinator is found and asked, then the leaders for both ends of every partition it
 * has a commit of, holds or subscribes to, and for the next record of those that lag. Of a share group also its share coordinators.
 * A leader that does not answer is a problem of its rows. Throws group-not-found, not-authorized, no-coordinator.
 */
export function readGroup(
  cluster: Cluster,
  groupId: string,
  trends: Trends,
  signal: AbortSignal,
): Promise<GroupDetail> {
  return withCost(async (cost) => {
    const takenAt = new Date().toISOString();
    const found = await findGroup(cluster, groupId, { withOperations: true, signal });
    const topics = await readTopics(cluster, found, signal);
    const { rows, problems } = await readRows(cluster, found, topics, trends, signal);
    return {
      ...summaryFrom(found, rows, trends),
      groupEpoch: found.group.groupEpoch,
      assignmentEpoch: found.group.assignmentEpoch,
      memberList: memberRows(found.group, rows, topics),
      partitions: rows,
      topology: found.group.topology,
      authorizedOperations: operationNames(found.group.operations),
      history: trends.state(),
      snapshot: {
        takenAt,
        requests: cost.requests,
        milliseconds: Math.round((performance.now() - cost.startedAt) * 10) / 10,
      },
      warnings: problems,
    };
  }, timeLeft());
}

/** The topics it is about that are there now; those that may not be described too, without partitions. */
async function readTopics(cluster: Cluster, { group, commits }: FoundGroup, signal: AbortSignal): Promise<Topics> {
  const named = new Set([...commits.committed.map(({ topic }) => topic), ...memberTopics(group)]);
  const found = await findTopicsMetadata(cluster, [...named], signal);
  return new Map([...found].filter(([, { errorCode }]) => errorCode !== UNKNOWN_TOPIC));
}

const UNKNOWN_TOPIC = 3;

async function readRows(
  cluster: Cluster,
  { group, commits }: FoundGroup,
  topics: Topics,
  trends: Trends,
  signal: AbortSignal,
): Promise<{ rows: GroupPartition[]; problems: Problem[] }> {
  const places = placesOf(group, commits.committed, topics);
  const wanted = [...places].flatMap(([name, partitions]) => {
    const known = topics.get(name)?.partitions.filter(({ partition }) => partitions.has(partition)) ?? [];
    return known.length > 0 ? [{ name, partitions: known }] : [];
  });
  const [first, last, trend, share] = await Promise.all([
    readOffsets(cluster, wanted, "earliest", signal),
    readOffsets(cluster, wanted, "latest", signal),
    readTrends(trends, group.groupId),
    readShare(cluster, { group, commits }, topics, signal),
  ]);
  if (signal.aborted) throw new ProblemError("cancelled");
  const sources: Sources = { topics, first, last, trends: trend.partitions, share: share.facts };
  const rows = partitionRows(group, commits.committed, places, sources);
  const written = await readAges(cluster, rows, signal);
  return {
    rows: withAges(rows, written, Date.now()),
    problems: distinctProblems([...last.problems, ...first.problems, ...share.problems, ...trend.problems]),
  };
}

async function readTrends(trends: Trends, groupId: string) {
  try {
    return { partitions: await trends.partitions(groupId), problems: [] };
  } catch (error) {
    return { partitions: new Map<string, PartitionTrend>(), problems: [problemFrom(error)] };
  }
}

async function readShare(
  cluster: Cluster,
  { group, commits }: Pick<FoundGroup, "group" | "commits">,
  topics: Topics,
  signal: AbortSignal,
): ReturnType<typeof readShareFacts> {
  if (group.type !== "share") return { facts: new Map(), problems: [] };
  const started = commits.committed.flatMap(({ topic, partition, problem }) => {
    const topicId = topics.get(topic)?.id;
    return topicId && problem === null ? [{ topic, topicId, partition }] : [];
  });
  return readShareFacts(cluster, group.groupId, started, signal);
}

/** When the next record of partitions that lag was written, in epoch ms: of those with the most lag. Nothing is thrown. */
async function readAges(cluster: Cluster, rows: GroupPartition[], signal: AbortSignal): Promise<Map<string, number>> {
  const places = rows
    .flatMap(({ topic, partition, committed, lag }) =>
      committed === null || lag === null || lag === "0"
        ? []
        : [{ topic, partition, offset: BigInt(committed), lag: BigInt(lag) }],
    )
    .sort((a, b) => (a.lag > b.lag ? -1 : a.lag < b.lag ? 1 : 0))
    .slice(0, EXACT_AT_MOST);
  const peeked = await withCost(() => peekRecords(cluster, places, signal), Math.min(EXACT_MS, timeLeft())).catch(
    () => new Map<string, never>(),
  );
  return new Map(
    [...peeked].flatMap(([key, { first }]) =>
      first?.timestamp == null || first.timestamp < 0n ? [] : [[key, Number(first.timestamp)] as const],
    ),
  );
}

function summaryFrom({ coordinator, group, commits }: FoundGroup, rows: GroupPartition[], trends: Trends) {
  const { groupId, type, state, protocolType, assignor, members } = group;
  const read = memberTopics(group);
  const reading = {
    groupId,
    type,
    state,
    protocolType,
    assignor,
    coordinator,
    members: members.length,
    memberTopics: read,
    holders: holdersOf(group),
    committed: commits.problem ? null : commits.committed,
    problems: commits.problem ? [commits.problem] : [],
  };
  const { lag, unknown } = sumLags(rows.map((row) => ({ lag: row.lag === null ? null : BigInt(row.lag) })));
  const topics = [...new Set([...rows.map(({ topic }) => topic), ...read])].sort();
  return { ...summaryOf(reading, { lag, unknown, topics }, trends), ...groupTimeLag(rows) };
}
