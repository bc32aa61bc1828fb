import { makeProblem, type Problem } from "../api/problem.ts";
import type { TopicMetadata } from "./metadata.ts";
import { refusal } from "./rights.ts";

type Place = { topic: string; partition: number };

/** Why a partition cannot be set at all; null where it is there. */
export function missingPlace({ topic, partition }: Place, known: Map<string, TopicMetadata>): Problem | null {
  const found = known.get(topic);
  if (!found) return makeProblem("topic-not-found", topic, { topic, partition });
  const refused = refusal(found.errorCode, { topic: ["Describe", topic] }, null, { topic, partition });
  if (refused) return refused;
  if (found.partitions.some((one) => one.partition === partition)) return null;
  return makeProblem("partition-not-found", `${topic} has partitions 0 to ${found.partitions.length - 1}.`, {
    topic,
    partition,
  });
}
