import {
  type AlterConfigsBody,
  type ConfigChange,
  type ConfigChanges,
  type ConfigEntry,
  type ConfigSource,
  configSource,
  configType,
} from "../../api/configs.ts";
import { documentationOf } from "../config-docs.ts";
import { formatOf, levelFormat } from "../config-kinds.ts";
import { brokerNamesOf, fixedDefaults, inUnitOf } from "../topic-config-names.ts";

/** A config as DescribeConfigs tells it; what older versions leave out is absent. */
export type ToldConfig = {
  name: string;
  value?: string | null | undefined;
  readOnly: boolean;
  configSource: number;
  isSensitive: boolean;
  synonyms: { name: string; value?: string | null | undefined; source: number }[];
  configType?: number;
  documentation?: string | null | undefined;
};

/** At which level a resource's own values stand. */
export type ConfigLevel = Extract<ConfigSource, "topic" | "broker" | "cluster">;

type Value = { value: string | null; source: ConfigSource };

/** Kafka's number for where a value comes from, as our word; the contract lists them in Kafka's order. */
const sourceOf = (number: number): ConfigSource => configSource.options[number] ?? "unknown";

/** An entry of the contract. A secret leaves its value here, whatever the broker said. */
export function entryOf(told: ToldConfig, level: ConfigLevel): ConfigEntry {
  const type = configType.options[told.configType ?? 0] ?? "unknown";
  const sensitive = told.isSensitive || type === "password";
  const shown = (value: string | null | undefined) => (sensitive ? null : (value ?? null));
  const source = sourceOf(told.configSource);
  const synonyms = told.synonyms.map((synonym) => ({
    name: synonym.name,
    value: shown(synonym.value),
    source: sourceOf(synonym.source),
  }));
  const changed = source === level;
  const below = synonyms.find((synonym) => synonym.source !== level);
  const value = shown(told.value);
  return {
    name: told.name,
    value,
    inherited: changed ? (below ? inUnitOf(told.name, below.name, below.value) : null) : value,
    inheritedFrom: changed ? (below?.source ?? null) : source,
    source,
    changed,
    sensitive,
    readOnly: told.readOnly,
    type,
    format: formatOf(told.name, type, value),
    documentation: documentationOf(told.name, told.documentation),
    synonyms,
  };
}

/** Set ones first, then by name. */
export const changedFirst = (a: ConfigEntry, b: ConfigEntry): number =>
  Number(b.changed) - Number(a.changed) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);

/**
 * What a topic config falls back to, from the configs of a broker. Kafka's own list of synonyms leaves out log.retention.hours and
 * its like, and says nothing for configs that no broker config stands behind. Null where it cannot be known.
 */
export function brokerDefault(name: string, broker: ReadonlyMap<string, ConfigEntry>): Value | null {
  const fixed = fixedDefaults.get(name);
  if (fixed !== undefined) return { value: fixed, source: "default" };
  for (const brokerName of brokerNamesOf.get(name) ?? []) {
    const found = broker.get(brokerName);
    if (found && found.value !== null) return { value: inUnitOf(name, brokerName, found.value), source: found.source };
  }
  return null;
}

/** A topic's entry, completed by what the broker would give it. */
export function withBrokerDefault(entry: ConfigEntry, broker: ReadonlyMap<string, ConfigEntry>): ConfigEntry {
  const isTold = entry.synonyms.some(({ source }) => source !== "topic");
  const found = isTold || entry.sensitive ? null : brokerDefault(entry.name, broker);
  if (!found) return entry;
  if (entry.changed) return { ...entry, inherited: found.value, inheritedFrom: found.source };
  // Kafka calls it a default though log.retention.hours of server.properties gave it.
  return found.value === entry.value ? { ...entry, source: found.source, inheritedFrom: found.source } : entry;
}

/** The entry of a config on a topic that does not exist yet: everything inherited. */
export const asNewTopic = (entry: ConfigEntry): ConfigEntry => ({
  ...entry,
  value: entry.inherited,
  source: entry.inheritedFrom ?? "unknown",
  changed: false,
  synonyms: entry.synonyms.filter(({ source }) => source !== "topic"),
});

/** With no topic to ask about: a topic's config, made of the broker's config that stands behind it. Null where the broker has none. */
export function topicEntryFrom(name: string, broker: ReadonlyMap<string, ConfigEntry>): ConfigEntry | null {
  const behind = (brokerNamesOf.get(name) ?? []).flatMap((brokerName) => broker.get(brokerName) ?? [])[0];
  const found = brokerDefault(name, broker);
  if (!behind || !found) return null;
  return {
    ...behind,
    name,
    value: found.value,
    inherited: found.value,
    source: found.source,
    inheritedFrom: found.source,
    changed: false,
    readOnly: false,
    format: formatOf(name, behind.type, found.value),
    documentation: documentationOf(name, behind.documentation),
  };
}

/** The cluster-wide level: what is set there, and for every other dynamic config what the broker that was asked has without it. */
export function clusterEntries(set: ConfigEntry[], broker: ConfigEntry[]): ConfigEntry[] {
  const bySet = new Map(set.map((entry) => [entry.name, entry]));
  const others = broker
    .filter((entry) => !entry.readOnly && !bySet.has(entry.name))
    .map((entry) => {
      const synonyms = entry.synonyms.filter(({ source }) => source !== "broker" && source !== "cluster");
      const below = entry.source === "broker" ? (synonyms[0] ?? { value: null, source: "unknown" as const }) : entry;
      return {
        ...entry,
        value: below.value,
        source: below.source,
        inherited: below.value,
        inheritedFrom: below.source,
        changed: false,
        synonyms,
      };
    });
  const known = new Map(broker.map((entry) => [entry.name, entry]));
  // Of what is set for all brokers, Kafka tells nothing that stands below it.
  const completed = set.map((entry) => {
    const synonyms = known.get(entry.name)?.synonyms ?? [];
    const lower = synonyms.filter(({ source }) => source === "static" || source === "default");
    const below = lower[0];
    if (!below || entry.inheritedFrom !== null) return entry;
    const inherited = inUnitOf(entry.name, below.name, below.value);
    return { ...entry, inherited, inheritedFrom: below.source, synonyms: [...entry.synonyms, ...lower] };
  });
  return [...completed, ...others];
}

/** Loggers take their level from the nearest one above them in the dotted name, in the end from root. */
export function loggerEntries(told: ToldConfig[]): ConfigEntry[] {
  const levels = new Map(told.map(({ name, value }) => [name, value ?? null]));
  return told.map(({ name, value, readOnly }) => {
    const above = name === "root" ? undefined : parentsOf(name).find((parent) => levels.has(parent));
    const inherited = above === undefined ? null : (levels.get(above) ?? null);
    return {
      name,
      value: value ?? null,
      inherited,
      inheritedFrom: above === undefined ? null : ("broker-logger" as const),
      source: "broker-logger" as const,
      // Kafka does not tell which are set; one that differs from the logger above it must be.
      changed: above !== undefined && inherited !== (value ?? null),
      sensitive: false,
      readOnly,
      type: "string" as const,
      format: levelFormat,
      documentation: null,
      synonyms: above === undefined ? [] : [{ name: above, value: inherited, source: "broker-logger" as const }],
    };
  });
}

function parentsOf(name: string): string[] {
  const parts = name.split(".");
  return [...parts.slice(1).map((_, index) => parts.slice(0, parts.length - 1 - index).join(".")), "root"];
}

/** The value that stands at this level: null where it is inherited. */
export const levelValue = (entry: ConfigEntry | undefined): string | null => (entry?.changed ? entry.value : null);

/** Names whose value at this level is not the one the plan was made from. Secrets cannot be compared and never count. */
export const movedSince = (before: ConfigChanges, entries: ReadonlyMap<string, ConfigEntry>): string[] =>
  Object.entries(before).flatMap(([name, value]) => {
    const entry = entries.get(name);
    return entry?.sensitive || levelValue(entry) === value ? [] : [name];
  });

/** A name that the broker does not list may be a secret: listener passwords are listed only once they are set. */
const mayShow = (entry: ConfigEntry | undefined): boolean => entry !== undefined && !entry.sensitive;

/** Each change with what it was and what it will be. */
export const planChanges = (configs: ConfigChanges, entries: ReadonlyMap<string, ConfigEntry>): ConfigChange[] =>
  Object.entries(configs).map(([name, value]) => {
    const entry = entries.get(name);
    const after = value === null ? (entry?.changed ? entry.inherited : (entry?.value ?? null)) : value;
    return {
      name,
      before: entry?.value ?? null,
      after: mayShow(entry) ? after : null,
      reset: value === null,
      effects: [],
    };
  });

/**
 * The request that puts back what was there, and is refused where somebody changed it again since. Null where a secret is among
 * the changes that was set before: its old value is not known.
 */
export function inverseOf(
  configs: ConfigChanges,
  entries: ReadonlyMap<string, ConfigEntry>,
): Pick<AlterConfigsBody, "configs" | "before"> | null {
  const names = Object.keys(configs);
  if (names.some((name) => entries.get(name)?.sensitive && entries.get(name)?.changed)) return null;
  return {
    configs: Object.fromEntries(names.map((name) => [name, levelValue(entries.get(name))])),
    before: Object.fromEntries(Object.entries(configs).filter(([name]) => mayShow(entries.get(name)))),
  };
}

/** Whether a broker shows the new values already; a change takes a moment to reach each of them. */
export const isSettled = (configs: ConfigChanges, entries: ReadonlyMap<string, ConfigEntry>): boolean =>
  Object.entries(configs).every(([name, value]) => {
    const entry = entries.get(name);
    if (entry?.sensitive) return entry.changed === (value !== null);
    return value === null ? !entry?.changed : sameValue(levelValue(entry), value);
  });

/** Brokers print numbers and lists their own way: `5` for ` 5`, `a,b` for `a, b`. */
const sameValue = (told: string | null, sent: string): boolean =>
  told !== null && told.replace(/\s*,\s*/g, ",").trim() === sent.replace(/\s*,\s*/g, ",").trim();
