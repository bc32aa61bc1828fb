import type { GroupType } from "../../lib/api/groups.ts";
import { kafkaCommand } from "../../lib/shell.ts";

/** Kafka has a tool for each kind of group that is not of plain consumers. */
const tools = {
  classic: "kafka-consumer-groups",
  consumer: "kafka-consumer-groups",
  share: "kafka-share-groups",
  streams: "kafka-streams-groups",
} as const satisfies Record<GroupType, string>;

/** What prints a group, its offsets and its members. Not known which kind it is: the tool of plain consumers. */
export function describeGroupCommand(group: string, type: GroupType | null, bootstrap: string | undefined): string {
  const tool = tools[type ?? "classic"];
  const command = (...more: string[]) => kafkaCommand(tool, ["--describe", ["--group", group], ...more], bootstrap);
  return [command(), command("--members", "--verbose")].join("\n");
}
