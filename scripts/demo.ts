import { seedDemo } from "./demo/seed.ts";
import { runWorkload } from "./demo/workload.ts";

// `node scripts/demo.ts BOOTSTRAP`: fills an empty cluster with the demo's topics and keeps a little traffic on them.
const [bootstrap = "127.0.0.1:9092"] = process.argv.slice(2);
const ending = new AbortController();

// Consumers that leave their groups properly are gone from the group at once; two seconds are enough for that.
function stop(): void {
  if (ending.signal.aborted) return;
  ending.abort();
  setTimeout(() => process.exit(0), 2000).unref();
}
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, stop);
// The process that started this one holds the other end: when it is gone, so is the demo.
process.on("disconnect", stop);
// kafkajs rejects a promise of its own here and there while a broker restarts; the demo goes on.
process.on("unhandledRejection", () => {});

const filled = await seedDemo(bootstrap);
process.send?.({ filled });
await runWorkload(bootstrap, ending.signal);
