import { setTimeout as pause } from "node:timers/promises";
import type { AlterConfigsBody, AlterConfigsResult, ConfigChange, ConfigEffect, ConfigEntry } from "../api/configs.ts";
import { type Problem, ProblemError, type ProblemFields } from "../api/problem.ts";
import { ask, askAny } from "./ask.ts";
import { type Cluster, markOf, within } from "./cluster.ts";
import { kafkaProblem, problemFrom } from "./failures.ts";
import { readMetadata } from "./metadata.ts";
import type { Values } from "./plan/config-effects.ts";
import { type ConfigLevel, inverseOf, isSettled, movedSince, planChanges, type ToldConfig } from "./plan/configs.ts";
import { valueEffects } from "./plan/value-effects.ts";
import * as apis from "./protocol/apis.ts";
import { forgetSnapshots } from "./snapshots.ts";

export const TOPIC_TYPE = 2;
export const BROKER_TYPE = 4;

/** What has configs: a topic, a broker, all brokers, or the loggers of a broker. */
export type ConfigResource = {
  type: 2 | 4 | 8;
  /** Kafka's: empty for all brokers. */
  name: string;
  level: ConfigLevel;
  /** The only broker that can be asked; null: any can. */
  broker: number | null;
  /** Added to every problem. */
  fields: ProblemFields;
  /** What the user needs, in Kafka's words. */
  operation: { read: string; write: string };
};

type Arguments = typeof apis.describeConfigs extends { send: (...args: [never, never, never, infer Args]) => unknown }
  ? Args
  : never;

/** One DescribeConfigs with synonyms and documentation. `keys` null: all. Throws what the broker said. */
export async function describeResource(
  cluster: Cluster,
  resource: ConfigResource,
  signal?: AbortSignal,
  keys: string[] | null = null,
): Promise<ToldConfig[]> {
  const arguments_: Arguments = [
    [{ resourceType: resource.type, resourceName: resource.name, configurationKeys: keys }],
    true,
    true,
  ];
  const { results } =
    resource.broker === null
      ? await askAny(cluster, apis.describeConfigs, arguments_, signal)
      : await ask(cluster, resource.broker, apis.describeConfigs, arguments_, signal);
  const result = results[0];
  refuse(result?.errorCode ?? 0, result?.errorMessage, resource, resource.operation.read);
  return result?.configs ?? [];
}

/** Throws for a code that is not 0; a missing right is named. */
function refuse(
  errorCode: number,
  words: string | null | undefined,
  resource: ConfigResource,
  operation: string,
): void {
  const found = kafkaProblem(errorCode, words, resource.fields);
  if (!found) return;
  if (found.code !== "not-authorized") throw new ProblemError(found.code, found.detail, resource.fields);
  throw new ProblemError("not-authorized", `It needs ${operation}.`, resource.fields);
}

type Reading = {
  /** The entries as they are now. */
  read: () => Promise<ConfigEntry[]>;
  /** What the changes bring with them; asked for a plan only. */
  effects: (changes: ConfigChange[], values: Values) => Promise<(name: string) => ConfigEffect[]>;
};

/** A change that reaches every broker within this is read back; else the answer says that it was not. */
const READ_BACK_MS = 3_000;
/** How long one broker may take before the next is asked. The request can be sent twice without harm: it sets values. */
const ONE_BROKER_MS = 4_000;

/**
 * One IncrementalAlterConfigs (Kafka 2.3): only what is named changes. `before` is compared first: plan-outdated names what moved,
 * and nothing is written. With `validateOnly` the broker checks and the effects are told; otherwise it is applied and read back.
 * What a broker refuses is thrown in its own words, `errors` naming each field; a name that no topic has is refused here, for Kafka
 * lets the reset of any name pass.
 */
export async function changeConfigs(
  cluster: Cluster,
  resource: ConfigResource,
  { configs, before = {}, validateOnly = false }: AlterConfigsBody,
  signal: AbortSignal,
  { read, effects }: Reading,
): Promise<AlterConfigsResult> {
  if (Object.keys(configs).length === 0)
    throw new ProblemError("bad-request", "configs names nothing to change.", { field: "configs" });
  const entries = byName(await read());
  const moved = movedSince(before, entries);
  if (moved.length > 0) throw outdated(moved, before, entries, resource);
  if (resource.type === TOPIC_TYPE) refuseUnlisted(configs, entries, resource);
  const answer = await send(cluster, resource, configs, validateOnly, signal);
  const changes = planChanges(configs, entries);
  if (validateOnly) {
    const told = await effects(changes, valuesOf(entries, changes));
    return {
      validateOnly,
      ...answer,
      changes: changes.map((change) => ({
        ...change,
        effects: valueEffects(change, entries.get(change.name), resource.type === BROKER_TYPE, told(change.name)),
      })),
      readBack: false,
      undo: null,
      warnings: [],
    };
  }
  forgetSnapshots(cluster);
  const { after, problem } = await readBack(configs, read);
  forgetSnapshots(cluster);
  return {
    validateOnly,
    ...answer,
    changes: changes.map((change) => ({ ...change, after: after?.get(change.name)?.value ?? change.after })),
    readBack: after !== null && problem === null,
    undo: inverseOf(configs, entries),
    warnings: problem ? [problem] : [],
  };
}

function refuseUnlisted(
  configs: AlterConfigsBody["configs"],
  entries: ReadonlyMap<string, ConfigEntry>,
  { fields }: ConfigResource,
): void {
  const errors = Object.keys(configs)
    .filter((name) => !entries.has(name))
    .map((name) => ({ field: `configs.${name}`, detail: `Topics of this cluster have no config ${name}.` }));
  if (errors.length === 0) return;
  throw new ProblemError("invalid-config", errors.map(({ detail }) => detail).join(" "), {
    ...fields,
    field: errors[0]?.field,
    errors,
  });
}

const byName = (entries: ConfigEntry[]): Map<string, ConfigEntry> =>
  new Map(entries.map((entry) => [entry.name, entry]));

function valuesOf(entries: ReadonlyMap<string, ConfigEntry>, changes: ConfigChange[]): Values {
  const changed = new Map(changes.map(({ name, after }) => [name, after]));
  const before = (name: string) => entries.get(name)?.value ?? null;
  return { before, after: (name) => (changed.has(name) ? (changed.get(name) ?? null) : before(name)) };
}

function outdated(
  moved: string[],
  before: Record<string, string | null>,
  entries: ReadonlyMap<string, ConfigEntry>,
  { fields }: ConfigResource,
): ProblemError {
  const shown = (value: string | null) => (value === null ? "not set" : value === "" ? "empty" : value);
  const sentences = moved.map((name) => {
    const entry = entries.get(name);
    return {
      field: `configs.${name}`,
      detail: `${name} was ${shown(before[name] ?? null)}, and is ${shown(entry?.changed ? entry.value : null)} now.`,
    };
  });
  return new ProblemError("plan-outdated", sentences.map(({ detail }) => detail).join(" "), {
    ...fields,
    field: sentences[0]?.field,
    errors: sentences,
  });
}

type Sent = { broker: number; milliseconds: number };

/** Where several are refused at once, each is asked about alone, so that each field has its own reason. */
async function send(
  cluster: Cluster,
  resource: ConfigResource,
  configs: AlterConfigsBody["configs"],
  validateOnly: boolean,
  signal: AbortSignal,
): Promise<Sent> {
  const { refused, ...sent } = await request(cluster, resource, configs, validateOnly, signal);
  if (!refused) return sent;
  refuseOther(refused, resource);
  const names = Object.entries(configs);
  const alone =
    names.length === 1
      ? [refused]
      : await Promise.all(
          names.map(
            async ([name, value]) => (await request(cluster, resource, { [name]: value }, true, signal)).refused,
          ),
        );
  const errors = names.flatMap(([name], index) => {
    const found = alone[index];
    return found ? [{ field: `configs.${name}`, detail: found.detail ?? found.title }] : [];
  });
  throw new ProblemError(refused.code, errors.map(({ detail }) => detail).join("; ") || refused.detail, {
    ...resource.fields,
    field: errors[0]?.field ?? "configs",
    ...(errors.length > 0 ? { errors } : {}),
  });
}

/** Only what is wrong with values is told by field. */
function refuseOther(refused: Problem, resource: ConfigResource): void {
  if (refused.code === "not-authorized")
    throw new ProblemError("not-authorized", `It needs ${resource.operation.write}.`, resource.fields);
  if (!["invalid-config", "policy-violation", "kafka-error"].includes(refused.code))
    throw new ProblemError(refused.code, refused.detail, resource.fields);
}

/** To the one broker that takes it, or to one after the other until one answers. */
async function request(
  cluster: Cluster,
  resource: ConfigResource,
  configs: AlterConfigsBody["configs"],
  validateOnly: boolean,
  signal: AbortSignal,
): Promise<Sent & { refused: Problem | null }> {
  const resources = [
    { resourceType: resource.type, resourceName: resource.name, configs: Object.entries(configs).map(operation) },
  ];
  const started = performance.now();
  const { broker, answer } = await askInTurn(cluster, resource.broker, (id) =>
    ask(cluster, id, apis.incrementalAlterConfigs, [resources, validateOnly], signal),
  );
  const result = answer.responses[0];
  return {
    broker,
    milliseconds: Math.round(performance.now() - started),
    refused: kafkaProblem(asInvalid(result?.errorCode ?? 0), result?.errorMessage, resource.fields),
  };
}

/** Brokers refuse static configs, and those of another level, as INVALID_REQUEST (42): to the user that is INVALID_CONFIG (40). */
const asInvalid = (errorCode: number): number => (errorCode === 42 ? 40 : errorCode);

const operation = ([name, value]: [string, string | null]) =>
  value === null ? ({ name, configOperation: 1 } as const) : ({ name, configOperation: 0, value } as const);

async function askInTurn<Answer>(
  cluster: Cluster,
  only: number | null,
  work: (broker: number) => Promise<Answer>,
): Promise<{ broker: number; answer: Answer }> {
  if (only !== null) return { broker: only, answer: await work(only) };
  if (cluster.brokers.size === 0) await readMetadata(cluster);
  const resting = (id: number) =>
    Number(cluster.brokers.get(id) && markOf(cluster, cluster.brokers.get(id) ?? { host: "", port: 0 }) !== null);
  const ids = [...cluster.brokers.keys()].sort((a, b) => resting(a) - resting(b) || a - b);
  let failure: unknown = new ProblemError("cluster-unreachable");
  for (const broker of ids) {
    try {
      return { broker, answer: await within(work(broker), ONE_BROKER_MS) };
    } catch (error) {
      failure = error;
      if (
        !["broker-timeout", "connection-refused", "broker-unreachable", "name-not-resolved"].includes(
          problemFrom(error).code,
        )
      )
        break;
    }
  }
  throw failure;
}

/** Reads until the brokers show the new values. Reading that fails does not undo what was written: it is a warning. */
async function readBack(
  configs: AlterConfigsBody["configs"],
  read: Reading["read"],
): Promise<{ after: Map<string, ConfigEntry> | null; problem: Problem | null }> {
  const until = Date.now() + READ_BACK_MS;
  try {
    for (let wait = 25; ; wait = Math.min(wait * 2, 400)) {
      const after = byName(await read());
      if (isSettled(configs, after)) return { after, problem: null };
      if (Date.now() + wait > until) {
        const detail = "The change was accepted, but the broker that was read from does not show it yet.";
        return { after, problem: problemFrom(new ProblemError("broker-timeout", detail)) };
      }
      await pause(wait);
    }
  } catch (error) {
    const { code, detail } = problemFrom(error);
    return {
      after: null,
      problem: problemFrom(
        new ProblemError(code, `The change was accepted, but could not be read back. ${detail ?? ""}`.trim()),
      ),
    };
  }
}
