import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePorts } from "../../scripts/kafka/ports.ts";
import { prometheusTool } from "../../scripts/lib/prometheus.mjs";
import { getMetrics } from "../api/health.ts";
import { eventually } from "../kafka/testing.ts";
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

export type Prometheus = { url: string; stop: () => Promise<void> };

/** A real Prometheus that scrapes `target` every second and answers on a free loopback port. */
export async function startPrometheus(target: string, token?: string): Promise<Prometheus> {
  const folder = mkdtempSync(join(tmpdir(), "kafdeck-prometheus-"));
  const [port = 0] = await freePorts(1);
  const login = token ? { authorization: { credentials: token } } : {};
  const jobs = [{ job_name: "kafdeck", ...login, static_configs: [{ targets: [target] }] }];
  // YAML takes JSON.
  writeFileSync(
    join(folder, "prometheus.yml"),
    JSON.stringify({ global: { scrape_interval: "1s", scrape_timeout: "1s" }, scrape_configs: jobs }),
  );
  const child = spawn(
    prometheusTool("prometheus"),
    [
      `--config.file=${join(folder, "prometheus.yml")}`,
      `--storage.tsdb.path=${join(folder, "data")}`,
      `--web.listen-address=127.0.0.1:${port}`,
      "--log.level=error",
    ],
    { stdio: ["ignore", "ignore", "inherit"] },
  );
  const exited = new Promise((resolve) => child.once("exit", resolve));
  const url = `http://127.0.0.1:${port}`;
  const ready = async () => (await fetch(`${url}/-/ready`).catch(() => null))?.ok ?? false;
  await eventually(ready, (is) => is, 20_000);
  return {
    url,
    stop: async () => {
      child.kill("SIGTERM");
      await exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export type Series = { labels: Record<string, string>; value: string };

/** What an expression gives now. */
export async function query({ url }: Prometheus, expression: string): Promise<Series[]> {
  const answer = await fetch(`${url}/api/v1/query?${new URLSearchParams({ query: expression })}`);
  const { data } = (await answer.json()) as {
    data: { result: { metric: Record<string, string>; value: [number, string] }[] };
  };
  return data.result.map(({ metric, value: [, value] }) => ({ labels: metric, value }));
}

/** Tells what `promtool check metrics` finds; empty where it finds nothing. */
export function checkMetrics(text: string): Promise<{ code: number | null; output: string }> {
  const child = spawn(prometheusTool("promtool"), ["check", "metrics"], { stdio: ["pipe", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (part) => {
      output += part;
    });
  child.stdin.end(text);
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, output })));
}
