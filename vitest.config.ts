import { defineConfig } from "vitest/config";

const excluded = ["**/node_modules/**", ".next/**", ".kafdeck/**"];

// `unit` is arithmetic and decoding, without Kafka; `conformance` asks a real one (KAFDECK_KAFKA_VERSION says which).
export default defineConfig({
  test: {
    projects: [
      {
        // Property tests make thousands of cases; a machine under load must not turn that into a failure.
        test: { name: "unit", include: ["**/*.test.ts"], exclude: excluded, maxWorkers: 2, testTimeout: 30_000 },
      },
      {
        test: {
          name: "conformance",
          include: ["**/*.conformance.ts"],
          exclude: excluded,
          globalSetup: "scripts/kafka/vitest-setup.ts",
          // One file at a time: brokers and tests share few cores, and deadlines of seconds are part of what is tested.
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
