import { makeProblem, type Problem } from "../../api/problem.ts";

const intended = {
  delete: "Kafka keeps its own state in it; without it groups lose their offsets, or transactions their outcome.",
  empty: "Kafka keeps its own state in it; empty, groups lose their offsets, or transactions their outcome.",
  "add-partitions":
    "Brokers find the partition of a group or a transaction by the number there is: with another number groups lose their offsets, or transactions their outcome.",
} as const;

/** What a plan for a topic of Kafka's own must say, since no broker refuses it. Empty for every other topic. */
export const internalWarnings = (
  { name, internal }: { name: string; internal: boolean },
  intent: keyof typeof intended,
): Problem[] => (internal ? [makeProblem("internal-topic", intended[intent], { topic: name })] : []);
