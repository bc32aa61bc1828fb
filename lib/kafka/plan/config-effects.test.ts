import { expect, test } from "vitest";
import { brokerEffects, type PartitionFacts, shorterRetention, topicEffects, type Values } from "./config-effects.ts";

const DAY = 86_400_000;
const base = {
  "cleanup.policy": "delete",
  "retention.ms": String(7 * DAY),
  "retention.bytes": "-1",
  "min.insync.replicas": "1",
};
const values = (change: Record<string, string>, before: Record<string, string> = base): Values => ({
  before: (name) => before[name] ?? null,
  after: (name) => change[name] ?? before[name] ?? null,
});
const partition = (more: Partial<PartitionFacts> = {}): PartitionFacts => ({
  isr: 3,
  replicas: 3,
  span: 100n,
  older: 25n,
  sizeBytes: 1024n * 1024n,
  allSizesBytes: 3n * 1024n * 1024n,
  ...more,
});
const effects = (name: string, change: Record<string, string>, partitions: PartitionFacts[] | null = [partition()]) =>
  topicEffects(name, values(change), partitions && { partitions }).map(({ text, ...effect }) => ({
    ...effect,
    text: text.replace(/[\u00a0\u202f]/g, " "),
  }));

test("a shorter retention says what may go, from offsets and sizes", () => {
  const [effect] = effects("retention.ms", { "retention.ms": String(3 * DAY) });
  expect(effect).toMatchObject({ tone: "loss" });
  expect(effect?.text).toContain("up to 25 records, about 768 KiB over all replicas");
  expect(effect?.text).toContain("cannot be brought back");
});

test("where a partition could not be asked, no figure is invented", () => {
  for (const partitions of [null, [partition(), partition({ older: null })]]) {
    const [effect] = effects("retention.ms", { "retention.ms": String(3 * DAY) }, partitions);
    expect(effect?.text).not.toMatch(/\d+ records?,|about/);
    expect(effect?.loss).toContain("older than 3");
  }
  const [unknownSize] = effects("retention.ms", { "retention.ms": "1" }, [partition({ allSizesBytes: null })]);
  expect(unknownSize?.loss).toBe("up to 25 records");
});

test("a shorter retention that nothing is old enough for is no loss, nor is a longer one", () => {
  expect(effects("retention.ms", { "retention.ms": String(3 * DAY) }, [partition({ older: 0n })])).toMatchObject([
    { tone: "note" },
  ]);
  expect(effects("retention.ms", { "retention.ms": "-1" })).toEqual([]);
});

test("retention counts only where the policy deletes", () => {
  const compacted = { ...base, "cleanup.policy": "compact" };
  expect(shorterRetention(values({ "retention.ms": "1" }, compacted))).toBeNull();
  expect(shorterRetention(values({ "cleanup.policy": "compact,delete" }, compacted))).toBe(BigInt(7 * DAY));
  const text = topicEffects("cleanup.policy", values({ "cleanup.policy": "compact,delete" }, compacted), {
    partitions: [partition()],
  });
  expect(text).toMatchObject([{ tone: "loss", loss: expect.stringContaining("of records") }]);
});

test("a size limit names the partitions above it and by how much", () => {
  const partitions = [partition({ sizeBytes: 3n * 1024n }), partition({ sizeBytes: 10n })];
  const [effect] = effects("retention.bytes", { "retention.bytes": "1024" }, partitions);
  expect(effect?.text).toContain("1 of 2 partitions is larger than 1.0 KiB and may lose up to 2.0 KiB");
  expect(effects("retention.bytes", { "retention.bytes": "4096" }, partitions)).toMatchObject([{ tone: "note" }]);
});

test("compaction loses older records and refuses those without a key", () => {
  const [effect] = effects("cleanup.policy", { "cleanup.policy": "compact" });
  expect(effect).toMatchObject({ tone: "loss", text: expect.stringContaining("without a key") });
});

test("another policy for a topic of Kafka's own is a loss, and none at all lets any topic grow", () => {
  const compacted = values(
    { "cleanup.policy": "delete" },
    { ...base, "cleanup.policy": "compact", "retention.ms": "-1" },
  );
  const [own] = topicEffects("cleanup.policy", compacted, { partitions: [partition()], internal: true });
  expect(own).toMatchObject({ tone: "loss", text: expect.stringContaining("internal topic") });
  const tones = topicEffects("cleanup.policy", compacted, { partitions: [partition()] }).map(({ tone }) => tone);
  expect(tones).toEqual(["warn"]);
  expect(effects("cleanup.policy", { "cleanup.policy": "" })).toMatchObject([
    { tone: "warn", text: expect.stringContaining("grows without end") },
  ]);
});

test("more in-sync replicas than there are, than are in sync, or than may be missed, stop acks=all", () => {
  const least = (value: string, ...partitions: PartitionFacts[]) =>
    effects("min.insync.replicas", { "min.insync.replicas": value }, partitions)[0]?.text ?? null;
  expect(least("4", partition())).toMatch(/Every partition has fewer than 4 replicas/);
  expect(least("2", partition(), partition({ isr: 1 }))).toMatch(/1 of 2 partitions has fewer than 2 replicas in sync/);
  expect(least("3", partition())).toMatch(/one broker that is down/);
  expect(least("2", partition())).toBeNull();
});

test("broker configs name the topics they are the default of, without figures", () => {
  const change = (name: string, before: string, after: string): Values => ({
    before: (asked) => (asked === name ? before : null),
    after: (asked) => (asked === name ? after : null),
  });
  const retention = brokerEffects("log.retention.ms", "retention.ms", change("log.retention.ms", "-1", "5"));
  expect(retention).toMatchObject([{ tone: "loss", text: expect.stringContaining("does not set retention.ms") }]);
  expect(brokerEffects("log.segment.bytes", "segment.bytes", change("log.segment.bytes", "1", "2"))).toMatchObject([
    { tone: "note" },
  ]);
  expect(brokerEffects("num.io.threads", null, change("num.io.threads", "1", "2"))).toEqual([]);
});

test.each(["__proto__", "constructor", "toString"])(
  "%s, which every object has, is a config without effects",
  (name) => {
    expect(effects(name, { [name]: "1" })).toEqual([]);
  },
);
