import { type Problem, ProblemError, problemOf } from "../api/problem.ts";
import {
  addressKey,
  CLIENT_ID,
  type Cluster,
  candidates,
  dropLine,
  type KnownBroker,
  lineTo,
  mark,
  within,
} from "./cluster.ts";
import type { Address } from "./connect.ts";
import { countRequest, timeLeft } from "./cost.ts";
import { countFailure, countsOf } from "./counts.ts";
import { problemFrom, translateFailure } from "./failures.ts";
import { refuseLongText } from "./long-text.ts";
import type { Api } from "./protocol/apis.ts";

/** A request that any broker can answer is put to a second one when the first has not answered by then. */
const HEDGE_MS = 800;
/** A broker that was given less than this before the deadline is not blamed for its silence. */
const FAIR_CHANCE_MS = 1_000;

/** What a broker that was asked by id must be: known from Metadata. Throws broker-not-found otherwise. */
export function brokerOf(cluster: Cluster, id: number): KnownBroker {
  const broker = cluster.brokers.get(id);
  if (!broker)
    throw new ProblemError("broker-not-found", `Broker ${id} is not a member of the cluster now.`, { broker: id });
  return broker;
}

/**
 * Asks one broker and gives what it said; error codes inside the answer are the caller's to read. The version is the newest that
 * both sides speak. Rejects with a ProblemError: api-unsupported, broker-timeout (and the broker is then left alone for a while),
 * bad-request for a text that no broker can read, or what connecting threw.
 */
export async function ask<Args extends unknown[], Result>(
  cluster: Cluster,
  broker: number,
  api: Api<Args, Result>,
  args: Args,
  signal?: AbortSignal,
): Promise<Result> {
  try {
    return await askAt(cluster, brokerOf(cluster, broker), api, args, signal);
  } catch (error) {
    throw withBroker(error, broker);
  }
}

/** The same of an address: for what comes before Metadata. */
export async function askAt<Args extends unknown[], Result>(
  cluster: Cluster,
  address: Address,
  api: Api<Args, Result>,
  args: Args,
  signal?: AbortSignal,
): Promise<Result> {
  if (signal?.aborted) throw new ProblemError("cancelled");
  const budget = timeLeft();
  if (budget <= 0) throw notAsked();
  refuseLongText(args);
  const opening = lineTo(cluster, address, budget, api.clientId ?? CLIENT_ID, api.line);
  try {
    const line = await within(opening, budget);
    line.usedAt = Date.now();
    const spoken = line.versions.get(api.key);
    const version = api.versions.find((mine) => spoken && mine >= spoken.min && mine <= spoken.max);
    if (version === undefined) throw new ProblemError("api-unsupported", `${api.name} is not offered by this broker.`);
    const kafka = await import("@platformatic/kafka");
    const left = timeLeft();
    if (left <= 0) throw notAsked();
    countRequest();
    countsOf(cluster).requests += 1;
    return await abortable(
      within(api.send(kafka, version, line.connection, args).catch(answerInside<Result>), left),
      signal,
    );
  } catch (error) {
    if (signal?.aborted) throw new ProblemError("cancelled");
    const failure = translateFailure(error);
    const problem = problemFrom(failure);
    countFailure(cluster, problem.code);
    if (isConnectionTrouble(problem)) {
      const isItsFault = problem.code !== "broker-timeout" || (budget >= FAIR_CHANCE_MS && !api.forwarded);
      if (isItsFault) mark(cluster, address, problem);
      dropLine(cluster, opening);
    }
    throw failure;
  }
}

const notAsked = () => new ProblemError("broker-timeout", "Not asked: the time for this answer was used up.");

/** What makes a broker worth leaving alone; a refused request is not. */
export const isConnectionTrouble = ({ code }: Problem): boolean =>
  [
    "broker-timeout",
    "broker-unreachable",
    "connection-refused",
    "name-not-resolved",
    "tls-failed",
    "tls-required",
    "login-refused",
    "not-kafka",
  ].includes(code);

/** @platformatic/kafka rejects when any item of an answer holds an error code; the answer itself rides along. */
export function answerInside<Result>(error: unknown): Result {
  const carried = error as { response?: unknown; code?: unknown; errors?: { response?: unknown }[] };
  if (carried?.code === "PLT_KFK_RESPONSE" && carried.response) return carried.response as Result;
  throw error;
}

async function abortable<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  const { promise, reject } = Promise.withResolvers<never>();
  const stop = () => reject(new ProblemError("cancelled"));
  signal.addEventListener("abort", stop, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener("abort", stop);
    work.catch(() => {});
  }
}

/** Adds the broker to a problem that does not name one yet. */
function withBroker(error: unknown, broker: number): unknown {
  const problem = problemOf(error);
  return problem && problem.broker === undefined
    ? new ProblemError(problem.code, problem.detail, { ...problem, broker }, error)
    : error;
}

/**
 * Asks whichever broker answers first: one after the other, the next one also when the one before has been silent for 0.8 s.
 * Rejects with the first problem when none answers (cluster-unreachable when there was nobody to ask).
 */
export async function askAny<Args extends unknown[], Result>(
  cluster: Cluster,
  api: Api<Args, Result>,
  args: Args,
  signal?: AbortSignal,
): Promise<Result> {
  const addresses = candidates(cluster);
  const failures: unknown[] = [];
  const running = new Set<Promise<{ result: Result } | null>>();
  for (const address of addresses) {
    const attempt = askAt(cluster, address, api, args, signal)
      .then((result) => ({ result }))
      .catch((error: unknown) => {
        failures.push(named(error, address));
        running.delete(attempt);
        return null;
      });
    running.add(attempt);
    const found = await Promise.race([...running, pause(HEDGE_MS)]);
    if (found) return found.result;
    signal?.throwIfAborted();
  }
  while (running.size > 0) {
    const found = await Promise.race(running);
    if (found) return found.result;
  }
  throw (
    failures.find((failure) => !["broker-timeout", "connection-refused"].includes(problemFrom(failure).code)) ??
    failures[0] ??
    new ProblemError("cluster-unreachable")
  );
}

const pause = (milliseconds: number): Promise<null> =>
  new Promise((done) => setTimeout(done, milliseconds, null).unref());

/** Says which address it was: all that is known where no broker id is. */
function named(error: unknown, address: Address): unknown {
  const problem = problemOf(error);
  if (!problem || problem.detail?.includes(addressKey(address))) return error;
  return new ProblemError(problem.code, `${addressKey(address)}: ${problem.detail ?? problem.title}`, problem, error);
}

/** Asks several brokers at once. Those that failed are problems that name the broker; the others' answers stand. */
export async function askEach<Result>(
  brokers: Iterable<number>,
  work: (broker: number) => Promise<Result>,
): Promise<{ answers: Map<number, Result>; problems: Problem[] }> {
  const answers = new Map<number, Result>();
  const problems: Problem[] = [];
  await Promise.all(
    [...brokers].map(async (broker) => {
      try {
        answers.set(broker, await work(broker));
      } catch (error) {
        problems.push(problemFrom(error, { broker }));
      }
    }),
  );
  return { answers, problems: problems.sort((a, b) => (a.broker ?? 0) - (b.broker ?? 0)) };
}
