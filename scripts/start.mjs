import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ensureBuild } from "./lib/build.mjs";
import { ensureKafkaJars } from "./lib/kafka-jars.mjs";
import { continueUnderNode24, ensurePackages } from "./lib/packages.mjs";
import { defaultKafkaVersion, root } from "./lib/paths.mjs";
import { giveUp, step } from "./lib/steps.mjs";
import { ensureJava } from "./lib/system.mjs";

// `npm start`, and `npm run dev` with --dev: sets up what is missing, then runs the server and, where no cluster is
// named, a Kafka of its own with a demo on it.
const namesCluster = ["KAFKA_BROKERS", "KAFKA_BROKERCONNECT", "KAFKA_PROPERTIES", "KAFDECK_CONFIG"];
const development = process.argv.includes("--dev");

try {
  await step("Packages", ensurePackages);
  await continueUnderNode24(fileURLToPath(import.meta.url));
  const embedded = !existsSync(join(root, "kafdeck.yaml")) && !namesCluster.some((name) => process.env[name]);
  if (embedded) {
    await step("Java", ensureJava);
    await step(`Kafka ${defaultKafkaVersion}`, () => ensureKafkaJars(defaultKafkaVersion));
  }
  if (!development) await step("Build", ensureBuild);
  const { run } = await import("./start/run.ts");
  process.exitCode = await run({ development, embedded });
} catch (error) {
  giveUp(error);
}
