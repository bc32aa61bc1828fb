import { expect, test } from "vitest";
import type { ConfigEntry } from "@/lib/api/configs";
import { differences } from "./copy-settings-model";
import { beforeOf, changesOf, isNothing } from "./drafts";
import { fallbackOf, isSet, setBy, setFirst } from "./words";

const entry = (name: string, more: Partial<ConfigEntry> = {}): ConfigEntry => ({
  name,
  value: "1",
  inherited: "1",
  inheritedFrom: "default",
  source: "default",
  changed: false,
  sensitive: false,
  readOnly: false,
  type: "string",
  format: { kind: "text", unit: null, choices: [], words: [] },
  documentation: null,
  synonyms: [],
  ...more,
});
const own = (name: string, value: string) => entry(name, { value, inherited: "1", source: "topic", changed: true });
const broker = { kind: "broker", cluster: "c", broker: "1" } as const;

test("a draft that changes nothing is none; a secret may always be set", () => {
  expect(isNothing(own("a", "2"), "2")).toBe(true);
  expect(isNothing(own("a", "2"), null)).toBe(false);
  expect(isNothing(entry("a"), "1")).toBe(true);
  expect(isNothing(entry("a"), null)).toBe(true);
  expect(isNothing(entry("a", { sensitive: true, value: null }), "x")).toBe(false);
});

test("what is sent is the new values and what stood there, but of secrets the new value alone", () => {
  const drafts = { a: { value: "2", before: "1" }, s: { value: "x", before: null } };
  const entries = new Map([
    ["a", own("a", "1")],
    ["s", entry("s", { sensitive: true })],
  ]);
  expect(changesOf(drafts)).toEqual({ a: "2", s: "x" });
  expect(beforeOf(drafts, entries)).toEqual({ a: "1" });
});

test("settings of another topic are what it sets itself, without what is about its own partitions", () => {
  const ours = new Map(
    [own("a", "1"), own("b", "2"), entry("c"), entry("leader.replication.throttled.replicas")].map((e) => [e.name, e]),
  );
  const theirs = [own("a", "1"), entry("b"), own("c", "9"), own("leader.replication.throttled.replicas", "0:1")];
  expect(differences(ours, theirs, false)).toMatchObject([{ entry: { name: "c" }, value: "9" }]);
  expect(differences(ours, theirs, true)).toMatchObject([
    { entry: { name: "b" }, value: null },
    { entry: { name: "c" } },
  ]);
});

test("on a broker's page what server.properties and the cluster set counts as set, in that order after its own", () => {
  const entries = [
    entry("d"),
    entry("s", { source: "static" }),
    entry("c", { source: "cluster" }),
    entry("b", { source: "broker", changed: true }),
  ];
  expect(setFirst(entries, broker).map(({ name }) => name)).toEqual(["b", "c", "s", "d"]);
  expect(entries.filter((e) => isSet(e, broker))).toHaveLength(3);
});

test("who set a value is said in Kafka's levels, and what would count without it", () => {
  expect(setBy(entry("b", { source: "broker", changed: true }), broker)).toBe("broker 1");
  expect(fallbackOf(own("a", "2"))).toEqual({ value: "1", source: "default" });
  expect(fallbackOf(entry("a", { source: "static" }))).toBeNull();
});
