import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type KafkaCluster, startKafka } from "../kafka/cluster.ts";
import { freePorts, isFree } from "../kafka/ports.ts";
import { dataDirectory, defaultKafkaVersion } from "../lib/paths.mjs";
import { SetUpError } from "../lib/steps.mjs";

/** The embedded Kafka, whose address is known before it runs, so that the server need not wait for it. */
export type Embedded = {
  bootstrap: string;
  /** Starts the broker; comes back when it answers. */
  start(): Promise<KafkaCluster>;
  /** Lets another start take the folder. */
  release(): void;
};

const directory = join(dataDirectory, "embedded");
const ownerFile = join(directory, "owner");
const portFile = join(directory, "port");

/** Refuses the folder while another `npm start` works in it; what a killed one left behind is no obstacle. */
function takeFolder(): void {
  mkdirSync(directory, { recursive: true });
  const owner = existsSync(ownerFile) ? Number(readFileSync(ownerFile, "utf8")) : null;
  if (owner !== null && owner !== process.pid) {
    const { stdout } = spawnSync("ps", ["-o", "command=", "-p", String(owner)], { encoding: "utf8" });
    if (stdout?.includes("start.mjs")) {
      throw new SetUpError(
        `The embedded Kafka of this folder is in use by process ${owner}, another \`npm start\`. Stop that one, or name a cluster:\n\n    KAFKA_BROKERS=${existingBootstrap() ?? "host:9092"} KAFDECK_PORT=9001 npm start`,
      );
    }
  }
  writeFileSync(ownerFile, String(process.pid));
}

const existingBootstrap = (): string | null =>
  existsSync(portFile) ? `127.0.0.1:${readFileSync(portFile, "utf8")}` : null;

/** The port of the last start where it is still free: an address that was noted down goes on working. */
async function choosePort(): Promise<number> {
  const last = existsSync(portFile) ? Number(readFileSync(portFile, "utf8")) : 0;
  if (last > 0 && (await isFree(last))) return last;
  const [port = 0] = await freePorts(1);
  writeFileSync(portFile, String(port));
  return port;
}

/** Takes the embedded Kafka's folder and a port; throws SetUpError where another process has the folder. */
export async function prepareEmbedded(): Promise<Embedded> {
  takeFolder();
  const port = await choosePort();
  return {
    bootstrap: `127.0.0.1:${port}`,
    start: () =>
      startKafka({
        directory,
        version: defaultKafkaVersion,
        ports: [port],
        heap: 256,
        // The demo writes for as long as Kafdeck runs: segments that roll early are deleted early.
        properties: {
          "log.segment.bytes": 16_777_216,
          "log.retention.bytes": 67_108_864,
          "log.index.size.max.bytes": null,
          "broker.session.timeout.ms": null,
          "broker.heartbeat.interval.ms": null,
        },
      }),
    release: () => rmSync(ownerFile, { force: true }),
  };
}
