import { makeProblem, type Problem } from "../../api/problem.ts";
import type { TopicMetadata } from "../metadata.ts";

export type ElectionRow = {
  topic: string;
  partition: number;
  /** The leader now; null: none. */
  before: number | null;
  /** The leader it would have; that of now where the problem says why it stays. */
  after: number | null;
  problem: Problem | null;
};

/** What an election of preferred leaders would move: every partition that another replica leads, or none. */
export function planElection(
  topics: Pick<TopicMetadata, "name" | "partitions">[],
  members: ReadonlySet<number>,
): ElectionRow[] {
  return topics.flatMap(({ name, partitions }) =>
    partitions.flatMap(({ partition, leader, replicas, isr }) => {
      const preferred = replicas[0];
      if (preferred === undefined || preferred === leader) return [];
      const reason = !members.has(preferred)
        ? `Broker ${preferred}, the preferred replica, is not a member of the cluster now.`
        : isr.includes(preferred)
          ? null
          : `Broker ${preferred}, the preferred replica, is not in sync yet.`;
      const problem = reason === null ? null : makeProblem("no-leader", reason, { topic: name, partition });
      return [{ topic: name, partition, before: leader, after: problem ? leader : preferred, problem }];
    }),
  );
}
