import type { GroupPartition } from "../api/groups.ts";
import type { Problem } from "../api/problem.ts";
import { toInt64 } from "../api/scalars.ts";
import { ask } from "./ask.ts";
import type { Cluster } from "./cluster.ts";
import { coordinatorOf } from "./coordinators.ts";
import { distinctProblems, kafkaProblem, problemFrom } from "./failures.ts";
import { readShareState, readShareSummary, type ShareStateOf } from "./protocol/share-state.ts";

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
  const problems: Problem[] = [];
  try {
    for (const { broker, asked } of await coordinated(
      cluster,
      groupId,
      places.slice(0, SHARE_PLACES_AT_MOST),
      signal,
    )) {
      const [found, sums] = await Promise.all([
        ask(cluster, broker, readShareState, [asked], signal),
        ask(cluster, broker, readShareSummary, [asked], signal),
      ]);
      const done = new Map(sums.map((row) => [rowKey(row), row.errorCode === 0 && row.done >= 0 ? row.done : null]));
      const names = new Map(places.map((place) => [rowKey(place), `${place.topic}/${place.partition}`]));
      for (const row of found) {
        const problem = kafkaProblem(row.errorCode, row.errorMessage);
        const name = names.get(rowKey(row));
        if (problem) problems.push(problem);
        else if (name !== undefined)
          facts.set(name, {
            inFlight: null,
            delivered: done.get(rowKey(row)) ?? null,
            states: row.batches.map(({ first, last, state, deliveries }) => ({
              first: toInt64(first),
              last: toInt64(last),
              state: states[state] ?? "unknown",
              deliveries,
            })),
          });
      }
    }
  } catch (error) {
    problems.push(problemFrom(error));
  }
  return { facts, problems: distinctProblems(problems) };
}

const rowKey = ({ topicId, partition }: { topicId: string; partition: number }): string => `${topicId}/${partition}`;

/** The places by their share coordinators. Throws what finding those threw. */
async function coordinated(
  cluster: Cluster,
  groupId: string,
  places: SharePlace[],
  signal?: AbortSignal,
): Promise<{ broker: number; asked: ShareStateOf }[]> {
  const keyOf = ({ topicId, partition }: SharePlace) => `${groupId}:${kafkaId(topicId)}:${partition}`;
  const coordinators = await coordinatorOf(cluster, "share", places.map(keyOf), signal);
  const byBroker = new Map<number, Map<string, number[]>>();
  for (const place of places) {
    const broker = coordinators.get(keyOf(place))?.broker ?? null;
    if (broker === null) continue;
    const topics = byBroker.get(broker) ?? new Map<string, number[]>();
    byBroker.set(broker, topics.set(place.topicId, [...(topics.get(place.topicId) ?? []), place.partition]));
  }
  return [...byBroker].map(([broker, topics]) => ({
    broker,
    asked: { groupId, topics: [...topics].map(([topicId, partitions]) => ({ topicId, partitions })) },
  }));
}

/** A topic's id as Kafka prints it. */
const kafkaId = (uuid: string): string => Buffer.from(uuid.replaceAll("-", ""), "hex").toString("base64url");
