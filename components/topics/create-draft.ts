import { topicNameProblem } from "@/lib/api/topic-name";
import type { CreateTopicBody } from "@/lib/api/topics";
import { parseAssignment } from "./assignment";

/** The form as it is typed. Empty numbers are the broker's defaults. */
export type Draft = {
  name: string;
  placing: "kafka" | "hand";
  partitions: string;
  replicationFactor: string;
  assignment: string;
  configs: Record<string, string>;
};

export const emptyDraft: Draft = {
  name: "",
  placing: "kafka",
  partitions: "",
  replicationFactor: "",
  assignment: "",
  configs: {},
};

/** What is wrong with each field, as a sentence; null where nothing is. */
export type Mistakes = Record<"name" | "partitions" | "replicationFactor" | "assignment", string | null>;

const mistakeInCount = (text: string, most: number, above: string): string | null => {
  if (text === "") return null;
  if (!/^\d{1,6}$/.test(text) || Number(text) < 1) return "A whole number from 1 on.";
  return Number(text) > most ? above : null;
};

/** `brokers` null: not known, and only the broker can tell. */
export function mistakesIn(draft: Draft, brokers: readonly number[] | null): Mistakes {
  const byHand = draft.placing === "hand";
  const most = brokers?.length ?? 1000;
  const tooMany = `The cluster has ${most} ${most === 1 ? "broker" : "brokers"}; each holds one replica at most.`;
  return {
    name: topicNameProblem(draft.name),
    partitions: byHand ? null : mistakeInCount(draft.partitions, 100_000, "At most 100 000 here."),
    replicationFactor: byHand ? null : mistakeInCount(draft.replicationFactor, most, tooMany),
    assignment: byHand ? parseAssignment(draft.assignment, brokers).problem : null,
  };
}

/** What is sent; null while a field is wrong. */
export function bodyOfDraft(draft: Draft, brokers: readonly number[] | null): CreateTopicBody | null {
  if (Object.values(mistakesIn(draft, brokers)).some((mistake) => mistake !== null)) return null;
  const { assignment } = draft.placing === "hand" ? parseAssignment(draft.assignment, brokers) : { assignment: null };
  return {
    name: draft.name,
    ...(assignment
      ? { replicaAssignment: assignment }
      : {
          ...(draft.partitions === "" ? {} : { partitions: Number(draft.partitions) }),
          ...(draft.replicationFactor === "" ? {} : { replicationFactor: Number(draft.replicationFactor) }),
        }),
    ...(Object.keys(draft.configs).length > 0 ? { configs: draft.configs } : {}),
  };
}

/** What min.insync.replicas means with a number of replicas, as a sentence; null where one of them is not known. */
export function safetyWords(
  replicas: number | null,
  least: number | null,
): { tone: "ok" | "warn"; text: string } | null {
  if (replicas === null || least === null) return null;
  if (least > replicas)
    return {
      tone: "warn",
      text: `min.insync.replicas is ${least}, more than the ${replicas} there will be: Kafka then counts ${replicas}.`,
    };
  if (replicas === 1) return { tone: "warn", text: "One copy only: while its broker is away, so is the partition." };
  const spare = replicas - least;
  const kept = `A record counts as written (acks=all) when ${least} of ${replicas} replicas have it`;
  if (spare === 0) return { tone: "warn", text: `${kept}: as soon as one broker is away, writes are refused.` };
  if (least === 1)
    return { tone: "warn", text: `${kept}: it may be lost with that one broker. With 3 replicas, 2 is usual.` };
  return { tone: "ok", text: `${kept}: ${spare} may be away and writes go on.` };
}
