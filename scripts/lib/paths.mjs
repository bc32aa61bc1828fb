import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The root of the checkout. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** The one git-ignored folder for everything that set-up, the embedded Kafka and the tests keep between starts. */
export const dataDirectory = join(root, ".kafdeck");

/** @param {string} version Where set-up puts the jars of one Kafka version. */
export const kafkaLibraries = (version) => join(dataDirectory, "kafka", version, "libs");

/** @param {string} version Where set-up puts what Kafka's Streams examples need beside those jars. */
export const streamsLibraries = (version) => join(dataDirectory, "kafka", version, "streams", "libs");

/** The Kafka that is embedded, and the first one the conformance suite runs against. */
export const defaultKafkaVersion = "4.3.1";

/** The oldest Kafka the conformance suite runs against. */
export const olderKafkaVersion = "3.9.1";
