import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { getMetrics } from "../api/health.ts";
import { readMetrics } from "./metrics.ts";
import { route } from "./route.ts";

// The same as the handler under app/metrics, whose file only Next can load.
const handle = route(getMetrics, ({ authorization }) => readMetrics(authorization));

/** One scrape, as it is answered. */
export const scrape = (headers: Record<string, string> = {}): Promise<Response> =>
  handle(new Request("http://127.0.0.1/metrics", { headers }), { params: Promise.resolve(undefined) });

/** Serves /metrics of this process on a loopback port, so that a Prometheus can scrape it. */
export async function serveMetrics(): Promise<{ address: string; close: () => void }> {
  const server = createServer(async (request, response) => {
    const authorization = request.headers.authorization;
    const answer = await scrape(authorization ? { authorization } : {});
    response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { address, close: () => server.close().closeAllConnections() };
}
