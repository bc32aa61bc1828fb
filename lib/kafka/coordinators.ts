import { makeProblem, type Problem, ProblemError, problemOf } from "../api/problem.ts";
import { ask, askAny, isConnectionTrouble } from "./ask.ts";
import type { Cluster } from "./cluster.ts";
import { timeLeft } from "./cost.ts";
import { problemFrom } from "./failures.ts";
import { readMetadata } from "./metadata.ts";
import type { Api } from "./protocol/apis.ts";
import * as apis from "./protocol/apis.ts";
import { type Needs, refusal } from "./rights.ts";

/** What a coordinator is for, in FindCoordinator's numbers. Keys of `share` are `group:topicId:partition`, the id as Kafka prints it. */
const keyTypes = { group: 0, transaction: 1, share: 2 } as const;
export type CoordinatorKind = keyof typeof keyTypes;

/** `broker` null: there is none at the moment, and `problem` says why. */
export type Coordinator = { broker: number; problem: null } | { broker: null; problem: Problem };

/** Requests at once where a broker takes only one key, or one group, each. */
export const ONE_BY_ONE = 8;

/** COORDINATOR_LOAD_IN_PROGRESS, COORDINATOR_NOT_AVAILABLE, NOT_COORDINATOR: asking again where the coordinator is now may help. */
export const hasMoved = (errorCode: number): boolean => errorCode === 14 || errorCode === 15 || errorCode === 16;

/**
 * The coordinators of any number of keys, in one request (Kafka 3.0; one a key before). Every key is in the answer. Throws what
 * `askAny` throws.
 */
export async function coordinatorOf(
  cluster: Cluster,
  kind: CoordinatorKind,
  keys: string[],
  signal?: AbortSignal,
): Promise<Map<string, Coordinator>> {
  if (keys.length === 0) return new Map();
  const found = await requestCoordinators(cluster, keyTypes[kind], keys, signal);
  const isNew = found.some(({ errorCode, nodeId }) => errorCode === 0 && !cluster.brokers.has(nodeId));
  // Requests go to brokers that Metadata named.
  if (isNew) await readMetadata(cluster, signal, 0);
  const byKey = new Map(found.map((row) => [row.key, row]));
  return new Map(
    keys.map((key): [string, Coordinator] => {
      const row = byKey.get(key);
      const needs: Needs = kind === "group" ? { group: ["Describe", key] } : {};
      const problem = row ? refusal(row.errorCode, needs, row.errorMessage) : makeProblem("no-coordinator");
      if (row && !problem && cluster.brokers.has(row.nodeId)) return [key, { broker: row.nodeId, problem: null }];
      return [key, { broker: null, problem: problem ?? makeProblem("no-coordinator", undefined, brokerField(row)) }];
    }),
  );
}

const brokerField = (row: { nodeId: number } | undefined) => (row && row.nodeId >= 0 ? { broker: row.nodeId } : {});

type Row = { key: string; nodeId: number; errorCode: number; errorMessage?: string | null | undefined };

async function requestCoordinators(
  cluster: Cluster,
  keyType: number,
  keys: string[],
  signal?: AbortSignal,
): Promise<Row[]> {
  try {
    return (await askAny(cluster, apis.findCoordinators, [keyType, keys], signal)).coordinators;
  } catch (error) {
    if (problemOf(error)?.code !== "api-unsupported") throw error;
  }
  const answers = await inTurns(keys, async (key) => {
    const { coordinators } = await askAny(cluster, apis.findCoordinator, [keyType, [key]], signal);
    return coordinators.map((row) => ({ ...row, key }));
  });
  return answers.flat();
}

/** Works on all items, a few at once. Rejects with the first failure. */
export async function inTurns<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const waiting = items.entries();
  const lane = async () => {
    for (const [index, item] of waiting) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(ONE_BY_ONE, items.length) }, lane));
  return results;
}

/** How long a coordinator that is just being chosen is given before it is asked once more. */
const SETTLE_MS = 300;

/**
 * Works at a group's coordinator. Where `codesOf` finds in the result that the group has moved, or is being loaded, and where the
 * coordinator cannot be connected to, it is looked for and worked at once more. `repeats: false` leaves work alone whose answer
 * was lost. Throws no-coordinator, or what `work` throws.
 */
export async function atCoordinator<Result>(
  cluster: Cluster,
  group: string,
  work: (broker: number) => Promise<Result>,
  codesOf: (result: Result) => number[],
  signal?: AbortSignal,
  { repeats = true }: { repeats?: boolean } = {},
): Promise<{ broker: number; result: Result }> {
  let first: { broker: number; result: Result } | null = null;
  try {
    first = await once(cluster, group, work, signal);
    if (!codesOf(first.result).some(hasMoved)) return first;
  } catch (error) {
    const mayRepeat = problemOf(error)?.code === "no-coordinator" && (repeats || !(error instanceof LostAnswer));
    if (!mayRepeat || timeLeft() <= SETTLE_MS) throw error;
  }
  if (first && timeLeft() <= SETTLE_MS) return first;
  await new Promise((resume) => setTimeout(resume, SETTLE_MS));
  return once(cluster, group, work, signal);
}

/** One request to a group's coordinator, as `atCoordinator` does. */
export async function askCoordinator<Args extends unknown[], Result>(
  cluster: Cluster,
  group: string,
  api: Api<Args, Result>,
  args: Args,
  codesOf: (answer: Result) => number[],
  signal?: AbortSignal,
  options: { repeats?: boolean } = {},
): Promise<{ broker: number; answer: Result }> {
  const work = (broker: number) => ask(cluster, broker, api, args, signal);
  const { broker, result } = await atCoordinator(cluster, group, work, codesOf, signal, options);
  return { broker, answer: result };
}

/** The request may have left before the connection broke. */
class LostAnswer extends ProblemError {}

async function once<Result>(
  cluster: Cluster,
  group: string,
  work: (broker: number) => Promise<Result>,
  signal?: AbortSignal,
): Promise<{ broker: number; result: Result }> {
  const coordinator = (await coordinatorOf(cluster, "group", [group], signal)).get(group);
  if (!coordinator) throw new ProblemError("no-coordinator");
  if (coordinator.broker === null)
    throw new ProblemError(coordinator.problem.code, coordinator.problem.detail, brokerOnly(coordinator.problem));
  const { broker } = coordinator;
  try {
    return { broker, result: await work(broker) };
  } catch (error) {
    const problem = problemFrom(error);
    if (!isConnectionTrouble(problem)) throw error;
    const Kind = neverSent(problem) ? ProblemError : LostAnswer;
    throw new Kind("no-coordinator", problem.detail ?? problem.title, { broker }, error);
  }
}

const brokerOnly = ({ broker }: Problem) => (broker === undefined ? {} : { broker });

/** Of these it is certain that no request left. */
const neverSent = ({ code }: Problem): boolean =>
  ["connection-refused", "name-not-resolved", "tls-failed", "tls-required", "login-refused"].includes(code);

/** Why a group is not known: its coordinator did not answer. Other problems stay as they are. */
export const asNoCoordinator = (problem: Problem, broker: number): Problem =>
  isConnectionTrouble(problem)
    ? makeProblem("no-coordinator", problem.detail ?? problem.title, { broker })
    : { ...problem, broker };
