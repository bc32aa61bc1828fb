import type { OffsetChange } from "../api/group-offsets.ts";
import type { GroupType } from "../api/groups.ts";
import { makeProblem, type Problem, problemOf } from "../api/problem.ts";
import type { Cluster } from "./cluster.ts";
import { askCoordinator } from "./coordinators.ts";
import { timeLeft, withCost } from "./cost.ts";
import { kafkaProblem, problemFrom } from "./failures.ts";
import type { GroupNow } from "./group-now.ts";
import type { TopicMetadata } from "./metadata.ts";
import { placeKey } from "./peek.ts";
import { alterShareOffsets, deleteShareOffsets } from "./protocol/alter-share-offsets.ts";
import * as apis from "./protocol/apis.ts";
import { commitById, commitByName } from "./protocol/offset-commit.ts";
import { type Needs, refusal, refusalWords } from "./rights.ts";

/** `done` null: it was sent, and no answer came. */
export type Verdict = { done: true; problem: null } | { done: false | null; problem: Problem };

/** A part of the changes that one request carries, and what each partition of the answer says by `topic/partition`. */
type Part = { changes: OffsetChange[]; send: () => Promise<Map<string, Problem | null>> };

/** Coordinators write the commits of a request as one batch, which may not be larger than max.message.bytes of __consumer_offsets. */
const BYTES_AT_ONCE = 200_000;
/** Of a commit beside its names and its text. */
const COMMIT_BYTES = 80;
/** One try at most: a frozen coordinator must leave time for another one. */
const TRY_MS = 5_000;
/** Another coordinator is chosen within seconds; tries are this far apart. */
const PAUSE_MS = 500;

/**
 * Sets and deletes commits at the group's coordinator, wherever it moves meanwhile; a verdict for every change. Never throws for a
 * broker. Setting what is set already does no harm, so what got no answer is sent again while there is time.
 */
export async function writeOffsets(
  cluster: Cluster,
  group: Pick<GroupNow, "groupId" | "type" | "committed">,
  changes: OffsetChange[],
  known: Map<string, TopicMetadata>,
): Promise<Map<string, Verdict>> {
  const sets = changes.filter(({ after }) => after !== null);
  const deletions = changes.filter(({ after }) => after === null);
  const parts =
    group.type === "share"
      ? shareParts(cluster, group, sets, deletions)
      : [
          ...pieces(group.groupId, sets).map((piece) => ({
            changes: piece,
            send: () => commit(cluster, group.groupId, piece, known),
          })),
          ...pieces(group.groupId, deletions).map((piece) => ({
            changes: piece,
            send: () => remove(cluster, group.groupId, piece),
          })),
        ];
  const verdicts = new Map<string, Verdict>();
  let stopped: Problem | null = null;
  for (const { changes: piece, send } of parts) {
    // Members that joined in between hinder all that follows, too.
    const answer: Map<string, Problem | null> | { lost: Problem } | { stopped: Problem } = stopped
      ? { stopped }
      : await insist(send);
    for (const change of piece) verdicts.set(placeKey(change), verdictOf(answer, change));
    if (!("lost" in answer) && !("stopped" in answer))
      stopped = [...answer.values()].find((problem) => problem?.code === "group-not-empty") ?? null;
  }
  return verdicts;
}

function verdictOf(
  answer: Map<string, Problem | null> | { lost: Problem } | { stopped: Problem },
  change: OffsetChange,
): Verdict {
  if ("lost" in answer) return { done: null, problem: answer.lost };
  if ("stopped" in answer) return { done: false, problem: answer.stopped };
  const problem = answer.get(placeKey(change));
  if (problem === null) return { done: true, problem };
  return { done: false, problem: problem ?? makeProblem("kafka-error", "The answer leaves the partition out.") };
}

/** Sends until a coordinator has answered, or the time is over. */
async function insist(
  send: () => Promise<Map<string, Problem | null>>,
): Promise<Map<string, Problem | null> | { lost: Problem }> {
  let lost: Problem = makeProblem("no-coordinator");
  for (let first = true; first || timeLeft() > 2 * PAUSE_MS; first = false) {
    if (!first) await new Promise((resume) => setTimeout(resume, PAUSE_MS));
    try {
      const answer = await withCost(send, Math.min(TRY_MS, timeLeft()));
      const moved = [...answer.values()].find((problem) => problem?.code === "no-coordinator");
      if (!moved) return answer;
      lost = moved;
    } catch (error) {
      lost = problemFrom(error);
      if (problemOf(error)?.code !== "no-coordinator") return { lost };
    }
  }
  return { lost };
}

/** Small enough for one request each. */
function pieces(groupId: string, changes: OffsetChange[]): OffsetChange[][] {
  const all: OffsetChange[][] = [];
  let bytes = BYTES_AT_ONCE;
  for (const change of changes) {
    const size = COMMIT_BYTES + groupId.length + change.topic.length + (change.metadata?.length ?? 0) * 2;
    bytes += size;
    if (bytes > BYTES_AT_ONCE) {
      all.push([]);
      bytes = size;
    }
    all.at(-1)?.push(change);
  }
  return all;
}

const byTopic = (changes: OffsetChange[]) => [...Map.groupBy(changes, ({ topic }) => topic)];

/** By topic id where all topics have one and the coordinator speaks of ids: another topic of the name then gets no commit. */
async function commit(
  cluster: Cluster,
  groupId: string,
  changes: OffsetChange[],
  known: Map<string, TopicMetadata>,
): Promise<Map<string, Problem | null>> {
  const ids = new Map([...known].map(([name, { id }]) => [name, id]));
  const request = (nameOf: (topic: string) => string) => ({
    groupId,
    topics: byTopic(changes).map(([topic, rows]) => ({
      topic: nameOf(topic),
      partitions: rows.map(({ partition, after, metadata }) => ({
        partition,
        offset: BigInt(after ?? 0),
        metadata: metadata ?? null,
      })),
    })),
  });
  const send = async (api: typeof commitById, nameOf: (topic: string) => string) => {
    const codes = (answer: Awaited<ReturnType<typeof api.send>>) =>
      answer.flatMap(({ partitions }) => partitions.map(({ errorCode }) => errorCode));
    const { answer } = await askCoordinator(cluster, groupId, api, [request(nameOf)], codes);
    const names = new Map(changes.map(({ topic }) => [nameOf(topic), topic]));
    return new Map(
      answer.flatMap(({ topic, partitions }) =>
        partitions.map(({ partition, errorCode }): [string, Problem | null] => {
          const place = { topic: names.get(topic) ?? topic, partition };
          return [placeKey(place), refusedCommit(errorCode, groupId, place)];
        }),
      ),
    );
  };
  if (changes.every(({ topic }) => ids.get(topic))) {
    try {
      return await send(commitById, (topic) => ids.get(topic) ?? topic);
    } catch (error) {
      if (problemOf(error)?.code !== "api-unsupported") throw error;
    }
  }
  return send(commitByName, (topic) => topic);
}

/** To whoever commits without being a member, a broker says these while the group has members. */
const ONLY_MEMBERS = new Set([22, 25, 27, 82, 110, 113]);

function refusedCommit(
  errorCode: number,
  groupId: string,
  place: { topic: string; partition: number },
): Problem | null {
  if (ONLY_MEMBERS.has(errorCode)) return makeProblem("group-not-empty", "Members joined it in the meantime.", place);
  return refusal(errorCode, { group: ["Read", groupId], topic: ["Read", place.topic] }, null, place);
}

const GROUP_ID_NOT_FOUND = 69;

/** A group that is gone has no commits left to delete. */
async function remove(
  cluster: Cluster,
  groupId: string,
  changes: OffsetChange[],
): Promise<Map<string, Problem | null>> {
  const topics = byTopic(changes).map(([name, rows]) => ({
    name,
    partitions: rows.map(({ partition }) => ({ partitionIndex: partition })),
  }));
  const { answer } = await askCoordinator(cluster, groupId, apis.offsetDelete, [groupId, topics], ({ errorCode }) => [
    errorCode,
  ]);
  const whole = answer.errorCode === GROUP_ID_NOT_FOUND ? 0 : answer.errorCode;
  const words = refusalWords(whole, { group: ["Delete", groupId] });
  if (answer.errorCode !== 0)
    return new Map(changes.map((change) => [placeKey(change), wholeProblem(whole, change, words)]));
  return new Map(
    answer.topics.flatMap(({ name, partitions }) =>
      partitions.map(({ partitionIndex, errorCode }): [string, Problem | null] => {
        const place = { topic: name, partition: partitionIndex };
        return [placeKey(place), refusal(errorCode, { topic: ["Read", name] }, null, place)];
      }),
    ),
  );
}

const wholeProblem = (errorCode: number, { topic, partition }: OffsetChange, words?: string | null): Problem | null =>
  kafkaProblem(errorCode, words ?? null, { topic, partition });

/** Start offsets of share groups are set by partition, and deleted by topic only. */
function shareParts(
  cluster: Cluster,
  group: { groupId: string; type: GroupType | null; committed: GroupNow["committed"] },
  sets: OffsetChange[],
  deletions: OffsetChange[],
): Part[] {
  const { groupId, committed } = group;
  const deleted = byTopic(deletions).map(([topic, rows]): Part => {
    const gone = new Set(rows.map(placeKey));
    const kept = [...committed.values()].filter((one) => one.topic === topic && !gone.has(placeKey(one)));
    const refusal = makeProblem("bad-request", `Kafka deletes the start offsets of ${topic} only as a whole.`, {
      topic,
    });
    const refuse = async () => new Map(rows.map((row) => [placeKey(row), refusal] as const));
    return { changes: rows, send: kept.length > 0 ? refuse : () => removeStarts(cluster, groupId, topic, rows) };
  });
  const set = pieces(groupId, sets).map((piece) => ({
    changes: piece,
    send: () => alterStarts(cluster, groupId, piece),
  }));
  return [...set, ...deleted];
}

async function alterStarts(cluster: Cluster, groupId: string, changes: OffsetChange[]) {
  const starts = byTopic(changes).map(([topic, rows]) => ({
    topic,
    partitions: rows.map(({ partition, after }) => ({ partition, offset: BigInt(after ?? 0) })),
  }));
  const { answer } = await askCoordinator(cluster, groupId, alterShareOffsets, [groupId, starts], ({ errorCode }) => [
    errorCode,
  ]);
  const words = refusalWords(answer.errorCode, { group: ["Read", groupId] }, answer.errorMessage);
  if (answer.errorCode !== 0)
    return new Map(changes.map((change) => [placeKey(change), wholeProblem(answer.errorCode, change, words)]));
  return new Map(
    answer.topics.flatMap(({ topic, partitions }) =>
      partitions.map(({ partition, errorCode, errorMessage }): [string, Problem | null] => {
        const place = { topic, partition };
        return [placeKey(place), refusal(errorCode, { topic: ["Read", topic] }, errorMessage, place)];
      }),
    ),
  );
}

async function removeStarts(cluster: Cluster, groupId: string, topic: string, rows: OffsetChange[]) {
  const { answer } = await askCoordinator(cluster, groupId, deleteShareOffsets, [groupId, [topic]], ({ errorCode }) => [
    errorCode,
  ]);
  const ofTopic = answer.topics.find((one) => one.topic === topic);
  const said = answer.errorCode === 0 && ofTopic ? ofTopic : answer;
  const needs = { group: ["Delete", groupId], topic: ["Read", topic] } satisfies Needs;
  const words = refusalWords(said.errorCode, needs, said.errorMessage);
  return new Map(rows.map((row) => [placeKey(row), wholeProblem(said.errorCode, row, words)] as const));
}
