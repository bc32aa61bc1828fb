import { setImmediate } from "node:timers/promises";
import { type FamilyName, families, type Point } from "./families.ts";

/**
 * The text format 0.0.4 of Prometheus. Each text is made by registries of its own: what is not there any more leaves nothing
 * behind, and two who ask at once do not meet. One family after the other, so that others are answered in between: thousands of
 * groups make tens of thousands of lines.
 */
export async function metricsText(points: Iterable<Point>): Promise<string> {
  const { Counter, Gauge, Registry } = await import("prom-client");
  const byFamily = Map.groupBy(points, ({ family }) => family);
  const texts: string[] = [];
  for (const name of Object.keys(families) as FamilyName[]) {
    const found = byFamily.get(name);
    if (!found) continue;
    const registry = new Registry();
    const [kind, help, labelNames] = families[name];
    const metric = { name, help, labelNames, registers: [registry] };
    if (kind === "gauge") {
      const gauge = new Gauge<string>(metric);
      for (const { labels, value } of found) gauge.set(labels, value);
    } else {
      const counter = new Counter<string>(metric);
      for (const { labels, value } of found) counter.inc(labels, value);
    }
    texts.push(await registry.metrics());
    await setImmediate();
  }
  return texts.join("\n");
}
