import { subscribe } from "node:diagnostics_channel";
import { loadClient } from "../kafka/connect.ts";
import { UNFORESEEN } from "../kafka/failures.ts";
import { startAlerts, stopAlerts } from "./alerts.ts";
import { startHistory, stopHistory } from "./history.ts";
import { log } from "./log.ts";
import { state, stopState } from "./state.ts";

/** The process listens first; the client is then there before the first page asks for it. */
const LOAD_CLIENT_AFTER_MS = 300;

/** Reads the configuration and prepares the stop. Called once, before the first request. */
export function startProcess(): void {
  try {
    const { configuration } = state();
    const names = configuration.clusters.map(({ name }) => name);
    log("info", "Configuration read.", {
      source: configuration.source,
      clusters: names,
      readOnly: configuration.readOnly,
    });
    for (const notice of configuration.notices) log("warn", notice.text);
  } catch (error) {
    if (!(error instanceof Error) || error.name !== "ConfigurationError") throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(78);
  }
  (globalThis as Record<symbol, unknown>)[Symbol.for("kafdeck.stop")] = async () => {
    stopAlerts();
    await Promise.all([stopHistory(), stopState()]);
  };
  startHistory();
  startAlerts();
  setTimeout(loadClient, LOAD_CLIENT_AFTER_MS).unref();
  subscribe(UNFORESEEN, (report) => {
    const { id, error } = report as { id: string; error: unknown };
    log("error", "A broker was asked and something nobody foresaw came of it.", {
      id,
      error: error instanceof Error ? error.stack : String(error),
    });
  });
  process.on("unhandledRejection", (error) =>
    log("error", "Unhandled rejection.", { error: error instanceof Error ? error.stack : String(error) }),
  );
}
