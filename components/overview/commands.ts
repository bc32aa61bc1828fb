import type { FeatureLevel } from "@/lib/api/clusters";

const lines = (...parts: string[]): string => parts.join(" \\\n  ");

/** Kafka's own commands for what the overview shows. */
export const overviewCommands = (bootstrap: string[]): string => {
  const servers = `--bootstrap-server ${bootstrap.join(",")}`;
  return [
    lines("kafka-metadata-quorum.sh", servers, "describe --status"),
    lines("kafka-metadata-quorum.sh", servers, "describe --replication"),
    lines("kafka-features.sh", servers, "describe"),
    lines("kafka-topics.sh", servers, "--describe --under-replicated-partitions"),
    lines("kafka-log-dirs.sh", servers, "--describe"),
  ].join("\n");
};

/** The same as setting a feature level here. */
export function featureCommand(
  bootstrap: string[],
  { name, finalized }: Pick<FeatureLevel, "name" | "finalized">,
  level: number,
  unsafe: boolean,
): string {
  const verb = level >= (finalized ?? 0) ? "upgrade" : "downgrade";
  return lines(
    "kafka-features.sh",
    `--bootstrap-server ${bootstrap.join(",")}`,
    `${verb} --feature ${name}=${level}${unsafe && verb === "downgrade" ? " --unsafe" : ""}`,
  );
}

/** The same as electing every preferred leader here. */
export const electionCommand = (bootstrap: string[]): string =>
  lines(
    "kafka-leader-election.sh",
    `--bootstrap-server ${bootstrap.join(",")}`,
    "--election-type preferred --all-topic-partitions",
  );
