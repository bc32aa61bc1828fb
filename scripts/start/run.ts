import type { KafkaCluster } from "../kafka/cluster.ts";
import { isFree } from "../kafka/ports.ts";
import { onParentGone } from "../lib/packages.mjs";
import { SetUpError, step } from "../lib/steps.mjs";
import { type Child, startChild } from "./children.ts";
import { prepareEmbedded } from "./embedded.ts";

/** What `npm start` runs once everything is set up. */
export type RunOptions = { development: boolean; embedded: boolean };

const port = () => Number(process.env.KAFDECK_PORT ?? process.env.SERVER_PORT ?? process.env.PORT ?? 9000);

/** Refuses a port that somebody listens on before anything is started for it. */
async function checkPort(): Promise<void> {
  const wanted = port();
  if (await isFree(wanted)) return;
  throw new SetUpError(
    `Port ${wanted} is taken by another process. Stop that one, or choose another port:\n\n    KAFDECK_PORT=${wanted + 1} npm start`,
  );
}

/** Starts the server, and beside it the embedded Kafka with its demo; comes back when all of it has ended. */
export async function run({ development, embedded: wanted }: RunOptions): Promise<number> {
  await checkPort();
  const embedded = wanted ? await prepareEmbedded() : null;
  const children: Child[] = [];
  let kafka: Promise<KafkaCluster> | null = null;

  let stopping: Promise<void> | null = null;
  const stop = (): Promise<void> => {
    stopping ??= (async () => {
      // First who uses Kafka, then Kafka: nobody has to see it go away.
      await Promise.all(children.map((child) => child.stop(5000)));
      await (await kafka?.catch(() => null))?.stop();
      embedded?.release();
    })();
    return stopping;
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);
  onParentGone(stop);

  const server = startChild("server.ts", [], serverEnvironment(development, embedded?.bootstrap ?? null), "inherit");
  children.push(server);
  if (embedded) {
    const starting = step("Embedded Kafka", async () => {
      kafka = embedded.start();
      await kafka;
      return `on ${embedded.bootstrap}`;
    });
    // The server goes on: its card of the cluster says what is wrong.
    const demo = starting.then(() => {
      if (!stopping) children.push(startChild("scripts/demo.ts", [embedded.bootstrap], {}, "ignore"));
    });
    demo.catch((error: unknown) => console.error(error instanceof Error ? error.message : error));
  }
  const code = await server.exited;
  const asked = stopping !== null;
  await stop();
  return asked ? 0 : code;
}

function serverEnvironment(development: boolean, bootstrap: string | null): Record<string, string> {
  return {
    ...(development ? { KAFDECK_DEV: "1", NODE_ENV: "development" } : { NODE_ENV: "production" }),
    ...(bootstrap ? { KAFKA_BROKERS: bootstrap, KAFDECK_CLUSTER_NAME: "embedded" } : {}),
  };
}
