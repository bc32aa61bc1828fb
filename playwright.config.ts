import { defineConfig } from "@playwright/test";
import { chromiumPath } from "./scripts/lib/system.mjs";

// The global set-up starts Kafka and the built server on free ports and tells the workers where, by KAFDECK_E2E_URL.
export default defineConfig({
  testDir: "e2e",
  testMatch: "**/*.spec.ts",
  outputDir: ".kafdeck/results/e2e",
  globalSetup: "./scripts/test/playwright-setup.ts",
  // Two cores are shared by Kafka, the server and the browser.
  workers: 1,
  timeout: 30_000,
  expect: { timeout: 10_000 },
  forbidOnly: true,
  use: {
    baseURL: process.env.KAFDECK_E2E_URL,
    viewport: { width: 1400, height: 900 },
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: chromiumPath() ?? undefined,
      args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
    },
  },
});
