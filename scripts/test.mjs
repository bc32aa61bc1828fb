import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { ensureBuild } from "./lib/build.mjs";
import { ensureKafkaJars, ensureStreamsJars } from "./lib/kafka-jars.mjs";
import { continueUnderNode24, ensurePackages } from "./lib/packages.mjs";
import { defaultKafkaVersion, olderKafkaVersion } from "./lib/paths.mjs";
import { ensurePrometheus } from "./lib/prometheus.mjs";
import { giveUp, SetUpError, step } from "./lib/steps.mjs";
import { ensureChromium, ensureJava, ensureOpenssl, updateLists } from "./lib/system.mjs";
import { parts, runPart } from "./test/parts.mjs";

// `npm test [-- --only check|unit|conformance|e2e]`: sets up what the tests need, runs them, and counts.
try {
  const { values } = parseArgs({ options: { only: { type: "string", multiple: true } } });
  const groups = new Set(values.only ?? parts.map(({ group }) => group));
  const known = [...new Set(parts.map(({ group }) => group))];
  const unknown = [...groups].find((group) => !known.some((one) => one === group));
  if (unknown !== undefined) throw new SetUpError(`--only takes ${known.join(", ")}, not ${unknown}.`);

  await step("Packages", ensurePackages);
  await continueUnderNode24(fileURLToPath(import.meta.url));
  if (groups.has("conformance") || groups.has("e2e")) {
    await step("Java", ensureJava);
    await step("Prometheus", () => ensurePrometheus(updateLists));
    await step(`Kafka ${defaultKafkaVersion}`, () => ensureKafkaJars(defaultKafkaVersion));
    await step("Kafka Streams", () => ensureStreamsJars(defaultKafkaVersion));
  }
  if (groups.has("conformance")) {
    await step(`Kafka ${olderKafkaVersion}`, () => ensureKafkaJars(olderKafkaVersion));
    await step("openssl", ensureOpenssl);
  }
  if (groups.has("e2e")) {
    await step("Chromium", ensureChromium);
    await step("Build", ensureBuild);
  }

  const total = { passed: 0, failed: 0, skipped: 0 };
  const lines = [];
  for (const part of parts.filter(({ group }) => groups.has(group))) {
    const counts = await runPart(part);
    total.passed += counts.passed;
    total.failed += counts.failed;
    total.skipped += counts.skipped;
    lines.push(`  ${part.title.padEnd(20)} ${sentence(counts)}`);
  }
  console.log(`\n${lines.join("\n")}\n\n${total.passed} passed, ${total.failed} failed`);
  process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
} catch (error) {
  giveUp(error);
}

/** @param {import("./test/parts.mjs").Counts} counts */
function sentence({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}
