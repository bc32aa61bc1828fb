/** Lines of Kafka's own shell tools that do what is on screen. Pure; nothing is ever run. */

/** A word of a POSIX shell: quoted where it holds anything a shell would read. */
export const shellWord = (word: string): string =>
  /^[A-Za-z0-9_./:=,@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;

/** What stands for the cluster's address where it is not known: the reader sets it once. */
const BOOTSTRAP = "$BOOTSTRAP";

/** One command over several lines, an option a line. An option is a name, or a name and its values. */
export function kafkaCommand(tool: string, options: (string | [string, ...string[]])[], bootstrap?: string): string {
  const server = bootstrap === undefined ? BOOTSTRAP : shellWord(bootstrap);
  const lines = options.map((option) =>
    typeof option === "string" ? option : [option[0], ...option.slice(1).map(shellWord)].join(" "),
  );
  // A list of addresses is long, and has a line of its own.
  const start =
    bootstrap === undefined
      ? [`${tool}.sh --bootstrap-server ${server}`]
      : [`${tool}.sh`, `--bootstrap-server ${server}`];
  return [...start, ...lines].join(" \\\n  ");
}

/**
 * A topic's name for the tools that read it as a regular expression: kafka-topics.sh to describe, alter or delete, and
 * kafka-get-offsets.sh. Unescaped, `a.b` would change `a-b` too.
 */
export const exactly = (topic: string): string => topic.replaceAll(".", "\\.");

/** Creates a topic. Null partitions or replication factor: the broker's default. `assignment` replaces both. */
export function createTopicCommand(
  topic: {
    name: string;
    partitions: number | null;
    replicationFactor: number | null;
    assignment?: number[][] | null;
    configs: Record<string, string>;
  },
  bootstrap?: string,
): string {
  const placed = topic.assignment
    ? [["--replica-assignment", topic.assignment.map((replicas) => replicas.join(":")).join(",")] as [string, string]]
    : [
        ...(topic.partitions === null ? [] : [["--partitions", String(topic.partitions)] as [string, string]]),
        ...(topic.replicationFactor === null
          ? []
          : [["--replication-factor", String(topic.replicationFactor)] as [string, string]]),
      ];
  const configs = Object.entries(topic.configs).map(
    ([name, value]) => ["--config", `${name}=${value}`] as [string, string],
  );
  return kafkaCommand("kafka-topics", ["--create", ["--topic", topic.name], ...placed, ...configs], bootstrap);
}

/**
 * Reads what the messages tab shows, by kafka-console-consumer.sh; `view` is the tab's own address. That tool knows no "newest N":
 * for the newest records it waits at the end for the next ones.
 */
export function consumeCommand(topic: string, view: URLSearchParams, bootstrap?: string): string {
  const from = view.get("from") ?? "newest";
  const [partition] = (view.get("partition") ?? "").split(",");
  const offset = from.startsWith("offset:") ? from.slice("offset:".length) : { oldest: "earliest" }[from];
  const place: (string | [string, string])[] = partition
    ? [
        ["--partition", partition],
        ["--offset", offset ?? "latest"],
      ]
    : from === "oldest"
      ? ["--from-beginning"]
      : [];
  return kafkaCommand(
    "kafka-console-consumer",
    [
      ["--topic", topic],
      ...place,
      ["--isolation-level", view.get("isolation") ?? "read_committed"],
      ...["print.timestamp", "print.partition", "print.offset", "print.headers", "print.key"].map(
        (name): [string, string] => ["--property", `${name}=true`],
      ),
      ["--max-messages", "50"],
    ],
    bootstrap,
  );
}

/**
 * Prints one record by kafka-console-consumer.sh, which reads uncommitted records unless told otherwise: a record of an aborted
 * transaction is printed too, not the one after it.
 */
export const consumeRecordCommand = (topic: string, partition: string, offset: string, bootstrap?: string): string =>
  kafkaCommand(
    "kafka-console-consumer",
    [
      ["--topic", topic],
      ["--partition", partition],
      ["--offset", offset],
      ["--max-messages", "1"],
      ...["print.timestamp", "print.partition", "print.offset", "print.headers", "print.key"].map(
        (name): [string, string] => ["--property", `${name}=true`],
      ),
    ],
    bootstrap,
  );

/** Moves the log start of partitions by kafka-delete-records.sh; offset -1 is the high watermark. */
export function deleteRecordsCommand(
  topic: string,
  offsets: { partition: number; offset: string }[],
  bootstrap?: string,
): string {
  const file = [
    '{"version": 1, "partitions": [',
    offsets
      .map(({ partition, offset }) => `  {"topic": "${topic}", "partition": ${partition}, "offset": ${offset}}`)
      .join(",\n"),
    "]}",
  ];
  return [
    "cat > offsets.json <<'END'",
    ...file,
    "END",
    kafkaCommand("kafka-delete-records", [["--offset-json-file", "offsets.json"]], bootstrap),
  ].join("\n");
}
