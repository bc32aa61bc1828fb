/** How one of Kafka's command-line tools is started. */
type Tool = {
  mainClass: string;
  /** In Kafka 3.9, where it was another class. */
  olderClass?: string;
  /** The option that names the cluster; null for a tool that reads files. */
  bootstrap: "--bootstrap-server" | null;
  /** The option that names the file with the login; null where there is none. */
  config: string | null;
};

const tool = (mainClass: string, more: Partial<Tool> = {}): Tool => ({
  mainClass,
  bootstrap: "--bootstrap-server",
  config: "--command-config",
  ...more,
});

/** Kafka's own commands by the names of its scripts: an opinion on the cluster that is not Kafdeck's. */
export const tools = {
  "kafka-topics": tool("org.apache.kafka.tools.TopicCommand"),
  "kafka-configs": tool("kafka.admin.ConfigCommand"),
  "kafka-get-offsets": tool("org.apache.kafka.tools.GetOffsetShell"),
  "kafka-consumer-groups": tool("org.apache.kafka.tools.consumer.group.ConsumerGroupCommand"),
  "kafka-share-groups": tool("org.apache.kafka.tools.consumer.group.ShareGroupCommand"),
  "kafka-streams-groups": tool("org.apache.kafka.tools.streams.StreamsGroupCommand"),
  "kafka-acls": tool("org.apache.kafka.tools.AclCommand", { olderClass: "kafka.admin.AclCommand" }),
  "kafka-reassign-partitions": tool("org.apache.kafka.tools.reassign.ReassignPartitionsCommand"),
  "kafka-leader-election": tool("org.apache.kafka.tools.LeaderElectionCommand", { config: "--admin.config" }),
  "kafka-delete-records": tool("org.apache.kafka.tools.DeleteRecordsCommand"),
  "kafka-log-dirs": tool("org.apache.kafka.tools.LogDirsCommand"),
  "kafka-metadata-quorum": tool("org.apache.kafka.tools.MetadataQuorumCommand"),
  "kafka-features": tool("org.apache.kafka.tools.FeatureCommand"),
  "kafka-transactions": tool("org.apache.kafka.tools.TransactionsCommand"),
  "kafka-console-consumer": tool("org.apache.kafka.tools.consumer.ConsoleConsumer", { config: "--consumer.config" }),
  "kafka-console-share-consumer": tool("org.apache.kafka.tools.consumer.ConsoleShareConsumer"),
  "kafka-console-producer": tool("org.apache.kafka.tools.ConsoleProducer", {
    olderClass: "kafka.tools.ConsoleProducer",
    config: "--producer.config",
  }),
  "kafka-dump-log": tool("org.apache.kafka.tools.DumpLogSegments", {
    olderClass: "kafka.tools.DumpLogSegments",
    bootstrap: null,
    config: null,
  }),
} as const satisfies Record<string, Tool>;
export type ToolName = keyof typeof tools;

/** The class and the whole argument list of a tool, with the cluster and the login added where they were not given. */
export function toolCommand(
  name: ToolName,
  version: string,
  given: readonly string[],
  bootstrap: string,
  config: string | null,
) {
  const found: Tool = tools[name];
  const line = [...given];
  if (found.bootstrap && !line.includes(found.bootstrap)) line.unshift(found.bootstrap, bootstrap);
  if (found.config && config && !line.includes(found.config)) line.push(found.config, config);
  const mainClass = version.startsWith("3.") ? (found.olderClass ?? found.mainClass) : found.mainClass;
  return { mainClass, arguments: line };
}
