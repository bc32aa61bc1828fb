import { expect, test } from "vitest";
import type { Reset } from "./api/group-offsets.ts";
import type { GroupType } from "./api/groups.ts";
import type { Int64 } from "./api/scalars.ts";
import {
  deleteGroupCommand,
  deleteOffsetsCommand,
  describeGroupCommand,
  resetCommand,
  setOffsetsCommand,
} from "./shell-groups.ts";

const group = (type: GroupType | null = "classic", groupId = "g") => ({ groupId, type });
const flat = (text: string | null) => text?.replaceAll(" \\\n  ", " ") ?? null;
const int64 = (text: string) => text as Int64;

test.each<[Reset, string]>([
  [{ to: "earliest" }, "--to-earliest"],
  [{ to: "latest" }, "--to-latest"],
  [{ to: "offset", offset: int64("42") }, "--to-offset 42"],
  [{ to: "time", time: "2026-11-22T07:00:00+01:00" }, "--to-datetime 2026-11-22T06:00:00.000"],
  [{ to: "duration", milliseconds: 90_500 }, "--by-duration PT90.5S"],
  [{ to: "shift", by: int64("-100") }, "--shift-by -100"],
])("%j is asked of the tool as %s", (reset, option) =>
  expect(flat(resetCommand(group(), { reset }, { execute: false }))).toBe(
    `kafka-consumer-groups.sh --bootstrap-server $BOOTSTRAP --group g --reset-offsets --all-topics ${option} --dry-run`,
  ),
);

test("topics and partitions are named, and an odd group is quoted", () => {
  const topics = [{ topic: "orders" }, { topic: "stock", partitions: [0, 2] }];
  expect(
    flat(resetCommand(group("consumer", "it's 100% mine"), { reset: { to: "latest" }, topics }, { execute: true })),
  ).toBe(
    "kafka-consumer-groups.sh --bootstrap-server $BOOTSTRAP --group 'it'\\''s 100% mine' --reset-offsets --topic orders --topic stock:0,2 --to-latest --execute",
  );
});

test("what a tool does not know, it is not asked", () => {
  const asked = (type: GroupType, reset: Reset, execute = false) => resetCommand(group(type), { reset }, { execute });
  expect(asked("classic", { to: "group", group: "other" })).toBeNull();
  expect(asked("classic", { to: "file", text: "a,0,1" })).toBeNull();
  expect(asked("classic", { to: "time", time: "noon" })).toBeNull();
  expect(asked("share", { to: "shift", by: int64("1") })).toBeNull();
  expect(flat(asked("share", { to: "earliest" }, true))).toContain("kafka-share-groups.sh");
  expect(flat(asked("streams", { to: "earliest" }))).toContain("--all-input-topics --to-earliest --dry-run");
  expect(asked("streams", { to: "earliest" }, true)).toBeNull();
});

test("the offsets of a plan are set by a file, and what is to go is deleted", () => {
  const changes = [
    { topic: "orders", partition: 0, after: int64("9007199254740993") },
    { topic: "orders", partition: 1, after: null },
    { topic: "stock", partition: 0, after: null },
  ];
  expect(flat(setOffsetsCommand(group(null), changes, { execute: true, bootstrap: "h:9092" }))).toBe(
    [
      "cat > offsets.csv <<'END'",
      "orders,0,9007199254740993",
      "END",
      "kafka-consumer-groups.sh --bootstrap-server h:9092 --group g --reset-offsets --from-file offsets.csv --execute",
      "kafka-consumer-groups.sh --bootstrap-server h:9092 --group g --delete-offsets --topic orders:1 --topic stock:0",
    ].join("\n"),
  );
  expect(setOffsetsCommand(group(), [], { execute: true })).toBeNull();
  expect(setOffsetsCommand(group("share"), changes, { execute: true })).toBeNull();
});

test("each type has its tool", () => {
  expect(flat(describeGroupCommand(group("share")))).toBe(
    "kafka-share-groups.sh --bootstrap-server $BOOTSTRAP --group g --describe",
  );
  expect(flat(deleteGroupCommand(group("streams")))).toContain("kafka-streams-groups.sh");
  expect(flat(deleteOffsetsCommand(group("streams"), ["in"]))).toContain("--delete-offsets --input-topic in");
  expect(flat(deleteOffsetsCommand(group("consumer"), ["a", "b"]))).toContain("--delete-offsets --topic a --topic b");
});
