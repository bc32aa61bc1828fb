/** The brokers of each partition, the preferred leader first. */
export type Assignment = { partition: number; replicas: number[] }[];

type Parsed = { assignment: Assignment; problem: null } | { assignment: null; problem: string };

const wrong = (problem: string): Parsed => ({ assignment: null, problem });

/**
 * Reads a replica assignment, a line a partition: `0: 1,2,3`. What Kafka would refuse is told before it is asked: partitions
 * that are not 0 to n-1, a broker twice, another number of replicas, a broker there is not (`brokers`; null: not known).
 */
export function parseAssignment(text: string, brokers: readonly number[] | null): Parsed {
  const lines = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  if (lines.length === 0) return wrong("One line for each partition, such as 0: 1,2,3.");
  const byPartition = new Map<number, number[]>();
  for (const line of lines) {
    const [, partition, list] = /^(\d{1,6})\s*:\s*(\d{1,9}(?:\s*,\s*\d{1,9})*)$/.exec(line) ?? [];
    if (partition === undefined || list === undefined)
      return wrong(`“${line}” is not a partition, a colon and broker ids with commas.`);
    const replicas = list.split(",").map(Number);
    const unknown = brokers && replicas.find((broker) => !brokers.includes(broker));
    if (byPartition.has(Number(partition))) return wrong(`Partition ${partition} is given twice.`);
    if (new Set(replicas).size < replicas.length) return wrong(`Partition ${partition} names a broker twice.`);
    if (unknown !== null && unknown !== undefined)
      return wrong(`There is no broker ${unknown}; there are ${brokers?.join(", ")}.`);
    byPartition.set(Number(partition), replicas);
  }
  return complete(byPartition);
}

function complete(byPartition: Map<number, number[]>): Parsed {
  const assignment = [...byPartition]
    .map(([partition, replicas]) => ({ partition, replicas }))
    .sort((a, b) => a.partition - b.partition);
  const gap = assignment.findIndex(({ partition }, at) => partition !== at);
  if (gap !== -1) return wrong(`Partition ${gap} is missing: they count from 0.`);
  const factor = assignment[0]?.replicas.length ?? 0;
  const odd = assignment.find(({ replicas }) => replicas.length !== factor);
  if (odd)
    return wrong(
      `Partition ${odd.partition} has ${odd.replicas.length} replicas, partition 0 has ${factor}: all need as many.`,
    );
  return { assignment, problem: null };
}

/** As the editor shows it. */
export const assignmentText = (assignment: Assignment): string =>
  assignment.map(({ partition, replicas }) => `${partition}: ${replicas.join(",")}`).join("\n");

/** A start for the editor: the brokers in turn, each the leader of as many partitions. */
export const spread = (partitions: number, factor: number, brokers: readonly number[]): Assignment =>
  Array.from({ length: partitions }, (_, partition) => ({
    partition,
    replicas: Array.from(
      { length: Math.min(factor, brokers.length) },
      (__, at) => brokers[(partition + at) % brokers.length] ?? 0,
    ),
  }));
