import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { kafkaLibraries, streamsLibraries } from "./paths.mjs";
import { digest, isUpToDate, markUpToDate, runQuietly } from "./steps.mjs";
import { ensureMaven } from "./system.mjs";

/** @typedef {[group: string, artifact: string, version: string]} Coordinates */

const nothingElse = "<exclusions><exclusion><groupId>*</groupId><artifactId>*</artifactId></exclusion></exclusions>";

/**
 * @param {string} version
 * @param {Coordinates[]} dependencies
 * @param {boolean} [alone] Without what they depend on.
 */
const pomOf = (version, dependencies, alone = false) => `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>kafdeck</groupId>
  <artifactId>kafka</artifactId>
  <version>${version}</version>
  <dependencies>
${dependencies
  .map(
    ([group, artifact, number]) =>
      `    <dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${number}</version>${alone ? nothingElse : ""}</dependency>`,
  )
  .join("\n")}
  </dependencies>
</project>
`;

/**
 * Fetches what a pom names from Maven's repositories into a folder, which is emptied before.
 * @param {string} name Of the step whose fingerprint is kept.
 * @param {string} libraries
 * @param {string} pom
 */
async function fetchJars(name, libraries, pom) {
  if (isUpToDate(name, digest(pom))) return "up to date";
  await ensureMaven();
  const folder = dirname(libraries);
  rmSync(libraries, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "pom.xml"), pom);
  const arguments_ = ["-q", "-B", "dependency:copy-dependencies", "-DoutputDirectory=libs", "-DincludeScope=runtime"];
  await runQuietly("mvn", arguments_, { cwd: folder });
  markUpToDate(name, digest(pom));
  return "fetched";
}

/**
 * Fetches one version of Kafka into `.kafdeck/kafka/<version>/libs`: the broker, its command-line tools, and from Kafka 4.0 on
 * the binding to Log4j 2 that Kafka's own distribution carries: without it the broker logs nothing and tells no loggers. Kafka
 * 3.9 brings its binding along.
 * @param {string} version
 */
export function ensureKafkaJars(version) {
  /** @type {Coordinates[]} */
  const dependencies = [
    ["org.apache.kafka", "kafka_2.13", version],
    ["org.apache.kafka", "kafka-tools", version],
  ];
  if (!version.startsWith("3.")) dependencies.push(["org.apache.logging.log4j", "log4j-slf4j-impl", "2.25.4"]);
  return fetchJars(`kafka-${version}`, kafkaLibraries(version), pomOf(version, dependencies));
}

/**
 * Fetches Kafka's Streams examples, for tests alone, into a folder beside the jars of that version, which they run with. RocksDB
 * is left out: it weighs 72 MB, and the examples are run with their state in memory.
 * @param {string} version
 */
export function ensureStreamsJars(version) {
  /** @type {Coordinates[]} */
  const dependencies = [
    ["org.apache.kafka", "kafka-streams", version],
    ["org.apache.kafka", "kafka-streams-examples", version],
  ];
  return fetchJars(`kafka-streams-${version}`, streamsLibraries(version), pomOf(version, dependencies, true));
}
