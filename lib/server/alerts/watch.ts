import type { History, Sampled } from "../history.ts";
import { type Delivery, makeDelivery } from "./delivery.ts";
import { readMemories, readSilences, writeMemories, writeSilences } from "./memory.ts";
import { noticeDocument } from "./notice.ts";
import { type AlertRuleSettings, emptyMemory, evaluate, type GroupAlert, type RuleMemory } from "./rules.ts";

/** What a watch needs of the history of its cluster. */
export type WatchedHistory = Pick<History, "leads" | "notes" | "state">;

/** The rules of one cluster at work. */
export type Watch = {
  cluster: string;
  rules: AlertRuleSettings[];
  history: WatchedHistory;
  memories: Map<string, RuleMemory>;
  /** Rule to epoch ms. */
  silences: Map<string, number>;
  deliveries: Map<string, Delivery>;
  /** What receivers were told when last nothing waited: what did not arrive before a restart is sent again after it. */
  settled: Map<string, Map<string, Pick<GroupAlert, "told" | "toldAt">>>;
  /** Whether what is kept was read since this replica leads. */
  loaded: boolean;
  busy: boolean;
  /** What was kept last, to keep it again only when it has changed. */
  kept: string;
};

export function makeWatch(cluster: string, all: AlertRuleSettings[], history: WatchedHistory): Watch {
  const rules = all.filter(({ clusters }) => clusters === null || clusters.includes(cluster));
  return {
    cluster,
    rules,
    history,
    memories: new Map(),
    silences: new Map(),
    deliveries: new Map(
      rules.flatMap(({ name, webhook }) => (webhook ? [[name, makeDelivery(name, webhook)] as const] : [])),
    ),
    settled: new Map(),
    loaded: false,
    busy: false,
    kept: "",
  };
}

const memoryKey = ({ cluster }: Watch) => `alerts/${cluster}`;
const silenceKey = ({ cluster }: Watch) => `silences/${cluster}`;

/** Evaluates every rule, where this replica leads. A sample that comes while the one before is worked on is passed over. */
export async function watchSample(watch: Watch, sampled: Sampled): Promise<void> {
  if (!watch.history.leads()) {
    watch.loaded = false;
    return;
  }
  if (watch.busy) return;
  watch.busy = true;
  try {
    if (!watch.loaded) await loadMemories(watch);
    watch.loaded = true;
    await loadSilences(watch, sampled.at);
    const everyMs = watch.history.state().sampleEveryMs ?? 0;
    for (const rule of watch.rules)
      judge(watch, rule, { facts: sampled.groups, complete: sampled.complete, everyMs }, sampled.at);
    await keepMemories(watch);
  } finally {
    watch.busy = false;
  }
}

function judge(watch: Watch, rule: AlertRuleSettings, sample: Parameters<typeof evaluate>[2], now: number): void {
  const before = watch.memories.get(rule.name) ?? emptyMemory();
  const delivery = watch.deliveries.get(rule.name);
  // Nobody is told where there is nobody to tell: a webhook that is configured later is told what fires then.
  const silencedUntil = delivery ? (watch.silences.get(rule.name) ?? null) : Number.POSITIVE_INFINITY;
  const { memory, notice } = evaluate(rule, before, sample, now, silencedUntil);
  watch.memories.set(rule.name, memory);
  if (notice) delivery?.send(JSON.stringify(noticeDocument(rule.name, watch.cluster, notice)));
}

/** What another replica, or this one before a restart, remembered. Where nothing is kept, what is in memory stays. */
export async function loadMemories(watch: Watch): Promise<void> {
  const kept = readMemories(await watch.history.notes.read(memoryKey(watch)));
  for (const { name } of watch.rules) {
    const memory = kept.get(name);
    if (memory) watch.memories.set(name, memory);
  }
}

/** Another replica may have been told to be silent. */
export async function loadSilences(watch: Watch, now: number): Promise<void> {
  const kept = readSilences(await watch.history.notes.read(silenceKey(watch)), now);
  if (kept) watch.silences = kept;
}

/** Silent until then; null ends it. Gives whether that outlives the process. */
export async function silence(watch: Watch, rule: string, until: number | null, now: number): Promise<boolean> {
  await loadSilences(watch, now);
  if (until === null) watch.silences.delete(rule);
  else watch.silences.set(rule, until);
  return watch.history.notes.write(silenceKey(watch), writeSilences(watch.silences));
}

async function keepMemories(watch: Watch): Promise<void> {
  const memories = new Map<string, RuleMemory>();
  for (const [name, memory] of watch.memories) {
    const told = [...memory.groups].map(([groupId, { told, toldAt }]) => [groupId, { told, toldAt }] as const);
    if ((watch.deliveries.get(name)?.state().waiting ?? 0) === 0) watch.settled.set(name, new Map(told));
    const settled = watch.settled.get(name);
    const groups = [...memory.groups].map(([groupId, alert]) => {
      const known = settled?.get(groupId) ?? { told: null, toldAt: null };
      return [groupId, { ...alert, ...known }] as const;
    });
    memories.set(name, { ...memory, groups: new Map(groups) });
  }
  const sketch = sketchOf(memories);
  if (sketch === watch.kept) return;
  if (await watch.history.notes.write(memoryKey(watch), writeMemories(memories))) watch.kept = sketch;
}

/** Without lags and times of samples, which change all the time. */
const sketchOf = (memories: Map<string, RuleMemory>): string =>
  JSON.stringify(
    [...memories].map(([name, { groups }]) => [
      name,
      [...groups].map(([groupId, { state, since, told, toldAt }]) => [groupId, state, since, told, toldAt]),
    ]),
  );
