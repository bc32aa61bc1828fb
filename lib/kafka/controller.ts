import { makeProblem, ProblemError } from "../api/problem.ts";
import { ask } from "./ask.ts";
import type { Cluster } from "./cluster.ts";
import { problemFrom } from "./failures.ts";
import { readMetadata } from "./metadata.ts";
import type { Api } from "./protocol/apis.ts";

/** How long the controller may take, in the request itself: less than our own deadline, so that its own answer comes first. */
export const CONTROLLER_TIMEOUT_MS = 10_000;

/**
 * Sends a command to the broker that Metadata names as controller (with KRaft any broker, which forwards). Adds to a silence what
 * it most often means: the controllers have no majority. Whether the command was carried out is then unknown.
 */
export async function askController<Args extends unknown[], Result>(
  cluster: Cluster,
  api: Api<Args, Result>,
  args: Args,
  signal?: AbortSignal,
): Promise<{ broker: number; answer: Result }> {
  const { data } = await readMetadata(cluster, signal);
  const broker = cluster.brokers.has(data.controllerId) ? data.controllerId : [...cluster.brokers.keys()][0];
  if (broker === undefined) throw new ProblemError("cluster-unreachable");
  try {
    return { broker, answer: await ask(cluster, broker, api, args, signal) };
  } catch (error) {
    throw silenceExplained(error);
  }
}

const SEEN_WITHIN_MS = 2_000;
const LOOK_AGAIN_MS = 50;

/**
 * Looks until brokers show what the controller has done: it answers before they have all heard of it. Gives up quietly after 2 s,
 * since the change itself is done.
 */
export async function untilSeen(look: () => Promise<boolean>): Promise<void> {
  const until = Date.now() + SEEN_WITHIN_MS;
  while (!(await look().catch(() => false)) && Date.now() < until)
    await new Promise((resume) => setTimeout(resume, LOOK_AGAIN_MS));
}

/** A command that timed out, with what to look at. */
export function silenceExplained(error: unknown): unknown {
  const problem = problemFrom(error);
  if (problem.code !== "broker-timeout") return error;
  const { title } = makeProblem("no-quorum");
  return new ProblemError(
    "broker-timeout",
    `${problem.detail ?? problem.title} It is not known whether it was carried out.`,
    {
      ...problem,
      todo: `See the quorum on the overview. A common cause: ${title[0]?.toLowerCase()}${title.slice(1)}.`,
    },
    error,
  );
}
