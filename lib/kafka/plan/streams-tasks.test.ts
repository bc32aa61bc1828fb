import { expect, test } from "vitest";
import { assignedOfTasks, readTopics } from "./streams-tasks.ts";

const topology = {
  subtopologies: [
    { id: "0", sourceTopics: ["lines"], repartitionSourceTopics: [] },
    { id: "1", sourceTopics: ["table"], repartitionSourceTopics: ["counts-repartition"] },
  ],
};

test("a streams group reads its sources and what it writes between its parts", () => {
  expect(readTopics(topology)).toEqual(["counts-repartition", "lines", "table"]);
});

test("a task reads its own partition of each topic of its part", () => {
  const tasks = [
    { subtopology: "0", partitions: [1, 0] },
    { subtopology: "1", partitions: [1] },
    { subtopology: "gone", partitions: [0] },
  ];
  expect(assignedOfTasks(tasks, topology)).toEqual([
    { topic: "counts-repartition", partitions: [1] },
    { topic: "lines", partitions: [0, 1] },
    { topic: "table", partitions: [1] },
  ]);
});
