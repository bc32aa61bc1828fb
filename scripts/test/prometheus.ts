import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePorts } from "../kafka/ports.ts";
import { prometheusTool } from "../lib/prometheus.mjs";

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
  const isReady = async () => (await fetch(`${url}/-/ready`).catch(() => null))?.ok ?? false;
  for (const end = Date.now() + 20_000; !(await isReady()); ) {
    if (Date.now() > end || child.exitCode !== null) throw new Error("Prometheus does not get ready.");
    await new Promise((resume) => setTimeout(resume, 100));
  }
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
