import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { ensureBuild } from "./lib/build.mjs";
import { ensureKafkaJars } from "./lib/kafka-jars.mjs";
import { continueUnderNode24, ensurePackages } from "./lib/packages.mjs";
import { defaultKafkaVersion } from "./lib/paths.mjs";
import { giveUp, SetUpError, step } from "./lib/steps.mjs";
import { ensureChromium, ensureJava, ensureKcat } from "./lib/system.mjs";

// `npm run bench [-- --only topics|messages|groups]`: prints figures beside their bars; it asserts none, for a figure depends on the machine.
try {
  const { values } = parseArgs({ options: { only: { type: "string", multiple: true } } });
  await step("Packages", ensurePackages);
  await continueUnderNode24(fileURLToPath(import.meta.url));
  await step("Java", ensureJava);
  await step(`Kafka ${defaultKafkaVersion}`, () => ensureKafkaJars(defaultKafkaVersion));
  await step("Chromium", ensureChromium);
  await step("kcat", ensureKcat);
  await step("Build", ensureBuild);
  const { bench, partNames } = await import("../bench/main.ts");
  const unknown = values.only?.find((name) => !partNames.includes(name));
  if (unknown !== undefined) throw new SetUpError(`--only takes ${partNames.join(", ")}, not ${unknown}.`);
  await bench(values.only ?? []);
  process.exit(0);
} catch (error) {
  giveUp(error);
}
