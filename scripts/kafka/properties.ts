import { join } from "node:path";

/** One process of a cluster. */
export type KafkaNode = {
  id: number;
  roles: "broker,controller" | "broker" | "controller";
  /** Of the broker's own listener; null for a controller alone. */
  port: number | null;
  /** Null for a broker alone. */
  controllerPort: number | null;
  directory: string;
  /** Two log directories and a rack, as in a cluster of several machines. */
  spread: boolean;
};

/** A `.properties` file's lines; a value of null leaves the line out. */
export type Properties = Record<string, string | number | boolean | null>;

export const writeProperties = (properties: Properties): string =>
  Object.entries(properties)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name}=${value}\n`)
    .join("");

/** Internal topics as small and as replicated as the number of brokers allows. */
function internalTopics(brokers: number): Properties {
  const replication = Math.min(3, brokers);
  return {
    "offsets.topic.replication.factor": replication,
    "offsets.topic.num.partitions": 6,
    "transaction.state.log.replication.factor": replication,
    "transaction.state.log.min.isr": Math.min(2, replication),
    "transaction.state.log.num.partitions": 3,
    "share.coordinator.state.topic.replication.factor": replication,
    "share.coordinator.state.topic.min.isr": Math.min(2, replication),
    "share.coordinator.state.topic.num.partitions": 3,
  };
}

/** Few threads and small buffers: several brokers share two cores and little memory. */
const smallProcess: Properties = {
  "num.network.threads": 2,
  "num.io.threads": 2,
  "num.replica.fetchers": 1,
  "num.recovery.threads.per.data.dir": 1,
  "background.threads": 2,
  "log.cleaner.threads": 1,
  "log.cleaner.dedupe.buffer.size": 4_194_304,
  "log.index.size.max.bytes": 1_048_576,
};

/** A dead broker is noticed in seconds, so that a test of a fault does not wait for half a minute. */
const quickTimeouts: Properties = {
  "broker.session.timeout.ms": 4000,
  "broker.heartbeat.interval.ms": 1000,
  "replica.lag.time.max.ms": 5000,
  "group.initial.rebalance.delay.ms": 0,
};

/** Listeners of one broker: those of a plain cluster, or what `secure.ts` makes. */
export function plainListeners(port: number): Properties {
  return {
    listeners: `PLAINTEXT://127.0.0.1:${port}`,
    "advertised.listeners": `PLAINTEXT://127.0.0.1:${port}`,
    "inter.broker.listener.name": "PLAINTEXT",
    "listener.security.protocol.map": "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT",
  };
}

/**
 * The configuration of one node of a KRaft cluster with a fixed set of voters, which Kafka 3.9 and 4.x both take.
 * @param listeners Of a node with the broker role; ignored for a controller alone.
 * @param overrides Win over everything; null drops a line.
 */
export function nodeProperties(
  node: KafkaNode,
  nodes: readonly KafkaNode[],
  listeners: Properties,
  overrides: Properties,
): Properties {
  const voters = nodes.filter((other) => other.controllerPort !== null);
  const brokers = nodes.filter((other) => other.port !== null).length;
  const controller = node.controllerPort === null ? null : `CONTROLLER://127.0.0.1:${node.controllerPort}`;
  const broker: Properties =
    node.port === null
      ? { listeners: controller, "listener.security.protocol.map": listeners["listener.security.protocol.map"] ?? null }
      : { ...listeners, listeners: [listeners.listeners, controller].filter(Boolean).join(",") };
  return {
    "process.roles": node.roles,
    "node.id": node.id,
    "broker.rack": node.spread ? `rack-${node.id}` : null,
    "controller.quorum.voters": voters.map(({ id, controllerPort }) => `${id}@127.0.0.1:${controllerPort}`).join(","),
    "controller.listener.names": "CONTROLLER",
    ...broker,
    "log.dirs": (node.spread ? ["a", "b"] : ["data"]).map((name) => join(node.directory, name)).join(","),
    "metadata.log.dir": join(node.directory, "metadata"),
    "num.partitions": 3,
    "default.replication.factor": Math.min(3, brokers),
    "min.insync.replicas": brokers >= 3 ? 2 : 1,
    ...internalTopics(brokers),
    ...smallProcess,
    ...quickTimeouts,
    ...overrides,
  };
}
