import { fileURLToPath } from "node:url";
import { ensureBuild } from "./lib/build.mjs";
import { ensureKafkaJars } from "./lib/kafka-jars.mjs";
import { continueUnderNode24, ensurePackages } from "./lib/packages.mjs";
import { defaultKafkaVersion } from "./lib/paths.mjs";
import { giveUp, step } from "./lib/steps.mjs";
import { ensureChromium, ensureJava } from "./lib/system.mjs";

// `npm run screenshots`: the pictures in public/screenshots, of the demo's topics on a Kafka of their own.
try {
  await step("Packages", ensurePackages);
  await continueUnderNode24(fileURLToPath(import.meta.url));
  await step("Java", ensureJava);
  await step(`Kafka ${defaultKafkaVersion}`, () => ensureKafkaJars(defaultKafkaVersion));
  await step("Chromium", ensureChromium);
  await step("Build", ensureBuild);
  const { takeScreenshots } = await import("./screenshots/take.ts");
  await takeScreenshots();
  process.exit(0);
} catch (error) {
  giveUp(error);
}
