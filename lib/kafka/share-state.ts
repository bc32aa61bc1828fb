import type { GroupPartition } from "../api/groups.ts";
import { makeProblem, type Problem } from "../api/problem.ts";
import { toInt64 } from "../api/scalars.ts";
import { ask, askEach } from "./ask.ts";
import type { Cluster } from "./cluster.ts";
import { coordinatorOf } from "./coordinators.ts";
import { distinctProblems, kafkaProblem, problemFrom } from "./failures.ts";
import { readShareState, readShareSummary, type ShareState, type ShareStateOf } from "./protocol/share-state.ts";

export type SharePlace = { topic: string; topicId: string; partition: number };
type ShareFacts = NonNullable<GroupPartition["share"]>;

/** More would be a long answer of one broker, which asks its own log for each. */
export const SHARE_PLACES_AT_MOST = 1_000;

const states: Record<number, NonNullable<ShareFacts["states"]>[number]["state"]> = {
  0: "available",
  2: "acknowledged",
  4: "archived",
};

/**
 * What became of the records above the start offsets of a share group, as its share coordinators wrote it down: one FindCoordinator,
 * then two requests a share coordinator. Which records members hold at this moment is known to the partition's leader alone, and
 * no request tells it: `inFlight` is null. Keyed by `topic/partition`; nothing is thrown. Where the user may not read it (it needs
 * ClusterAction) or the broker lacks it, the places are absent and a problem says why.
 */
export async function readShareFacts(
  cluster: Cluster,
  groupId: string,
  places: SharePlace[],
  signal?: AbortSignal,
): Promise<{ facts: Map<string, ShareFacts>; problems: Problem[] }> {
  const facts = new Map<string, ShareFacts>();
  const { asked, problems } = await coordinated(cluster, groupId, places.slice(0, SHARE_PLACES_AT_MOST), signal);
  const { answers, problems: silent } = await askEach(asked.keys(), async (broker) => {
    const wanted: ShareStateOf = { groupId, topics: asked.get(broker) ?? [] };
    return Promise.all([
      ask(cluster, broker, readShareState, [wanted], signal),
      ask(cluster, broker, readShareSummary, [wanted], signal),
    ]);
  });
  const names = new Map(places.map((place) => [rowKey(place), `${place.topic}/${place.partition}`]));
  for (const [rows, sums] of answers.values()) {
    const done = new Map(sums.map((row) => [rowKey(row), row.errorCode === 0 && row.done >= 0 ? row.done : null]));
    for (const row of rows) {
      const problem = kafkaProblem(row.errorCode, row.errorMessage);
      const name = names.get(rowKey(row));
      if (problem) problems.push(problem);
      else if (name !== undefined) facts.set(name, toFacts(row, done.get(rowKey(row)) ?? null));
    }
  }
  return { facts, problems: distinctProblems([...problems, ...silent].map(explained)) };
}

const rowKey = ({ topicId, partition }: { topicId: string; partition: number }): string => `${topicId}/${partition}`;

const toFacts = ({ batches }: ShareState, delivered: number | null): ShareFacts => ({
  inFlight: null,
  delivered,
  states: batches.map(({ first, last, state, deliveries }) => ({
    first: toInt64(first),
    last: toInt64(last),
    state: states[state] ?? "unknown",
    deliveries,
  })),
});

/** These requests are meant for brokers, so users seldom have the right. */
const explained = (problem: Problem): Problem =>
  problem.code === "not-authorized"
    ? makeProblem(
        "not-authorized",
        "What became of the records of a share group is told with ClusterAction on the cluster.",
      )
    : problem;

/** The places by share coordinator, and why some have none. Nothing is thrown. */
async function coordinated(
  cluster: Cluster,
  groupId: string,
  places: SharePlace[],
  signal?: AbortSignal,
): Promise<{ asked: Map<number, ShareStateOf["topics"]>; problems: Problem[] }> {
  const keyOf = ({ topicId, partition }: SharePlace) => `${groupId}:${kafkaId(topicId)}:${partition}`;
  const asked = new Map<number, ShareStateOf["topics"]>();
  const problems: Problem[] = [];
  try {
    const coordinators = await coordinatorOf(cluster, "share", places.map(keyOf), signal);
    for (const place of places) {
      const found = coordinators.get(keyOf(place));
      if (found?.problem) problems.push(found.problem);
      if (found?.broker == null) continue;
      const topics = asked.get(found.broker) ?? [];
      const known = topics.find(({ topicId }) => topicId === place.topicId);
      if (known) known.partitions.push(place.partition);
      else topics.push({ topicId: place.topicId, partitions: [place.partition] });
      asked.set(found.broker, topics);
    }
  } catch (error) {
    problems.push(problemFrom(error));
  }
  return { asked, problems };
}

/** A topic's id as Kafka prints it. */
const kafkaId = (uuid: string): string => Buffer.from(uuid.replaceAll("-", ""), "hex").toString("base64url");
