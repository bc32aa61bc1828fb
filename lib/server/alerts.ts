import { type AlertList, type AlertOfGroup, type AlertRule, alertStates } from "../api/alerts.ts";
import { ProblemError } from "../api/problem.ts";
import { toInt64 } from "../api/scalars.ts";
import type { Cluster } from "../kafka/cluster.ts";
import { webhookHost } from "./alerts/delivery.ts";
import type { AlertRuleSettings, GroupAlert } from "./alerts/rules.ts";
import { loadMemories, loadSilences, makeWatch, silence, type Watch, watchSample } from "./alerts/watch.ts";
import { historyOf } from "./history.ts";
import { log } from "./log.ts";
import { state } from "./state.ts";

const KEY = Symbol.for("kafdeck.alerts");
const holder = globalThis as { [KEY]?: Map<string, { watch: Watch; end: () => void }> };
const MINUTE_MS = 60_000;

/** The rules of a cluster at work; made, and listening to its samples, from the first call on. */
function watchOf(cluster: Cluster): Watch {
  holder[KEY] ??= new Map();
  const known = holder[KEY].get(cluster.name);
  if (known) return known.watch;
  const history = historyOf(cluster);
  const watch = makeWatch(cluster.name, state().configuration.alerts, history);
  const end = history.onSample((sampled) => {
    watchSample(watch, sampled).catch((error: unknown) =>
      log("error", "The alert rules could not be evaluated.", {
        cluster: cluster.name,
        error: error instanceof Error ? error.stack : String(error),
      }),
    );
  });
  holder[KEY].set(cluster.name, { watch, end });
  return watch;
}

/** Begins to evaluate the rules of the configuration, where there are any. */
export function startAlerts(): void {
  const { clusters, configuration } = state();
  if (configuration.alerts.length === 0) return;
  for (const cluster of clusters.values()) watchOf(cluster);
  if (configuration.history.off)
    log("warn", "Alert rules are configured, but none is evaluated: there is no history.", {
      because: configuration.history.off,
    });
}

/** No rule is evaluated after this, and what waits is not sent any more. */
export function stopAlerts(): void {
  for (const { watch, end } of holder[KEY]?.values() ?? []) {
    end();
    for (const delivery of watch.deliveries.values()) delivery.stop();
  }
  delete holder[KEY];
}

/** The rules of a cluster and what they say now; of a replica that does not lead, what the one that leads said last. */
export async function readAlerts(cluster: Cluster): Promise<AlertList> {
  const watch = watchOf(cluster);
  const evaluating = watch.history.leads();
  if (!evaluating) await loadMemories(watch);
  await loadSilences(watch, Date.now());
  const items = await Promise.all(watch.rules.map((rule) => describeRule(watch, rule)));
  const firing = items.flatMap(({ alerts }) => alerts).filter((alert) => alert.state === "firing").length;
  return { items, warnings: [], firing, evaluating };
}

/** Silent for so many minutes from now; 0 ends the silence. Throws alert-not-found. `kept`: it outlives a restart. */
export async function silenceRule(
  cluster: Cluster,
  name: string,
  minutes: number,
): Promise<{ rule: AlertRule; kept: boolean }> {
  const watch = watchOf(cluster);
  const rule = watch.rules.find((one) => one.name === name);
  if (!rule) throw new ProblemError("alert-not-found", name);
  const now = Date.now();
  const kept = await silence(watch, name, minutes === 0 ? null : now + minutes * MINUTE_MS, now);
  return { rule: await describeRule(watch, rule), kept };
}

async function describeRule(watch: Watch, rule: AlertRuleSettings): Promise<AlertRule> {
  const silencedUntil = watch.silences.get(rule.name) ?? null;
  const delivery = watch.deliveries.get(rule.name)?.state();
  return {
    name: rule.name,
    groups: rule.groups,
    lag: rule.lag === null ? null : toInt64(rule.lag),
    timeLagMs: rule.timeLagMs,
    status: rule.status,
    forMs: rule.forMs,
    webhook: rule.webhook ? await webhookHost(rule.webhook) : null,
    silencedUntil: silencedUntil !== null && silencedUntil > Date.now() ? new Date(silencedUntil).toISOString() : null,
    alerts: [...(watch.memories.get(rule.name)?.groups.values() ?? [])].map(describeAlert).sort(byState),
    delivery: delivery ?? { lastAt: null, waiting: 0, dropped: 0, problem: null },
  };
}

const describeAlert = ({ state, since, facts }: GroupAlert): AlertOfGroup => ({
  groupId: facts.groupId,
  state,
  since: new Date(since).toISOString(),
  lag: facts.lag === null ? null : toInt64(facts.lag),
  timeLagMs: facts.timeLagMs,
  timeLagIs: facts.timeLagIs,
  status: facts.status,
  reason: facts.reason,
});

const byState = (a: AlertOfGroup, b: AlertOfGroup): number =>
  alertStates.indexOf(b.state) - alertStates.indexOf(a.state) || (a.since < b.since ? -1 : 1);

/**
 * What `/metrics` tells of the rules: how many groups each speaks of (null where another replica evaluates it), and what came of
 * its notices.
 */
export function countAlerts() {
  return [...(holder[KEY]?.values() ?? [])].flatMap(({ watch }) =>
    watch.rules.map(({ name }) => {
      const alerts = [...(watch.memories.get(name)?.groups.values() ?? [])];
      const count = (wanted: GroupAlert["state"]) => alerts.filter((alert) => alert.state === wanted).length;
      const delivery = watch.deliveries.get(name);
      return {
        cluster: watch.cluster,
        rule: name,
        counts: watch.history.leads() ? { pending: count("pending"), firing: count("firing") } : null,
        delivery: delivery ? { ...delivery.counts(), waiting: delivery.state().waiting } : null,
      };
    }),
  );
}
