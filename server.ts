import { createServer } from "node:http";
import { setFlagsFromString } from "node:v8";
import next from "next";
import { type GuardOptions, guard } from "./lib/server/guard.ts";

/**
 * The process: the guard, then Next. Imports nothing else of Kafdeck: state lives in the bundle, where instrumentation.ts starts
 * it, and a class imported here would be another one there.
 */
process.env.NEXT_TELEMETRY_DISABLED = "1";
process.env.KAFDECK_ROOT ??= import.meta.dirname;
const development = process.env.KAFDECK_DEV === "1";
const port = Number(process.env.KAFDECK_PORT ?? process.env.SERVER_PORT ?? process.env.PORT ?? 9000);
if (!Number.isInteger(port) || port < 0 || port > 65_535) {
  process.stderr.write("KAFDECK_PORT (else SERVER_PORT or PORT) must be a number from 0 to 65535.\n");
  process.exit(78);
}
const hostname = process.env.KAFDECK_HOST ?? "127.0.0.1";
/** Who listens on every address hears itself on the loopback. */
const ownName =
  hostname === "0.0.0.0"
    ? "127.0.0.1"
    : hostname === "::"
      ? "[::1]"
      : hostname.includes(":")
        ? `[${hostname}]`
        : hostname;
const options: GuardOptions = {
  // The address that it was told to listen on is as good as a name it was told of.
  hosts: [...(process.env.KAFDECK_HOSTS ?? "").split(","), ownName]
    .map((host) => host.trim().toLowerCase())
    .filter(Boolean),
  development,
};

// kafkajs sets a negative timer on Node 24: known, harmless, and not the operator's business.
process.removeAllListeners("warning");
process.on("warning", (warning) => {
  if (warning.name !== "TimeoutNegativeWarning") process.stderr.write(`${warning.name}: ${warning.message}\n`);
});

// An upgrade would go past the guard to Next, which leaves it open without an answer; only its hot reload needs one.
const server = createServer({ maxHeaderSize: 32 * 1024, shouldUpgradeCallback: () => development });
const app = next({ dev: development, dir: import.meta.dirname, hostname, port, httpServer: server });
const ready = app.prepare();

server.on("request", async (request, response) => {
  if (guard(request, response, options)) return;
  await ready;
  await app.getRequestHandler()(request, response);
});

server.on("error", (error: NodeJS.ErrnoException) => {
  const reason =
    error.code === "EADDRINUSE"
      ? `Port ${port} is taken. Stop what uses it, or set KAFDECK_PORT to another.`
      : error.message;
  process.stderr.write(`Kafdeck cannot listen on ${hostname}:${port}. ${reason}\n`);
  process.exit(1);
});

await ready;
// From here on the heap grows by a fifth at a time, which keeps the process small. V8's own setting for size does, too, but made charts
// two to three times slower.
setFlagsFromString("--heap-growing-percent=20");
server.listen(port, hostname, () => {
  const address = server.address();
  // Where pages ask for what their first HTML says.
  process.env.KAFDECK_ORIGIN = `http://${ownName}:${typeof address === "object" && address !== null ? address.port : port}`;
  process.stdout.write(`Kafdeck is on http://${hostname.includes(":") ? `[${hostname}]` : hostname}:${port}\n`);
});

for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.once(signal, () => {
    server.close();
    server.closeIdleConnections();
    // Streams end by themselves with a cursor; what has not ended by then is cut.
    setTimeout(() => process.exit(0), 1_500).unref();
    const stop = (globalThis as Record<symbol, unknown>)[Symbol.for("kafdeck.stop")];
    Promise.resolve(typeof stop === "function" ? stop() : undefined).finally(() => {
      server.closeAllConnections();
      process.exit(0);
    });
  });
}
