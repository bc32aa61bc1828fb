import { defineConfig } from "vitest/config";

const excluded = ["**/node_modules/**", ".next/**", ".kafdeck/**"];

const conformance = {
  include: ["**/*.conformance.ts"],
  globalSetup: "scripts/kafka/vitest-setup.ts",
  // One file at a time: brokers and tests share few cores, and deadlines of seconds are part of what is tested.
  fileParallelism: false,
  testTimeout: 60_000,
  hookTimeout: 120_000,
};

/** The same whatever the brokers' version: the server, the search engine, deadlines, and the tests' own tools. */
const ofAnyVersion = [
  "lib/server/**",
  "lib/client/**",
  "lib/*.conformance.ts",
  "scripts/**",
  "lib/kafka/{faults,messages-faults,groups-faults,quorum}.conformance.ts",
  "lib/kafka/{search,search-faults,bombs}.conformance.ts",
];

// `unit` is arithmetic and decoding, without Kafka; `conformance` asks a real one (KAFDECK_KAFKA_VERSION says which), and `older` is
// the part of it whose answers depend on the version.
export default defineConfig({
  test: {
    projects: [
      {
        // Property tests make thousands of cases; a machine under load must not turn that into a failure.
        test: { name: "unit", include: ["**/*.test.ts"], exclude: excluded, maxWorkers: 2, testTimeout: 30_000 },
      },
      { test: { ...conformance, name: "conformance", exclude: excluded } },
      { test: { ...conformance, name: "older", exclude: [...excluded, ...ofAnyVersion] } },
    ],
  },
});
