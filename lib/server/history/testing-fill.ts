import type { Series } from "./chunks.ts";
import { emptyColumns } from "./columns.ts";
import { writePoints } from "./hours.ts";
import { keptOf } from "./keeper.ts";
import type { Keeper } from "./keeper-file.ts";
import type { Kept } from "./kept.ts";
import { addNames, setFlushed, transaction } from "./store.ts";
import { type LoadOptions, madeLoad, plainNameOf } from "./testing.ts";
import { ALL_GROUPS, type Kind, type Tier, tiersOf } from "./tiers.ts";

/** A walk as a busy series goes: rates that vary by a tenth, a lag that follows them, an age of seconds. */
function walk(points: number, stepMs: number, rate: number, random: () => number): Series["columns"] {
  const columns = emptyColumns(points);
  let lag = BigInt(Math.round(rate * 20));
  for (let i = 0; i < points; i++) {
    const written = BigInt(Math.round((rate * stepMs * (0.95 + 0.1 * random())) / 1000));
    let read = BigInt(Math.round((rate * stepMs * (0.95 + 0.1 * random())) / 1000));
    if (read > lag + written) read = lag + written;
    lag += written - read;
    columns.written[i] = written;
    columns.read[i] = read;
    columns.lag[i] = lag;
    columns.timeLag[i] = Math.round((Number(lag) / rate) * 10) * 100;
  }
  return columns;
}

const still = (points: number): Series["columns"] => {
  const columns = emptyColumns(points);
  columns.lag.fill(0n);
  columns.timeLag.fill(0);
  columns.written.fill(0n);
  columns.read.fill(0n);
  return columns;
};

/**
 * Fills a history as if it had been sampled for all the time that is kept, up to `until` (epoch ms): the rows of the file by the way
 * that writes them, without the samples between, which would take hours. `busy` is the share of groups that are written to all the
 * time. Gives the make of samples to go on with.
 */
export function fillHistory(
  keeper: Keeper,
  cluster: string,
  everyMs: number,
  options: LoadOptions,
  until: number,
): ReturnType<typeof madeLoad> {
  const { store } = keeper;
  const kept = keptOf(keeper, cluster, everyMs, until);
  const { minutes, tens } = tiersOf(keeper.options.keep);
  let seed = 7;
  const random = () => {
    seed = (seed * 16_807) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  const { nameOf = plainNameOf } = options;
  const names = [
    ...Array.from({ length: options.groups }, (_, i) => ({
      id: i + 1,
      kind: "group" as const,
      name: nameOf("group", i),
    })),
    ...Array.from({ length: options.topics }, (_, i) => ({
      id: options.groups + i + 1,
      kind: "topic" as const,
      name: nameOf("topic", i),
    })),
  ];
  for (const { id, kind, name } of names) {
    (kind === "topic" ? kept.recent.topicIds : kept.recent.groupIds).set(name, id);
    kept.names.set(`${kind}/${id}`, name);
  }
  kept.recent.lastId = names.length;
  const hour = until - (until % minutes.chunkMs);
  transaction(store, () => {
    addNames(store, kept.id, names);
    setFlushed(store, kept.id, hour);
  });
  kept.flushedUntil = hour;
  fillGroup(kept, ALL_GROUPS, () => [{ topic: null, partition: null }], true);
  for (let group = 0; group < options.groups; group++) {
    const topicOf = (i: number) => options.groups + 1 + ((group * options.topicsOfGroup + i) % options.topics);
    const topics = Array.from({ length: options.topicsOfGroup }, (_, i) => ({ topic: topicOf(i), partition: null }));
    const partitions = topics.flatMap(({ topic }) =>
      Array.from({ length: options.partitions }, (_, partition) => ({ topic, partition })),
    );
    const keys = { group: [{ topic: null, partition: null }], topic: topics, partition: partitions };
    transaction(store, () => fillGroup(kept, group + 1, (kind) => keys[kind], group < options.groups * options.busy));
  }
  return madeLoad(options);

  function fillGroup(into: Kept, group: number, keys: (kind: Kind) => Omit<Series, "columns">[], busy: boolean): void {
    const fill = (tier: Tier, kind: Kind, keepMs: number, end: number) => {
      for (let start = hour - keepMs - ((hour - keepMs) % tier.chunkMs); start < end; start += tier.chunkMs) {
        const points = Math.min(tier.chunkMs, end - start) / tier.stepMs;
        const lines = keys(kind).map((key) => ({
          ...key,
          columns: busy
            ? walk(points, tier.stepMs, kind === "partition" ? 20 : kind === "topic" ? 100 : 800, random)
            : still(points),
        }));
        writePoints(store, into, tier, kind, group, start, lines);
      }
    };
    const { keep } = keeper.options;
    fill(tens, "group", keep.daysMs, hour);
    fill(minutes, "group", keep.minutesMs, hour);
    if (group === ALL_GROUPS) return;
    fill(tens, "topic", keep.daysMs, hour);
    fill(minutes, "topic", keep.minutesMs, hour);
    fill(minutes, "partition", keep.partitionsMs, hour);
  }
}
