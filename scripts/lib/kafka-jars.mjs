import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { kafkaLibraries } from "./paths.mjs";
import { digest, isUpToDate, markUpToDate, runQuietly } from "./steps.mjs";
import { ensureMaven } from "./system.mjs";

/** @param {[group: string, artifact: string, version: string]} coordinates */
const dependency = ([group, artifact, version]) =>
  `    <dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version></dependency>`;

/**
 * The broker, its command-line tools, and from Kafka 4.0 on the binding to Log4j 2 that Kafka's own distribution
 * carries: without it the broker logs nothing and tells no loggers. Kafka 3.9 brings its binding along.
 * @param {string} version
 */
function pomOf(version) {
  /** @type {[string, string, string][]} */
  const dependencies = [
    ["org.apache.kafka", "kafka_2.13", version],
    ["org.apache.kafka", "kafka-tools", version],
  ];
  if (!version.startsWith("3.")) dependencies.push(["org.apache.logging.log4j", "log4j-slf4j-impl", "2.25.4"]);
  return `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>kafdeck</groupId>
  <artifactId>kafka</artifactId>
  <version>${version}</version>
  <dependencies>
${dependencies.map(dependency).join("\n")}
  </dependencies>
</project>
`;
}

/**
 * Fetches one version of Kafka from Maven's repositories into `.kafdeck/kafka/<version>/libs`.
 * @param {string} version
 */
export async function ensureKafkaJars(version) {
  const libraries = kafkaLibraries(version);
  const folder = dirname(libraries);
  const pom = pomOf(version);
  const name = `kafka-${version}`;
  if (isUpToDate(name, digest(pom))) return "up to date";
  await ensureMaven();
  rmSync(libraries, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "pom.xml"), pom);
  const arguments_ = ["-q", "-B", "dependency:copy-dependencies", "-DoutputDirectory=libs", "-DincludeScope=runtime"];
  await runQuietly("mvn", arguments_, { cwd: folder });
  markUpToDate(name, digest(pom));
  return "fetched";
}
