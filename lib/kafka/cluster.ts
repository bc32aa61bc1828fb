import type { Connection } from "@platformatic/kafka";
import { type Problem, ProblemError, problemOf } from "../api/problem.ts";
import { type Address, closeQuietly, connect, endOf } from "./connect.ts";
import { translateFailure } from "./failures.ts";
import { type ClusterSettings, parseAddress } from "./settings.ts";

/** A connection and what its broker can do: API key to the versions it speaks. */
export type Line = { connection: Connection; versions: Map<number, { min: number; max: number }>; usedAt: number };

export type KnownBroker = { id: number; host: string; port: number; rack: string | null };

/** A cluster as this process knows it. Made without touching the network; connections are made when something is asked. */
export type Cluster = {
  settings: ClusterSettings;
  name: string;
  /** From the last Metadata answer; empty before the first. */
  brokers: Map<number, KnownBroker>;
  lines: Map<string, Promise<Line>>;
  /** Addresses that failed a moment ago, and are not tried again before `until`. */
  marked: Map<string, { until: number; problem: Problem }>;
  snapshots: Map<string, unknown>;
};

/** How long a broker that failed is left alone: a refusal is cheap to try again, a silence costs a deadline. */
const REST_MS: Partial<Record<Problem["code"], number>> = { "broker-timeout": 10_000, "connection-refused": 1_000 };
const REST_OTHER_MS = 2_000;
const IDLE_MS = 60_000;

/** What brokers see of us in logs and quotas, unless a request names another. */
export const CLIENT_ID = "kafdeck";

export function openCluster(settings: ClusterSettings): Cluster {
  return {
    settings,
    name: settings.name,
    brokers: new Map(),
    lines: new Map(),
    marked: new Map(),
    snapshots: new Map(),
  };
}

export const addressKey = ({ host, port }: Address): string => `${host}:${port}`;

/** Where to knock: the brokers that Metadata named, then the bootstrap servers; those resting come last. */
export function candidates(cluster: Cluster): Address[] {
  const all = [...cluster.brokers.values(), ...cluster.settings.bootstrap.map(parseAddress)];
  const distinct = [
    ...new Map(all.map((address) => [addressKey(address), { host: address.host, port: address.port }])).values(),
  ];
  const rank = (address: Address) => (markOf(cluster, address) ? 2 : cluster.lines.has(addressKey(address)) ? 0 : 1);
  return distinct.sort((a, b) => rank(a) - rank(b));
}

/** Why an address is left alone just now; null when it may be tried. */
export function markOf(cluster: Cluster, address: Address): Problem | null {
  const mark = cluster.marked.get(addressKey(address));
  return mark && mark.until > Date.now() ? mark.problem : null;
}

/** The open connection to an address, or a new one. Throws what `connect` throws, or the mark's problem while it rests. */
export function lineTo(
  cluster: Cluster,
  address: Address,
  timeoutMs: number,
  clientId: string,
  own?: string,
): Promise<Line> {
  const mark = markOf(cluster, address);
  if (mark) return Promise.reject(new ProblemError(mark.code, mark.detail));
  // Brokers count quotas by client id, so each id has connections of its own.
  const name = own === undefined ? clientId : `${clientId}#${own}`;
  const key = name === CLIENT_ID ? addressKey(address) : `${name} ${addressKey(address)}`;
  const existing = cluster.lines.get(key);
  if (existing) return existing;
  const opening = openLine(cluster, address, timeoutMs, clientId);
  cluster.lines.set(key, opening);
  opening
    .then(({ connection }) => connection.once("close", () => dropLine(cluster, opening)))
    .catch(() => dropLine(cluster, opening));
  return opening;
}

async function openLine(cluster: Cluster, address: Address, timeoutMs: number, clientId: string): Promise<Line> {
  const connection = await connect(cluster.settings, address, clientId, timeoutMs);
  const answer = await readApiVersions(connection, timeoutMs);
  const versions = new Map(answer.apiKeys.map((api) => [api.apiKey, { min: api.minVersion, max: api.maxVersion }]));
  scheduleSweep(cluster);
  return { connection, versions, usedAt: Date.now() };
}

/** ApiVersions in the newest version the broker takes: v4 (Kafka 3.9) names features with minimum 0, v3 (2.4) hides them. */
export async function readApiVersions(connection: Connection, timeoutMs: number) {
  const kafka = await import("@platformatic/kafka");
  const ask = (version: 3 | 4) => kafka[`apiVersionsV${version}`].api.async(connection, "kafdeck", "1");
  const limited = (version: 3 | 4) => within(ask(version), timeoutMs);
  try {
    return await limited(4).catch((error: unknown) =>
      problemOf(translateFailure(error))?.code === "broker-timeout" || !connection.isConnected()
        ? Promise.reject(error)
        : limited(3),
    );
  } catch (error) {
    closeQuietly(connection);
    throw endOf(connection) ?? new ProblemError(...reasonOf(error));
  }
}

function reasonOf(error: unknown): [Problem["code"], string | undefined, object, unknown] {
  const found = problemOf(translateFailure(error));
  return [found?.code ?? "not-kafka", found?.detail, {}, error];
}

/** Less than this is no time that a broker could be measured by. */
const SAID_AS_TIME_MS = 1_000;

const silence = (milliseconds: number): string =>
  milliseconds >= SAID_AS_TIME_MS
    ? `No answer within ${(milliseconds / 1000).toFixed(1)} s.`
    : `No answer in the ${Math.ceil(milliseconds)} ms that were left for it.`;

/** Rejects with broker-timeout when `work` is not done in time. The work itself cannot be called back. */
export async function within<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  let grace: NodeJS.Immediate | null = null;
  const timer = setTimeout(() => {
    // After a stall of this process timers come first, and answers that arrived meanwhile right behind: those count.
    grace = setImmediate(() => reject(new ProblemError("broker-timeout", silence(milliseconds))));
  }, milliseconds);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
    if (grace) clearImmediate(grace);
    work.catch(() => {});
  }
}

/** Leaves a broker alone for a while, so that the next page does not wait for it too. Being left alone does not extend it. */
export function mark(cluster: Cluster, address: Address, problem: Problem): void {
  if (markOf(cluster, address)) return;
  cluster.marked.set(addressKey(address), { until: Date.now() + (REST_MS[problem.code] ?? REST_OTHER_MS), problem });
}

/** Forgets a connection (only if it is still that one) and closes it. */
export function dropLine(cluster: Cluster, line: Promise<Line>): void {
  for (const [key, open] of cluster.lines) if (open === line) cluster.lines.delete(key);
  line.then(({ connection }) => closeQuietly(connection)).catch(() => {});
}

const sweeping = new WeakMap<Cluster, NodeJS.Timeout>();

/** Connections that nobody used for a minute are closed; the timer never keeps the process alive. */
function scheduleSweep(cluster: Cluster): void {
  if (sweeping.has(cluster)) return;
  const timer = setTimeout(async () => {
    sweeping.delete(cluster);
    for (const opening of [...cluster.lines.values()]) {
      const line = await opening.catch(() => null);
      if (line && Date.now() - line.usedAt > IDLE_MS) dropLine(cluster, opening);
    }
    if (cluster.lines.size > 0) scheduleSweep(cluster);
  }, IDLE_MS);
  timer.unref();
  sweeping.set(cluster, timer);
}

/** Closes every connection of a cluster. */
export async function closeCluster(cluster: Cluster): Promise<void> {
  const lines = [...cluster.lines.values()];
  cluster.lines.clear();
  for (const opening of lines) {
    const line = await opening.catch(() => null);
    if (line) closeQuietly(line.connection);
  }
}
