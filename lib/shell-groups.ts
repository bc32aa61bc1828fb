import type { OffsetChange, Reset } from "./api/group-offsets.ts";
import type { GroupType } from "./api/groups.ts";
import { kafkaCommand } from "./shell.ts";

/** Lines of Kafka's own tools for consumer groups. Pure; nothing is ever run. null: no tool can say it. */

/** `type` null: there is no such group yet; setting offsets makes a classic one. */
export type ShellGroup = { groupId: string; type: GroupType | null };

type Chosen = { topic: string; partitions?: number[] | undefined }[];
type Option = string | [string, ...string[]];

const tools: Record<GroupType, string> = {
  classic: "kafka-consumer-groups",
  consumer: "kafka-consumer-groups",
  share: "kafka-share-groups",
  streams: "kafka-streams-groups",
};

const toolOf = ({ type }: ShellGroup): string => tools[type ?? "classic"];

const command = (group: ShellGroup, options: Option[], bootstrap?: string): string =>
  kafkaCommand(toolOf(group), [["--group", group.groupId], ...options], bootstrap);

/** Members, offsets and lag of a group. */
export const describeGroupCommand = (group: ShellGroup, bootstrap?: string): string =>
  command(group, ["--describe"], bootstrap);

/** The tool deletes a streams group's internal topics only where that is asked for. */
export const deleteGroupCommand = (group: ShellGroup, bootstrap?: string): string =>
  command(group, ["--delete"], bootstrap);

/** All offsets that a group has of topics. */
export function deleteOffsetsCommand(group: ShellGroup, topics: string[], bootstrap?: string): string {
  const option = group.type === "streams" ? "--input-topic" : "--topic";
  return command(group, ["--delete-offsets", ...topics.map((topic): [string, string] => [option, topic])], bootstrap);
}

/** What the tool can do of a reset by itself; it works the offsets out anew when it is run. */
const byTool: Partial<Record<Reset["to"], GroupType[]>> = {
  earliest: ["classic", "consumer", "share", "streams"],
  latest: ["classic", "consumer", "share", "streams"],
  time: ["classic", "consumer", "share", "streams"],
  duration: ["classic", "consumer", "streams"],
  offset: ["classic", "consumer", "streams"],
  shift: ["classic", "consumer", "streams"],
};

/**
 * A reset as a wish, to be worked out by the tool: `execute: false` only shows it. null for offsets of another group or of a file
 * (`setOffsetsCommand` writes those out), for what the tool of the group's type does not know, for a time that is none, and for a
 * streams group that is to be reset: that tool deletes topics of the application, too.
 */
export function resetCommand(
  group: ShellGroup,
  { reset, topics }: { reset: Reset; topics?: Chosen | undefined },
  { execute, bootstrap }: { execute: boolean; bootstrap?: string | undefined },
): string | null {
  const type = group.type ?? "classic";
  const goal = byTool[reset.to]?.includes(type) ? goalOption(reset) : null;
  if (!goal || (execute && type === "streams")) return null;
  const [one, all] = type === "streams" ? ["--input-topic", "--all-input-topics"] : ["--topic", "--all-topics"];
  const scope: Option[] = topics ? topics.map((chosen) => [one, chosenTopic(chosen)]) : [all];
  return command(group, ["--reset-offsets", ...scope, goal, mode(execute)], bootstrap);
}

const mode = (execute: boolean) => (execute ? "--execute" : "--dry-run");

const chosenTopic = ({ topic, partitions }: Chosen[number]): string =>
  partitions ? `${topic}:${partitions.join(",")}` : topic;

function goalOption(reset: Reset): Option | null {
  if (reset.to === "offset") return ["--to-offset", reset.offset];
  if (reset.to === "shift") return ["--shift-by", reset.by];
  if (reset.to === "duration") return ["--by-duration", `PT${reset.milliseconds / 1000}S`];
  if (reset.to !== "time") return `--to-${reset.to}`;
  const time = Date.parse(reset.time);
  // The tool takes a time without a zone for UTC.
  return Number.isNaN(time) ? null : ["--to-datetime", new Date(time).toISOString().replace("Z", "")];
}

/**
 * Sets the very offsets of a plan or an undo, by a file, and deletes those that are to go. null where there is nothing to set, and
 * for share and streams groups, whose tools take no file or delete topics, too.
 */
export function setOffsetsCommand(
  group: ShellGroup,
  changes: Pick<OffsetChange, "topic" | "partition" | "after">[],
  { execute, bootstrap }: { execute: boolean; bootstrap?: string | undefined },
): string | null {
  if (group.type === "share" || group.type === "streams" || changes.length === 0) return null;
  const set = changes.filter(({ after }) => after !== null);
  const gone = [...Map.groupBy(changes, ({ topic }) => topic)].flatMap(([topic, rows]) => {
    const partitions = rows.filter(({ after }) => after === null).map(({ partition }) => partition);
    return partitions.length === 0 ? [] : [chosenTopic({ topic, partitions })];
  });
  const file = set.map(({ topic, partition, after }) => `${topic},${partition},${after}`);
  const setting = [
    "cat > offsets.csv <<'END'",
    ...file,
    "END",
    command(group, ["--reset-offsets", ["--from-file", "offsets.csv"], mode(execute)], bootstrap),
  ];
  return [
    ...(set.length > 0 ? setting : []),
    ...(gone.length > 0 ? [deleteOffsetsCommand(group, gone, bootstrap)] : []),
  ].join("\n");
}
