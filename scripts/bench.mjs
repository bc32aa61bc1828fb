import { fileURLToPath } from "node:url";
import { ensureBuild } from "./lib/build.mjs";
import { ensureKafkaJars } from "./lib/kafka-jars.mjs";
import { continueUnderNode24, ensurePackages } from "./lib/packages.mjs";
import { defaultKafkaVersion } from "./lib/paths.mjs";
import { giveUp, step } from "./lib/steps.mjs";
import { ensureChromium, ensureJava } from "./lib/system.mjs";

// `npm run bench`: prints figures beside their bars; it asserts none, for a figure depends on the machine.
try {
  await step("Packages", ensurePackages);
  await continueUnderNode24(fileURLToPath(import.meta.url));
  await step("Java", ensureJava);
  await step(`Kafka ${defaultKafkaVersion}`, () => ensureKafkaJars(defaultKafkaVersion));
  await step("Chromium", ensureChromium);
  await step("Build", ensureBuild);
  const { bench } = await import("../bench/main.ts");
  await bench();
  process.exit(0);
} catch (error) {
  giveUp(error);
}
