import type { BrokerSummary } from "../../api/brokers.ts";
import type { ClusterOverview } from "../../api/clusters.ts";
import { bytes, counted, duration, share } from "../../format.ts";
import type { PartitionMetadata } from "../metadata.ts";
import { isUnderReplicated, type Reading, underMinIsr } from "./overview.ts";

type Attention = ClusterOverview["attention"][number];
type Named = PartitionMetadata & { topic: string };

/** Free space below these shares of a volume wants a look, or is about to stop a broker. */
const DISK_WARN = 0.15;
const DISK_BAD = 0.05;
/** A voter or observer fetches twice a second; one that far behind has stopped or cannot keep up. */
const QUORUM_BEHIND_MS = 10_000;

/** What needs somebody, as sentences, the worst first. Only what was read: nothing is guessed for what could not be asked. */
export function attentionOf(reading: Reading, brokers: BrokerSummary[]): Attention[] {
  const partitions = reading.metadata.topics.flatMap((topic) =>
    topic.partitions.map((partition) => ({ ...partition, topic: topic.name })),
  );
  const found = [
    controllerSilent(reading, brokers),
    missingBrokers(brokers),
    ...unreachableBrokers(brokers),
    offline(partitions, brokers),
    belowMinIsr(reading),
    underReplicated(partitions, brokers, reading),
    ...fullDisks(brokers),
    ...offlineDirs(reading),
    ...quorumBehind(reading),
    notPreferred(partitions, brokers),
  ].filter((one) => one !== null);
  return [
    ...found.filter(({ severity }) => severity === "bad"),
    ...found.filter(({ severity }) => severity === "warn"),
  ];
}

const bad = (text: string, action: Attention["action"]): Attention => ({ severity: "bad", text, action });
const warn = (text: string, action: Attention["action"]): Attention => ({ severity: "warn", text, action });

const have = (count: number) => (count === 1 ? "has" : "have");
const listed = (words: string[]): string =>
  words.length < 2 ? (words[0] ?? "") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
const brokersNamed = (ids: number[]): string => `${ids.length === 1 ? "broker" : "brokers"} ${listed(ids.map(String))}`;
const capital = (text: string): string => `${text[0]?.toUpperCase() ?? ""}${text.slice(1)}`;
const withState = (brokers: BrokerSummary[], state: BrokerSummary["state"]): number[] =>
  brokers.filter((broker) => broker.state === state).map(({ id }) => id);
const where = (partitions: Named[]): string =>
  `${counted(partitions.length, "partition")} of ${counted(new Set(partitions.map(({ topic }) => topic)).size, "topic")}`;
const showTopics = (partitions: Named[]): Attention["action"] => {
  const topics = new Set(partitions.map(({ topic }) => topic)).size;
  return { label: topics === 1 ? "Show the topic" : `Show the ${topics} topics`, target: "topics" };
};
const CHECK: Attention["action"] = { label: "Check connection", target: "doctor" };

function controllerSilent({ quorumProblem }: Reading, brokers: BrokerSummary[]): Attention | null {
  if (quorumProblem?.code === "no-quorum") {
    const silent = withState(brokers, "unreachable");
    const rest = brokers.filter(({ state }) => state !== "unreachable" && state !== "missing").map(({ id }) => id);
    const source = rest.length > 0 ? ` The figures are what ${brokersNamed(rest)} last knew.` : "";
    return bad(
      `The controllers have no majority: no controller answers, and neither ${silent.length === 1 ? "does" : "do"} ${brokersNamed(silent)}. Metadata is stale and nothing can be changed.${source}`,
      CHECK,
    );
  }
  return quorumProblem?.code === "broker-timeout"
    ? bad(`${quorumProblem.detail} Metadata may be stale, and nothing can be changed until one does.`, CHECK)
    : null;
}

function missingBrokers(brokers: BrokerSummary[]): Attention | null {
  const ids = withState(brokers, "missing");
  if (ids.length === 0) return null;
  const replicas = brokers.filter(({ state }) => state === "missing").reduce((sum, one) => sum + one.replicas, 0);
  return bad(
    `${capital(brokersNamed(ids))} ${ids.length === 1 ? "is" : "are"} missing: ${counted(replicas, "replica")} should be there, but ${ids.length === 1 ? "it is no member" : "they are no members"} of the cluster now.`,
    { label: "Show brokers", target: "brokers" },
  );
}

const unreachableBrokers = (brokers: BrokerSummary[]): Attention[] =>
  brokers
    .filter(({ state }) => state === "unreachable")
    .map(({ id, host, port, problem }) =>
      bad(
        `Broker ${id} (${host}:${port}) did not answer Kafdeck: ${problem?.detail ?? problem?.title ?? "nobody knows why"}`.replace(
          /([^.])$/,
          "$1.",
        ),
        CHECK,
      ),
    );

function offline(partitions: Named[], brokers: BrokerSummary[]): Attention | null {
  const leaderless = partitions.filter(({ leader }) => leader === null);
  if (leaderless.length === 0) return null;
  const why = blame(
    leaderless.flatMap(({ replicas }) => replicas),
    brokers,
  );
  return bad(
    `${where(leaderless)} ${have(leaderless.length)} no leader and can be neither read nor written${why ? `: ${why}` : ""}.`,
    showTopics(leaderless),
  );
}

/** Says of the brokers that are not well, among those concerned, what is wrong with them. Empty when all are well. */
function blame(concerned: Iterable<number>, brokers: BrokerSummary[]): string {
  const ids = new Set(concerned);
  const reasons = { missing: "missing", unreachable: "not answering", behind: "behind" } as const;
  return listed(
    Object.entries(reasons).flatMap(([state, word]) => {
      const those = brokers.filter((broker) => broker.state === state && ids.has(broker.id)).map(({ id }) => id);
      return those.length === 0 ? [] : [`${brokersNamed(those)} ${those.length === 1 ? "is" : "are"} ${word}`];
    }),
  );
}

function belowMinIsr(reading: Reading): Attention | null {
  const below = underMinIsr(reading);
  if (below.length === 0) return null;
  return bad(
    `${where(below)} ${have(below.length)} fewer replicas in sync than min.insync.replicas. Writes with acks=all are refused.`,
    showTopics(below),
  );
}

function underReplicated(partitions: Named[], brokers: BrokerSummary[], reading: Reading): Attention | null {
  const under = partitions.filter(isUnderReplicated);
  if (under.length === 0) return null;
  const lagging = under.flatMap(({ replicas, isr }) => replicas.filter((broker) => !isr.includes(broker)));
  const refused = underMinIsr(reading).length;
  const known = [...reading.minIsr.values()].every((least) => least !== null) && reading.minIsr.size > 0;
  const writes = known && refused === 0 ? " Writes with acks=all still succeed." : "";
  const why = blame(lagging, brokers);
  return warn(
    `${where(under)} ${have(under.length)} fewer replicas in sync than ${under.length === 1 ? "it" : "they"} should${why ? `: ${why}` : ""}.${writes}`,
    showTopics(under),
  );
}

function fullDisks(brokers: BrokerSummary[]): Attention[] {
  return brokers.flatMap(({ id, totalBytes, usableBytes }) => {
    if (totalBytes === null || usableBytes === null || BigInt(totalBytes) === 0n) return [];
    const free = Number((BigInt(usableBytes) * 10_000n) / BigInt(totalBytes)) / 10_000;
    if (free >= DISK_WARN) return [];
    const text = `The disk of broker ${id} is ${share(1 - free)} full: ${bytes(usableBytes)} of ${bytes(totalBytes)} are left.`;
    const action = { label: "Show brokers", target: "brokers" } as const;
    return [free < DISK_BAD ? bad(text, action) : warn(text, action)];
  });
}

const offlineDirs = ({ dirs }: Reading): Attention[] =>
  [...dirs.byBroker].flatMap(([broker, own]) =>
    own
      .filter(({ problem }) => problem !== null)
      .map(({ path }) =>
        bad(`Log dir ${path} of broker ${broker} is offline: its replicas cannot be used.`, {
          label: "Show brokers",
          target: "brokers",
        }),
      ),
  );

function quorumBehind({ quorum }: Reading): Attention[] {
  if (!quorum) return [];
  return quorum.replicas
    .filter(({ behindMs, role }) => role !== "leader" && (behindMs === null || behindMs > QUORUM_BEHIND_MS))
    .filter(({ behindMs, lastFetchAt }) => behindMs !== null || lastFetchAt !== null)
    .map(({ node, role, behindMs }) => {
      const since = behindMs === null ? "has not caught up yet" : `is ${duration(behindMs)} behind`;
      return warn(`${role === "voter" ? "Voter" : "Observer"} ${node} of the KRaft quorum ${since}.`, null);
    });
}

function notPreferred(partitions: Named[], brokers: BrokerSummary[]): Attention | null {
  const led = partitions.filter(({ leader }) => leader !== null);
  const moved = led.filter(({ leader, replicas }) => leader !== replicas[0]);
  if (moved.length === 0) return null;
  const members = new Set(brokers.filter(({ state }) => state !== "missing").map(({ id }) => id));
  const ready = moved.filter(({ replicas, isr }) => {
    const preferred = replicas[0];
    return preferred !== undefined && isr.includes(preferred) && members.has(preferred);
  }).length;
  const can =
    ready === moved.length
      ? ""
      : ready === 0
        ? " No preferred one is in sync yet."
        : ` For ${counted(ready, "partition")} the preferred one is in sync.`;
  return warn(
    `${counted(moved.length, "partition")} of ${led.length} ${moved.length === 1 ? "is" : "are"} not led by the preferred replica.${can}`,
    ready > 0 ? { label: "Elect preferred leaders…", target: "election" } : null,
  );
}
