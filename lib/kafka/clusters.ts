import type { BrokerSummary } from "../api/brokers.ts";
import type { ClusterCard, ClusterOverview } from "../api/clusters.ts";
import { makeProblem, type Problem } from "../api/problem.ts";
import { ask, askEach, isConnectionTrouble } from "./ask.ts";
import type { Cluster } from "./cluster.ts";
import { distinctProblems, problemFrom } from "./failures.ts";
import { type ApiVersionsAnswer, CLIENT_SOFTWARE, featuresOf } from "./features.ts";
import { readLogDirs, sumByTopic } from "./log-dirs.ts";
import { type ClusterMetadata, readMetadata } from "./metadata.ts";
import { attentionOf } from "./plan/attention.ts";
import { biggestTopics, brokerRows, controllerOf, isUnderReplicated, type Reading, totalsOf } from "./plan/overview.ts";
import * as apis from "./protocol/apis.ts";
import { readQuorum } from "./quorum.ts";
import { securityName } from "./settings.ts";
import { shared, type Taken } from "./snapshots.ts";
import { readTopicSettings } from "./topic-settings.ts";
import { kafkaVersionOf } from "./version.ts";

/** The overview may be this old before the brokers are asked again; the same for the state on a card. */
const OVERVIEW_AGE_MS = 5_000;
/** How long the list of clusters waits for one that does not answer. */
const CARD_WAIT_MS = 1_500;
const BIGGEST = 10;

type Versions = { answers: Map<number, ApiVersionsAnswer>; problems: Problem[] };

const readVersions = (cluster: Cluster, metadata: ClusterMetadata): Promise<Versions> =>
  askEach(
    metadata.brokers.map(({ id }) => id),
    (broker) => ask(cluster, broker, apis.apiVersions, CLIENT_SOFTWARE),
  );

/** The release that all brokers run at least; null when none of them tells. */
function lowestVersion(answers: Iterable<ApiVersionsAnswer>): string | null {
  const told = [...answers].flatMap(({ apiKeys, supportedFeatures = [] }) => {
    const version = kafkaVersionOf({
      apis: apiKeys.map(({ apiKey, maxVersion }) => ({ key: apiKey, max: maxVersion })),
      supported: supportedFeatures.map(({ name, maxVersion }) => ({ name, max: maxVersion })),
    });
    return version === null ? [] : [version];
  });
  return told.sort((a, b) => a.localeCompare(b, "en", { numeric: true }))[0] ?? null;
}

type CardFacts = Pick<
  ClusterCard,
  "state" | "brokers" | "answered" | "kafkaVersion" | "topics" | "underReplicated" | "offline" | "problem"
>;

const UNKNOWN: CardFacts = {
  state: "unknown",
  brokers: null,
  answered: null,
  kafkaVersion: null,
  topics: null,
  underReplicated: null,
  offline: null,
  problem: null,
};

const settingsCard = ({ settings }: Cluster) => ({
  name: settings.name,
  label: settings.label,
  colour: settings.colour,
  readOnly: settings.readOnly,
  readOnlyReason: settings.readOnlyReason,
  bootstrap: settings.bootstrap,
  security: securityName(settings),
});

function cardFacts(metadata: ClusterMetadata, versions: Versions): CardFacts {
  const partitions = metadata.topics.flatMap((topic) => topic.partitions);
  const members = new Set(metadata.brokers.map(({ id }) => id));
  const named = new Set([...members, ...partitions.flatMap(({ replicas }) => replicas)]);
  const answered = versions.answers.size;
  const missing = [...named].filter((id) => !members.has(id)).sort((a, b) => a - b);
  const absent = missing.map((broker) =>
    makeProblem("broker-unreachable", `Broker ${broker} is named in replica lists, but is no member now.`, {
      broker,
      todo: "Start it again, or move its replicas to other brokers.",
    }),
  );
  return {
    state: answered === 0 ? "down" : answered < named.size ? "partial" : "up",
    brokers: named.size,
    answered,
    kafkaVersion: lowestVersion(versions.answers.values()),
    topics: metadata.topics.length,
    underReplicated: partitions.filter(isUnderReplicated).length,
    offline: partitions.filter(({ leader }) => leader === null).length,
    problem: versions.problems[0] ?? absent[0] ?? null,
  };
}

/** The state of a cluster in one Metadata and one ApiVersions a broker, once for everybody in 5 s. A cluster that is down is a state too. */
function probe(cluster: Cluster): Promise<Taken<CardFacts>> {
  return shared(cluster, "card", OVERVIEW_AGE_MS, async () => {
    try {
      const { data } = await readMetadata(cluster, undefined, OVERVIEW_AGE_MS);
      return cardFacts(data, await readVersions(cluster, data));
    } catch (error) {
      return { ...UNKNOWN, state: "down" as const, problem: problemFrom(error) };
    }
  });
}

/** What was last known of a cluster: better than nothing while it keeps silent. */
const lastSeen = new WeakMap<Cluster, CardFacts>();

/** Every cluster with its state. None is waited for longer than 1.5 s: it then has the state it last had, or `unknown`. */
export function listCards(clusters: Iterable<Cluster>): Promise<ClusterCard[]> {
  return Promise.all(
    [...clusters].map(async (cluster) => {
      const asked = probe(cluster).then(({ data }) => {
        lastSeen.set(cluster, data);
        return data;
      });
      const facts = (await Promise.race([asked, pause(CARD_WAIT_MS)])) ?? lastSeen.get(cluster) ?? UNKNOWN;
      return { ...settingsCard(cluster), ...facts };
    }),
  );
}

const pause = (milliseconds: number): Promise<null> =>
  new Promise((resume) => setTimeout(resume, milliseconds, null).unref());

type Overview = Omit<ClusterOverview, "snapshot">;

/**
 * A cluster at a glance: two requests a broker (DescribeLogDirs, ApiVersions) and three more (Metadata, DescribeQuorum, DescribeConfigs),
 * once for everybody in 5 s. Brokers that do not answer are rows with a problem. Throws only what Metadata throws.
 */
export async function readOverview(cluster: Cluster): Promise<ClusterOverview> {
  const { data, snapshot } = await shared(cluster, "overview", OVERVIEW_AGE_MS, () => takeOverview(cluster));
  return { ...data, snapshot };
}

async function takeOverview(cluster: Cluster): Promise<Overview> {
  const { data: metadata } = await readMetadata(cluster);
  const names = metadata.topics.map(({ name }) => name);
  const ids = metadata.brokers.map(({ id }) => id);
  const [dirs, versions, quorum, settings] = await Promise.all([
    readLogDirs(cluster, ids, null),
    readVersions(cluster, metadata),
    readQuorum(cluster),
    readTopicSettings(cluster, names),
  ]);
  const unreachable = new Map(
    [...dirs.problems, ...versions.problems]
      .filter((problem) => problem.broker !== undefined && isConnectionTrouble(problem))
      .map((problem) => [problem.broker ?? -1, problem]),
  );
  const quorumProblem = withoutMajority(quorum.problem, unreachable.size, ids.length);
  const reading: Reading = {
    metadata,
    dirs,
    minIsr: new Map([...settings.byTopic].map(([name, { minInsyncReplicas }]) => [name, minInsyncReplicas])),
    quorum: quorum.quorum,
    quorumProblem,
    unreachable,
  };
  const brokers = brokerRows(reading);
  const warnings = [...(quorumProblem ? [quorumProblem] : []), ...dirs.problems, ...versions.problems];
  return overviewOf(cluster, metadata, reading, brokers, versions, [...warnings, ...settings.problems]);
}

/** A silent controller, and at least half of the brokers gone: the majority that a quorum needs cannot be there. */
function withoutMajority(problem: Problem | null, unreachable: number, members: number): Problem | null {
  if (!problem || !["broker-timeout", "kafka-error", "not-leader"].includes(problem.code)) return problem;
  if (unreachable * 2 < members) return problem;
  return makeProblem("no-quorum", `${unreachable} of ${members} brokers do not answer, and neither does a controller.`);
}

function overviewOf(
  cluster: Cluster,
  metadata: ClusterMetadata,
  reading: Reading,
  brokers: BrokerSummary[],
  versions: Versions,
  warnings: Problem[],
): Overview {
  const facts = cardFacts(metadata, versions);
  const [first] = versions.answers.values();
  return {
    card: { ...settingsCard(cluster), ...facts },
    clusterId: metadata.clusterId,
    kafkaVersion: facts.kafkaVersion,
    controller: controllerOf(reading),
    features: first ? featuresOf(first) : [],
    quorum: reading.quorum,
    quorumProblem: reading.quorumProblem,
    totals: totalsOf(reading, brokers),
    brokers,
    biggestTopics: biggestTopics(sumByTopic(reading.dirs), metadata, BIGGEST),
    attention: attentionOf(reading, brokers),
    warnings: distinctProblems(warnings),
  };
}
