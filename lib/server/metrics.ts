import { createHash, timingSafeEqual } from "node:crypto";
import { type EventLoopUtilization, performance } from "node:perf_hooks";
import packageJson from "../../package.json" with { type: "json" };
import { ProblemError } from "../api/problem.ts";
import type { Cluster } from "../kafka/cluster.ts";
import { countsOf } from "../kafka/counts.ts";
import { problemFrom } from "../kafka/failures.ts";
import { sharedGroups } from "../kafka/group-readings.ts";
import { sharedPool } from "../kafka/scan/pool.ts";
import { readSecret, type Secret } from "../kafka/settings.ts";
import { countAlerts } from "./alerts.ts";
import { historyOf } from "./history.ts";
import { log } from "./log.ts";
import type { Point } from "./metrics/families.ts";
import { type EarlierEnds, groupPoints, nextEnds } from "./metrics/group-points.ts";
import { metricsText } from "./metrics/text.ts";
import { state } from "./state.ts";

/** A scrape takes the reading that the sampler made; only where nobody samples does it cost one of its own. */
const MAX_AGE_MS = 15_000;

/**
 * All metrics as text. Throws token-needed where a token is configured and `authorization` (the header) is not it. A cluster that
 * cannot be read is told by `kafdeck_cluster_up`; it takes nothing from the others.
 */
export async function readMetrics(authorization: string | null): Promise<string> {
  const { clusters, configuration } = state();
  if (configuration.metrics.token) await demandToken(configuration.metrics.token, authorization);
  const ofClusters = await Promise.all([...clusters.values()].map(clusterPoints));
  return metricsText([...ofClusters.flat(), ...alertPoints(), ...processPoints()]);
}

/** Compares digests, so that the time it takes says nothing of how much was right. */
async function demandToken(token: Secret, authorization: string | null): Promise<void> {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  const expected = await readSecret(token).catch((error: NodeJS.ErrnoException) => {
    log("error", "The file of metrics.token cannot be read, so nobody is answered.", { code: error.code });
    throw new ProblemError("token-needed", "The configured token cannot be read.");
  });
  const given = /^Bearer +(.*)$/i.exec(authorization ?? "")?.[1];
  if (given === undefined || !timingSafeEqual(digest(given), digest(expected))) throw new ProblemError("token-needed");
}

const earlier = new WeakMap<Cluster, EarlierEnds>();

async function clusterPoints(cluster: Cluster): Promise<Point[]> {
  const name = cluster.name;
  const labels = { cluster: name };
  const history = historyOf(cluster);
  try {
    const { data, snapshot, takenAt } = await sharedGroups(cluster, MAX_AGE_MS);
    const ends = nextEnds(earlier.get(cluster) ?? null, data);
    earlier.set(cluster, ends);
    return [
      { family: "kafdeck_cluster_up", labels, value: 1 },
      ...groupPoints(name, data, history.trends, ends.rates, state().configuration.metrics),
      { family: "kafdeck_reading_seconds", labels, value: snapshot.milliseconds / 1_000 },
      { family: "kafdeck_reading_requests", labels, value: snapshot.requests },
      { family: "kafdeck_reading_age_seconds", labels, value: Math.max(0, Date.now() - takenAt) / 1_000 },
      ...healthPoints(cluster),
    ];
  } catch (error) {
    // What was not foreseen leaves its id in the log.
    problemFrom(error);
    return [{ family: "kafdeck_cluster_up", labels, value: 0 }, ...healthPoints(cluster)];
  }
}

function healthPoints(cluster: Cluster): Point[] {
  const labels = { cluster: cluster.name };
  const { requests, failures } = countsOf(cluster);
  const { source, sampling, lastSampleAt, problem } = historyOf(cluster).state();
  const age = lastSampleAt === null ? null : Math.max(0, Date.now() - Date.parse(lastSampleAt)) / 1_000;
  return [
    { family: "kafdeck_broker_requests_total", labels, value: requests },
    ...[...failures].map(
      ([code, value]): Point => ({ family: "kafdeck_broker_failures_total", labels: { ...labels, code }, value }),
    ),
    { family: "kafdeck_history_source", labels: { ...labels, source }, value: 1 },
    { family: "kafdeck_history_sampling", labels, value: Number(sampling) },
    { family: "kafdeck_history_problem", labels, value: Number(problem !== null) },
    ...(age === null ? [] : [{ family: "kafdeck_sample_age_seconds", labels, value: age } as const]),
  ];
}

function alertPoints(): Point[] {
  return countAlerts().flatMap(({ cluster, rule, counts, delivery }): Point[] => {
    const labels = { cluster, rule };
    const outcomes = delivery ? (["delivered", "failed", "dropped"] as const) : [];
    return [
      ...Object.entries(counts ?? {}).map(
        ([name, value]): Point => ({ family: "kafdeck_alerts", labels: { ...labels, state: name }, value }),
      ),
      ...outcomes.map(
        (outcome): Point => ({
          family: "kafdeck_alert_notices_total",
          labels: { ...labels, outcome },
          value: delivery?.[outcome] ?? 0,
        }),
      ),
      ...(delivery ? [{ family: "kafdeck_alert_notices_waiting", labels, value: delivery.waiting } as const] : []),
    ];
  });
}

let measured: EventLoopUtilization = performance.eventLoopUtilization();

function processPoints(): Point[] {
  const { rss, heapUsed } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  const before = measured;
  measured = performance.eventLoopUtilization();
  const { seats, queue } = sharedPool();
  return (
    [
      ["kafdeck_workers_busy", seats.filter(({ task }) => task !== null).length],
      ["kafdeck_workers_jobs_waiting", queue.length],
      ["process_cpu_seconds_total", (user + system) / 1e6],
      ["process_resident_memory_bytes", rss],
      ["process_start_time_seconds", performance.timeOrigin / 1_000],
      ["nodejs_heap_used_bytes", heapUsed],
      ["nodejs_eventloop_utilization_ratio", performance.eventLoopUtilization(measured, before).utilization],
    ] as const
  )
    .map(([family, value]): Point => ({ family, labels: {}, value }))
    .concat([{ family: "kafdeck_build_info", labels: { version: packageJson.version }, value: 1 }]);
}
