import fc from "fast-check";
import { expect, test } from "vitest";
import type { ConfigEntry } from "../../api/configs.ts";
import {
  asNewTopic,
  brokerDefault,
  changedFirst,
  clusterEntries,
  entryOf,
  inverseOf,
  isSettled,
  loggerEntries,
  movedSince,
  planChanges,
  type ToldConfig,
  topicEntryFrom,
  withBrokerDefault,
} from "./configs.ts";

const told = (name: string, value: string | null, more: Partial<ToldConfig> = {}): ToldConfig => ({
  name,
  value,
  readOnly: false,
  configSource: 5,
  isSensitive: false,
  synonyms: [],
  configType: 5,
  documentation: null,
  ...more,
});
const table = (...entries: ConfigEntry[]) => new Map(entries.map((entry) => [entry.name, entry]));

test("a config set on the topic says what it would be without", () => {
  const entry = entryOf(
    told("min.insync.replicas", "1", {
      configSource: 1,
      synonyms: [
        { name: "min.insync.replicas", value: "1", source: 1 },
        { name: "min.insync.replicas", value: "2", source: 3 },
        { name: "min.insync.replicas", value: "1", source: 5 },
      ],
    }),
    "topic",
  );
  expect(entry).toMatchObject({ changed: true, value: "1", inherited: "2", inheritedFrom: "cluster" });
});

test("an inherited config inherits its own value", () => {
  expect(entryOf(told("flush.ms", "7", { configSource: 4 }), "topic")).toMatchObject({
    changed: false,
    inherited: "7",
    inheritedFrom: "static",
  });
});

test("a secret leaves neither its value nor that of a synonym, whatever the broker says", () => {
  const secret = { value: "hunter2", configSource: 2, synonyms: [{ name: "x", value: "hunter2", source: 4 }] };
  for (const more of [{ isSensitive: true }, { configType: 9 }])
    expect(
      JSON.stringify(entryOf(told("ssl.key.password", "hunter2", { ...secret, ...more }), "broker")),
    ).not.toContain("hunter2");
});

test("retention that log.retention.hours stands behind is told in milliseconds, with its real source", () => {
  const broker = table(
    entryOf(told("log.retention.ms", null), "broker"),
    entryOf(told("log.retention.hours", "24", { configSource: 4 }), "broker"),
  );
  expect(brokerDefault("retention.ms", broker)).toEqual({ value: "86400000", source: "static" });
  const set = entryOf(
    told("retention.ms", "5", { configSource: 1, synonyms: [{ name: "retention.ms", value: "5", source: 1 }] }),
    "topic",
  );
  expect(withBrokerDefault(set, broker)).toMatchObject({ inherited: "86400000", inheritedFrom: "static" });
  expect(withBrokerDefault(entryOf(told("retention.ms", "86400000"), "topic"), broker).source).toBe("static");
});

test("no limit in hours is no limit in milliseconds", () => {
  const broker = table(entryOf(told("log.retention.hours", "-1", { configSource: 4 }), "broker"));
  expect(brokerDefault("retention.ms", broker)?.value).toBe("-1");
});

test("a config that no broker config stands behind has a fixed default; an unknown one has none", () => {
  expect(brokerDefault("remote.storage.enable", new Map())).toEqual({ value: "false", source: "default" });
  expect(brokerDefault("who.knows", new Map())).toBeNull();
});

test("a new topic inherits everything, also what the topic that was looked at had set", () => {
  const set = entryOf(
    told("segment.ms", "1", {
      configSource: 1,
      synonyms: [
        { name: "segment.ms", value: "1", source: 1 },
        { name: "log.roll.ms", value: "9", source: 4 },
      ],
    }),
    "topic",
  );
  expect(asNewTopic(set)).toMatchObject({ value: "9", source: "static", changed: false });
});

test("without any topic a config is made of the broker's, under the topic's name", () => {
  const broker = table(entryOf(told("message.max.bytes", "1048588", { configType: 3 }), "broker"));
  expect(topicEntryFrom("max.message.bytes", broker)).toMatchObject({
    name: "max.message.bytes",
    value: "1048588",
    format: { kind: "size" },
  });
  expect(topicEntryFrom("segment.ms", broker)).toBeNull();
});

test("the cluster-wide level shows what a broker has without its own values", () => {
  const own = entryOf(
    told("log.cleaner.threads", "4", {
      configSource: 2,
      synonyms: [
        { name: "log.cleaner.threads", value: "4", source: 2 },
        { name: "log.cleaner.threads", value: "1", source: 5 },
      ],
    }),
    "broker",
  );
  const fixed = entryOf(told("node.id", "1", { readOnly: true }), "broker");
  expect(clusterEntries([], [own, fixed])).toMatchObject([
    { name: "log.cleaner.threads", value: "1", source: "default", changed: false },
  ]);
});

test("a logger that differs from the one above it is set; the others inherit", () => {
  const [root, kafka, server] = loggerEntries([
    told("root", "INFO"),
    told("kafka", "INFO"),
    told("kafka.server.KafkaApis", "DEBUG"),
  ]);
  expect(root).toMatchObject({ changed: false, inherited: null });
  expect(kafka).toMatchObject({ changed: false, inherited: "INFO" });
  expect(server).toMatchObject({ changed: true, inherited: "INFO", synonyms: [{ name: "kafka" }] });
});

test("a value that somebody else changed is named, a secret never", () => {
  const entries = table(
    entryOf(told("a", "2", { configSource: 1 }), "topic"),
    entryOf(told("b", "2"), "topic"),
    entryOf(told("s", null, { configSource: 1, isSensitive: true }), "topic"),
  );
  expect(movedSince({ a: "2", b: null }, entries)).toEqual([]);
  expect(movedSince({ a: "1", b: "2", s: "old" }, entries)).toEqual(["a", "b"]);
});

test("a reset shows the inherited value as what comes after", () => {
  const entry = entryOf(
    told("a", "2", {
      configSource: 1,
      synonyms: [
        { name: "a", value: "2", source: 1 },
        { name: "a", value: "1", source: 5 },
      ],
    }),
    "topic",
  );
  expect(planChanges({ a: null }, table(entry))).toMatchObject([{ before: "2", after: "1", reset: true }]);
});

test("a secret that was set cannot be put back, one that was not can be taken away again", () => {
  const secret = (configSource: number) =>
    table(entryOf(told("s", null, { configSource, isSensitive: true }), "broker"));
  expect(inverseOf({ s: "new" }, secret(2))).toBeNull();
  expect(inverseOf({ s: "new" }, secret(5))?.configs).toEqual({ s: null });
});

test("changed ones come first, then the alphabet", () => {
  const entries = [
    entryOf(told("b", "1"), "topic"),
    entryOf(told("c", "1", { configSource: 1 }), "topic"),
    entryOf(told("a", "1"), "topic"),
  ];
  expect(entries.sort(changedFirst).map(({ name }) => name)).toEqual(["c", "a", "b"]);
});

/** A cluster in miniature: own values over inherited ones. */
const world = fc.dictionary(fc.constantFrom("a", "b", "c", "d"), fc.option(fc.stringMatching(/^[a-z0-9]{1,4}$/)));
const tableOf = (own: Record<string, string | null>) =>
  table(
    ...["a", "b", "c", "d"].map((name) => {
      const value = own[name] ?? null;
      return entryOf(told(name, value ?? "base", { configSource: value === null ? 5 : 1 }), "topic");
    }),
  );

test("applying a change and then its inverse leaves every value as it was", () => {
  fc.assert(
    fc.property(world, world, (own, configs) => {
      const before = tableOf(own);
      const changed = tableOf({ ...own, ...configs });
      const undo = inverseOf(configs, before);
      expect(undo).not.toBeNull();
      expect(isSettled(configs, changed)).toBe(true);
      expect(movedSince(undo?.before ?? {}, changed)).toEqual([]);
      expect(tableOf({ ...own, ...configs, ...undo?.configs })).toEqual(before);
    }),
  );
});
