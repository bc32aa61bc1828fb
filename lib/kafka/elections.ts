import type { z } from "zod";
import type { electLeaders as endpoint } from "../api/clusters.ts";
import { makeProblem, type Problem, ProblemError } from "../api/problem.ts";
import { askAny } from "./ask.ts";
import type { Cluster } from "./cluster.ts";
import { kafkaProblem, throwKafkaError } from "./failures.ts";
import { type ClusterMetadata, readMetadata } from "./metadata.ts";
import { type ElectionRow, planElection } from "./plan/election.ts";
import { type ElectionAnswer, electLeaders as electLeadersApi, PREFERRED } from "./protocol/elect-leaders.ts";
import { forgetSnapshots } from "./snapshots.ts";

const COMMAND_MS = 10_000;
const READ_BACK_MS = 3_000;
/** ELECTION_NOT_NEEDED: somebody, or the controller itself, was faster. */
const NOT_NEEDED = 84;

type Body = z.infer<NonNullable<(typeof endpoint)["body"]>>;
type Answer = z.infer<(typeof endpoint)["response"]>;

/**
 * Lets preferred replicas lead again (ElectLeaders, Kafka 2.4), or says what that would move (`validateOnly`: planned here, Kafka has
 * no dry run for it). Throws plan-outdated where a partition given with `before` has another leader now; nothing is moved then.
 */
export async function electLeaders(cluster: Cluster, body: Body, signal: AbortSignal): Promise<Answer> {
  const { data: metadata } = await readMetadata(cluster, signal, 0);
  const members = new Set(metadata.brokers.map(({ id }) => id));
  const plan = planElection(metadata.topics, members);
  const rows = body.partitions ? chosen(body.partitions, plan, metadata) : plan;
  const validateOnly = body.validateOnly ?? false;
  const ready = rows.filter(({ problem }) => problem === null);
  const warnings = ready.length === 0 ? [nothingToElect(rows.length)] : [];
  if (validateOnly || ready.length === 0) return { validateOnly, partitions: rows, warnings };
  const answer = await askAny(cluster, electLeadersApi, [PREFERRED, byTopic(ready), COMMAND_MS], signal);
  throwKafkaError(answer.errorCode, answer.errorCode === 31 ? "Alter on the cluster is needed for an election." : null);
  forgetSnapshots(cluster);
  const refused = refusals(answer);
  const told = rows.map((row) => {
    const problem = refused.get(keyOf(row)) ?? row.problem;
    return { ...row, problem, after: problem ? row.before : row.after };
  });
  return { validateOnly, partitions: await readBack(cluster, told, signal), warnings: [] };
}

/** Kafka, which is not asked then, would say nothing of it either. */
const nothingToElect = (stuck: number): Problem =>
  makeProblem(
    "nothing-to-elect",
    stuck === 0
      ? "Every partition asked for is led by its preferred replica already."
      : "No partition asked for can be moved to its preferred replica now; each says why.",
  );

const keyOf = ({ topic, partition }: { topic: string; partition: number }): string => `${topic}/${partition}`;

/** The rows of the plan that were asked for. What is led by its preferred replica already is left out. */
function chosen(
  wanted: NonNullable<Body["partitions"]>,
  plan: ElectionRow[],
  { topics }: ClusterMetadata,
): ElectionRow[] {
  const rows = new Map(plan.map((row) => [keyOf(row), row]));
  const byName = new Map(topics.map((topic) => [topic.name, topic]));
  return wanted.flatMap((one) => {
    const topic = byName.get(one.topic);
    if (!topic) throw new ProblemError("topic-not-found", one.topic, { topic: one.topic });
    const partition = topic.partitions.find((each) => each.partition === one.partition);
    if (!partition)
      throw new ProblemError("partition-not-found", `${one.topic} has no partition ${one.partition}.`, one);
    if (one.before !== undefined && one.before !== partition.leader)
      throw new ProblemError(
        "plan-outdated",
        `Partition ${one.partition} of ${one.topic} is led by ${partition.leader ?? "no broker"} now, not by ${one.before ?? "none"}.`,
        { topic: one.topic, partition: one.partition },
      );
    return rows.get(keyOf(one)) ?? [];
  });
}

function byTopic(rows: ElectionRow[]): { topic: string; partitions: number[] }[] {
  const grouped = Map.groupBy(rows, ({ topic }) => topic);
  return [...grouped].map(([topic, own]) => ({ topic, partitions: own.map(({ partition }) => partition) }));
}

function refusals(answer: ElectionAnswer) {
  return new Map(
    answer.results.flatMap(({ topic, partitions }) =>
      partitions
        .filter(({ errorCode }) => errorCode !== NOT_NEEDED)
        .map(
          ({ partition, errorCode, errorMessage }) =>
            [keyOf({ topic, partition }), kafkaProblem(errorCode, errorMessage, { topic, partition })] as const,
        ),
    ),
  );
}

/** Brokers learn of new leaders a moment after the controller has chosen them; what they say after that is what is told. */
async function readBack(cluster: Cluster, rows: ElectionRow[], signal: AbortSignal): Promise<ElectionRow[]> {
  const until = Date.now() + READ_BACK_MS;
  for (;;) {
    const { data } = await readMetadata(cluster, signal, 0);
    const leaders = new Map(
      data.topics.flatMap(({ name, partitions }) =>
        partitions.map(({ partition, leader }) => [keyOf({ topic: name, partition }), leader] as const),
      ),
    );
    const read = rows.map((row) => ({ ...row, after: leaders.get(keyOf(row)) ?? null }));
    const settled = read.every((row, at) => row.problem !== null || row.after === rows[at]?.after);
    if (settled || Date.now() > until) return read;
    await new Promise((resume) => setTimeout(resume, 100));
  }
}
