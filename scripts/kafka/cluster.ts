import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { dataDirectory, defaultKafkaVersion, kafkaLibraries } from "../lib/paths.mjs";
import { type Certificates, ensureCertificates } from "./certificates.ts";
import { type CommandResult, runJvm } from "./jvm.ts";
import { loggingFlags } from "./logging.ts";
import { type NodeProcess, startNode } from "./node.ts";
import { freePorts } from "./ports.ts";
import { type KafkaNode, nodeProperties, type Properties, plainListeners, writeProperties } from "./properties.ts";
import {
  type SecureListener,
  scramArguments,
  secureListenerNames,
  secureListeners,
  secureProperties,
  users,
  writeAdminConfig,
} from "./secure.ts";
import { type ToolName, toolCommand } from "./tools.ts";

/** What cluster to start. */
export type KafkaOptions = {
  /** 1 if nothing is given. From 2 on, each broker has a rack and two log directories. */
  brokers?: number;
  /** A version that set-up has fetched; KAFDECK_KAFKA_VERSION, then the default one, if nothing is given. */
  version?: string;
  /** "separate" is one controller that is no broker, so that all brokers but one may die. Combined if nothing is given. */
  controllers?: "combined" | "separate";
  /** Where the data stays when the cluster stops. With nothing given it is thrown away. */
  directory?: string;
  /** Wins over what is set here, for every node; null takes a line out. */
  properties?: Properties;
  /** Ports of the brokers; free ones if nothing is given. */
  ports?: readonly number[];
  /** Megabytes for each Java process. */
  heap?: number;
  /** SASL, TLS, mTLS, OAUTHBEARER and ACLs instead of plain text. */
  secure?: boolean;
};

/** What tests need to know of a secured cluster. */
export type SecureDetails = {
  users: typeof users;
  certificates: Certificates;
  /** `host:port` of each listener, of all brokers. */
  listeners: Record<SecureListener, string>;
};

/** A running cluster. */
export type KafkaCluster = {
  /** `host:port` of every broker; on a secured cluster of its SASL listener. */
  bootstrap: string;
  version: string;
  directory: string;
  brokers: NodeProcess[];
  /** The separate controller, if asked for. */
  controller: NodeProcess | null;
  secure: SecureDetails | null;
  /** Stops every process; of a throwaway cluster at once, and its data goes too. */
  stop(): Promise<void>;
  /** Runs one of Kafka's own commands on this cluster; it does not reject when the code is not 0. */
  run(tool: ToolName, arguments_: readonly string[], input?: string): Promise<CommandResult>;
};

const throwawayFolder = join(dataDirectory, "throwaway");

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** A new folder named after this process; those of processes that are gone are removed on the way. */
function throwawayDirectory(): string {
  mkdirSync(throwawayFolder, { recursive: true });
  for (const name of readdirSync(throwawayFolder)) {
    const pid = Number(name.split("-")[0]);
    if (!isAlive(pid)) rmSync(join(throwawayFolder, name), { recursive: true, force: true, maxRetries: 3 });
  }
  return join(throwawayFolder, `${process.pid}-${randomBytes(4).toString("hex")}`);
}

function clusterId(directory: string): string {
  const file = join(directory, "cluster-id");
  if (existsSync(file)) return readFileSync(file, "utf8");
  const id = randomBytes(16).toString("base64url").replace(/^-/, "A");
  writeFileSync(file, id);
  return id;
}

/** The nodes of a cluster, with ports: brokers are 1 to N, a separate controller is 100. */
async function layOut(directory: string, count: number, options: KafkaOptions): Promise<KafkaNode[]> {
  const separate = options.controllers === "separate";
  const ports = options.ports ?? (await freePorts(count));
  const controllerPorts = await freePorts(separate ? 1 : count);
  const node = (id: number, more: Pick<KafkaNode, "roles" | "port" | "controllerPort">): KafkaNode => ({
    id,
    directory: join(directory, String(id)),
    spread: count > 1 && more.port !== null,
    ...more,
  });
  const brokers = Array.from({ length: count }, (_, index) =>
    node(index + 1, {
      roles: separate ? "broker" : "broker,controller",
      port: ports[index] ?? null,
      controllerPort: separate ? null : (controllerPorts[index] ?? null),
    }),
  );
  const controller = { roles: "controller", port: null, controllerPort: controllerPorts[0] ?? null } as const;
  return separate ? [node(100, controller), ...brokers] : brokers;
}

async function format(libraries: string, node: KafkaNode, id: string, config: string, more: string[]): Promise<void> {
  if (existsSync(join(node.directory, "metadata", "meta.properties"))) return;
  const result = await runJvm({
    libraries,
    mainClass: "kafka.tools.StorageTool",
    arguments: ["format", "-t", id, "-c", config, ...more],
  });
  if (result.code !== 0) throw new Error(`Kafka's storage was not formatted:\n${result.stderr || result.stdout}`);
}

/** The listeners of each broker, and what the tests are told of them. */
async function secureDetails(directory: string, nodes: readonly KafkaNode[]) {
  const certificates = await ensureCertificates(join(directory, "certificates"));
  const ports = new Map<number, number[]>();
  for (const { id, port } of nodes) {
    if (port !== null) ports.set(id, [port, ...(await freePorts(secureListenerNames.length - 1))]);
  }
  const addresses = (name: SecureListener) =>
    [...ports.values()].map((own) => `127.0.0.1:${own[secureListenerNames.indexOf(name)]}`).join(",");
  const listeners = Object.fromEntries(secureListenerNames.map((name) => [name, addresses(name)]));
  const details: SecureDetails = {
    users,
    certificates,
    listeners: listeners as Record<SecureListener, string>,
  };
  const of = (node: KafkaNode) => secureListeners(ports.get(node.id) ?? []);
  return { details, of, shared: secureProperties(certificates), config: writeAdminConfig(directory) };
}

/**
 * Starts a real KRaft cluster on loopback and comes back when every broker answers Metadata with all brokers in it.
 * Its processes end with this one, however this one ends.
 */
export async function startKafka(options: KafkaOptions = {}): Promise<KafkaCluster> {
  const version = options.version ?? process.env.KAFDECK_KAFKA_VERSION ?? defaultKafkaVersion;
  const libraries = kafkaLibraries(version);
  if (!existsSync(libraries))
    throw new Error(`Kafka ${version} is not here yet: npm run kafka -- --version ${version}`);
  const directory = options.directory ?? throwawayDirectory();
  mkdirSync(directory, { recursive: true });
  const nodes = await layOut(directory, options.brokers ?? 1, options);
  const secure = options.secure ? await secureDetails(directory, nodes) : null;
  const id = clusterId(directory);

  const configOf = (node: KafkaNode) => join(directory, `${node.id}.properties`);
  for (const node of nodes) {
    const listeners = secure?.of(node) ?? plainListeners(node.port ?? 0);
    const overrides = { ...secure?.shared, ...options.properties };
    writeFileSync(configOf(node), writeProperties(nodeProperties(node, nodes, listeners, overrides)));
  }
  const more = secure ? scramArguments() : [];
  await Promise.all(nodes.map((node) => format(libraries, node, id, configOf(node), more)));

  const keepsData = options.directory !== undefined;
  const login = secure ? { username: "admin", password: users.plain.admin } : null;
  const started = nodes.map((node) =>
    startNode({ node, config: configOf(node), libraries, version, heap: options.heap, login, keepsData }),
  );
  const processes = await Promise.all(started);
  const brokers = processes.filter(({ port }) => port !== null);
  const bootstrap = brokers.map(({ address }) => address).join(",");

  const cluster: KafkaCluster = {
    bootstrap,
    version,
    directory,
    brokers,
    controller: processes.find(({ port }) => port === null) ?? null,
    secure: secure?.details ?? null,
    async stop() {
      await Promise.all(processes.map((process_) => process_.stop()));
      if (!keepsData) rmSync(directory, { recursive: true, force: true, maxRetries: 3 });
    },
    run(tool, arguments_, input) {
      const command = toolCommand(tool, version, arguments_, bootstrap, secure?.config ?? null);
      return runJvm({ libraries, ...command, flags: loggingFlags(directory, version) }, 60_000, input);
    },
  };
  try {
    const ids = brokers.map((broker) => broker.id);
    await Promise.all(brokers.map((broker) => broker.ready(ids)));
  } catch (error) {
    await cluster.stop();
    throw error;
  }
  return cluster;
}
