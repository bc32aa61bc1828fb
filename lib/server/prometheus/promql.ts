import type { Matchers, PrometheusSettings } from "../config-prometheus.ts";
import type { FamilyName } from "../metrics/families.ts";

/** A text of PromQL. It takes the escapes of Go, and JSON has none that Go has not. */
const quoted = (text: string): string => JSON.stringify(text);

/** A name as a pattern of RE2 that matches nothing else. */
const literal = (name: string): string => name.replace(/[\\.+*?()|[\]{}^$]/g, "\\$&");

/** The labels that the series of one cluster have: as configured, else `cluster` with its name. */
export const matchersOf = (settings: Pick<PrometheusSettings, "matchers" | "clusters">, cluster: string): Matchers => ({
  cluster,
  ...settings.matchers,
  ...settings.clusters.get(cluster),
});

/** `kafdeck_group_lag{cluster="eu",group="a"}`; a list of names matches each of them. */
export function selector(family: FamilyName, matchers: Record<string, string | string[]>): string {
  const conditions = Object.entries(matchers).map(([label, value]) =>
    typeof value === "string" ? `${label}=${quoted(value)}` : `${label}=~${quoted(value.map(literal).join("|"))}`,
  );
  return `${family}{${conditions.join(",")}}`;
}

/** One series for each value of these labels, whichever of several replicas told it. */
export const oneOf = (labels: string[], vector: string): string => `max by (${labels.join(",")}) (${vector})`;
