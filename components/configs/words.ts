import type { ConfigEntry, ConfigSource } from "@/lib/api/configs";
import type { ConfigTarget } from "@/lib/client/configs";

/** Where a value comes from, in a word. */
export function sourceWord(source: ConfigSource, target: ConfigTarget): string {
  if (source === "broker")
    return target.kind === "broker" && target.broker !== "default" ? `broker ${target.broker}` : "broker";
  return (
    (
      { static: "server.properties", "broker-logger": "logger above", "client-metrics": "client metrics" } as Partial<
        Record<ConfigSource, string>
      >
    )[source] ?? source
  );
}

/** By whom the value in force was set. A logger's level is its own, or that of the one above it; root has none above. */
export function setBy(entry: ConfigEntry, target: ConfigTarget): string {
  if (entry.source === "broker-logger")
    return entry.changed || entry.inheritedFrom === null ? "this logger" : "logger above";
  return entry.source === "static" ? "static" : sourceWord(entry.source, target);
}

/** What would count without this level's value; for what is inherited already, Kafka's own default. */
export function fallbackOf(entry: ConfigEntry): { value: string | null; source: ConfigSource } | null {
  if (entry.changed || entry.source === "broker-logger")
    return entry.inheritedFrom === null ? null : { value: entry.inherited, source: entry.inheritedFrom };
  if (entry.source === "default") return { value: entry.value, source: "default" };
  return entry.synonyms.findLast(({ source }) => source === "default" && entry.synonyms.length > 1) ?? null;
}

/** Why a config cannot be changed here, as a sentence; null where it can. */
export function lockedBecause(entry: ConfigEntry): string | null {
  return entry.readOnly ? "Read at start only: change it in server.properties of the broker, then restart it." : null;
}

/** Nouns of the page. */
export const nouns = {
  topic: { one: "config", many: "configs" },
  broker: { one: "config", many: "configs" },
  loggers: { one: "logger", many: "loggers" },
} as const;

/** Changed at this level; on a broker's page also what server.properties and the cluster-wide default set. */
export const isSet = (entry: ConfigEntry, target: ConfigTarget): boolean =>
  entry.changed ||
  (target.kind === "broker" && target.broker !== "default" && !["default", "unknown"].includes(entry.source));

const rank = (entry: ConfigEntry): number =>
  entry.changed ? 0 : entry.source === "cluster" ? 1 : entry.source === "static" ? 2 : 3;

/** Own values first, then those of the cluster and of server.properties, then the defaults; each by name. */
export const setFirst = (entries: readonly ConfigEntry[], target: ConfigTarget): ConfigEntry[] =>
  target.kind === "broker" ? [...entries].sort((a, b) => rank(a) - rank(b)) : [...entries];
