import type { ClusterCard } from "@/lib/api/clusters";
import { counted } from "@/lib/format";

/** The colour of a cluster's dot; the word beside it says the same. */
export const clusterDot = {
  up: "bg-ok",
  partial: "bg-warn",
  down: "bg-bad",
  unknown: "bg-border-control",
} as const satisfies Record<ClusterCard["state"], string>;

/** A cluster's state in a few words: `3 brokers, Kafka 4.3`, `2 of 3 brokers answered`. */
export function clusterWords(card: ClusterCard): string {
  if (card.state === "down") return card.problem?.title ?? "Not reached";
  if (card.state === "unknown" || card.brokers === null) return "Not asked yet";
  if (card.state === "partial" && card.answered !== null)
    return `${card.answered} of ${counted(card.brokers, "broker")} answered`;
  return `${counted(card.brokers, "broker")}${card.kafkaVersion ? `, Kafka ${card.kafkaVersion}` : ""}`;
}
