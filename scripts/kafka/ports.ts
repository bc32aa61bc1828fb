import { createServer, type Server } from "node:net";

/** Below the range from which Linux takes the ports of outgoing connections: none of those can be in the way later. */
const lowest = 20_000;
const highest = 32_000;
const attempts = 200;

/** Ports this process gave out already: they are not taken twice though nobody listens on them yet. */
const given = new Set<number>();

function listen(port: number): Promise<Server | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(null));
    server.listen({ port, host: "127.0.0.1", exclusive: true }, () => resolve(server));
  });
}

const close = (server: Server): Promise<void> => new Promise((resolve) => server.close(() => resolve()));

/** Whether a process could listen on this loopback port now. */
export async function isFree(port: number): Promise<boolean> {
  const server = await listen(port);
  if (server) await close(server);
  return server !== null;
}

/**
 * Loopback ports that are free now, tried by listening on all of them at once. They are random, so that two runs that
 * start at the same moment do not take the same ones.
 */
export async function freePorts(count: number): Promise<number[]> {
  const held: { port: number; server: Server }[] = [];
  for (let attempt = 0; held.length < count && attempt < attempts; attempt++) {
    const port = lowest + Math.floor(Math.random() * (highest - lowest));
    if (given.has(port)) continue;
    const server = await listen(port);
    if (server) held.push({ port, server });
  }
  await Promise.all(held.map(({ server }) => close(server)));
  if (held.length < count) throw new Error(`no ${count} free ports between ${lowest} and ${highest} on 127.0.0.1`);
  for (const { port } of held) given.add(port);
  return held.map(({ port }) => port);
}
