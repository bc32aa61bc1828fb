import type { Assigned } from "../../api/groups.ts";

type Subtopology = { id: string; sourceTopics: string[]; repartitionSourceTopics: string[] };
type Topology = { subtopologies: Subtopology[] };

/** Every topic that a streams group reads: sources, and those it writes between its parts; sorted. */
export const readTopics = ({ subtopologies }: Topology): string[] =>
  [...new Set(subtopologies.flatMap(topicsOf))].sort();

/**
 * The partitions that active tasks read: task N of a part reads partition N of each of its topics. Topics with fewer partitions
 * than the widest of their part have no such partition: whoever knows their size drops those.
 */
export function assignedOfTasks(tasks: { subtopology: string; partitions: number[] }[], topology: Topology): Assigned {
  const byTopic = new Map<string, Set<number>>();
  for (const { subtopology, partitions } of tasks) {
    const found = topology.subtopologies.find(({ id }) => id === subtopology);
    for (const topic of found ? topicsOf(found) : []) {
      const held = byTopic.get(topic) ?? new Set();
      for (const partition of partitions) held.add(partition);
      byTopic.set(topic, held);
    }
  }
  return [...byTopic]
    .map(([topic, held]) => ({ topic, partitions: [...held].sort((a, b) => a - b) }))
    .sort((a, b) => (a.topic < b.topic ? -1 : 1));
}

const topicsOf = ({ sourceTopics, repartitionSourceTopics }: Subtopology): string[] => [
  ...sourceTopics,
  ...repartitionSourceTopics,
];
