import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { ensureKafkaJars } from "./lib/kafka-jars.mjs";
import { continueUnderNode24, ensurePackages } from "./lib/packages.mjs";
import { defaultKafkaVersion } from "./lib/paths.mjs";
import { giveUp, step } from "./lib/steps.mjs";
import { ensureJava, ensureOpenssl } from "./lib/system.mjs";

// `npm run kafka -- --brokers 3 [--version 3.9.1] [--separate-controller] [--secure] [--keep DIRECTORY]`
try {
  const { values } = parseArgs({
    options: {
      brokers: { type: "string", default: "1" },
      version: { type: "string", default: defaultKafkaVersion },
      "separate-controller": { type: "boolean", default: false },
      secure: { type: "boolean", default: false },
      keep: { type: "string" },
    },
  });
  await step("Packages", ensurePackages);
  await step("Java", ensureJava);
  if (values.secure) await step("openssl", ensureOpenssl);
  await step(`Kafka ${values.version}`, () => ensureKafkaJars(values.version));
  await continueUnderNode24(fileURLToPath(import.meta.url));
  const { runCluster } = await import("./kafka/main.ts");
  await runCluster({
    brokers: Number(values.brokers),
    version: values.version,
    controllers: values["separate-controller"] ? "separate" : "combined",
    secure: values.secure,
    directory: values.keep === undefined ? undefined : resolve(values.keep),
  });
} catch (error) {
  giveUp(error);
}
