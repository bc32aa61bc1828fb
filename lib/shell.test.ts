import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { expect, test } from "vitest";
import { consumeCommand, createTopicCommand, deleteRecordsCommand, exactly, shellWord } from "./shell.ts";

test("a shell reads every word back as it was", () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.string({ minLength: 1 }).filter((word) => !word.includes("\u0000")),
        { minLength: 1 },
      ),
      (words) => {
        const line = `printf '%s\\0' ${words.map(shellWord).join(" ")}`;
        expect(execFileSync("/bin/sh", ["-c", line], { encoding: "utf8" })).toBe(`${words.join("\u0000")}\u0000`);
      },
    ),
    { numRuns: 40 },
  );
});

test("a topic is created with what is given and nothing else", () => {
  const topic = { name: "a", partitions: 3, replicationFactor: null, configs: { "cleanup.policy": "compact,delete" } };
  expect(createTopicCommand(topic)).toBe(
    "kafka-topics.sh --bootstrap-server $BOOTSTRAP \\\n  --create \\\n  --topic a \\\n  --partitions 3 \\\n  --config cleanup.policy=compact,delete",
  );
});

test("an assignment takes the place of both numbers", () => {
  const assignment = [
    [1, 2],
    [2, 3],
  ];
  const command = createTopicCommand(
    { name: "a", partitions: 2, replicationFactor: 2, assignment, configs: {} },
    "h:9092",
  );
  expect(command).toContain("--replica-assignment 1:2,2:3");
  expect(command).not.toContain("--partitions");
  expect(command).toContain("--bootstrap-server h:9092");
});

test("the offsets of a purge are JSON", () => {
  const command = deleteRecordsCommand("a", [
    { partition: 0, offset: "9007199254741007" },
    { partition: 1, offset: "2" },
  ]);
  const json: unknown = JSON.parse(/\n(.*)\nEND\n/s.exec(command)?.[1] ?? "");
  expect(json).toMatchObject({
    version: 1,
    partitions: [
      { topic: "a", partition: 0 },
      { partition: 1, offset: 2 },
    ],
  });
  expect(command).toContain("9007199254741007");
});

test.each([
  ["", "--topic orders \\\n  --isolation-level read_committed"],
  ["from=oldest", "--from-beginning \\\n  --isolation-level read_committed"],
  ["from=offset:120&partition=4", "--partition 4 \\\n  --offset 120"],
  ["partition=4&isolation=read_uncommitted", "--offset latest \\\n  --isolation-level read_uncommitted"],
])("the view %j is read from a shell by %s", (view, expected) =>
  expect(consumeCommand("orders", new URLSearchParams(view))).toContain(expected),
);

test("a name read as a regular expression matches itself and no neighbour", () => {
  const pattern = new RegExp(`^(${exactly("a.b-c_d")})$`);
  expect(["a.b-c_d", "a-b-c_d", "axb-c_d"].filter((name) => pattern.test(name))).toEqual(["a.b-c_d"]);
});
