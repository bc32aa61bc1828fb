import { onParentGone } from "../lib/packages.mjs";
import { type KafkaCluster, type KafkaOptions, startKafka } from "./cluster.ts";

/** Starts a cluster, says where it is, and stops it at Ctrl-C. */
export async function runCluster(options: KafkaOptions): Promise<void> {
  let cluster: KafkaCluster | null = null;
  let stopping = false;
  const stop = async () => {
    // npm and the terminal both send SIGINT: the second one must not end the process while brokers still stop.
    if (stopping) return;
    stopping = true;
    await cluster?.stop();
    process.exit(0);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);
  onParentGone(stop);
  cluster = await startKafka(options);
  console.log(`\nKafka ${cluster.version} is on ${cluster.bootstrap}`);
  for (const broker of cluster.brokers) {
    console.log(`  broker ${broker.id}  ${broker.address}  process ${broker.pid}  log ${broker.logFile}`);
  }
  for (const [name, address] of Object.entries(cluster.secure?.listeners ?? {})) {
    console.log(`  listener ${name.padEnd(9)} ${address}`);
  }
  if (cluster.secure) console.log(`  certificates in ${cluster.secure.certificates.directory}`);
  console.log("Ctrl-C stops it.");
}
